//! Tables of parts: what one request gave, by the values of its axes.

use super::{histogram::Histogram, stock::Stock};
use crate::metrics::timeline::Minutes;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::{collections::BTreeMap, sync::Arc};

/// The value of an axis in one cell. The order is the one that rows are sorted in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) enum Key {
    /// Ordinal of a step.
    Step(usize),
    Number(i64),
    Text(Arc<str>),
    Unknown,
    /// All the rest of a top-N.
    Other,
}

/// The values of a cell, axis by axis; there are seldom more than two.
pub(super) type CellKey = SmallVec<[Key; 2]>;

/// A number before the formula: in a form that can still be added up, where that is possible.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Sum(i64),
    Distinct(i64),
    Buckets(Histogram),
    /// Counts by value.
    Values(BTreeMap<i64, i64>),
    Stock(Stock),
    /// Sums by minute of the broadcast.
    Minutes(BTreeMap<i64, i64>),
    Airings(Vec<Minutes>),
}

/// What one row adds to a cell.
pub(super) enum Amount {
    Sum(i64),
    Distinct(i64),
    Bucket(i16, i64),
    Value(i64, i64),
    Minute(i64, i64),
    Stock(Stock),
    Airing(Minutes),
}

impl Part {
    pub(super) fn of(amount: Amount) -> Self {
        match amount {
            Amount::Sum(sum) => Self::Sum(sum),
            Amount::Distinct(count) => Self::Distinct(count),
            Amount::Bucket(bucket, count) => Self::Buckets(Histogram::of(bucket, count)),
            Amount::Value(value, count) => Self::Values([(value, count)].into()),
            Amount::Minute(minute, count) => Self::Minutes([(minute, count)].into()),
            Amount::Stock(stock) => Self::Stock(stock),
            Amount::Airing(minutes) => Self::Airings(vec![minutes]),
        }
    }

    /// Adds what a row says; rows of one request say all the same kind of thing.
    pub(super) fn take(&mut self, amount: Amount) {
        fn grow(counts: &mut BTreeMap<i64, i64>, key: i64, more: i64) {
            let sum = counts.entry(key).or_default();
            *sum = sum.saturating_add(more);
        }
        match (self, amount) {
            (Self::Sum(sum), Amount::Sum(more)) => *sum = sum.saturating_add(more),
            (Self::Buckets(counts), Amount::Bucket(bucket, more)) => counts.add(bucket, more),
            (Self::Values(counts), Amount::Value(value, more)) => grow(counts, value, more),
            (Self::Minutes(counts), Amount::Minute(minute, more)) => grow(counts, minute, more),
            (part, amount) => part.add(Self::of(amount)),
        }
    }

    /// Adds what another part of the same kind holds. Distinct counts can't be added up and are recounted instead. A sum
    /// that leaves 64 bits stays at their end: it must not come round to a number that looks like one.
    pub(super) fn add(&mut self, other: Self) {
        match (self, other) {
            (Self::Sum(sum), Self::Sum(more)) => *sum = sum.saturating_add(more),
            (Self::Buckets(buckets), Self::Buckets(more)) => {
                more.buckets().for_each(|(bucket, count)| buckets.add(bucket, count));
            }
            (Self::Minutes(counts), Self::Minutes(more)) | (Self::Values(counts), Self::Values(more)) => {
                for (number, more) in more {
                    let sum = counts.entry(number).or_default();
                    *sum = sum.saturating_add(more);
                }
            }
            (Self::Stock(stock), Self::Stock(more)) => stock.add(more),
            (Self::Airings(airings), Self::Airings(more)) => airings.extend(more),
            (
                Self::Distinct(_)
                | Self::Sum(_)
                | Self::Buckets(_)
                | Self::Values(_)
                | Self::Minutes(_)
                | Self::Stock(_)
                | Self::Airings(_),
                _,
            ) => {}
        }
    }
}

/// The parts of a request by the values of the axes it is split by.
#[derive(Debug, Clone, Default)]
pub(in crate::metrics) struct Table {
    /// Indices into the axes of the query, ascending.
    pub(super) axes: Vec<usize>,
    pub(super) cells: FxHashMap<CellKey, Part>,
    /// The newest event received in any row; `None` where there was no row.
    pub(super) newest: Option<i64>,
    pub(super) simulated: bool,
}

impl Table {
    pub(in crate::metrics) fn of_nothing(axes: &[usize]) -> Self {
        Self { axes: axes.to_vec(), ..Self::default() }
    }

    /// The part of a cell, whose key has a value for every axis of the query.
    pub(super) fn part(&self, cell: &[Key]) -> Option<&Part> {
        if self.axes.len() == cell.len() {
            return self.cells.get(cell);
        }
        let key: Option<CellKey> = self.axes.iter().map(|axis| cell.get(*axis).cloned()).collect();
        self.cells.get(key?.as_slice())
    }

    pub(super) fn add(&mut self, key: CellKey, part: Part) {
        match self.cells.entry(key) {
            std::collections::hash_map::Entry::Occupied(mut entry) => entry.get_mut().add(part),
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(part);
            }
        }
    }

    /// Where the axis stands in this table's keys.
    pub(super) fn position(&self, axis: usize) -> Option<usize> {
        self.axes.iter().position(|other| *other == axis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_stay_at_the_end_of_their_range() {
        let mut sum = Part::Sum(i64::MAX - 1);
        sum.add(Part::Sum(5));
        assert_eq!(sum, Part::Sum(i64::MAX));
        let mut minutes = Part::Minutes([(1, i64::MIN)].into());
        minutes.add(Part::Minutes([(1, -1), (2, 3)].into()));
        assert_eq!(minutes, Part::Minutes([(1, i64::MIN), (2, 3)].into()));
    }
}
