//! Which rows there are: the values of the dimensions that occur together, as far as they may be known.

use super::table::{Key, Table};
use crate::metrics::{
    plan::{PlanPart, PlannedMetric},
    resolve::Axis,
};
use model::{
    geo::Region,
    problem::{Problem, ProblemCode},
};
use std::collections::BTreeSet;

/// More cells than this are no answer for a page.
const MOST_ROWS: usize = 500_000;

/// More rows than anybody reads.
pub(super) fn too_many(combinations: usize, steps: usize) -> Result<(), Problem> {
    let rows = combinations.saturating_mul(steps);
    if rows <= MOST_ROWS {
        return Ok(());
    }
    let detail = format!(
        "The answer would have {rows} rows. Split by fewer dimensions, take a longer step, or keep only the top values.",
    );
    Err(Problem::new(ProblemCode::AnswerTooLarge, detail).with("limit", MOST_ROWS))
}

/// Whether a cell lies in a region that the metric may be worked out from. Elsewhere it is not nothing that happened, but
/// nothing that may be known: another metric beside it, of another kind of data, has the cell.
pub(super) fn reaches(metric: &PlannedMetric, part: &PlanPart, cell: &[Key], kept: &[Key]) -> bool {
    let Some(province) = part.province_axis.and_then(|axis| cell.get(axis)) else {
        return true;
    };
    let region = |key: &Key| match key {
        Key::Text(text) => text.parse::<Region>().ok(),
        Key::Unknown => Some(Region::Unknown),
        Key::Step(_) | Key::Number(_) | Key::Other => None,
    };
    match province {
        Key::Text(_) | Key::Unknown => region(province).is_some_and(|region| metric.regions.contains(&region)),
        Key::Other => metric.regions.iter().any(|left| kept.iter().all(|key| region(key) != Some(*left))),
        Key::Step(_) | Key::Number(_) => true,
    }
}

/// The combinations of dimension values that occur, with any step in the place of time. For the rest of a top-N, the
/// tables lack its axis, and "other" stands there.
pub(super) fn combinations<'a>(
    part: &PlanPart,
    tables: impl IntoIterator<Item = &'a Table>,
    rest_of: Option<usize>,
) -> BTreeSet<Vec<Key>> {
    let dimensions: Vec<usize> =
        (0..part.axes.len()).filter(|axis| part.axes.get(*axis) != Some(&Axis::Time)).collect();
    let needed: Vec<usize> = dimensions.iter().copied().filter(|axis| Some(*axis) != rest_of).collect();
    if needed.is_empty() && rest_of.is_none() {
        return BTreeSet::from([vec![Key::Step(0); part.axes.len()]]);
    }
    let mut found = BTreeSet::new();
    for table in tables {
        let positions: Option<Vec<usize>> = needed.iter().map(|axis| table.position(*axis)).collect();
        let Some(positions) = positions else { continue };
        for key in table.cells.keys() {
            let mut combination = vec![Key::Step(0); part.axes.len()];
            for (axis, position) in needed.iter().zip(&positions) {
                if let (Some(slot), Some(value)) = (combination.get_mut(*axis), key.get(*position)) {
                    slot.clone_from(value);
                }
            }
            if let Some(slot) = rest_of.and_then(|axis| combination.get_mut(axis)) {
                *slot = Key::Other;
            }
            found.insert(combination);
        }
    }
    found
}
