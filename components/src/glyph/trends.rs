//! Pictures of what shows numbers along time.

use super::cells::Cells;

/// Two courses over an axis.
pub(super) const LINE: &str = r#"<polyline class="ink-axis" points="10,8 10,44 88,44"/><polyline class="ink-second" points="14,40 26,37 38,38 50,31 62,33 74,27 86,29"/><polyline class="ink-line" points="14,35 26,27 38,30 50,17 62,21 74,11 86,14"/>"#;

/// Two surfaces on top of each other.
pub(super) const AREA: &str = r#"<polygon class="ink-soft" points="10,30 24,22 38,26 54,13 70,18 88,8 88,44 10,44"/><polygon class="ink-deep" points="10,38 24,34 38,36 54,28 70,31 88,24 88,44 10,44"/><polyline class="ink-line" points="10,30 24,22 38,26 54,13 70,18 88,8"/><polyline class="ink-axis" points="10,44.5 88,44.5"/>"#;

/// Columns, and a line of another axis.
pub(super) const COMBO: &str = r#"<rect class="ink-mid" x="14" y="30" width="9" height="14" rx="1"/><rect class="ink-mid" x="29" y="24" width="9" height="20" rx="1"/><rect class="ink-mid" x="44" y="27" width="9" height="17" rx="1"/><rect class="ink-mid" x="59" y="19" width="9" height="25" rx="1"/><rect class="ink-mid" x="74" y="22" width="9" height="22" rx="1"/><polyline class="ink-axis" points="9,8 9,44.5 88,44.5 88,8"/><polyline class="ink-second" points="18.5,22 33.5,14 48.5,18 63.5,9 78.5,13"/><circle class="ink-warm" cx="18.5" cy="22" r="2.2"/><circle class="ink-warm" cx="33.5" cy="14" r="2.2"/><circle class="ink-warm" cx="48.5" cy="18" r="2.2"/><circle class="ink-warm" cx="63.5" cy="9" r="2.2"/><circle class="ink-warm" cx="78.5" cy="13" r="2.2"/>"#;

/// A restless curve above the programmes of its evening.
pub(super) const MINUTE_CURVE: &str = r#"<polygon class="ink-wash" points="8,30 14,27 19,29 25,20 31,22 36,12 42,10 47,15 52,13 57,24 63,21 70,26 76,24 88,30 88,36 8,36"/><polyline class="ink-line" points="8,30 14,27 19,29 25,20 31,22 36,12 42,10 47,15 52,13 57,24 63,21 70,26 76,24 88,30"/><rect class="ink-faint" x="8" y="39" width="18" height="7" rx="1.5"/><rect class="ink-soft" x="28" y="39" width="27" height="7" rx="1.5"/><rect class="ink-faint" x="57" y="39" width="14" height="7" rx="1.5"/><rect class="ink-faint" x="73" y="39" width="15" height="7" rx="1.5"/>"#;

/// Places that change hands from step to step.
pub(super) const RANK_RACE: &str = r#"<path class="ink-third" d="M12 26C26 26 28 41 44 41S66 26 84 26"/><path class="ink-second" d="M12 11C28 11 28 26 44 26S66 41 84 41"/><path class="ink-line" d="M12 41C28 41 30 11 48 11H84"/><circle class="ink-accent" cx="12" cy="41" r="3"/><circle class="ink-accent" cx="84" cy="11" r="4"/><circle class="ink-calm" cx="12" cy="26" r="3"/><circle class="ink-calm" cx="84" cy="26" r="4"/><circle class="ink-warm" cx="12" cy="11" r="3"/><circle class="ink-warm" cx="84" cy="41" r="4"/>"#;

/// Sessions along time: what stalled, and what failed.
pub(super) const SESSION_TIMELINE: &str = r#"<rect class="ink-faint" x="10" y="7" width="8" height="6" rx="1"/><rect class="ink-accent" x="19" y="7" width="22" height="6" rx="1"/><rect class="ink-warm" x="42" y="7" width="10" height="6" rx="1"/><rect class="ink-accent" x="53" y="7" width="30" height="6" rx="1"/><rect class="ink-faint" x="10" y="18" width="5" height="6" rx="1"/><rect class="ink-accent" x="16" y="18" width="38" height="6" rx="1"/><circle class="ink-hot" cx="58" cy="21" r="3.5"/><rect class="ink-faint" x="10" y="29" width="14" height="6" rx="1"/><rect class="ink-accent" x="25" y="29" width="12" height="6" rx="1"/><rect class="ink-warm" x="38" y="29" width="20" height="6" rx="1"/><rect class="ink-accent" x="59" y="29" width="13" height="6" rx="1"/><polyline class="ink-axis" points="10,42.5 86,42.5"/><polyline class="ink-axis" points="10,40 10,45"/><polyline class="ink-axis" points="48,40 48,45"/><polyline class="ink-axis" points="86,40 86,45"/>"#;

/// Weeks beside each other, of which two days in seven are darker.
pub(super) fn calendar_heat() -> String {
    let cells = Cells { at: (9.0, 6.0), step: (6.1, 5.8), size: (5.0, 4.8), radius: 1.0 };
    cells.draw(&[
        "  10110121101",
        "01011012110110",
        "10110021011011",
        "01101121101102",
        "11012113011211",
        "23123344232332",
        "3324344433233 ",
    ])
}

/// Days under each other, and in each the evening's hours.
pub(super) fn week_heat() -> String {
    let cells = Cells { at: (9.0, 6.0), step: (8.7, 5.8), size: (7.6, 4.8), radius: 1.0 };
    cells.draw(&["000111223", "000111233", "000111223", "000112233", "000112344", "001222344", "001222343"])
}
