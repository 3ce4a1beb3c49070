//! Pictures of texts and decorations.

use super::cells::Cells;

/// A heading and lines.
pub(super) const TEXT: &str = r#"<rect class="ink-strong" x="10" y="9" width="36" height="7" rx="2"/><rect class="ink-faint" x="10" y="23" width="76" height="4" rx="2"/><rect class="ink-faint" x="10" y="31" width="70" height="4" rx="2"/><rect class="ink-faint" x="10" y="39" width="46" height="4" rx="2"/>"#;

/// Hills under a sun.
pub(super) const IMAGE: &str = r#"<rect class="ink-card" x="14" y="6" width="68" height="40" rx="3"/><circle class="ink-warm" cx="64" cy="17" r="5"/><polygon class="ink-soft" points="16,44 40,22 62,44"/><polygon class="ink-deep" points="42,44 60,28 80,44"/>"#;

/// A film that can be begun.
pub(super) const VIDEO: &str = r#"<rect class="ink-strong" x="14" y="6" width="68" height="40" rx="3"/><polygon class="ink-paper" points="42,16 58,25 42,34"/><rect class="ink-faint" x="20" y="39" width="56" height="2.5" rx="1"/><rect class="ink-accent" x="20" y="39" width="22" height="2.5" rx="1"/><circle class="ink-accent" cx="42" cy="40.2" r="2.8"/>"#;

/// A face with hands, and the day.
pub(super) const CLOCK: &str = r#"<circle class="ink-card" cx="28" cy="26" r="18"/><polyline class="ink-line" points="28,14 28,26 36,31"/><circle class="ink-accent" cx="28" cy="26" r="2"/><rect class="ink-strong" x="54" y="17" width="32" height="8" rx="2"/><rect class="ink-faint" x="54" y="31" width="24" height="4" rx="2"/>"#;

/// The corners of a border, and a heading in it.
pub(super) const FRAME: &str = r#"<polyline class="ink-line" points="10,17 10,7 24,7"/><polyline class="ink-line" points="72,7 86,7 86,17"/><polyline class="ink-line" points="10,35 10,45 24,45"/><polyline class="ink-line" points="72,45 86,45 86,35"/><rect class="ink-strong" x="34" y="10" width="28" height="5" rx="2"/><polyline class="ink-axis" points="26,20.5 70,20.5"/>"#;

/// A code with its three finders.
pub(super) fn qr_code() -> String {
    let cells = Cells { at: (26.6, 4.6), step: (3.3, 3.3), size: (3.3, 3.3), radius: 0.0 };
    cells.draw(&[
        "##### # #####",
        "#   # ##    #",
        "# # #  # ## #",
        "#   # #  #  #",
        "#####  # ####",
        "      ##     ",
        "# ## #  ## # ",
        " ##  ## #   #",
        "##### # ## # ",
        "#   #  #  ###",
        "# # # ## #  #",
        "#   #  # ## #",
        "##### #  # # ",
    ])
}
