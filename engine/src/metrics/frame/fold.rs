//! Rows of a statement become the table of one request, adding up where the statement is split finer.

use super::{
    stock::Stock,
    table::{Key, Part, Table},
};
use crate::{
    events::{Fact, ResultSet, Value},
    metrics::{
        catalogue::{Aggregate, Source},
        plan::{Answer, GroupKey, PlanPart, PlannedTable, Request},
        resolve::Axis,
        timeline::{Minutes, Timeline},
    },
};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The table that a request gives for one part of a plan. Rows may come in several parts, days for instance.
pub(in crate::metrics) fn fold(
    part: &PlanPart,
    planned: &PlannedTable,
    request: &Request,
    answer: &Answer,
    parts: &[Arc<ResultSet>],
) -> Table {
    let folding = Folding::new(part, &planned.axes, request, answer);
    let mut table = Table { axes: planned.axes.clone(), ..Table::default() };
    for row in parts.iter().flat_map(|part| &part.rows) {
        let newest = match row.get(answer.newest) {
            Some(Value::Integer(newest)) => Some(*newest),
            _ => None,
        };
        // An ungrouped statement gives one row even where it read none.
        if newest.is_none() && request.base.source != PROGRAMMES {
            continue;
        }
        table.newest = table.newest.max(newest);
        table.simulated |= row.get(answer.newest + 1).is_some_and(is_true);
        if let (Some(key), Some(part)) = (folding.key(row), folding.part(row)) {
            table.add(key, part);
        }
    }
    table
}

const PROGRAMMES: Source = Source::Fact(Fact::Programme);

struct Folding<'a> {
    /// The column of every axis of the table.
    axes: Vec<AxisColumn>,
    ordinals: FxHashMap<i64, usize>,
    request: &'a Request,
    answer: &'a Answer,
}

enum AxisColumn {
    Step(usize),
    Value(usize),
}

impl<'a> Folding<'a> {
    fn new(part: &PlanPart, axes: &[usize], request: &'a Request, answer: &'a Answer) -> Self {
        let column = |fits: &dyn Fn(&GroupKey) -> bool| {
            request.keys.iter().position(fits).and_then(|position| answer.keys.get(position)).copied()
        };
        let axes = axes
            .iter()
            .filter_map(|axis| match part.axes.get(*axis)? {
                Axis::Dimension(id) => {
                    column(&|key| matches!(key, GroupKey::Dimension(other) if other == id)).map(AxisColumn::Value)
                }
                Axis::Time => column(&|key| matches!(key, GroupKey::Step(_))).map(AxisColumn::Step),
            })
            .collect();
        Self { axes, ordinals: ordinals(&part.timeline), request, answer }
    }

    fn key(&self, row: &[Value]) -> Option<Box<[Key]>> {
        let key = |axis: &AxisColumn| match axis {
            AxisColumn::Step(column) => self.ordinals.get(&integer(row, *column)?).map(|ordinal| Key::Step(*ordinal)),
            AxisColumn::Value(column) => match row.get(*column)? {
                Value::Text(text) => Some(Key::Text(text.as_str().into())),
                Value::Null => Some(Key::Unknown),
                Value::Integer(number) => Some(Key::Number(*number)),
                Value::Bool(_) | Value::Float(_) => None,
            },
        };
        self.axes.iter().map(key).collect()
    }

    fn special(&self, row: &[Value], wanted: &dyn Fn(&GroupKey) -> bool) -> Option<i64> {
        let position = self.request.keys.iter().position(wanted)?;
        integer(row, *self.answer.keys.get(position)?)
    }

    fn part(&self, row: &[Value]) -> Option<Part> {
        let number = measured(row.get(self.answer.measure)?)?;
        if self.request.base.source == PROGRAMMES {
            let from = self.special(row, &|key| *key == GroupKey::AiringStart)?;
            let to = self.special(row, &|key| *key == GroupKey::AiringStop)?;
            return Some(Part::Airings(vec![Minutes { from, to }]));
        }
        if let Some(minute) = self.special(row, &|key| *key == GroupKey::Minute) {
            return Some(Part::Minutes([(minute, number)].into()));
        }
        match self.request.measure.aggregate {
            Aggregate::Count | Aggregate::Sum(_) | Aggregate::Decaying { .. } => Some(Part::Sum(number)),
            Aggregate::Distinct(_) | Aggregate::DistinctByDay(_) | Aggregate::Largest(_) => {
                Some(Part::Distinct(number))
            }
            Aggregate::Buckets { .. } => {
                let bucket = self.special(row, &|key| matches!(key, GroupKey::Bucket(_)))?;
                Some(Part::Buckets([(i16::try_from(bucket).ok()?, number)].into()))
            }
            Aggregate::Amounts(_) | Aggregate::Values(_) => {
                let value = self.special(row, &|key| matches!(key, GroupKey::Bucket(_)))?;
                Some(Part::Values([(value, number)].into()))
            }
            Aggregate::Stock(_) => {
                let opened = self.special(row, &|key| *key == GroupKey::OpenedDay)?;
                let closed = self.special(row, &|key| *key == GroupKey::ClosedDay);
                Some(Part::Stock(Stock::of(opened, closed, number)))
            }
        }
    }
}

/// Not every engine has a type of its own for it.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::Integer(number) => *number != 0,
        Value::Null | Value::Float(_) | Value::Text(_) => false,
    }
}

fn integer(row: &[Value], column: usize) -> Option<i64> {
    match row.get(column)? {
        Value::Integer(number) => Some(*number),
        Value::Null | Value::Bool(_) | Value::Float(_) | Value::Text(_) => None,
    }
}

/// What a measure came to. A sum over no rows is null and counts as nothing; one too large for 64 bits comes as a float
/// and stays at their end, for a 0 in its place would look like a number.
fn measured(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Float(number) => Some(number.round() as i64),
        Value::Null => Some(0),
        Value::Bool(_) | Value::Text(_) => None,
    }
}

/// Which step has which number in SQL.
fn ordinals(timeline: &Timeline) -> FxHashMap<i64, usize> {
    (0..timeline.steps.len()).filter_map(|ordinal| Some((timeline.number_of_step(ordinal)?, ordinal))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_beyond_64_bits_is_not_nothing() {
        assert_eq!(measured(&Value::Float(1e30)), Some(i64::MAX));
        assert_eq!(measured(&Value::Float(-1e30)), Some(i64::MIN));
        assert_eq!((measured(&Value::Integer(7)), measured(&Value::Null)), (Some(7), Some(0)));
        assert_eq!(measured(&Value::Text("7".to_owned())), None);
    }
}
