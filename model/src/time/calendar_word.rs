//! Ranges that the calendar has a name for.

use super::Day;
use serde::{Deserialize, Serialize};

/// A range named by the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CalendarWord {
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisYear,
}

impl CalendarWord {
    pub const ALL: [Self; 7] = [
        Self::Today,
        Self::Yesterday,
        Self::ThisWeek,
        Self::LastWeek,
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisYear,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::ThisWeek => "this_week",
            Self::LastWeek => "last_week",
            Self::ThisMonth => "this_month",
            Self::LastMonth => "last_month",
            Self::ThisYear => "this_year",
        }
    }

    /// The days of the longest range of that name.
    pub(super) const fn most_days(self) -> i64 {
        match self {
            Self::Today | Self::Yesterday => 1,
            Self::ThisWeek | Self::LastWeek => 7,
            Self::ThisMonth | Self::LastMonth => 31,
            Self::ThisYear => 366,
        }
    }

    /// First day and the day after the last.
    pub(super) fn days(self, today: Day) -> (Day, Day) {
        let monday = today.monday();
        let first = today.first_of_month();
        let (_, month, _) = today.year_month_day();
        match self {
            Self::Today => (today, today.plus(1)),
            Self::Yesterday => (today.plus(-1), today),
            Self::ThisWeek => (monday, monday.plus(7)),
            Self::LastWeek => (monday.plus(-7), monday),
            Self::ThisMonth => (first, first.plus_months(1)),
            Self::LastMonth => (first.plus_months(-1), first),
            Self::ThisYear => {
                let january = first.plus_months(1 - i32::from(month));
                (january, january.plus_months(12))
            }
        }
    }
}
