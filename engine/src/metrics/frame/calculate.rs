//! Calculations over the rows of an answer: shares, ranks, running sums and moving means.

use super::{
    assemble::Ingredients,
    evaluate::{Cells, Number},
    order::Row,
    table::{Key, Table},
};
use crate::metrics::{
    plan::{PlanPart, ScopedPlan},
    resolve::{Axis, Resolved},
};
use model::metric::{Calculation, Window};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Which of a row's numbers: those of now, or those they are compared with.
type Read = fn(&mut Row) -> &mut Vec<Option<Number>>;

/// Replaces the numbers of every metric that has a calculation. The rows are those of the whole answer, each combination
/// of dimension values with its steps in order.
pub(super) fn calculate(rows: &mut [Row], resolved: &Resolved, plan: &ScopedPlan, got: &Ingredients) {
    let time = plan.main.axes.iter().position(|axis| *axis == Axis::Time);
    let rest = resolved.top.as_ref().map(|top| top.axis);
    let now: Read = |row| &mut row.values;
    let then: Read = |row| &mut row.compared;
    for (index, metric) in resolved.metrics.iter().enumerate() {
        let Some(calculation) = metric.calculation else { continue };
        for (read, part, tables) in [
            (now, plan.whole.as_ref(), got.whole.as_deref()),
            (then, plan.whole_compare.as_ref(), got.whole_compare.as_deref()),
        ] {
            let mut column = Column { rows: &mut *rows, read, index };
            match calculation {
                Calculation::Share => column.share(time, part.zip(tables)),
                Calculation::Rank => column.rank(time, rest),
                Calculation::Cumulative => column.cumulate(time),
                Calculation::MovingMean(window) => column.moving_mean(time, window),
            }
        }
    }
}

/// The numbers of one metric, from the first row to the last.
struct Column<'a> {
    rows: &'a mut [Row],
    read: Read,
    index: usize,
}

impl Column<'_> {
    fn step(row: &Row, time: Option<usize>) -> usize {
        match time.and_then(|time| row.cell.get(time)) {
            Some(Key::Step(step)) => *step,
            Some(Key::Number(_) | Key::Text(_) | Key::Unknown | Key::Other) | None => 0,
        }
    }

    /// What stands in a row in the place of time.
    fn combination(row: &Row, time: Option<usize>) -> Vec<Key> {
        let others = row.cell.iter().enumerate().filter(|(axis, _)| Some(*axis) != time);
        others.map(|(_, key)| key.clone()).collect()
    }

    /// Each number in its place; `change` is told the step of the row, and whether another combination begins with it.
    fn replace(&mut self, time: Option<usize>, mut change: impl FnMut(usize, bool, Option<Number>) -> Option<Number>) {
        let mut before: Option<Vec<Key>> = None;
        for row in &mut *self.rows {
            let (step, combination) = (Self::step(row, time), Self::combination(row, time));
            let is_new = before.as_ref() != Some(&combination);
            before = Some(combination);
            if let Some(value) = (self.read)(row).get_mut(self.index) {
                *value = change(step, is_new, *value);
            }
        }
    }

    fn share(&mut self, time: Option<usize>, whole: Option<(&PlanPart, &[Table])>) {
        let index = self.index;
        let mut wholes: FxHashMap<usize, Option<f64>> = FxHashMap::default();
        self.replace(time, |step, _, value| {
            let (part, tables) = whole?;
            let of_step = wholes.entry(step).or_insert_with(|| {
                let metric = part.metrics.get(index)?.as_ref()?;
                let cell: Vec<Key> = part.axes.iter().map(|_| Key::Step(step)).collect();
                let whole = Cells { part, tables }.evaluate(metric, &metric.formula, &cell)?;
                Some(whole.as_f64()).filter(|whole| *whole != 0.0)
            });
            Some(Number::Broken(value?.as_f64() * 100.0 / (*of_step)?))
        });
    }

    fn rank(&mut self, time: Option<usize>, rest: Option<usize>) {
        let is_rest = |row: &Row| rest.and_then(|axis| row.cell.get(axis)).is_some_and(|key| *key == Key::Other);
        let mut by_step: FxHashMap<usize, Vec<f64>> = FxHashMap::default();
        for row in &mut *self.rows {
            let (step, is_rest) = (Self::step(row, time), is_rest(row));
            match (self.read)(row).get_mut(self.index) {
                // "Other" is no rival of the values it is the rest of.
                Some(value) if is_rest => *value = None,
                Some(Some(value)) => by_step.entry(step).or_default().push(value.as_f64()),
                Some(None) | None => {}
            }
        }
        for values in by_step.values_mut() {
            values.sort_by(|one, two| two.total_cmp(one));
        }
        self.replace(time, |step, _, value| {
            let value = value?.as_f64();
            let larger = by_step.get(&step)?.partition_point(|other| *other > value);
            Some(Number::Whole(i64::try_from(larger).ok()? + 1))
        });
    }

    fn cumulate(&mut self, time: Option<usize>) {
        let mut sum: Option<Number> = None;
        self.replace(time, |_, is_new, value| {
            if is_new {
                sum = None;
            }
            sum = match (sum, value) {
                (Some(sum), Some(value)) => Some(sum.plus(value)),
                (None, value) => value,
                (sum, None) => sum,
            };
            sum
        });
    }

    fn moving_mean(&mut self, time: Option<usize>, window: Window) {
        let mut seen: VecDeque<Option<f64>> = VecDeque::new();
        self.replace(time, |_, is_new, value| {
            if is_new {
                seen.clear();
            }
            seen.push_back(value.map(Number::as_f64));
            if seen.len() > window.steps() {
                seen.pop_front();
            }
            let sum: Option<f64> = (seen.len() == window.steps()).then(|| seen.iter().copied().sum()).flatten();
            sum.map(|sum| Number::Broken(sum / window.steps() as f64))
        });
    }
}
