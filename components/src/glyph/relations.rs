//! Pictures of what shows how things go together, and how they are spread.

use super::cells::Cells;

/// What flows from the left to the right.
pub(super) const SANKEY: &str = r#"<path class="ink-wash" d="M16 7C48 7 48 7 80 7V19C48 19 48 19 16 19Z"/><path class="ink-soft" d="M16 19C48 19 48 24 80 24V31C48 31 48 26 16 26Z"/><path class="ink-warm-wash" d="M16 31C48 31 48 31 80 31V35C48 35 48 35 16 35Z"/><path class="ink-warm-wash" d="M16 35C48 35 48 39 80 39V46C48 46 48 45 16 45Z"/><rect class="ink-accent" x="11" y="7" width="5" height="19" rx="1"/><rect class="ink-warm" x="11" y="31" width="5" height="14" rx="1"/><rect class="ink-accent" x="80" y="7" width="5" height="12" rx="1"/><rect class="ink-deep" x="80" y="24" width="5" height="11" rx="1"/><rect class="ink-warm" x="80" y="39" width="5" height="7" rx="1"/>"#;

/// A shape on the spokes of a wheel.
pub(super) const RADAR: &str = r#"<polygon class="ink-axis" points="48,7 65.3,17 65.3,37 48,47 30.7,37 30.7,17"/><polygon class="ink-axis" points="48,15 58.4,21 58.4,33 48,39 37.6,33 37.6,21"/><polyline class="ink-axis" points="48,7 48,47"/><polyline class="ink-axis" points="30.7,17 65.3,37"/><polyline class="ink-axis" points="65.3,17 30.7,37"/><polygon class="ink-wash" points="48,10 58.4,21 61.9,35 48,36 35.9,34 31.5,17.5"/><polygon class="ink-line" points="48,10 58.4,21 61.9,35 48,36 35.9,34 31.5,17.5"/>"#;

/// Points, some of them larger.
pub(super) const SCATTER: &str = r#"<polyline class="ink-axis" points="10,6 10,45 88,45"/><circle class="ink-mid" cx="20" cy="38" r="2.5"/><circle class="ink-mid" cx="27" cy="33" r="3.5"/><circle class="ink-accent" cx="36" cy="30" r="3"/><circle class="ink-accent" cx="42" cy="35" r="2"/><circle class="ink-accent" cx="48" cy="23" r="5"/><circle class="ink-mid" cx="58" cy="27" r="2.5"/><circle class="ink-accent" cx="63" cy="16" r="3.5"/><circle class="ink-mid" cx="72" cy="19" r="3"/><circle class="ink-accent" cx="81" cy="11" r="4.5"/><circle class="ink-warm" cx="76" cy="38" r="4"/>"#;

/// Columns without gaps, and the mark of a quantile.
pub(super) const HISTOGRAM: &str = r#"<rect class="ink-soft" x="10" y="38" width="9.5" height="6" rx="0.5"/><rect class="ink-mid" x="20" y="25" width="9.5" height="19" rx="0.5"/><rect class="ink-accent" x="30" y="9" width="9.5" height="35" rx="0.5"/><rect class="ink-accent" x="40" y="14" width="9.5" height="30" rx="0.5"/><rect class="ink-mid" x="50" y="26" width="9.5" height="18" rx="0.5"/><rect class="ink-mid" x="60" y="34" width="9.5" height="10" rx="0.5"/><rect class="ink-soft" x="70" y="38" width="9.5" height="6" rx="0.5"/><rect class="ink-soft" x="80" y="41" width="8" height="3" rx="0.5"/><polyline class="ink-dash" points="65,6 65,44"/><polyline class="ink-axis" points="8,44.5 90,44.5"/>"#;

/// Medians, quartiles and tails.
pub(super) const BOX_PLOT: &str = r#"<polyline class="ink-stem" points="22,9 22,44"/><rect class="ink-mid" x="14" y="18" width="16" height="17" rx="1.5"/><polyline class="ink-cut" points="14,27 30,27"/><polyline class="ink-stem" points="48,6 48,36"/><rect class="ink-accent" x="40" y="12" width="16" height="15" rx="1.5"/><polyline class="ink-cut" points="40,18 56,18"/><polyline class="ink-stem" points="74,16 74,46"/><rect class="ink-mid" x="66" y="24" width="16" height="14" rx="1.5"/><polyline class="ink-cut" points="66,32 82,32"/><circle class="ink-warm" cx="74" cy="9" r="2"/>"#;

/// A page, and where it is clicked.
pub(super) const PAGE_HEAT: &str = r#"<rect class="ink-card" x="12" y="5" width="72" height="42" rx="3"/><rect class="ink-strong" x="17" y="10" width="20" height="3.5" rx="1.5"/><rect class="ink-faint" x="17" y="17" width="40" height="16" rx="1.5"/><rect class="ink-faint" x="60" y="17" width="19" height="16" rx="1.5"/><rect class="ink-faint" x="17" y="36" width="19" height="7" rx="1.5"/><rect class="ink-faint" x="38.5" y="36" width="19" height="7" rx="1.5"/><rect class="ink-faint" x="60" y="36" width="19" height="7" rx="1.5"/><circle class="ink-warm-wash" cx="38" cy="25" r="11"/><circle class="ink-warm-wash" cx="38" cy="25" r="7"/><circle class="ink-hot" cx="38" cy="25" r="3.5"/><circle class="ink-warm-wash" cx="69" cy="39" r="6"/><circle class="ink-warm" cx="69" cy="39" r="2.5"/>"#;

/// Two things crossed, with an odd cell.
pub(super) fn heatmap() -> String {
    let cells = Cells { at: (10.0, 6.0), step: (11.0, 8.2), size: (10.0, 7.2), radius: 1.0 };
    cells.draw(&["0112210", "1123321", "123!321", "0122211", "0011100"])
}

/// Those who came together, and who of them came back.
pub(super) fn retention() -> String {
    let cells = Cells { at: (10.0, 6.0), step: (11.0, 8.2), size: (10.0, 7.2), radius: 1.0 };
    cells.draw(&["4332211", "433221", "43221", "4321", "432"])
}
