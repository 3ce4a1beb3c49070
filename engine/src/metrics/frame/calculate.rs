//! Calculations over the rows of an answer: shares and indices, ranks, running sums and moving means, and what stands beside a
//! number to judge it by.

use super::{
    anomaly,
    assemble::Ingredients,
    confidence,
    evaluate::Number,
    margins::{self, Whole},
    order::Row,
    table::Key,
};
use crate::metrics::{
    plan::{Margin, ScopedPlan},
    resolve::{Axis, Resolved},
};
use model::metric::{Calculation, Window};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Which of a row's numbers: those of now, or those they are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Now,
    Then,
}

/// Works out every metric that has a calculation. The rows are those of the whole answer, each combination of dimension values
/// with its steps in order.
pub(super) fn calculate(rows: &mut [Row], resolved: &Resolved, plan: &ScopedPlan, got: &Ingredients) {
    let time = plan.main.axes.iter().position(|axis| *axis == Axis::Time);
    let rest = resolved.top.as_ref().map(|top| top.axis);
    if resolved.metrics.iter().any(|metric| !metric.beside().is_empty()) {
        for row in &mut *rows {
            row.beside = vec![Vec::new(); resolved.metrics.len()];
        }
    }
    for (index, metric) in resolved.metrics.iter().enumerate() {
        let Some(calculation) = metric.calculation else { continue };
        let mut column = Column { rows: &mut *rows, index, time, rest };
        match calculation {
            Calculation::Confidence => column.confidence(plan, got),
            Calculation::Anomaly => column.anomaly(plan, got),
            Calculation::RankChange => {
                column.rank(Moment::Now);
                column.rank(Moment::Then);
                column.rise();
            }
            Calculation::Share
            | Calculation::Tgi
            | Calculation::Rank
            | Calculation::Cumulative
            | Calculation::MovingMean(_) => {
                for moment in [Moment::Now, Moment::Then] {
                    column.calculate(calculation, moment, plan, got);
                }
            }
        }
    }
}

/// The numbers of one metric, from the first row to the last.
pub(super) struct Column<'a> {
    rows: &'a mut [Row],
    index: usize,
    time: Option<usize>,
    /// The axis of a top-N.
    rest: Option<usize>,
}

impl Column<'_> {
    /// What is alike for now and for what it is compared with.
    fn calculate(&mut self, calculation: Calculation, moment: Moment, plan: &ScopedPlan, got: &Ingredients) {
        let index = self.index;
        let mut wholes = plan.margins.iter().zip(&got.margins).filter_map(|(margin, tables)| {
            let Margin { axes, now, then } = margin;
            let (part, tables) = match moment {
                Moment::Now => (now, Some(&tables.now)),
                Moment::Then => (then.as_ref()?, tables.then.as_ref()),
            };
            part.metrics.get(index)?.as_ref()?;
            Some(Whole::new(axes, part, tables?, index))
        });
        match calculation {
            Calculation::Share => match wholes.next() {
                Some(whole) => margins::share(self, moment, whole),
                None => self.replace(moment, |_, _| None),
            },
            Calculation::Tgi => match (wholes.next(), wholes.next(), wholes.next()) {
                (Some(whole), Some(one), Some(other)) => margins::index(self, moment, whole, [one, other]),
                (_, _, _) => self.replace(moment, |_, _| None),
            },
            Calculation::Rank => self.rank(moment),
            Calculation::Cumulative => self.cumulate(moment),
            Calculation::MovingMean(window) => self.moving_mean(moment, window),
            Calculation::RankChange | Calculation::Confidence | Calculation::Anomaly => {}
        }
    }

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

    fn is_rest(row: &Row, rest: Option<usize>) -> bool {
        rest.and_then(|axis| row.cell.get(axis)).is_some_and(|key| *key == Key::Other)
    }

    fn slot(row: &mut Row, moment: Moment, index: usize) -> Option<&mut Option<Number>> {
        match moment {
            Moment::Now => row.values.get_mut(index),
            Moment::Then => row.compared.get_mut(index),
        }
    }

    /// Each number in its place, by its cell.
    pub(super) fn replace(&mut self, moment: Moment, mut change: impl FnMut(&[Key], Option<Number>) -> Option<Number>) {
        for row in &mut *self.rows {
            let Row { cell, values, compared, .. } = row;
            let numbers = match moment {
                Moment::Now => values,
                Moment::Then => compared,
            };
            if let Some(value) = numbers.get_mut(self.index) {
                *value = change(cell, *value);
            }
        }
    }

    /// Each number in its place, along time; `change` is told whether another combination begins with it.
    fn along_time(&mut self, moment: Moment, mut change: impl FnMut(bool, Option<Number>) -> Option<Number>) {
        let mut before: Option<Vec<Key>> = None;
        for row in &mut *self.rows {
            let combination = Self::combination(row, self.time);
            let is_new = before.as_ref() != Some(&combination);
            before = Some(combination);
            if let Some(value) = Self::slot(row, moment, self.index) {
                *value = change(is_new, *value);
            }
        }
    }

    fn rank(&mut self, moment: Moment) {
        let mut by_step: FxHashMap<usize, Vec<f64>> = FxHashMap::default();
        for row in &mut *self.rows {
            let (step, is_rest) = (Self::step(row, self.time), Self::is_rest(row, self.rest));
            match Self::slot(row, moment, self.index) {
                // "Other" is no rival of the values it is the rest of.
                Some(value) if is_rest => *value = None,
                Some(Some(value)) => by_step.entry(step).or_default().push(value.as_f64()),
                Some(None) | None => {}
            }
        }
        for values in by_step.values_mut() {
            values.sort_by(|one, two| two.total_cmp(one));
        }
        for row in &mut *self.rows {
            let step = Self::step(row, self.time);
            if let Some(value) = Self::slot(row, moment, self.index) {
                *value = value.and_then(|value| {
                    let larger = by_step.get(&step)?.partition_point(|other| *other > value.as_f64());
                    Some(Number::Whole(i64::try_from(larger).ok()? + 1))
                });
            }
        }
    }

    /// From places to how many of them were climbed.
    fn rise(&mut self) {
        for row in &mut *self.rows {
            let then = row.compared.get(self.index).copied().flatten();
            if let Some(value) = row.values.get_mut(self.index) {
                *value = value.zip(then).map(|(now, then)| then.less(now));
            }
        }
    }

    fn cumulate(&mut self, moment: Moment) {
        let mut sum: Option<Number> = None;
        self.along_time(moment, |is_new, value| {
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

    fn moving_mean(&mut self, moment: Moment, window: Window) {
        let mut seen: VecDeque<Option<f64>> = VecDeque::new();
        self.along_time(moment, |is_new, value| {
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

    fn confidence(&mut self, plan: &ScopedPlan, got: &Ingredients) {
        let Some(metric) = plan.main.metrics.get(self.index).and_then(Option::as_ref) else { return };
        for row in &mut *self.rows {
            let is_shown = row.values.get(self.index).copied().flatten().is_some();
            let cells = got.main(&plan.main, Self::is_rest(row, self.rest)).filter(|_| is_shown);
            let ends = cells.and_then(|cells| confidence::interval(&cells, metric, &row.cell));
            if let Some(beside) = row.beside.get_mut(self.index) {
                *beside = ends.map_or_else(Vec::new, |ends| ends.map(Some).to_vec());
            }
        }
    }

    fn anomaly(&mut self, plan: &ScopedPlan, got: &Ingredients) {
        let (Some(time), Some(grain), Some(history)) = (self.time, plan.main.timeline.grain, &plan.history) else {
            return;
        };
        let Some(metric) = history.metrics.get(self.index).and_then(Option::as_ref) else { return };
        let mut before: (Option<Vec<Key>>, Vec<Option<f64>>) = (None, Vec::new());
        for row in &mut *self.rows {
            let combination = Self::combination(row, Some(time));
            if before.0.as_ref() != Some(&combination) {
                let mut cell = row.cell.clone();
                let cells = got.history(history, Self::is_rest(row, self.rest));
                let mut number = |step: usize| {
                    *cell.get_mut(time)? = Key::Step(step);
                    cells.as_ref()?.evaluate(metric, &metric.formula, &cell).map(Number::as_f64)
                };
                before = (Some(combination), (0..history.timeline.steps.len()).map(&mut number).collect());
            }
            let number = row.values.get(self.index).copied().flatten().map(Number::as_f64);
            let band = anomaly::band(&before.1, grain);
            let has_ended = plan.main.timeline.has_ended(Self::step(row, self.time));
            let side = number.zip(band).filter(|_| has_ended).map(|(number, band)| anomaly::side(number, band));
            before.1.push(number);
            if let Some(beside) = row.beside.get_mut(self.index) {
                let end = |end: f64| Some(Number::Broken(end));
                *beside = vec![
                    band.and_then(|(low, _)| end(low)),
                    band.and_then(|(_, high)| end(high)),
                    side.map(Number::Whole),
                ];
            }
        }
    }
}
