//! What a number is compared with.

use super::{Calendar, CalendarWord, Interval, TimeRange, Timestamp, lunar};
use serde::{Deserialize, Serialize};

const DAY_MS: i64 = 86_400_000;

/// What a number is compared with. Result columns are named `<metric>@<compare>` and `<metric>@<compare>_pct`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// The calendar word before (this month: last month, as far as this one has passed); of any other range, the
    /// interval of the same length that ends where it starts.
    PreviousPeriod,
    /// The same clock times one day earlier (日环比).
    Day,
    /// Seven days earlier.
    Week,
    /// One month earlier (环比), the same dates: the whole month before, or as many days of it as have passed.
    Month,
    /// One year earlier (同比), the same dates.
    Year,
    /// One year of the Chinese lunar calendar earlier: Spring Festival beside Spring Festival, any other range by the lunar
    /// date of its first day. Before 1991 and after 2100, as `year`.
    YearLunar,
}

impl Compare {
    pub const ALL: [Self; 6] = [Self::PreviousPeriod, Self::Day, Self::Week, Self::Month, Self::Year, Self::YearLunar];

    pub const fn name(self) -> &'static str {
        match self {
            Self::PreviousPeriod => "previous_period",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
            Self::YearLunar => "year_lunar",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|compare| compare.name() == name)
    }

    /// What the passed part of a range is compared with.
    ///
    /// Months and years move both ends by the calendar, so that March is compared with the whole of February and an
    /// open month with the same elapsed days of the month before.
    pub fn interval(self, time: TimeRange, whole: Interval, passed: Interval, calendar: Calendar) -> Interval {
        match self {
            Self::PreviousPeriod => match time {
                TimeRange::Word(word) => period_of(word).interval(time, whole, passed, calendar),
                TimeRange::Last(_) | TimeRange::Between(_) => passed.earlier_by_ms(whole.length_ms()),
            },
            Self::Day => passed.earlier_by_ms(DAY_MS),
            Self::Week => passed.earlier_by_ms(7 * DAY_MS),
            Self::Month => months_earlier(passed, 1, calendar),
            Self::Year => months_earlier(passed, 12, calendar),
            // By the whole range, so that what it is laid onto does not change while it fills.
            Self::YearLunar => match lunar::days_after_year_before(whole, calendar) {
                Some(days) => passed.earlier_by_ms(i64::from(days) * DAY_MS),
                None => months_earlier(passed, 12, calendar),
            },
        }
    }

    /// Whether weeks and months of what it is compared with begin on other days than those of the calendar: they are as many
    /// days after its beginning as those of the range are.
    pub const fn moves_steps(self) -> bool {
        match self {
            Self::YearLunar => true,
            Self::PreviousPeriod | Self::Day | Self::Week | Self::Month | Self::Year => false,
        }
    }
}

/// The step back from a calendar word to the period before it.
const fn period_of(word: CalendarWord) -> Compare {
    match word {
        CalendarWord::Today | CalendarWord::Yesterday => Compare::Day,
        CalendarWord::ThisWeek | CalendarWord::LastWeek => Compare::Week,
        CalendarWord::ThisMonth | CalendarWord::LastMonth => Compare::Month,
        CalendarWord::ThisYear => Compare::Year,
    }
}

fn months_earlier(interval: Interval, months: i32, calendar: Calendar) -> Interval {
    // The moment, and whether its day is missing in the month it came to, so that it stands on that month's last day.
    let shifted = |moment: Timestamp| {
        let day = calendar.day_of(moment);
        let target = day.plus_months(-months);
        let into_day_ms = moment.millis_since(calendar.start_of(day));
        let is_missing = target.year_month_day().2 != day.year_month_day().2;
        (calendar.start_of(target).plus_millis(into_day_ms), target, is_missing)
    };
    let (from, _, first_is_missing) = shifted(interval.from());
    let (to, last, last_is_missing) = shifted(interval.to());
    let to = if first_is_missing {
        // The 31st is compared with the last day there is: as long, and not reaching into what is compared.
        from.plus_millis(interval.length_ms()).min(to.max(interval.from()))
    } else if last_is_missing {
        // What ends on the 31st is compared with all that the shorter month has.
        calendar.start_of(last.first_of_month().plus_months(1))
    } else {
        to
    };
    // Empty only at the ends of the calendar.
    Interval::new(from, to).unwrap_or_else(|| interval.earlier_by_ms(interval.length_ms()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Grain;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn day(text: &str) -> Timestamp {
        at(&format!("{text}T00:00:00+08:00"))
    }

    /// What a range, written as JSON, is compared with when it is asked at that moment.
    fn compared(range: &str, compare: Compare, now: &str) -> (Timestamp, Timestamp) {
        let time: TimeRange = serde_json::from_str(range).unwrap();
        let whole = time.interval(at(now), Calendar::CHINA, Grain::Day);
        let passed = Interval::new(whole.from(), whole.to().min(at(now))).unwrap();
        let compared = compare.interval(time, whole, passed, Calendar::CHINA);
        (compared.from(), compared.to())
    }

    #[test]
    fn a_closed_month_is_compared_with_the_whole_of_the_month_before() {
        let asked = "2026-04-15T10:00:00+08:00";
        let february = (day("2026-02-01"), day("2026-03-01"));
        assert_eq!(compared(r#""last_month""#, Compare::Month, asked), february);
        assert_eq!(compared(r#""last_month""#, Compare::PreviousPeriod, asked), february);
        assert_eq!(
            compared(r#""last_month""#, Compare::Month, "2026-03-15T10:00:00+08:00"),
            (day("2026-01-01"), day("2026-02-01")),
            "January is longer than February",
        );
        let april = r#"{"from":"2026-04-01T00:00:00+08:00","to":"2026-05-01T00:00:00+08:00"}"#;
        let march = (day("2026-03-01"), day("2026-04-01"));
        assert_eq!(compared(april, Compare::Month, "2026-06-01T00:00:00+08:00"), march);
    }

    #[test]
    fn an_open_month_is_compared_with_the_same_elapsed_days() {
        let asked = "2026-04-15T10:00:00+08:00";
        let expected = (day("2026-03-01"), at("2026-03-15T10:00:00+08:00"));
        assert_eq!(compared(r#""this_month""#, Compare::Month, asked), expected);
        assert_eq!(compared(r#""this_month""#, Compare::PreviousPeriod, asked), expected);
        // February has no more days than these.
        let long = compared(r#""this_month""#, Compare::Month, "2026-03-30T10:00:00+08:00");
        assert_eq!(long, (day("2026-02-01"), day("2026-03-01")));
    }

    #[test]
    fn years_are_compared_by_their_dates() {
        let february = r#"{"from":"2024-02-01T00:00:00+08:00","to":"2024-03-01T00:00:00+08:00"}"#;
        let asked = "2024-06-01T00:00:00+08:00";
        assert_eq!(compared(february, Compare::Year, asked), (day("2023-02-01"), day("2023-03-01")));
        let leap_day = r#"{"from":"2024-02-29T00:00:00+08:00","to":"2024-03-01T00:00:00+08:00"}"#;
        assert_eq!(compared(leap_day, Compare::Year, asked), (day("2023-02-28"), day("2023-03-01")));
        let year = compared(r#""this_year""#, Compare::PreviousPeriod, "2025-04-15T10:00:00+08:00");
        assert_eq!(year, (day("2024-01-01"), at("2024-04-15T10:00:00+08:00")));
    }

    #[test]
    fn the_period_before_a_calendar_word_is_the_word_before() {
        let asked = "2026-04-15T10:00:00+08:00";
        let previous = |word: &str| compared(word, Compare::PreviousPeriod, asked);
        assert_eq!(previous(r#""today""#), (day("2026-04-14"), at("2026-04-14T10:00:00+08:00")));
        assert_eq!(previous(r#""yesterday""#), (day("2026-04-13"), day("2026-04-14")));
        assert_eq!(previous(r#""this_week""#), (day("2026-04-06"), at("2026-04-08T10:00:00+08:00")));
        assert_eq!(previous(r#""last_week""#), (day("2026-03-30"), day("2026-04-06")));
        assert_eq!(previous(r#"{"last":"2d"}"#), (day("2026-04-12"), at("2026-04-13T10:00:00+08:00")));
    }

    #[test]
    fn spring_festival_is_compared_with_spring_festival() {
        let gala = r#"{"from":"2026-02-16T20:00:00+08:00","to":"2026-02-17T01:00:00+08:00"}"#;
        let before = (at("2025-01-28T20:00:00+08:00"), at("2025-01-29T01:00:00+08:00"));
        assert_eq!(compared(gala, Compare::YearLunar, "2026-03-01T00:00:00+08:00"), before);
        let month = compared(r#""this_month""#, Compare::YearLunar, "2026-02-10T00:00:00+08:00");
        assert_eq!(
            month,
            (day("2025-01-13"), day("2025-01-22")),
            "it is to come, and the range is laid onto it already"
        );
    }

    proptest! {
        /// What is shorter than a month is compared with something that ends before it begins.
        #[test]
        fn a_month_earlier_is_earlier(
            from in 1_500_000_000_000_i64..1_900_000_000_000,
            minutes in 1_i64..28 * 1_440,
            months in prop::sample::select(vec![1, 12]),
        ) {
            let from = Timestamp::from_millis(from);
            let interval = Interval::new(from, from.plus_millis(minutes * 60_000)).unwrap();
            let earlier = months_earlier(interval, months, Calendar::CHINA);
            prop_assert!(earlier.from() < earlier.to());
            prop_assert!(earlier.to() <= interval.from());
        }
    }
}
