//! What a number is compared with.

use super::{Calendar, Interval};
use serde::{Deserialize, Serialize};

const DAY_MS: i64 = 86_400_000;

/// What a number is compared with. Result columns are named `<metric>@<compare>` and `<metric>@<compare>_pct`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// The interval of the same length that ends where this one starts.
    PreviousPeriod,
    /// The same clock times one day earlier (日环比).
    Day,
    /// Seven days earlier.
    Week,
    /// One month earlier (环比), the same number of elapsed days.
    Month,
    /// One year earlier (同比), the same dates.
    Year,
}

impl Compare {
    pub const ALL: [Self; 5] = [Self::PreviousPeriod, Self::Day, Self::Week, Self::Month, Self::Year];

    pub const fn name(self) -> &'static str {
        match self {
            Self::PreviousPeriod => "previous_period",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// How far back the compared interval lies, in milliseconds.
    ///
    /// A month or a year is measured from the first day of the interval, and the interval keeps its length, so an
    /// open month is compared with the same number of elapsed days of the month before.
    pub fn distance_ms(self, interval: Interval, calendar: Calendar) -> i64 {
        let months_back = |months: i32| {
            let day = calendar.day_of(interval.from());
            calendar.start_of(day).millis_since(calendar.start_of(day.plus_months(-months)))
        };
        match self {
            Self::PreviousPeriod => interval.length_ms(),
            Self::Day => DAY_MS,
            Self::Week => 7 * DAY_MS,
            Self::Month => months_back(1),
            Self::Year => months_back(12),
        }
    }

    /// The interval that `interval` is compared with.
    pub fn interval(self, interval: Interval, calendar: Calendar) -> Interval {
        interval.earlier_by_ms(self.distance_ms(interval, calendar))
    }
}
