//! Formulas over tables: one number per cell, or none where it is undefined.

use super::{
    quantiles::{nearest_rank, slice_percentile},
    ranks::Ranks,
    table::{Key, Part, Table},
};
use crate::{
    events::bucket_midpoint,
    metrics::{
        catalogue::Formula,
        plan::{PlanPart, PlannedMetric},
        resolve::Axis,
        timeline::{DAY_MINUTES, MINUTE_MS, Minutes},
    },
};
use model::time::Day;
use std::collections::BTreeMap;

/// A number that stays whole as long as it can.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Whole(i64),
    Broken(f64),
}

impl Number {
    pub(super) const fn as_f64(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Broken(broken) => broken,
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        self.with(other, i64::saturating_add, |one, two| one + two)
    }

    pub(super) fn less(self, other: Self) -> Self {
        self.with(other, i64::saturating_sub, |one, two| one - two)
    }

    fn with(self, other: Self, whole: impl Fn(i64, i64) -> i64, broken: impl Fn(f64, f64) -> f64) -> Self {
        match (self, other) {
            (Self::Whole(one), Self::Whole(two)) => Self::Whole(whole(one, two)),
            _ => Self::Broken(broken(self.as_f64(), other.as_f64())),
        }
    }
}

/// The tables of one part of a plan, ready to be read.
pub(super) struct Cells<'a> {
    pub part: &'a PlanPart,
    pub tables: &'a [Table],
    /// Where rows stand among all others, as far as that is asked.
    pub ranks: Option<&'a Ranks>,
}

impl Cells<'_> {
    pub(super) fn evaluate(&self, metric: &PlannedMetric, formula: &Formula<usize>, cell: &[Key]) -> Option<Number> {
        let value = |formula: &Formula<usize>| self.evaluate(metric, formula, cell);
        match formula {
            Formula::Term(table) => self.sum(metric, *table, cell),
            Formula::Divided { of, by } => Some(Number::Broken(value(of)?.as_f64() / by)),
            Formula::Ratio { of, to, scale } => {
                let to = value(to)?.as_f64();
                if to == 0.0 { None } else { Some(Number::Broken(value(of)?.as_f64() * scale / to)) }
            }
            Formula::Plus { of, and } => Some(value(of)?.plus(value(and)?)),
            Formula::Less { of, less } => Some(value(of)?.less(value(less)?)),
            Formula::PerMinute(table) => {
                let minutes: i64 = self.minutes(metric, cell).into_iter().map(Minutes::count).sum();
                let sum = self.sum(metric, *table, cell)?;
                (minutes > 0).then(|| Number::Broken(sum.as_f64() / minutes as f64))
            }
            Formula::PerDay(of) => {
                let minutes = self.part.timeline.passed_minutes(self.step(cell)).count();
                (minutes > 0).then_some(())?;
                Some(Number::Broken(value(of)?.as_f64() * DAY_MINUTES as f64 / minutes as f64))
            }
            Formula::Universe(table) => self.universe(metric, *table, cell),
            Formula::Stock(table) => {
                let day = self.part.timeline.last_day(self.step(cell))?;
                Some(Number::Whole(self.stock(*table, cell, day)))
            }
            Formula::StockBefore(table) => {
                let day = self.part.timeline.first_day(self.step(cell))?;
                Some(Number::Whole(self.stock(*table, cell, day.plus(-1))))
            }
            Formula::Age(table) => {
                let moment = self.sum(metric, *table, cell)?.as_f64();
                let passed = self.part.timeline.passed_minutes(self.step(cell)).to.saturating_mul(MINUTE_MS);
                // Questions of one minute have one answer, so the running minute is not looked into.
                let is_running = passed > self.part.timeline.now.millis();
                let age = (if is_running { passed - MINUTE_MS } else { passed }) as f64 - moment;
                // Where nothing came, nothing is old.
                (moment > 0.0).then(|| Number::Broken(age.max(0.0)))
            }
            Formula::WeightedRanks(_) => self.ranks?.score(formula, cell).map(Number::Broken),
            Formula::Quantile { buckets, fraction, divided_by } => match self.tables.get(*buckets)?.part(cell)? {
                Part::Buckets(buckets) => {
                    let bucket = nearest_rank(buckets.buckets(), *fraction)?;
                    Some(Number::Broken(bucket_midpoint(bucket) / divided_by))
                }
                Part::Values(values) => {
                    let counts = values.iter().map(|(value, count)| (*value, *count));
                    nearest_rank(counts, *fraction).map(|value| Number::Broken(value as f64 / divided_by))
                }
                Part::Sum(_) | Part::Distinct(_) | Part::Stock(_) | Part::Minutes(_) | Part::Airings(_) => None,
            },
            Formula::SlicePercentile { amounts, percent, slice_minutes } => {
                let passed = self.part.timeline.passed_minutes(self.step(cell)).beginnings_every(*slice_minutes);
                match self.tables.get(*amounts)?.part(cell) {
                    Some(Part::Values(amounts)) => slice_percentile(amounts, passed, *percent).map(Number::Whole),
                    None => slice_percentile(&BTreeMap::new(), passed, *percent).map(Number::Whole),
                    Some(
                        Part::Sum(_)
                        | Part::Distinct(_)
                        | Part::Buckets(_)
                        | Part::Stock(_)
                        | Part::Minutes(_)
                        | Part::Airings(_),
                    ) => None,
                }
            }
        }
    }

    fn sum(&self, metric: &PlannedMetric, table: usize, cell: &[Key]) -> Option<Number> {
        Some(match self.tables.get(table)?.part(cell) {
            Some(Part::Sum(number) | Part::Distinct(number)) => Number::Whole(*number),
            Some(Part::Minutes(by_minute)) => {
                let minutes = self.minutes(metric, cell).into_iter();
                let within = |minutes: Minutes| by_minute.range(minutes.from..minutes.to).map(|(_, sum)| *sum);
                Number::Whole(minutes.flat_map(within).fold(0, i64::saturating_add))
            }
            Some(Part::Buckets(_) | Part::Values(_) | Part::Stock(_) | Part::Airings(_)) => return None,
            None => Number::Whole(0),
        })
    }

    /// The mean over the minutes of the cell of how many there were on their days.
    fn universe(&self, metric: &PlannedMetric, table: usize, cell: &[Key]) -> Option<Number> {
        let mut by_day: BTreeMap<Day, i64> = BTreeMap::new();
        for minutes in self.minutes(metric, cell) {
            for (day, count) in self.part.timeline.by_day(minutes) {
                *by_day.entry(day).or_default() += count;
            }
        }
        let minutes: i64 = by_day.values().sum();
        let weighted = |(day, minutes): (&Day, &i64)| i128::from(*minutes) * i128::from(self.stock(table, cell, *day));
        let weighted: i128 = by_day.iter().map(weighted).sum();
        (minutes > 0).then(|| Number::Broken(weighted as f64 / minutes as f64))
    }

    fn stock(&self, table: usize, cell: &[Key], day: Day) -> i64 {
        match self.tables.get(table).and_then(|table| table.part(cell)) {
            Some(Part::Stock(stock)) => stock.on(i64::from(day.0)),
            Some(
                Part::Sum(_)
                | Part::Distinct(_)
                | Part::Buckets(_)
                | Part::Values(_)
                | Part::Minutes(_)
                | Part::Airings(_),
            )
            | None => 0,
        }
    }

    /// The minutes that a cell is about: those of its programmes where the query speaks of programmes, else those of
    /// its step; only what has passed.
    pub(super) fn minutes(&self, metric: &PlannedMetric, cell: &[Key]) -> Vec<Minutes> {
        let passed = self.part.timeline.passed_minutes(self.step(cell));
        let Some(airings) = metric.airings else {
            return vec![passed];
        };
        match self.tables.get(airings).and_then(|table| table.part(cell)) {
            Some(Part::Airings(airings)) => {
                airings.iter().map(|airing| airing.and(passed)).filter(|minutes| minutes.count() > 0).collect()
            }
            Some(
                Part::Sum(_)
                | Part::Distinct(_)
                | Part::Buckets(_)
                | Part::Values(_)
                | Part::Minutes(_)
                | Part::Stock(_),
            )
            | None => Vec::new(),
        }
    }

    fn step(&self, cell: &[Key]) -> Option<usize> {
        let time = self.part.axes.iter().position(|axis| *axis == Axis::Time)?;
        match cell.get(time)? {
            Key::Step(ordinal) => Some(*ordinal),
            Key::Number(_) | Key::Text(_) | Key::Unknown | Key::Other => None,
        }
    }
}
