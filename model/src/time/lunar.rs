//! The Chinese lunar calendar: which day of which month a day is, for comparisons that go by festivals.
//!
//! A month begins with the new moon and a year with Spring Festival. Some years have a thirteenth, leap month, which bears
//! the number of the one before it.

mod years;

use super::{Calendar, Day, Interval};
use years::LunarYear;

/// A day of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LunarDay {
    /// The civil year in which it begins.
    year: i32,
    /// 1 to 12.
    month: u8,
    is_leap: bool,
    /// 1 to 30.
    day: u8,
}

/// A month in its year, and the day on which it begins.
struct Month {
    number: u8,
    is_leap: bool,
    first: Day,
    length: u8,
}

impl LunarYear {
    fn spring_festival(&self, year: i32) -> Option<Day> {
        Day::from_year_month_day(year, self.first.0, self.first.1)
    }

    fn months(&self, year: i32) -> impl Iterator<Item = Month> {
        let (leap_after, long) = (self.leap_after, self.long);
        let count = if leap_after == 0 { 12 } else { 13 };
        let mut first = self.spring_festival(year);
        (0..count).map_while(move |place| {
            let is_leap = leap_after > 0 && place == leap_after;
            let number = if leap_after > 0 && place >= leap_after { place } else { place + 1 };
            let length = if long >> place & 1 == 1 { 30 } else { 29 };
            let month = Month { number, is_leap, first: first?, length };
            first = first.map(|first| first.plus(i32::from(length)));
            Some(month)
        })
    }
}

impl LunarDay {
    /// `None` outside the years 1990 to 2100.
    fn of(day: Day) -> Option<Self> {
        let (civil, _, _) = day.year_month_day();
        [civil, civil - 1].into_iter().find_map(|year| {
            let holds = |month: &Month| month.first <= day && day < month.first.plus(i32::from(month.length));
            let month = LunarYear::of(year)?.months(year).find(holds)?;
            let day = u8::try_from(day.0 - month.first.0 + 1).ok()?;
            Some(Self { year, month: month.number, is_leap: month.is_leap, day })
        })
    }

    /// The same day of the year before: of the ordinary month where that year had no such leap month, and the last of the
    /// month where it was shorter.
    fn year_earlier(self) -> Option<Day> {
        let year = self.year - 1;
        let of_number = |month: &Month| month.number == self.month;
        let months: Vec<Month> = LunarYear::of(year)?.months(year).filter(of_number).collect();
        let month = months.iter().find(|month| month.is_leap == self.is_leap).or_else(|| months.first())?;
        Some(month.first.plus(i32::from(self.day.min(month.length)) - 1))
    }
}

/// A day of an ordinary month of the lunar year that begins in a civil one; `None` outside the years of the table.
pub(super) fn day_of(year: i32, month: u8, day: u8) -> Option<Day> {
    let is_it = |one: &Month| one.number == month && !one.is_leap;
    let month = LunarYear::of(year)?.months(year).find(is_it)?;
    Some(month.first.plus(i32::from(day) - 1))
}

/// By how many days an interval lies after the same one of the lunar year before; `None` outside the years 1991 to 2100.
///
/// All of it moves by one number of days, so that its steps keep their lengths: where it holds a Spring Festival, onto the one
/// of the year before, else by the lunar date of its first day.
pub(super) fn days_after_year_before(interval: Interval, calendar: Calendar) -> Option<i32> {
    let (first, last) = interval.days(calendar);
    let festival = || {
        let year = first.year_month_day().0;
        let festival = |year| LunarYear::of(year)?.spring_festival(year);
        [year, year + 1].into_iter().filter_map(festival).find(|day| (first..=last).contains(day))
    };
    let anchor = festival().unwrap_or(first);
    Some(anchor.0 - LunarDay::of(anchor)?.year_earlier()?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_calendar::{Date, Iso, cal::ChineseTraditional, types::RataDie};
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn days(from: &str, to: &str) -> Interval {
        Interval::new(Calendar::CHINA.start_of(day(from)), Calendar::CHINA.start_of(day(to))).unwrap()
    }

    /// As they were kept, by the notices of the State Council on public holidays.
    #[test]
    fn spring_festivals_are_where_they_were() {
        for (year, expected) in [
            (1990, "1990-01-27"),
            (2000, "2000-02-05"),
            (2008, "2008-02-07"),
            (2015, "2015-02-19"),
            (2020, "2020-01-25"),
            (2023, "2023-01-22"),
            (2024, "2024-02-10"),
            (2025, "2025-01-29"),
            (2026, "2026-02-17"),
            (2027, "2027-02-06"),
        ] {
            assert_eq!(LunarYear::of(year).unwrap().spring_festival(year), Some(day(expected)), "{year}");
        }
    }

    #[test]
    fn every_day_is_the_one_that_another_table_says() {
        let (first, last) = (day("1990-01-27"), day("2101-01-28"));
        for number in first.0..=last.0 {
            // Day 1 of that count is 1 January of the year 1.
            let date = Date::from_rata_die(RataDie::new(i64::from(number) + 719_163), Iso);
            let date = date.to_calendar(ChineseTraditional::new());
            let expected = LunarDay {
                year: date.year().extended_year(),
                month: date.month().number(),
                is_leap: date.month().to_input().is_leap(),
                day: date.day_of_month().0,
            };
            assert_eq!(LunarDay::of(Day(number)), Some(expected), "{}", Day(number));
        }
        assert_eq!(LunarDay::of(first.plus(-1)), None);
        assert_eq!(LunarDay::of(last.plus(1)), None);
    }

    #[test]
    fn festivals_stand_beside_festivals() {
        let shift = |from, to| days_after_year_before(days(from, to), Calendar::CHINA);
        let between = |one: &str, other: &str| Some(day(other).0 - day(one).0);
        let festival = between("2025-01-29", "2026-02-17");
        assert_eq!(shift("2026-02-17", "2026-02-18"), festival);
        assert_eq!(shift("2026-02-10", "2026-02-25"), festival, "a range around it is laid onto it");
        assert_eq!(shift("2026-01-01", "2027-01-01"), festival);
        // Dragon Boat Festival, the fifth of the fifth; 2025 had a leap sixth month after it.
        assert_eq!(shift("2026-06-19", "2026-06-20"), between("2025-05-31", "2026-06-19"));
        // Mid-Autumn, the fifteenth of the eighth.
        assert_eq!(shift("2026-09-25", "2026-09-26"), between("2025-10-06", "2026-09-25"));
        // The leap sixth month of 2025 stands beside the sixth of 2024.
        assert_eq!(shift("2025-07-25", "2025-07-26"), between("2024-07-06", "2025-07-25"));
        assert_eq!(shift("1990-06-01", "1990-06-02"), None, "the year before is not in the table");
    }

    proptest! {
        /// A lunar year has 353 to 385 days, and a day is never laid onto itself or a later one.
        #[test]
        fn a_year_earlier_is_a_year_earlier(first in day("1991-02-15").0..day("2100-12-01").0, length in 1_i32..40) {
            let interval = days(&Day(first).to_string(), &Day(first + length).to_string());
            let shift = days_after_year_before(interval, Calendar::CHINA).unwrap();
            prop_assert!((353..=385).contains(&shift), "{} {shift}", Day(first));
            let earlier = LunarDay::of(Day(first - shift)).unwrap();
            let now = LunarDay::of(Day(first)).unwrap();
            if !(0..length).any(|days| LunarDay::of(Day(first + days)).is_some_and(|day| (day.month, day.day) == (1, 1))) {
                prop_assert_eq!((earlier.year, earlier.month), (now.year - 1, now.month));
                prop_assert!(earlier.day == now.day || now.day == 30 && earlier.day == 29);
            }
        }
    }
}
