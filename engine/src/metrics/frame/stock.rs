//! How many accounts there were on which day.

use std::{collections::BTreeMap, sync::OnceLock};

/// Accounts as they came and went, from which the number of any day is read.
#[derive(Debug, Clone)]
pub(super) struct Stock {
    /// By day: how many opened, less how many closed.
    changes: BTreeMap<i64, i64>,
    /// The same summed up to each of the days. Made when it is first read: a rating over years asks for thousands of days,
    /// and each must cost a look-up and not a walk through all accounts.
    running: OnceLock<Vec<(i64, i64)>>,
}

impl PartialEq for Stock {
    fn eq(&self, other: &Self) -> bool {
        self.changes == other.changes
    }
}

impl Stock {
    /// So many accounts that count from the day `opened` on, and on the day `closed` no longer.
    pub(super) fn of(opened: i64, closed: Option<i64>, count: i64) -> Self {
        // What was closed before it was opened never counts.
        let changes = match closed {
            Some(closed) if closed <= opened => BTreeMap::new(),
            Some(closed) => BTreeMap::from([(opened, count), (closed, -count)]),
            None => BTreeMap::from([(opened, count)]),
        };
        Self { changes, running: OnceLock::new() }
    }

    pub(super) fn add(&mut self, more: Self) {
        for (day, change) in more.changes {
            *self.changes.entry(day).or_default() += change;
        }
        self.running = OnceLock::new();
    }

    /// How many count on that day.
    pub(super) fn on(&self, day: i64) -> i64 {
        let running = self.running.get_or_init(|| {
            let mut sum = 0;
            let summed = self.changes.iter().map(|(day, change)| {
                sum += change;
                (*day, sum)
            });
            summed.collect()
        });
        let begun = running.partition_point(|(other, _)| *other <= day);
        begun.checked_sub(1).and_then(|last| running.get(last)).map_or(0, |(_, count)| *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Read in between or not, it counts what a walk through all lifetimes counts.
        #[test]
        fn every_day_has_those_who_are_open(
            lifetimes in prop::collection::vec((0_i64..30, prop::option::of(0_i64..40), 1_i64..5), 1..20),
        ) {
            let counts = |day: i64, known: usize| -> i64 {
                let open = |(opened, closed, _): &&(i64, Option<i64>, i64)| {
                    *opened <= day && closed.is_none_or(|closed| closed > day)
                };
                lifetimes.iter().take(known).filter(open).map(|(_, _, count)| count).sum()
            };
            let mut stock = Stock::of(0, Some(0), 1);
            for (index, (opened, closed, count)) in lifetimes.iter().enumerate() {
                stock.add(Stock::of(*opened, *closed, *count));
                for day in -1..45 {
                    prop_assert_eq!(stock.on(day), counts(day, index + 1));
                }
            }
        }
    }
}
