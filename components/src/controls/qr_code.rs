//! QR codes (ISO/IEC 18004), drawn as one path.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode as Encoded};
use std::fmt::Write as _;

/// Light modules that a reader needs around the code (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// A text as a QR code, dark on light in every theme: readers expect it so. Nothing is drawn where the text is too long for
/// a code, which takes over 2,000 characters.
#[component]
pub fn QrCode(
    #[prop(into)] text: Signal<String>,
    /// What it is, and where it leads.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let drawing = Memo::new(move |_| text.with(|text| drawing(text)));
    move || {
        drawing.get().map(|Drawing { path, width }| {
            view! {
                <svg class="qr-code" viewBox=format!("0 0 {width} {width}") role="img" aria-label=move || label.get()>
                    <rect class="qr-code__light" width=width height=width />
                    <path class="qr-code__dark" d=path />
                </svg>
            }
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Drawing {
    path: String,
    /// In modules, the quiet zone too.
    width: usize,
}

/// One rectangle for each run of dark modules in a row.
fn drawing(text: &str) -> Option<Drawing> {
    let code = Encoded::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(side).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                // Writing to a string can't fail.
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += run.len();
        }
    }
    Some(Drawing { path, width: side + 2 * QUIET })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_light_around_it() {
        let Drawing { path, width } = drawing("https://example.com/boards/1").unwrap();
        assert_eq!((width - 8) % 4, 1, "a code is 17 + 4 n modules wide: {width}");
        let far = width - QUIET - 7;
        for (x, y) in [(QUIET, QUIET), (far, QUIET), (QUIET, far)] {
            assert!(path.contains(&format!("M{x} {y}h7v1h-7z")), "{x} {y}");
        }
        assert!(!path.contains("M0 ") && !path.contains("M3 "), "nothing is drawn in the quiet zone");
    }

    #[test]
    fn what_has_no_room_is_not_drawn() {
        assert_eq!(drawing(&"长".repeat(2_000)), None);
    }
}
