//! The courses of rows: beside each number, how it came about along the range.

use super::{
    assemble::{Ingredients, on_air, rests_on_too_few, values},
    calculate::calculate,
    evaluate::Cells,
    order::Row,
    table::Key,
    written::number,
};
use crate::metrics::{
    plan::{PlannedMetric, ScopedPlan},
    resolve::{Resolved, ResolvedMetric},
};
use model::frame::{Course, InvalidCourse};

/// The course of every row in each column that has one. `resolved` and `plan` are those of the courses: their axes are those
/// of the rows and time behind them.
pub(in crate::metrics) fn courses(
    resolved: &Resolved,
    plan: &ScopedPlan,
    got: &Ingredients,
    rows: &[Vec<Key>],
) -> Result<Vec<(String, Course)>, InvalidCourse> {
    let timeline = &plan.main.timeline;
    let offset_minutes = timeline.calendar.offset_minutes;
    let begun = timeline.steps.iter().take(timeline.begun());
    let steps: Vec<String> = begun.filter_map(|start| start.to_rfc3339(offset_minutes)).collect();
    if rows.is_empty() || steps.is_empty() {
        return Ok(Vec::new());
    }
    let cells = Cells { part: &plan.main, tables: &got.main, ranks: Some(&got.main_ranks) };
    let at_step = |row: &Vec<Key>, step: usize| {
        let cell: Vec<Key> = row.iter().cloned().chain([Key::Step(step)]).collect();
        let values = values(Some(&cells), &cell, &[]);
        Row { cell, values, compared: Vec::new(), beside: Vec::new() }
    };
    let mut along_time: Vec<Row> =
        rows.iter().flat_map(|row| (0..steps.len()).map(move |step| at_step(row, step))).collect();
    calculate(&mut along_time, resolved, plan, got);
    let planned = resolved.metrics.iter().zip(&plan.main.metrics).enumerate();
    let of_metric = |(index, (metric, planned)): (usize, (&ResolvedMetric, &Option<PlannedMetric>))| {
        let planned = planned.as_ref()?;
        let shown = |row: &Row| {
            let value = row.values.get(index).copied().flatten()?;
            // As the cell of such a row would be written.
            let shown = number(Some(value), metric.unit()).as_number();
            // In a curve a number of too few cases would look like a peak or a hole.
            shown.filter(|_| on_air(Some(&cells), row) && !rests_on_too_few(Some(&cells), metric, planned, &row.cell))
        };
        let of_rows = along_time.chunks(steps.len()).map(|row| row.iter().map(shown).collect()).collect();
        Some(Course::new(steps.clone(), of_rows).map(|course| (metric.column.clone(), course)))
    };
    planned.filter_map(of_metric).collect()
}
