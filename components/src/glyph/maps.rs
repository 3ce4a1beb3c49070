//! Pictures of maps. None of them draws a border that there is.

use super::cells::Cells;

/// A country that is nowhere, in four parts.
pub(super) const BOUNDARY_MAP: &str = r#"<polygon class="ink-soft" points="12,18 24,8 40,11 43,24 30,30 16,29"/><polygon class="ink-mid" points="40,11 56,5 68,12 66,23 54,28 43,24"/><polygon class="ink-accent" points="68,12 82,9 87,20 80,30 66,23"/><polygon class="ink-mid" points="30,30 43,24 54,28 52,42 40,46 27,41"/><polygon class="ink-deep" points="54,28 66,23 80,30 76,41 64,46 52,42"/><polyline class="ink-gap" points="40,11 43,24 30,30"/><polyline class="ink-gap" points="43,24 54,28 52,42"/><polyline class="ink-gap" points="54,28 66,23 80,30"/><polyline class="ink-gap" points="66,23 68,12"/>"#;

/// What goes out from one place.
pub(super) const FLOW_MAP: &str = r#"<circle class="ink-faint" cx="16" cy="12" r="2"/><circle class="ink-faint" cx="84" cy="34" r="2"/><circle class="ink-faint" cx="12" cy="30" r="2"/><circle class="ink-faint" cx="36" cy="8" r="2"/><circle class="ink-faint" cx="50" cy="46" r="2"/><path class="ink-thin" d="M44 30Q26 8 16 20"/><path class="ink-line" d="M44 30Q58 2 78 12"/><path class="ink-line" d="M44 30Q64 22 74 40"/><path class="ink-thin" d="M44 30Q34 46 22 42"/><circle class="ink-deep" cx="16" cy="20" r="2.5"/><circle class="ink-deep" cx="78" cy="12" r="3.5"/><circle class="ink-deep" cx="74" cy="40" r="3"/><circle class="ink-deep" cx="22" cy="42" r="2"/><circle class="ink-warm-wash" cx="44" cy="30" r="8"/><circle class="ink-warm" cx="44" cy="30" r="4"/>"#;

/// A tile for each province.
pub(super) fn province_map() -> String {
    let cells = Cells { at: (12.0, 3.0), step: (8.2, 7.8), size: (7.0, 6.6), radius: 1.0 };
    cells.draw(&["      1 2", "1  1 2331", "  11233 ", " 1122344", "  12234 ", "    23 1"])
}
