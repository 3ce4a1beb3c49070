//! Pictures of what shows one number.

/// A label, a large number, a change, and its course.
pub(super) const KPI: &str = r#"<rect class="ink-faint" x="10" y="10" width="24" height="4" rx="2"/><rect class="ink-strong" x="10" y="20" width="36" height="11" rx="2.5"/><rect class="ink-accent" x="10" y="38" width="17" height="5" rx="2.5"/><polygon class="ink-wash" points="54,40 62,34 70,37 78,26 87,29 87,44 54,44"/><polyline class="ink-line" points="54,40 62,34 70,37 78,26 87,29"/>"#;

/// Digits on flaps, with an axle through the middle.
pub(super) const FLIP_COUNTER: &str = r#"<rect class="ink-faint" x="9" y="12" width="17" height="28" rx="3"/><rect class="ink-faint" x="30" y="12" width="17" height="28" rx="3"/><rect class="ink-faint" x="51" y="12" width="17" height="28" rx="3"/><rect class="ink-soft" x="72" y="12" width="17" height="28" rx="3"/><polyline class="ink-stem" points="14.5,19 20.5,19 20.5,26 14.5,26 14.5,33 20.5,33"/><polyline class="ink-stem" points="35.5,19 35.5,26 41.5,26 41.5,19 35.5,19"/><polyline class="ink-stem" points="35.5,26 35.5,33 41.5,33 41.5,26"/><polyline class="ink-stem" points="62.5,19 56.5,19 56.5,26 62.5,26 62.5,33 56.5,33"/><polyline class="ink-line" points="77.5,19 83.5,19 83.5,33"/><polyline class="ink-cut" points="9,26 26,26"/><polyline class="ink-cut" points="30,26 47,26"/><polyline class="ink-cut" points="51,26 68,26"/><polyline class="ink-cut" points="72,26 89,26"/>"#;

/// A half circle that is filled in part, and a hand.
pub(super) const GAUGE: &str = r#"<path class="ink-track" d="M20 42A28 28 0 0 1 76 42"/><path class="ink-arc" d="M20 42A28 28 0 0 1 62 17.8"/><polyline class="ink-stem" points="48,42 58,26"/><circle class="ink-strong" cx="48" cy="42" r="3.5"/>"#;

/// Bars before bands, each with the mark of its target.
pub(super) const BULLET: &str = r#"<rect class="ink-faint" x="10" y="9" width="76" height="13" rx="2"/><rect class="ink-soft" x="10" y="9" width="52" height="13" rx="2"/><rect class="ink-accent" x="10" y="13" width="58" height="5" rx="1"/><rect class="ink-stark" x="72" y="7" width="2.5" height="17" rx="1"/><rect class="ink-faint" x="10" y="30" width="76" height="13" rx="2"/><rect class="ink-soft" x="10" y="30" width="40" height="13" rx="2"/><rect class="ink-accent" x="10" y="34" width="36" height="5" rx="1"/><rect class="ink-stark" x="60" y="28" width="2.5" height="17" rx="1"/>"#;
