//! Columns and cells as a frame shows them.

use super::{evaluate::Number, order::Row, table::Key};
use crate::metrics::{
    plan::ScopedPlan,
    resolve::{Axis, Resolved, ResolvedMetric},
};
use model::{
    frame::{Cell, Column, ColumnKind, OTHER, SmallSamples},
    metric::{OUTSIDE, Unit, own::OwnMetricId},
};

/// The columns of a frame; without a plan, of one that lies outside the scope. `small` has the small samples of each metric.
pub(super) fn columns(resolved: &Resolved, plan: Option<&ScopedPlan>, small: &[Option<SmallSamples>]) -> Vec<Column> {
    let timeline = &resolved.timeline;
    let axis = |axis: &Axis| {
        let (name, kind) = match axis {
            Axis::Dimension(id) => (id.to_string(), ColumnKind::Dimension),
            Axis::Time => ("time".to_owned(), ColumnKind::Time),
        };
        Column::new(name, kind)
    };
    let missing: Vec<String> = timeline
        .steps
        .iter()
        .skip(timeline.begun())
        .filter_map(|start| start.to_rfc3339(timeline.calendar.offset_minutes))
        .collect();
    let mut columns: Vec<Column> = resolved.axes.iter().map(axis).collect();
    for (index, metric) in resolved.metrics.iter().enumerate() {
        let planned = plan.and_then(|plan| plan.main.metrics.get(index)).and_then(Option::as_ref);
        let scope: Vec<_> = planned.map(|metric| metric.regions.iter().copied().collect()).unwrap_or_default();
        let is_own = OwnMetricId::try_from(&metric.metric.id).is_ok();
        let version = is_own.then_some(metric.metric.version);
        let column = |name: String, unit: Unit, missing: &[String]| Column {
            name,
            kind: ColumnKind::Number,
            unit: Some(unit),
            scope: scope.clone(),
            missing: missing.to_vec(),
            version,
            small: None,
            course: None,
        };
        let small = small.get(index).cloned().flatten();
        columns.push(Column { small, ..column(metric.column.clone(), metric.unit(), &missing) });
        if let Some((compare, _)) = resolved.compare.as_ref().filter(|_| metric.is_compared()) {
            let name = format!("{}@{}", metric.column, compare.name());
            columns.push(column(name.clone(), metric.unit(), &[]));
            if metric.changes_in_percent() {
                columns.push(column(format!("{name}_pct"), Unit::Percent, &[]));
            }
        }
        for beside in metric.beside() {
            columns.push(column(format!("{}@{beside}", metric.column), unit_beside(beside, metric), &[]));
        }
    }
    columns
}

/// A row as the frame shows it.
pub(super) fn written(resolved: &Resolved, row: &Row) -> Vec<Cell> {
    let timeline = &resolved.timeline;
    let mut cells: Vec<Cell> = row
        .cell
        .iter()
        .map(|key| match key {
            Key::Step(ordinal) => {
                let start =
                    timeline.steps.get(*ordinal).and_then(|start| start.to_rfc3339(timeline.calendar.offset_minutes));
                start.map_or(Cell::Null, Cell::Text)
            }
            Key::Number(number) => Cell::Text(number.to_string()),
            Key::Text(text) => Cell::Text(text.to_string()),
            Key::Unknown => Cell::Null,
            Key::Other => Cell::Text(OTHER.to_owned()),
        })
        .collect();
    for (index, metric) in resolved.metrics.iter().enumerate() {
        let value = row.values.get(index).copied().flatten();
        cells.push(number(value, metric.unit()));
        if resolved.compare.is_some() && metric.is_compared() {
            let compared = row.compared.get(index).copied().flatten();
            cells.push(number(compared, metric.unit()));
            if metric.changes_in_percent() {
                cells.push(number(change_percent(value, compared), Unit::Percent));
            }
        }
        for (place, name) in metric.beside().iter().enumerate() {
            let beside = row.beside.get(index).and_then(|numbers| numbers.get(place)).copied().flatten();
            cells.push(number(beside, unit_beside(name, metric)));
        }
    }
    cells
}

fn change_percent(value: Option<Number>, compared: Option<Number>) -> Option<Number> {
    let (now, then) = value.zip(compared).filter(|(_, then)| then.as_f64() != 0.0)?;
    Some(Number::Broken((now.as_f64() - then.as_f64()) * 100.0 / then.as_f64().abs()))
}

/// What a column beside that of a metric is counted in: a side is a number of its own.
fn unit_beside(name: &str, metric: &ResolvedMetric) -> Unit {
    if name == OUTSIDE { Unit::Count } else { metric.unit() }
}

pub(super) fn number(value: Option<Number>, unit: Unit) -> Cell {
    match value {
        None => Cell::Null,
        Some(Number::Whole(whole)) => Cell::Integer(whole),
        Some(Number::Broken(broken)) if !broken.is_finite() => Cell::Null,
        // Money is whole fen.
        Some(Number::Broken(broken)) if unit == Unit::Fen => Cell::Integer(broken.round() as i64),
        Some(Number::Broken(broken)) => Cell::Number(broken),
    }
}
