//! Formulas: typed trees over measures.

use super::{Aggregate, Measure};
use model::metric::DimensionId;
use std::{collections::BTreeSet, sync::Arc};

/// A measure inside a formula, and what it is not narrowed by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::metrics) struct Term {
    pub measure: Arc<Measure>,
    /// Splits and filters of these dimensions pass it by: the whole stays the whole.
    pub ignoring: BTreeSet<DimensionId>,
    /// Also the day before the range is looked at: for what there was when it began.
    pub from_day_before: bool,
}

/// How the terms of a metric become its number.
///
/// `T` is a [`Term`] in the catalogue, and where its numbers stand once it is planned.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::metrics) enum Formula<T> {
    Term(T),
    Divided {
        of: Box<Self>,
        by: f64,
    },
    Ratio {
        of: Box<Self>,
        to: Box<Self>,
        scale: f64,
    },
    Plus {
        of: Box<Self>,
        and: Box<Self>,
    },
    Less {
        of: Box<Self>,
        less: Box<Self>,
    },
    /// The mean over the minutes of the cell: those of the programme, else those that have passed.
    PerMinute(T),
    /// The mean over the days of the cell that have passed; a part of a day counts as such.
    PerDay(Box<Self>),
    /// How many there are, as the mean over the same minutes.
    Universe(T),
    /// How many there are at the end of the last day of the cell.
    Stock(T),
    /// How many there were at the end of the day before the first day of the cell.
    StockBefore(T),
    /// How many milliseconds the moment that it comes to was past when the running minute began, or at the end of the cell
    /// where that is over; none where it is later.
    Age(T),
    Quantile {
        buckets: T,
        fraction: f64,
        divided_by: f64,
    },
    /// The amount that so many percent of the slices of time do not exceed, by the nearest rank. Slices that have passed and in
    /// which nothing happened are of nothing.
    SlicePercentile {
        amounts: T,
        percent: u8,
        slice_minutes: i64,
    },
    /// Where a row stands among the rows of the answer in the same step, by each of these, weighted: 100 where it is above all
    /// others by all of them, 0 where it is below. Undefined where there are no others.
    WeightedRanks(Vec<(f64, Self)>),
}

/// The number of a metric, before a statistic is chosen.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::metrics) enum Value {
    One(Formula<Term>),
    Distribution { sum: Term, count: Term, buckets: Term, divided_by: f64 },
}

impl<T> Formula<T> {
    /// The same tree over something else.
    pub(in crate::metrics) fn map<U>(&self, change: &mut impl FnMut(&T) -> U) -> Formula<U> {
        let mut boxed = |formula: &Self| Box::new(formula.map(&mut *change));
        match self {
            Self::Divided { of, by } => Formula::Divided { of: boxed(of), by: *by },
            Self::PerDay(of) => Formula::PerDay(boxed(of)),
            Self::Ratio { of, to, scale } => Formula::Ratio { of: boxed(of), to: boxed(to), scale: *scale },
            Self::Plus { of, and } => Formula::Plus { of: boxed(of), and: boxed(and) },
            Self::Less { of, less } => Formula::Less { of: boxed(of), less: boxed(less) },
            Self::Term(term) => Formula::Term(change(term)),
            Self::PerMinute(term) => Formula::PerMinute(change(term)),
            Self::Universe(term) => Formula::Universe(change(term)),
            Self::Stock(term) => Formula::Stock(change(term)),
            Self::StockBefore(term) => Formula::StockBefore(change(term)),
            Self::Age(term) => Formula::Age(change(term)),
            Self::WeightedRanks(parts) => {
                Formula::WeightedRanks(parts.iter().map(|(weight, of)| (*weight, of.map(&mut *change))).collect())
            }
            Self::Quantile { buckets, fraction, divided_by } => {
                Formula::Quantile { buckets: change(buckets), fraction: *fraction, divided_by: *divided_by }
            }
            Self::SlicePercentile { amounts, percent, slice_minutes } => {
                Formula::SlicePercentile { amounts: change(amounts), percent: *percent, slice_minutes: *slice_minutes }
            }
        }
    }

    pub(in crate::metrics) fn terms(&self) -> Vec<&T> {
        match self {
            Self::Term(term)
            | Self::PerMinute(term)
            | Self::Universe(term)
            | Self::Stock(term)
            | Self::StockBefore(term)
            | Self::Age(term)
            | Self::Quantile { buckets: term, .. }
            | Self::SlicePercentile { amounts: term, .. } => vec![term],
            Self::Divided { of, .. } | Self::PerDay(of) => of.terms(),
            Self::Ratio { of, to: with, .. } | Self::Plus { of, and: with } | Self::Less { of, less: with } => {
                of.terms().into_iter().chain(with.terms()).collect()
            }
            Self::WeightedRanks(parts) => parts.iter().flat_map(|(_, of)| of.terms()).collect(),
        }
    }

    /// The parts of it that need all rows of an answer.
    pub(in crate::metrics) fn rankings(&self) -> Vec<&Self> {
        match self {
            Self::Term(_)
            | Self::PerMinute(_)
            | Self::Universe(_)
            | Self::Stock(_)
            | Self::StockBefore(_)
            | Self::Age(_)
            | Self::Quantile { .. }
            | Self::SlicePercentile { .. } => Vec::new(),
            Self::Divided { of, .. } | Self::PerDay(of) => of.rankings(),
            Self::Ratio { of, to: with, .. } | Self::Plus { of, and: with } | Self::Less { of, less: with } => {
                of.rankings().into_iter().chain(with.rankings()).collect()
            }
            Self::WeightedRanks(_) => vec![self],
        }
    }
}

impl Term {
    /// Whether all that it counts is counted by the other too, each row as one case.
    fn is_part_of(&self, whole: &Self) -> bool {
        let (measure, of) = (&self.measure, &whole.measure);
        let counts = |measure: &Measure| measure.aggregate == Aggregate::Count;
        measure.source == of.source
            && counts(measure)
            && counts(of)
            && of.conditions.iter().all(|condition| condition.follows_from(&measure.conditions))
            && self.ignoring.is_subset(&whole.ignoring)
            && self.from_day_before == whole.from_day_before
    }
}

impl Formula<Term> {
    /// Whether the number is the share of so many cases of which each counts or does not.
    pub(in crate::metrics) fn is_share_of_cases(&self) -> bool {
        let Self::Ratio { of, to, .. } = self else { return false };
        let Self::Term(whole) = &**to else { return false };
        match &**of {
            Self::Term(part) => part.is_part_of(whole),
            Self::Less { of, less } => match (&**of, &**less) {
                (Self::Term(of), Self::Term(less)) => of.is_part_of(whole) && less.is_part_of(of),
                _ => false,
            },
            Self::Divided { .. }
            | Self::Ratio { .. }
            | Self::Plus { .. }
            | Self::PerMinute(_)
            | Self::PerDay(_)
            | Self::Universe(_)
            | Self::Stock(_)
            | Self::StockBefore(_)
            | Self::Age(_)
            | Self::WeightedRanks(_)
            | Self::Quantile { .. }
            | Self::SlicePercentile { .. } => false,
        }
    }
}

impl Formula<Term> {
    /// Whether it sets what has a value of the dimension against the same whatever its value, or among the others.
    pub(in crate::metrics) fn is_part_by(&self, dimension: &DimensionId) -> bool {
        if matches!(self, Self::WeightedRanks(_)) {
            return true;
        }
        let Self::Ratio { of, to, .. } = self else { return false };
        let (parts, wholes) = (of.terms(), to.terms());
        let is_whole_of = |(part, whole): (&&Term, &&Term)| {
            part.measure == whole.measure && !part.ignoring.contains(dimension) && whole.ignoring.contains(dimension)
        };
        parts.len() == wholes.len() && !parts.is_empty() && parts.iter().zip(&wholes).all(is_whole_of)
    }
}

impl Value {
    pub(in crate::metrics) fn terms(&self) -> Vec<&Term> {
        match self {
            Self::One(formula) => formula.terms(),
            Self::Distribution { sum, count, buckets, .. } => vec![sum, count, buckets],
        }
    }
}
