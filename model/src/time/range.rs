//! The time of a query: what was wished, and the interval it means at one moment.

use super::{Calendar, CalendarWord, Grain, Interval, Span, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// The time of a query, as wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeRange {
    /// Slides with the clock: `{"last": "24h"}`.
    Last(Span),
    /// Fixed: `{"from": …, "to": …}`.
    Between(Interval),
    /// Named by the calendar: `"today"`.
    Word(CalendarWord),
}

impl TimeRange {
    /// What the range means at `now`.
    ///
    /// A sliding range ends with the step that holds `now` (which is therefore partial) and holds whole steps
    /// otherwise, so that it moves once a step and not with every tick.
    pub fn interval(self, now: Timestamp, calendar: Calendar, grain: Grain) -> Interval {
        match self {
            Self::Last(span) => {
                let to = calendar.next(now, grain);
                let from = calendar.floor(to.plus_millis(-span.millis()), grain);
                Interval { from, to }
            }
            Self::Between(interval) => interval,
            Self::Word(word) => {
                let (first, after) = word.days(calendar.day_of(now));
                Interval { from: calendar.start_of(first), to: calendar.start_of(after) }
            }
        }
    }

    /// How many steps the range can have at the most, whenever it is asked.
    pub const fn most_steps(self, grain: Grain) -> i64 {
        let length_ms = match self {
            Self::Last(span) => span.millis(),
            Self::Between(interval) => interval.length_ms(),
            Self::Word(word) => word.most_days() * Grain::Day.shortest_ms(),
        };
        // Begun steps at both ends.
        length_ms / grain.shortest_ms() + 2
    }
}

/// Between the ends of a fixed range.
const TO: &str = "..";

/// On one line, as an address writes it: `7d`, `today`, `2026-11-01T00:00:00Z..2026-11-08T00:00:00Z`.
impl fmt::Display for TimeRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Last(span) => span.fmt(formatter),
            Self::Word(word) => formatter.write_str(word.name()),
            Self::Between(Interval { from, to }) => write!(formatter, "{from}{TO}{to}"),
        }
    }
}

/// A text that is no range of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no range of time: expected a span such as 7d, a word such as today, or two moments with “..” between"
)]
pub struct InvalidTimeRange(pub String);

impl FromStr for TimeRange {
    type Err = InvalidTimeRange;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let between = || {
            let (from, to) = text.split_once(TO)?;
            Interval::new(Timestamp::parse(from).ok()?, Timestamp::parse(to).ok()?).map(Self::Between)
        };
        let word = CalendarWord::ALL.into_iter().find(|word| word.name() == text).map(Self::Word);
        let span = || text.parse().ok().map(Self::Last);
        word.or_else(span).or_else(between).ok_or_else(|| InvalidTimeRange(text.to_owned()))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "expected {\"last\": \"24h\"}, {\"from\": …, \"to\": …} or a word such as \"today\"")]
enum Written {
    Last(WrittenLast),
    Between(WrittenBetween),
    Word(CalendarWord),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLast {
    last: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBetween {
    from: Timestamp,
    to: Timestamp,
}

impl Serialize for TimeRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = match *self {
            Self::Last(span) => Written::Last(WrittenLast { last: span.to_string() }),
            Self::Between(Interval { from, to }) => Written::Between(WrittenBetween { from, to }),
            Self::Word(word) => Written::Word(word),
        };
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TimeRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Last(written) => written.last.parse().map(Self::Last).map_err(de::Error::custom),
            Written::Between(written) => Interval::new(written.from, written.to).map(Self::Between).ok_or_else(|| {
                de::Error::custom(format!("the range is empty: {} is not before {}", written.from, written.to))
            }),
            Written::Word(word) => Ok(Self::Word(word)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Compare;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn interval(json: &str, now: &str, grain: Grain) -> (String, String) {
        let range: TimeRange = serde_json::from_str(json).unwrap();
        let interval = range.interval(at(now), Calendar::CHINA, grain);
        let text = |moment: Timestamp| moment.to_rfc3339(480).unwrap();
        (text(interval.from()), text(interval.to()))
    }

    #[test]
    fn a_sliding_range_holds_whole_steps_and_the_open_one() {
        let (from, to) = interval(r#"{"last":"24h"}"#, "2026-11-21T10:20:30+08:00", Grain::Hour);
        assert_eq!(from, "2026-11-20T11:00:00+08:00");
        assert_eq!(to, "2026-11-21T11:00:00+08:00");
    }

    #[test]
    fn words_follow_the_calendar() {
        let now = "2026-11-21T10:20:30+08:00";
        assert_eq!(interval(r#""today""#, now, Grain::Hour).0, "2026-11-21T00:00:00+08:00");
        assert_eq!(interval(r#""this_week""#, now, Grain::Day).0, "2026-11-16T00:00:00+08:00");
        assert_eq!(interval(r#""last_month""#, now, Grain::Day).0, "2026-10-01T00:00:00+08:00");
        assert_eq!(interval(r#""last_month""#, now, Grain::Day).1, "2026-11-01T00:00:00+08:00");
        assert_eq!(interval(r#""this_year""#, now, Grain::Month).0, "2026-01-01T00:00:00+08:00");
    }

    #[test]
    fn wrong_ranges_say_what_was_expected() {
        for (json, expected) in [
            (r#"{"last":"24x"}"#, "no span of time"),
            (r#"{"last":"0h"}"#, "no span of time"),
            (r#"{"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"}"#, "the range is empty"),
            (r#""someday""#, "expected {"),
        ] {
            let error = serde_json::from_str::<TimeRange>(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{json}: {error}");
        }
    }

    #[test]
    fn a_range_fits_on_one_line() {
        for text in ["24h", "7d", "today", "last_month", "2026-11-01T00:00:00Z..2026-11-08T00:00:00Z"] {
            assert_eq!(text.parse::<TimeRange>().unwrap().to_string(), text);
        }
        for wrong in ["", "..", "soon", "2026-11-08T00:00:00Z..2026-11-01T00:00:00Z", "7d..8d"] {
            assert_eq!(wrong.parse::<TimeRange>(), Err(InvalidTimeRange(wrong.to_owned())));
        }
    }

    #[test]
    fn an_open_month_is_compared_with_the_same_elapsed_days() {
        let month = Interval::new(at("2026-03-01T00:00:00+08:00"), at("2026-03-11T00:00:00+08:00")).unwrap();
        let before = Compare::Month.interval(TimeRange::Between(month), month, month, Calendar::CHINA);
        assert_eq!(before.from(), at("2026-02-01T00:00:00+08:00"));
        assert_eq!(before.to(), at("2026-02-11T00:00:00+08:00"));
    }

    proptest! {
        #[test]
        fn a_range_never_has_more_steps_than_it_says(
            now in 1_500_000_000_000_i64..1_900_000_000_000,
            from in 1_500_000_000_000_i64..1_900_000_000_000,
            minutes in 1_u32..200_000,
            kind in 0_usize..9,
            grain in prop::sample::select(Grain::ALL.to_vec()),
        ) {
            let from = Timestamp::from_millis(from);
            let range = match CalendarWord::ALL.get(kind) {
                Some(word) => TimeRange::Word(*word),
                None if kind == 7 => TimeRange::Last(Span { minutes }),
                None => TimeRange::Between(
                    Interval::new(from, from.plus_millis(i64::from(minutes) * 60_000)).unwrap(),
                ),
            };
            let interval = range.interval(Timestamp::from_millis(now), Calendar::CHINA, grain);
            let steps = interval.steps(Calendar::CHINA, grain).count();
            prop_assert!(i64::try_from(steps).unwrap() <= range.most_steps(grain));
        }

        #[test]
        fn a_range_survives_writing(minutes in 1_u32..=Span::LONGEST_MINUTES) {
            let range = TimeRange::Last(Span { minutes });
            let json = serde_json::to_string(&range).unwrap();
            prop_assert_eq!(serde_json::from_str::<TimeRange>(&json).unwrap(), range);
        }
    }
}
