//! The frame itself: columns, rows, and what is to be said about them.

use super::{
    calculate::calculate,
    combinations::{combinations, reaches, too_many},
    evaluate::{Cells, Number},
    order::{Row, sort},
    ranks::Ranks,
    table::{Key, Table},
    written::{columns, written},
};
use crate::metrics::{
    plan::{PlanPart, PlannedMetric, ScopedPlan},
    resolve::{Axis, Resolved, ResolvedMetric},
};
use model::{
    frame::{Course, Frame, FrameState, SmallSamples, Warning},
    problem::Problem,
    time::Timestamp,
};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// Everything that the statements gave.
#[derive(Default)]
pub(in crate::metrics) struct Ingredients {
    pub main: Vec<Table>,
    /// All but the values that a top-N keeps, where that is wanted.
    pub main_rest: Option<Vec<Table>>,
    /// Where rows stand among all others, whether a top-N keeps them or not.
    pub main_ranks: Ranks,
    pub compare: Option<Vec<Table>>,
    pub compare_rest: Option<Vec<Table>>,
    pub compare_ranks: Ranks,
    /// What a top-N was ranked by.
    pub ranking: Vec<Table>,
    /// The values that a top-N keeps, in their order.
    pub kept: Vec<Key>,
    pub history: Option<Vec<Table>>,
    pub history_rest: Option<Vec<Table>>,
    pub history_ranks: Ranks,
    /// In the order of the plan's margins.
    pub margins: Vec<MarginTables>,
}

/// What the statements gave for one margin.
pub(in crate::metrics) struct MarginTables {
    pub now: Vec<Table>,
    pub then: Option<Vec<Table>>,
}

impl Ingredients {
    /// The numbers of a row's part, or of all the rest of a top-N.
    pub(super) fn main<'a>(&'a self, part: &'a PlanPart, is_rest: bool) -> Option<Cells<'a>> {
        let tables = if is_rest { self.main_rest.as_ref() } else { Some(&self.main) };
        tables.map(|tables| Cells { part, tables, ranks: Some(&self.main_ranks) })
    }

    pub(super) fn history<'a>(&'a self, part: &'a PlanPart, is_rest: bool) -> Option<Cells<'a>> {
        let tables = if is_rest { self.history_rest.as_ref() } else { self.history.as_ref() };
        tables.map(|tables| Cells { part, tables, ranks: Some(&self.history_ranks) })
    }
}

/// A frame whose rows are known, and which they are: what is asked for them alone can be asked now.
pub(in crate::metrics) struct Found {
    frame: Frame,
    rows: Vec<Vec<Key>>,
}

impl Found {
    /// The values of the rows, axis by axis.
    pub(in crate::metrics) fn rows(&self) -> &[Vec<Key>] {
        &self.rows
    }

    /// The frame with the courses of some of its columns, and with its etag, a hash of all else in it.
    pub(in crate::metrics) fn sealed(self, courses: Vec<(String, Course)>) -> Frame {
        let Self { mut frame, .. } = self;
        for (name, course) in courses {
            if let Some(column) = frame.columns.iter_mut().find(|column| column.name == name) {
                column.course = Some(course);
            }
        }
        sealed(frame)
    }
}

/// The frame of a query whose filters have nothing in common with the scope: the same bytes for what is forbidden and
/// for what does not exist.
pub(in crate::metrics) fn outside_scope(resolved: &Resolved) -> Found {
    let columns = columns(resolved, None, &[]);
    let frame = Frame {
        columns,
        rows: Vec::new(),
        as_of: None,
        etag: String::new(),
        simulated: false,
        state: FrameState::OutsideScope,
        warnings: Vec::new(),
    };
    Found { frame, rows: Vec::new() }
}

pub(in crate::metrics) fn assemble(
    resolved: &Resolved,
    plan: &ScopedPlan,
    got: &Ingredients,
) -> Result<Found, Problem> {
    let mut rows = rows(resolved, plan, got)?;
    calculate(&mut rows, resolved, plan, got);
    sort(&mut rows, resolved, &got.kept);
    let mut warnings = Vec::new();
    if rows.len() > resolved.limit as usize {
        warnings.push(Warning::Truncated { limit: resolved.limit, rows: rows.len() as u64 });
        rows.truncate(resolved.limit as usize);
    }
    let small = small_samples(resolved, plan, got, &rows);
    let minima: BTreeSet<u32> = small.iter().flatten().map(|small| small.minimum).collect();
    warnings.extend(minima.into_iter().map(|minimum| Warning::SmallSample { minimum }));
    let read = || got.main.iter().chain(&got.ranking);
    let newest = read().filter_map(|table| table.newest).max();
    let simulated = read().chain(got.compare.iter().chain(&got.history).flatten()).any(|table| table.simulated);
    let state = if newest.is_some() { FrameState::Ready } else { FrameState::Empty };
    let frame = Frame {
        columns: columns(resolved, Some(plan), &small),
        rows: rows.iter().map(|row| written(resolved, row)).collect(),
        as_of: newest.map(Timestamp::from_millis),
        etag: String::new(),
        simulated,
        state,
        warnings,
    };
    Ok(Found { frame, rows: rows.into_iter().map(|row| row.cell).collect() })
}

/// The frame with its etag, a hash of all else in it.
pub(in crate::metrics) fn sealed(mut frame: Frame) -> Frame {
    let bytes = serde_json::to_vec(&frame).unwrap_or_default();
    frame.etag = hex::encode(&Sha256::digest(&bytes)[..16]);
    frame
}

fn rows(resolved: &Resolved, plan: &ScopedPlan, got: &Ingredients) -> Result<Vec<Row>, Problem> {
    let top = resolved.top.as_ref().map(|top| top.axis);
    let mut combinations = combinations(&plan.main, &got.main, None);
    if let (Some(rest), Some(axis)) = (&got.main_rest, top) {
        // A table that ignores the dimension says nothing about whether there is a rest.
        let split = got.main.iter().zip(rest).filter(|(table, _)| table.position(axis).is_some());
        combinations.extend(super::combinations::combinations(&plan.main, split.map(|(_, rest)| rest), Some(axis)));
    }
    let steps = if plan.main.axes.contains(&Axis::Time) { plan.main.timeline.begun() } else { 1 };
    too_many(combinations.len(), steps)?;
    let time = plan.main.axes.iter().position(|axis| *axis == Axis::Time);
    let main = Cells { part: &plan.main, tables: &got.main, ranks: Some(&got.main_ranks) };
    let main_rest = got.main_rest.as_ref().map(|tables| Cells { part: &plan.main, tables, ranks: None });
    let compare = plan.compare.as_ref().zip(got.compare.as_ref()).map(|(part, tables)| Cells {
        part,
        tables,
        ranks: Some(&got.compare_ranks),
    });
    let compare_rest =
        plan.compare.as_ref().zip(got.compare_rest.as_ref()).map(|(part, tables)| Cells { part, tables, ranks: None });
    let compared_steps = plan.compare.as_ref().map_or(0, |part| part.timeline.begun());
    let mut rows = Vec::new();
    for combination in combinations {
        let is_rest = top.and_then(|axis| combination.get(axis)).is_some_and(|key| *key == Key::Other);
        let now = if is_rest { main_rest.as_ref() } else { Some(&main) };
        let then = if is_rest { compare_rest.as_ref() } else { compare.as_ref() };
        let mut of_combination = Vec::new();
        for step in 0..steps {
            let mut cell = combination.clone();
            if let Some(slot) = time.and_then(|time| cell.get_mut(time)) {
                *slot = Key::Step(step);
            }
            // The 31st of a month has no counterpart in a shorter one: that is undefined, and not zero.
            let then = then.filter(|_| time.is_none() || step < compared_steps);
            let (values, compared) = (values(now, &cell, &got.kept), values(then, &cell, &got.kept));
            let row = Row { cell, values, compared, beside: Vec::new() };
            if time.is_none() || on_air(now, &row) {
                of_combination.push(row);
            }
        }
        if !is_unknown_and_nothing(&combination, plan.main.province_axis, &of_combination) {
            rows.extend(of_combination);
        }
    }
    Ok(rows)
}

/// Whether a combination only says that what is not counted has no such dimension: a page that was opened has no slot, and a
/// scan no option. A province that is not known is told all the same, since rows of it need a grant of their own.
fn is_unknown_and_nothing(combination: &[Key], province_axis: Option<usize>, rows: &[Row]) -> bool {
    let is_unknown =
        combination.iter().enumerate().any(|(axis, key)| *key == Key::Unknown && Some(axis) != province_axis);
    let is_nothing = |number: &Option<Number>| number.is_none_or(|number| number.as_f64() == 0.0);
    is_unknown && rows.iter().all(|row| row.values.iter().chain(&row.compared).all(is_nothing))
}

/// Whether a step is of a programme's time, where rows are split by programme: it is not on at all the others.
pub(super) fn on_air(cells: Option<&Cells<'_>>, row: &Row) -> bool {
    let Some(cells) = cells else { return false };
    let airs = |metric: &PlannedMetric| metric.airings.is_none() || !cells.minutes(metric, &row.cell).is_empty();
    cells.part.metrics.iter().flatten().any(airs) || row.values.iter().flatten().any(|number| number.as_f64() != 0.0)
}

pub(super) fn values(cells: Option<&Cells<'_>>, cell: &[Key], kept: &[Key]) -> Vec<Option<Number>> {
    let Some(cells) = cells else {
        return Vec::new();
    };
    let value = |metric: &Option<PlannedMetric>| {
        let metric = metric.as_ref().filter(|metric| reaches(metric, cells.part, cell, kept))?;
        cells.evaluate(metric, &metric.formula, cell)
    };
    cells.part.metrics.iter().map(value).collect()
}

/// Whether a number rests on fewer cases than the metric needs to say something. Where it can't be known on how many, none
/// are missing.
pub(super) fn rests_on_too_few(
    cells: Option<&Cells<'_>>,
    metric: &ResolvedMetric,
    planned: &PlannedMetric,
    cell: &[Key],
) -> bool {
    let sample = cells.zip(planned.sample.as_ref());
    let cases = sample.and_then(|(cells, sample)| cells.evaluate(planned, sample, cell));
    cases.is_some_and(|cases| cases.as_f64() < f64::from(metric.metric.minimum_sample))
}

/// For each metric, which of its numbers stay below its minimum.
fn small_samples(resolved: &Resolved, plan: &ScopedPlan, got: &Ingredients, rows: &[Row]) -> Vec<Option<SmallSamples>> {
    let top = resolved.top.as_ref().map(|top| top.axis);
    let of_metric = |(index, metric): (usize, &ResolvedMetric)| {
        let planned = plan.main.metrics.get(index)?.as_ref()?;
        let minimum = metric.metric.minimum_sample;
        let is_small = |row: &Row| {
            let is_rest = top.and_then(|axis| row.cell.get(axis)).is_some_and(|key| *key == Key::Other);
            let shown = row.values.get(index).copied().flatten().is_some();
            shown && rests_on_too_few(got.main(&plan.main, is_rest).as_ref(), metric, planned, &row.cell)
        };
        let small = rows.iter().zip(0_u32..).filter(|(row, _)| is_small(row));
        let rows: Vec<u32> = small.map(|(_, index)| index).collect();
        (!rows.is_empty()).then_some(SmallSamples { minimum, rows })
    };
    resolved.metrics.iter().enumerate().map(of_metric).collect()
}
