//! Ranges of time: those that menus offer, and how any is said.

use crate::i18n::time_range_name;
use model::{
    formatting::Locale,
    time::{Calendar, CalendarWord, Span, TimeRange, Timestamp},
};

/// The ranges offered in menus.
pub(crate) fn offered_ranges() -> Vec<TimeRange> {
    let last = |text: &str| text.parse::<Span>().ok().map(TimeRange::Last);
    let spans = ["1h", "6h", "24h", "7d", "30d", "90d"].into_iter().filter_map(last);
    spans.chain(CalendarWord::ALL.map(TimeRange::Word)).collect()
}

/// A range in the organisation's calendar: `2026-11-01 – 2026-11-07`, both days counted.
pub(crate) fn range_words(range: TimeRange, calendar: Calendar, locale: Locale) -> String {
    let TimeRange::Between(interval) = range else { return time_range_name(range, locale) };
    let (first, last) = interval.days(calendar);
    let is_whole = |moment: Timestamp| calendar.start_of(calendar.day_of(moment)) == moment;
    if !is_whole(interval.from()) || !is_whole(interval.to()) {
        let words = |moment: Timestamp| {
            let minutes = moment.millis_since(calendar.start_of(calendar.day_of(moment))) / 60_000
                + i64::from(calendar.day_starts_at_minute);
            format!("{} {:02}:{:02}", calendar.day_of(moment), minutes / 60 % 24, minutes % 60)
        };
        return format!("{} – {}", words(interval.from()), words(interval.to()));
    }
    if first == last { first.to_string() } else { format!("{first} – {last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_days() {
        let words = |text: &str| range_words(text.parse().unwrap(), Calendar::CHINA, Locale::ZhCn);
        assert_eq!(words("2026-10-31T16:00:00Z..2026-11-07T16:00:00Z"), "2026-11-01 – 2026-11-07");
        assert_eq!(words("2026-10-31T16:00:00Z..2026-11-01T16:00:00Z"), "2026-11-01");
        assert_eq!(words("2026-11-01T01:30:00Z..2026-11-01T02:00:00Z"), "2026-11-01 09:30 – 2026-11-01 10:00");
        assert_eq!(words("24h"), "近 24 小时");
    }
}
