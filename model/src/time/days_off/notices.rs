//! The yearly notices of the General Office of the State Council on holiday arrangements (国务院办公厅关于部分节假日安排的通知):
//! 国办发明电〔2023〕7号 for 2024, 〔2024〕12号 for 2025, 〔2025〕7号 for 2026.

use super::{
    super::Day,
    DaysOff,
    Festival::{self, DragonBoat, LabourDay, MidAutumn, NationalDay, NewYear, Qingming, SpringFestival},
};

/// Year, month and day.
type Date = (i32, u8, u8);

/// One year's arrangement.
pub(super) struct Notice {
    pub(super) year: i32,
    /// The first day and how many there are.
    off: &'static [(Festival, Date, i32)],
    worked: &'static [Date],
}

fn day((year, month, day): Date) -> Option<Day> {
    Day::from_year_month_day(year, month, day)
}

impl Notice {
    pub(super) fn off(&self) -> impl Iterator<Item = DaysOff> {
        self.off.iter().filter_map(|(festival, first, length)| {
            let first = day(*first)?;
            Some(DaysOff { festival: *festival, first, last: first.plus(length - 1) })
        })
    }

    pub(super) fn worked(&self) -> impl Iterator<Item = Day> {
        self.worked.iter().filter_map(|date| day(*date))
    }
}

pub(super) fn of_year(year: i32) -> Option<&'static Notice> {
    NOTICES.iter().find(|notice| notice.year == year)
}

pub(super) static NOTICES: &[Notice] = &[
    Notice {
        year: 2024,
        off: &[
            (NewYear, (2023, 12, 30), 3),
            (SpringFestival, (2024, 2, 10), 8),
            (Qingming, (2024, 4, 4), 3),
            (LabourDay, (2024, 5, 1), 5),
            (DragonBoat, (2024, 6, 8), 3),
            (MidAutumn, (2024, 9, 15), 3),
            (NationalDay, (2024, 10, 1), 7),
        ],
        worked: &[
            (2024, 2, 4),
            (2024, 2, 18),
            (2024, 4, 7),
            (2024, 4, 28),
            (2024, 5, 11),
            (2024, 9, 14),
            (2024, 9, 29),
            (2024, 10, 12),
        ],
    },
    Notice {
        year: 2025,
        off: &[
            (NewYear, (2025, 1, 1), 1),
            (SpringFestival, (2025, 1, 28), 8),
            (Qingming, (2025, 4, 4), 3),
            (LabourDay, (2025, 5, 1), 5),
            (DragonBoat, (2025, 5, 31), 3),
            // With Mid-Autumn on the sixth.
            (NationalDay, (2025, 10, 1), 8),
        ],
        worked: &[(2025, 1, 26), (2025, 2, 8), (2025, 4, 27), (2025, 9, 28), (2025, 10, 11)],
    },
    Notice {
        year: 2026,
        off: &[
            (NewYear, (2026, 1, 1), 3),
            (SpringFestival, (2026, 2, 15), 9),
            (Qingming, (2026, 4, 4), 3),
            (LabourDay, (2026, 5, 1), 5),
            (DragonBoat, (2026, 6, 19), 3),
            (MidAutumn, (2026, 9, 25), 3),
            (NationalDay, (2026, 10, 1), 7),
        ],
        worked: &[(2026, 1, 4), (2026, 2, 14), (2026, 2, 28), (2026, 5, 9), (2026, 9, 20), (2026, 10, 10)],
    },
];
