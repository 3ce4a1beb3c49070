//! Which days are added up, and how they divide a range.

use crate::events::Fact;
use model::time::{Calendar, Day, Interval};
use std::collections::BTreeMap;

/// More parts than that are not worth their reading; the longest runs of days are taken.
const MOST_RUNS: usize = 6;

/// With more days named one by one, DuckDB no longer knows by the least and greatest of each row group which ones to skip.
const MOST_DAYS_NAMED: usize = 16;

/// The days of each fact that are added up, as runs, both ends in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RolledUpDays(BTreeMap<Fact, Vec<(Day, Day)>>);

impl RolledUpDays {
    /// Takes days in any order.
    pub(crate) fn of(days: impl IntoIterator<Item = (Fact, Day)>) -> Self {
        let mut sorted: Vec<(Fact, Day)> = days.into_iter().collect();
        sorted.sort_unstable();
        let mut runs: BTreeMap<Fact, Vec<(Day, Day)>> = BTreeMap::new();
        for (fact, day) in sorted {
            let of_fact = runs.entry(fact).or_default();
            match of_fact.last_mut() {
                Some((_, last)) if day.0 <= last.0 + 1 => *last = day,
                Some(_) | None => of_fact.push((day, day)),
            }
        }
        Self(runs)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts of a range that lie in such days, whole, and what is left of it; `None` where it has no such day.
    pub(super) fn divide(&self, fact: Fact, interval: Interval, calendar: Calendar) -> Option<Divided> {
        let first = calendar.day_of(interval.from().plus_millis(-1)).plus(1);
        let last = calendar.day_of(interval.to()).plus(-1);
        let cut = |&(from, to): &(Day, Day)| (from.max(first), to.min(last));
        let mut runs: Vec<(Day, Day)> = self.0.get(&fact)?.iter().map(cut).filter(|(from, to)| from <= to).collect();
        runs.sort_by_key(|(from, to)| from.0 - to.0);
        runs.truncate(MOST_RUNS);
        runs.sort_unstable();
        let mut divided = Divided { rolled_up: Vec::new(), rest: Vec::new(), rest_days: Vec::new() };
        let mut behind = interval.from();
        for (from, to) in runs {
            let (start, end) = (calendar.start_of(from), calendar.start_of(to.plus(1)));
            divided.rest.extend(Interval::new(behind, start));
            divided.rolled_up.extend(Interval::new(start, end));
            behind = end;
        }
        divided.rest.extend(Interval::new(behind, interval.to()));
        divided.rest_days = divided.rest.iter().flat_map(|part| days_of(*part, calendar)).collect();
        (!divided.rolled_up.is_empty()).then_some(divided)
    }
}

/// A range in parts, each in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics::sql) struct Divided {
    pub rolled_up: Vec<Interval>,
    pub rest: Vec<Interval>,
    /// The days that the rest lies in, none of them among those that are read from the roll-up.
    pub rest_days: Vec<Day>,
}

impl Divided {
    /// The days that are added up.
    pub(in crate::metrics::sql) fn days(&self, calendar: Calendar) -> impl Iterator<Item = Day> + '_ {
        self.rolled_up.iter().flat_map(move |part| days_of(*part, calendar))
    }

    /// What the fact is read for: parts of the range, and the only days in each where not all of them are meant. Every part is a
    /// statement of its own to the engine, which takes a millisecond or two to plan one.
    pub(in crate::metrics::sql) fn rest_in_parts(&self, whole: Interval) -> Vec<(Interval, &[Day])> {
        if self.rest.len() > 1 && self.rest_days.len() <= MOST_DAYS_NAMED {
            return vec![(whole, &self.rest_days)];
        }
        self.rest.iter().map(|part| (*part, &[][..])).collect()
    }
}

fn days_of(interval: Interval, calendar: Calendar) -> impl Iterator<Item = Day> {
    let (first, last) = interval.days(calendar);
    (first.0..=last.0).map(Day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Timestamp;
    use proptest::prelude::*;

    const FACT: Fact = Fact::View;

    proptest! {
        #[test]
        fn a_range_is_divided_without_gap_or_overlap(
            days in prop::collection::btree_set(0_i32..40, 0..40),
            from in 0_i64..40 * 1_440,
            minutes in 1_i64..40 * 1_440,
        ) {
            let calendar = Calendar::CHINA;
            let at = |minute: i64| Timestamp::from_millis(minute * 60_000);
            let interval = Interval::new(at(from), at(from + minutes)).unwrap();
            let added_up = RolledUpDays::of(days.iter().map(|day| (FACT, Day(*day))));
            let whole = |day: Day| interval.from() <= calendar.start_of(day) && calendar.start_of(day.plus(1)) <= interval.to();
            match added_up.divide(FACT, interval, calendar) {
                None => prop_assert!(!days.iter().any(|day| whole(Day(*day)))),
                Some(divided) => {
                    let told = divided.days(calendar).collect::<Vec<_>>();
                    let Divided { rolled_up, rest, rest_days } = divided;
                    let mut parts: Vec<Interval> = rolled_up.iter().chain(&rest).copied().collect();
                    parts.sort_unstable_by_key(|part| part.from());
                    prop_assert_eq!(parts.first().unwrap().from(), interval.from());
                    prop_assert_eq!(parts.last().unwrap().to(), interval.to());
                    prop_assert!(parts.windows(2).all(|pair| pair[0].to() == pair[1].from()));
                    prop_assert!(!told.is_empty() && told.windows(2).all(|pair| pair[0] < pair[1]));
                    for day in told {
                        prop_assert!(days.contains(&day.0) && whole(day) && !rest_days.contains(&day));
                    }
                }
            }
        }
    }
}
