//! Pictures of what orders and compares.

/// Level bars, the longest first.
pub(super) const BAR: &str = r#"<rect class="ink-accent" x="14" y="8" width="70" height="7" rx="1.5"/><rect class="ink-accent" x="14" y="18" width="54" height="7" rx="1.5"/><rect class="ink-accent" x="14" y="28" width="40" height="7" rx="1.5"/><rect class="ink-accent" x="14" y="38" width="24" height="7" rx="1.5"/><polyline class="ink-axis" points="11,5 11,48"/>"#;

/// Places, names, and who rose or fell.
pub(super) const RANK_LIST: &str = r#"<circle class="ink-accent" cx="15" cy="12" r="4.5"/><rect class="ink-strong" x="25" y="8" width="32" height="4" rx="2"/><rect class="ink-soft" x="25" y="14" width="44" height="2.5" rx="1"/><polygon class="ink-warm" points="83,8 87,15 79,15"/><circle class="ink-mid" cx="15" cy="26" r="4.5"/><rect class="ink-strong" x="25" y="22" width="24" height="4" rx="2"/><rect class="ink-soft" x="25" y="28" width="34" height="2.5" rx="1"/><polygon class="ink-calm" points="83,30 87,23 79,23"/><circle class="ink-soft" cx="15" cy="40" r="4.5"/><rect class="ink-strong" x="25" y="36" width="28" height="4" rx="2"/><rect class="ink-soft" x="25" y="42" width="22" height="2.5" rx="1"/><rect class="ink-faint" x="79" y="38.5" width="8" height="3" rx="1.5"/>"#;

/// Pairs of columns.
pub(super) const COLUMNS: &str = r#"<rect class="ink-accent" x="14" y="20" width="8" height="24" rx="1"/><rect class="ink-warm" x="23" y="29" width="8" height="15" rx="1"/><rect class="ink-accent" x="39" y="9" width="8" height="35" rx="1"/><rect class="ink-warm" x="48" y="22" width="8" height="22" rx="1"/><rect class="ink-accent" x="64" y="16" width="8" height="28" rx="1"/><rect class="ink-warm" x="73" y="12" width="8" height="32" rx="1"/><polyline class="ink-axis" points="9,44.5 88,44.5"/>"#;

/// Gains and losses that lead from one total to another.
pub(super) const WATERFALL: &str = r#"<rect class="ink-strong" x="10" y="22" width="11" height="22" rx="1"/><rect class="ink-accent" x="26" y="12" width="11" height="10" rx="1"/><rect class="ink-accent" x="42" y="7" width="11" height="5" rx="1"/><rect class="ink-warm" x="58" y="7" width="11" height="14" rx="1"/><rect class="ink-strong" x="74" y="21" width="11" height="23" rx="1"/><polyline class="ink-axis" points="21,22 26,22"/><polyline class="ink-axis" points="37,12 42,12"/><polyline class="ink-axis" points="53,7 58,7"/><polyline class="ink-axis" points="69,21 74,21"/><polyline class="ink-axis" points="7,44.5 89,44.5"/>"#;

/// Names and numbers that pass by in one line.
pub(super) const TICKER: &str = r#"<rect class="ink-card" x="4" y="17" width="88" height="18" rx="4"/><rect class="ink-faint" x="10" y="24" width="12" height="4" rx="2"/><rect class="ink-accent" x="25" y="24" width="10" height="4" rx="2"/><polyline class="ink-axis" points="40,21 40,31"/><rect class="ink-strong" x="45" y="24" width="14" height="4" rx="2"/><rect class="ink-accent" x="62" y="24" width="8" height="4" rx="2"/><polyline class="ink-line" points="77,22 81,26 77,30"/><polyline class="ink-line" points="83,22 87,26 83,30"/>"#;
