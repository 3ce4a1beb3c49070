//! An organisation's calendar: a fixed offset and the first minute of the day.

use super::{Grain, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;
use time::{Date, Month};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A calendar day, as days since 1970-01-01 in the organisation's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    fn date(self) -> Date {
        // 1970-01-01 is Julian day 2,440,588; a day outside the library's years is clamped to its ends.
        Date::from_julian_day(self.0.saturating_add(2_440_588)).unwrap_or(if self.0 < 0 {
            Date::MIN
        } else {
            Date::MAX
        })
    }

    fn from_date(date: Date) -> Self {
        Self(date.to_julian_day() - 2_440_588)
    }

    /// Year, month (1 to 12) and day of the month.
    pub fn year_month_day(self) -> (i32, u8, u8) {
        let date = self.date();
        (date.year(), u8::from(date.month()), date.day())
    }

    /// The day of that date, or `None` where the calendar has none.
    pub fn from_year_month_day(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        Date::from_calendar_date(year, month, day).ok().map(Self::from_date)
    }

    /// A date as ISO 8601 writes it: `2026-11-21`. `None` where there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let day = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        parts.next().is_none().then_some(())?;
        Self::from_year_month_day(day.0, day.1, day.2)
    }

    /// 0 for Monday to 6 for Sunday.
    pub const fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// The same day so many months later; the last day of the month where that one is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.year_month_day();
        let index = year * 12 + i32::from(month) - 1 + months;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) as u8 + 1);
        (28..=day.max(28))
            .rev()
            .map(|last| day.min(last))
            .find_map(|day| Self::from_year_month_day(year, month, day))
            .unwrap_or(self)
    }

    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    #[must_use]
    pub fn first_of_month(self) -> Self {
        let (_, _, day) = self.year_month_day();
        Self(self.0 - i32::from(day) + 1)
    }

    #[must_use]
    pub const fn monday(self) -> Self {
        Self(self.0 - self.weekday() as i32)
    }
}

/// How an organisation cuts time into days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Calendar {
    /// Minutes east of UTC; +480 in China.
    pub offset_minutes: i16,
    /// The first minute of the day, 0 to 1439; some rating firms start the television day at 02:00 (120).
    pub day_starts_at_minute: u16,
}

impl Calendar {
    pub const CHINA: Self = Self { offset_minutes: 480, day_starts_at_minute: 0 };

    /// Milliseconds to add to a moment so that whole multiples of a day are this calendar's midnights.
    pub const fn shift_ms(self) -> i64 {
        (self.offset_minutes as i64 - self.day_starts_at_minute as i64) * MINUTE_MS
    }

    pub const fn day_of(self, moment: Timestamp) -> Day {
        Day((moment.millis() + self.shift_ms()).div_euclid(DAY_MS) as i32)
    }

    pub const fn start_of(self, day: Day) -> Timestamp {
        Timestamp::from_millis(day.0 as i64 * DAY_MS - self.shift_ms())
    }

    /// The start of the step that holds the moment.
    pub fn floor(self, moment: Timestamp, grain: Grain) -> Timestamp {
        // Minutes and hours are cut on the wall clock, not on the first minute of the day.
        let wall_ms = i64::from(self.offset_minutes) * MINUTE_MS;
        let cut = |step: i64| {
            let wall = moment.millis() + wall_ms;
            Timestamp::from_millis(wall - wall.rem_euclid(step) - wall_ms)
        };
        match grain {
            Grain::Minute => cut(MINUTE_MS),
            Grain::Hour => cut(HOUR_MS),
            Grain::Day => self.start_of(self.day_of(moment)),
            Grain::Week => self.start_of(self.day_of(moment).monday()),
            Grain::Month => self.start_of(self.day_of(moment).first_of_month()),
        }
    }

    /// The start of the step after the one that holds the moment.
    pub fn next(self, moment: Timestamp, grain: Grain) -> Timestamp {
        let start = self.floor(moment, grain);
        match grain {
            Grain::Minute => start.plus_millis(MINUTE_MS),
            Grain::Hour => start.plus_millis(HOUR_MS),
            Grain::Day => start.plus_millis(DAY_MS),
            Grain::Week => start.plus_millis(7 * DAY_MS),
            Grain::Month => self.start_of(self.day_of(start).plus_months(1)),
        }
    }

    /// The first step boundary at or after the moment.
    pub fn ceil(self, moment: Timestamp, grain: Grain) -> Timestamp {
        let start = self.floor(moment, grain);
        if start == moment { start } else { self.next(moment, grain) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.year_month_day();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn days_begin_at_midnight_in_china() {
        let calendar = Calendar::CHINA;
        let day = calendar.day_of(at("2023-11-30T00:00:00+08:00"));
        assert_eq!(day.year_month_day(), (2023, 11, 30));
        assert_eq!(calendar.day_of(at("2023-11-29T23:59:59+08:00")), day.plus(-1));
        assert_eq!(day.weekday(), 3, "a Thursday");
    }

    #[test]
    fn a_television_day_may_begin_at_two() {
        let calendar = Calendar { offset_minutes: 480, day_starts_at_minute: 120 };
        let day = calendar.day_of(at("2023-12-01T01:59:00+08:00"));
        assert_eq!(day.year_month_day(), (2023, 11, 30));
        assert_eq!(calendar.start_of(day), at("2023-11-30T02:00:00+08:00"));
    }

    #[test]
    fn months_end_where_they_end() {
        let last = Day::from_year_month_day(2024, 1, 31).unwrap();
        assert_eq!(last.plus_months(1).year_month_day(), (2024, 2, 29));
        assert_eq!(last.plus_months(-11).year_month_day(), (2023, 2, 28));
        assert_eq!(last.plus_months(12).year_month_day(), (2025, 1, 31));
    }

    fn grains() -> impl Strategy<Value = Grain> {
        prop::sample::select(Grain::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn a_step_holds_its_moment(
            millis in 0_i64..4_000_000_000_000,
            offset_minutes in prop::sample::select(vec![-300_i16, 0, 330, 480]),
            day_starts_at_minute in 0_u16..1440,
            grain in grains(),
        ) {
            let calendar = Calendar { offset_minutes, day_starts_at_minute };
            let moment = Timestamp::from_millis(millis);
            let start = calendar.floor(moment, grain);
            prop_assert!(start <= moment);
            prop_assert!(moment < calendar.next(moment, grain));
            prop_assert_eq!(calendar.floor(start, grain), start);
            prop_assert_eq!(calendar.ceil(start, grain), start);
        }
    }
}
