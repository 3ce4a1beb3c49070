//! Top-N: which values are kept, and what becomes of the rest.

use super::{
    evaluate::{Cells, Number},
    ranks::Ranks,
    table::{CellKey, Key, Table},
};
use crate::metrics::plan::PlanPart;
use model::problem::Problem;
use rustc_hash::FxHashSet;
use std::cmp::Ordering;

/// The values of the ranking's dimension, the largest first; ties go by name, undefined ones stand last.
pub(in crate::metrics) fn ranked(part: &PlanPart, tables: &[Table], n: usize) -> Result<Vec<Key>, Problem> {
    let Some(Some(metric)) = part.metrics.first() else {
        return Ok(Vec::new());
    };
    let ranks = Ranks::of(part, tables)?;
    let cells = Cells { part, tables, ranks: Some(&ranks) };
    let keys: FxHashSet<Key> = tables
        .iter()
        .filter(|table| table.axes == [0])
        .flat_map(|table| table.cells.keys())
        .filter_map(|key| key.first().cloned())
        .collect();
    let value = |key: Key| {
        let number = cells.evaluate(metric, &metric.formula, std::slice::from_ref(&key)).map(Number::as_f64);
        (number, key)
    };
    let mut ranked: Vec<(Option<f64>, Key)> = keys.into_iter().map(value).collect();
    let order = |(one, one_key): &(Option<f64>, Key), (two, two_key): &(Option<f64>, Key)| {
        largest_first(*one, *two).then_with(|| one_key.cmp(two_key))
    };
    if n < ranked.len() {
        ranked.select_nth_unstable_by(n, order);
        ranked.truncate(n);
    }
    ranked.sort_unstable_by(order);
    Ok(ranked.into_iter().map(|(_, key)| key).collect())
}

pub(super) fn largest_first(one: Option<f64>, two: Option<f64>) -> Ordering {
    match (one, two) {
        (Some(one), Some(two)) => two.total_cmp(&one),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Splits tables into those of the values kept and those of all the rest together.
///
/// Parts that add up are added up. Distinct counts are taken from `recounted`, where `(table, counts)` stand that were
/// asked anew over everything but the values kept.
pub(in crate::metrics) fn keep(
    tables: Vec<Table>,
    axis: usize,
    kept: &[Key],
    recounted: Vec<(usize, Table)>,
) -> (Vec<Table>, Vec<Table>) {
    let mut rest: Vec<Table> = Vec::with_capacity(tables.len());
    let mut kept_tables = Vec::with_capacity(tables.len());
    for table in tables {
        let Some(position) = table.position(axis) else {
            // What ignores the dimension is the same for every value of it.
            rest.push(table.clone());
            kept_tables.push(table);
            continue;
        };
        let Table { axes, cells, newest, simulated } = table;
        let mut outside = Table::of_nothing(&axes.iter().copied().filter(|other| *other != axis).collect::<Vec<_>>());
        let mut inside = Table { newest, simulated, ..Table::of_nothing(&axes) };
        for (key, part) in cells {
            if key.get(position).is_some_and(|value| kept.contains(value)) {
                inside.cells.insert(key, part);
            } else {
                let without: CellKey = key
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| *index != position)
                    .map(|(_, value)| value.clone())
                    .collect();
                outside.add(without, part);
            }
        }
        rest.push(outside);
        kept_tables.push(inside);
    }
    for (index, table) in recounted {
        if let Some(slot) = rest.get_mut(index) {
            *slot = table;
        }
    }
    (kept_tables, rest)
}
