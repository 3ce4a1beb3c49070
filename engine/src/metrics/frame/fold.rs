//! Rows of a statement become the table of one request, adding up where the statement is split finer.

use super::{
    cells::{Decoder, GrowingCells, Others, StepNumbers},
    stock::Stock,
    table::{Amount, Key, Table},
};
use crate::{
    events::{Column, Fact, ResultSet, ValueRef},
    metrics::{
        catalogue::{Aggregate, Source},
        plan::{Answer, GroupKey, PlanPart, PlannedTable, Request},
        resolve::Axis,
        timeline::{Minutes, Timeline},
    },
};
use std::sync::Arc;

/// The values that a top-N keeps.
#[derive(Clone, Copy)]
pub(in crate::metrics) struct Kept<'a> {
    /// Of the query.
    pub axis: usize,
    pub values: &'a [Key],
    pub others: Others,
}

/// The table that a request gives for one part of a plan. Rows may come in several parts, days for instance. Where only some
/// values are kept, all others are passed over or taken together.
pub(in crate::metrics) fn fold(
    part: &PlanPart,
    planned: &PlannedTable,
    request: &Request,
    (answer, parts): (&Answer, &[Arc<ResultSet>]),
    kept: Option<Kept<'_>>,
) -> Table {
    let axes = axis_columns(part, &planned.axes, request, answer);
    let numbers = step_numbers(&part.timeline);
    let mut cells = GrowingCells::new(axes.len());
    if let Some(Kept { axis, values, others }) = kept
        && let Some(position) = planned.axes.iter().position(|other| *other == axis)
    {
        cells.keep_only(position, values, others);
    }
    let (mut newest, mut simulated) = (None, false);
    for rows in parts {
        let Some(counted) = Counted::of(rows, request, answer) else { continue };
        let mut decoders: Vec<Decoder<'_>> = axes.iter().map(|axis| axis.decoder(rows, &numbers)).collect();
        for row in 0..rows.row_count() {
            let of_row = counted.newest(row);
            // An ungrouped statement gives one row even where it read none.
            if of_row.is_none() && request.base.source != PROGRAMMES {
                continue;
            }
            newest = newest.max(of_row);
            simulated |= counted.is_simulated(row);
            if let (Some(cell), Some(amount)) = (cells.place(&mut decoders, row), counted.amount(row)) {
                cells.add(cell, amount);
            }
        }
    }
    Table { axes: planned.axes.clone(), cells: cells.whole(), newest, simulated }
}

const PROGRAMMES: Source = Source::Fact(Fact::Programme);

/// The column of an axis.
enum AxisColumn {
    Step(usize),
    Value(usize),
}

impl AxisColumn {
    fn decoder<'a>(&self, rows: &'a ResultSet, numbers: &'a StepNumbers) -> Decoder<'a> {
        match self {
            Self::Step(column) => Decoder::of_steps(rows.column(*column), numbers),
            Self::Value(column) => Decoder::of_values(rows.column(*column)),
        }
    }
}

fn axis_columns(part: &PlanPart, axes: &[usize], request: &Request, answer: &Answer) -> Vec<AxisColumn> {
    let column = |fits: &dyn Fn(&GroupKey) -> bool| {
        request.keys.iter().position(fits).and_then(|position| answer.keys.get(position)).copied()
    };
    let axes = axes.iter().filter_map(|axis| match part.axes.get(*axis)? {
        Axis::Dimension(id) => {
            column(&|key| matches!(key, GroupKey::Dimension(other) if other == id)).map(AxisColumn::Value)
        }
        Axis::Time => column(&|key| matches!(key, GroupKey::Step(_))).map(AxisColumn::Step),
    });
    axes.collect()
}

/// What the rows of one result count, and where it stands.
struct Counted<'a> {
    measure: &'a Column,
    newest: Option<&'a Column>,
    simulated: Option<&'a Column>,
    kind: Kind<'a>,
}

/// What a row's number is, with the columns that say of what.
enum Kind<'a> {
    Sum,
    Distinct,
    Bucket(&'a Column),
    Value(&'a Column),
    Minute(&'a Column),
    Stock { opened: &'a Column, closed: Option<&'a Column> },
    Airing { start: &'a Column, stop: &'a Column },
}

impl<'a> Counted<'a> {
    /// `None` where the result has no such columns, which is so where it has no rows.
    fn of(rows: &'a ResultSet, request: &Request, answer: &Answer) -> Option<Self> {
        let special = |wanted: &dyn Fn(&GroupKey) -> bool| {
            let position = request.keys.iter().position(wanted)?;
            rows.column(*answer.keys.get(position)?)
        };
        let bucket = || special(&|key| matches!(key, GroupKey::Bucket(_)));
        let kind = if request.base.source == PROGRAMMES {
            let start = special(&|key| *key == GroupKey::AiringStart)?;
            Kind::Airing { start, stop: special(&|key| *key == GroupKey::AiringStop)? }
        } else if let Some(minute) = special(&|key| *key == GroupKey::Minute) {
            Kind::Minute(minute)
        } else {
            match request.measure.aggregate {
                Aggregate::Count | Aggregate::Sum(_) | Aggregate::Decaying { .. } => Kind::Sum,
                Aggregate::Distinct(_) | Aggregate::DistinctByDay(_) | Aggregate::Largest(_) => Kind::Distinct,
                Aggregate::Buckets { .. } => Kind::Bucket(bucket()?),
                Aggregate::Amounts(_) | Aggregate::Values(_) => Kind::Value(bucket()?),
                Aggregate::Stock(_) => {
                    let opened = special(&|key| *key == GroupKey::OpenedDay)?;
                    Kind::Stock { opened, closed: special(&|key| *key == GroupKey::ClosedDay) }
                }
            }
        };
        let (newest, simulated) = (rows.column(answer.newest), rows.column(answer.newest + 1));
        Some(Self { measure: rows.column(answer.measure)?, newest, simulated, kind })
    }

    fn newest(&self, row: usize) -> Option<i64> {
        self.newest?.integer(row)
    }

    fn is_simulated(&self, row: usize) -> bool {
        self.simulated.is_some_and(|column| is_true(column.value(row)))
    }

    fn amount(&self, row: usize) -> Option<Amount> {
        let number = measured(self.measure.value(row))?;
        Some(match &self.kind {
            Kind::Sum => Amount::Sum(number),
            Kind::Distinct => Amount::Distinct(number),
            Kind::Bucket(bucket) => Amount::Bucket(i16::try_from(bucket.integer(row)?).ok()?, number),
            Kind::Value(value) => Amount::Value(value.integer(row)?, number),
            Kind::Minute(minute) => Amount::Minute(minute.integer(row)?, number),
            Kind::Stock { opened, closed } => {
                let closed = closed.and_then(|closed| closed.integer(row));
                Amount::Stock(Stock::of(opened.integer(row)?, closed, number))
            }
            Kind::Airing { start, stop } => {
                Amount::Airing(Minutes { from: start.integer(row)?, to: stop.integer(row)? })
            }
        })
    }
}

/// Not every engine has a type of its own for it.
fn is_true(value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Bool(flag) => flag,
        ValueRef::Integer(number) => number != 0,
        ValueRef::Null | ValueRef::Float(_) | ValueRef::Text(_) => false,
    }
}

/// What a measure came to. A sum over no rows is null and counts as nothing; one too large for 64 bits comes as a float
/// and stays at their end, for a 0 in its place would look like a number.
fn measured(value: ValueRef<'_>) -> Option<i64> {
    match value {
        ValueRef::Integer(number) => Some(number),
        ValueRef::Float(number) => Some(number.round() as i64),
        ValueRef::Null => Some(0),
        ValueRef::Bool(_) | ValueRef::Text(_) => None,
    }
}

fn step_numbers(timeline: &Timeline) -> StepNumbers {
    StepNumbers::of((0..timeline.steps.len()).filter_map(|ordinal| timeline.number_of_step(ordinal)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_beyond_64_bits_is_not_nothing() {
        assert_eq!(measured(ValueRef::Float(1e30)), Some(i64::MAX));
        assert_eq!(measured(ValueRef::Float(-1e30)), Some(i64::MIN));
        assert_eq!((measured(ValueRef::Integer(7)), measured(ValueRef::Null)), (Some(7), Some(0)));
        assert_eq!(measured(ValueRef::Text("7")), None);
    }
}
