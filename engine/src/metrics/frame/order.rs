//! The order of rows.

use super::{evaluate::Number, table::Key, top::largest_first};
use crate::metrics::resolve::{Resolved, SortBy};
use std::cmp::Ordering;

/// A row before it is written.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub cell: Vec<Key>,
    pub values: Vec<Option<Number>>,
    pub compared: Vec<Option<Number>>,
    /// Of each metric, the numbers of the columns beside its own; empty where no metric has any.
    pub beside: Vec<Vec<Option<Number>>>,
}

/// Sorts as the query says. Ties are broken by the axes, from the first; the values of a top-N stand in their rank, unless they
/// are numbers: steps and days have an order of their own.
pub(super) fn sort(rows: &mut [Row], resolved: &Resolved, kept: &[Key]) {
    let top_axis = resolved.top.as_ref().map(|top| top.axis);
    let rank = |key: &Key| kept.iter().position(|other| other == key).unwrap_or(kept.len());
    let is_number = |key: &Key| matches!(key, Key::Number(_));
    let is_rest = |row: &Row| top_axis.and_then(|axis| row.cell.get(axis)).is_some_and(|key| *key == Key::Other);
    rows.sort_by(|one, two| {
        let asked = resolved.order.iter().map(|(by, descending)| match by {
            SortBy::Metric(index) => {
                let value = |row: &Row| row.values.get(*index).copied().flatten().map(Number::as_f64);
                let by_value = match (value(one), value(two)) {
                    (Some(a), Some(b)) if !descending => a.total_cmp(&b),
                    (a, b) => largest_first(a, b),
                };
                // "Other" is no rival of the values it is the rest of.
                is_rest(one).cmp(&is_rest(two)).then(by_value)
            }
            SortBy::Axis(index) => {
                let order = one.cell.get(*index).cmp(&two.cell.get(*index));
                if *descending { order.reverse() } else { order }
            }
        });
        let ties =
            (0..one.cell.len().max(two.cell.len())).map(|index| match (one.cell.get(index), two.cell.get(index)) {
                (Some(a), Some(b)) if top_axis == Some(index) && !is_number(a) && !is_number(b) => {
                    rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
                }
                (a, b) => a.cmp(&b),
            });
        asked.chain(ties).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
}
