//! Pictures that are made of cells.

use std::fmt::Write as _;

/// Where cells stand: the first one's corner, from each to the next, and how large each is.
pub(super) struct Cells {
    pub(super) at: (f64, f64),
    pub(super) step: (f64, f64),
    pub(super) size: (f64, f64),
    /// Of their corners.
    pub(super) radius: f64,
}

/// The inks of the signs in a pattern: a blank is no cell, and `0` to `4` grow darker.
const fn ink(sign: u8) -> Option<&'static str> {
    match sign {
        b'0' => Some("faint"),
        b'1' => Some("soft"),
        b'2' => Some("mid"),
        b'3' => Some("deep"),
        b'4' => Some("accent"),
        b'#' => Some("stark"),
        b'!' => Some("warm"),
        _ => None,
    }
}

impl Cells {
    /// A cell for each sign, row by row.
    pub(super) fn draw(&self, pattern: &[&str]) -> String {
        let mut drawn = String::new();
        for (row, signs) in pattern.iter().enumerate() {
            for (column, sign) in signs.bytes().enumerate() {
                let Some(ink) = ink(sign) else { continue };
                let x = self.at.0 + column as f64 * self.step.0;
                let y = self.at.1 + row as f64 * self.step.1;
                // Writing to a string can't fail.
                let _ = write!(
                    drawn,
                    r#"<rect class="ink-{ink}" x="{x:.1}" y="{y:.1}" width="{}" height="{}" rx="{}"/>"#,
                    self.size.0, self.size.1, self.radius
                );
            }
        }
        drawn
    }
}
