//! Parts against the whole: shares, and target group indices.

use super::{
    calculate::{Column, Moment},
    evaluate::{Cells, Number},
    table::{Key, Table},
};
use crate::metrics::plan::PlanPart;
use rustc_hash::FxHashMap;

/// The numbers of one margin, of one metric, by the values of its axes.
pub(super) struct Whole<'a> {
    /// The axes of the query that it is split by.
    pub axes: &'a [usize],
    pub part: &'a PlanPart,
    pub tables: &'a [Table],
    pub metric: usize,
    known: FxHashMap<Vec<Key>, Option<f64>>,
}

impl<'a> Whole<'a> {
    pub(super) fn new(axes: &'a [usize], part: &'a PlanPart, tables: &'a [Table], metric: usize) -> Self {
        Self { axes, part, tables, metric, known: FxHashMap::default() }
    }

    /// The number that a row is a part of; `None` where it is undefined or 0.
    fn of(&mut self, cell: &[Key]) -> Option<f64> {
        let key: Vec<Key> = self.axes.iter().filter_map(|axis| cell.get(*axis).cloned()).collect();
        let (part, tables, metric) = (self.part, self.tables, self.metric);
        *self.known.entry(key).or_insert_with_key(|key| {
            let metric = part.metrics.get(metric)?.as_ref()?;
            let number = Cells { part, tables, ranks: None }.evaluate(metric, &metric.formula, key)?.as_f64();
            Some(number).filter(|number| *number != 0.0)
        })
    }
}

/// In percent of the whole of the step.
pub(super) fn share(column: &mut Column<'_>, moment: Moment, mut whole: Whole<'_>) {
    column.replace(moment, |cell, value| Some(Number::Broken(value?.as_f64() * 100.0 / whole.of(cell)?)));
}

/// The part's share within its group, by the group's share of the whole, times 100: n(part, group) · n / (n(part) · n(group)). The
/// rest of a top-N has none.
pub(super) fn index(column: &mut Column<'_>, moment: Moment, mut whole: Whole<'_>, mut parts: [Whole<'_>; 2]) {
    column.replace(moment, |cell, value| {
        if cell.contains(&Key::Other) {
            return None;
        }
        let [one, other] = &mut parts;
        Some(Number::Broken(value?.as_f64() * whole.of(cell)? * 100.0 / (one.of(cell)? * other.of(cell)?)))
    });
}
