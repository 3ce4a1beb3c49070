//! Pictures of what other tiles stand in.

/// Names of pages over one of them.
pub(super) const TABS: &str = r#"<rect class="ink-accent" x="10" y="8" width="22" height="5" rx="2"/><rect class="ink-faint" x="37" y="8" width="20" height="5" rx="2"/><rect class="ink-faint" x="62" y="8" width="20" height="5" rx="2"/><polyline class="ink-axis" points="10,17.5 87,17.5"/><polyline class="ink-line" points="10,17.5 32,17.5"/><rect class="ink-soft" x="10" y="22" width="77" height="24" rx="2"/>"#;

/// A page between the one before and the next.
pub(super) const CAROUSEL: &str = r#"<rect class="ink-faint" x="4" y="13" width="9" height="22" rx="2"/><rect class="ink-soft" x="18" y="7" width="60" height="33" rx="2"/><rect class="ink-faint" x="83" y="13" width="9" height="22" rx="2"/><rect class="ink-accent" x="36" y="44" width="10" height="4" rx="2"/><rect class="ink-faint" x="49" y="44" width="4" height="4" rx="2"/><rect class="ink-faint" x="56" y="44" width="4" height="4" rx="2"/>"#;
