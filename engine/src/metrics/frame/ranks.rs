//! Where rows stand among the other rows of their step: scores from 0 to 100, several of them weighted.
//!
//! They are worked out over all values of a split, before a top-N keeps some: who stands where does not depend on how many are
//! shown.

use super::{
    combinations::{combinations, reaches, too_many},
    evaluate::Cells,
    table::{Key, Table},
};
use crate::metrics::{
    catalogue::Formula,
    plan::{PlanPart, PlannedMetric},
    resolve::Axis,
};
use model::problem::Problem;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The scores of every ranking in the formulas of a part.
#[derive(Debug, Default)]
pub(in crate::metrics) struct Ranks {
    rankings: Vec<Ranking>,
}

#[derive(Debug)]
struct Ranking {
    node: Formula<usize>,
    scores: FxHashMap<Vec<Key>, f64>,
}

/// The rankings in the formulas of a part, each with its metric.
fn wanted(part: &PlanPart) -> Vec<(&PlannedMetric, &Formula<usize>)> {
    let metrics = part.metrics.iter().flatten();
    metrics.flat_map(|metric| metric.formula.rankings().into_iter().map(move |node| (metric, node))).collect()
}

impl Ranks {
    /// Whether the tables of a part must be whole, for a row stands among all others.
    pub(in crate::metrics) fn need_whole(part: &PlanPart) -> bool {
        !wanted(part).is_empty()
    }

    /// Over the whole tables of a part.
    pub(in crate::metrics) fn of(part: &PlanPart, tables: &[Table]) -> Result<Self, Problem> {
        let wanted = wanted(part);
        if wanted.is_empty() || part.axes.iter().all(|axis| *axis == Axis::Time) {
            return Ok(Self::default());
        }
        let cells = Cells { part, tables, ranks: None };
        let combinations = combinations(part, tables, None);
        let time = part.axes.iter().position(|axis| *axis == Axis::Time);
        let steps = if time.is_some() { part.timeline.begun() } else { 1 };
        too_many(combinations.len(), steps)?;
        let mut rankings = Vec::new();
        for (metric, node) in wanted {
            let Formula::WeightedRanks(parts) = node else { continue };
            let mut scores = FxHashMap::default();
            for step in 0..steps {
                let mut rows = of_step(&combinations, time, step);
                rows.retain(|row| reaches(metric, part, row, &[]));
                let numbers = |of: &Formula<usize>| -> Vec<Option<f64>> {
                    rows.iter().map(|row| Some(cells.evaluate(metric, of, row)?.as_f64())).collect()
                };
                let standing: Vec<_> = parts.iter().map(|(weight, of)| (*weight, standings(&numbers(of)))).collect();
                for (index, row) in rows.into_iter().enumerate() {
                    let weighted = standing.iter().map(|(weight, of)| Some(weight * (*of.get(index)?)?));
                    if let Some(score) = weighted.sum::<Option<f64>>() {
                        scores.insert(row, score);
                    }
                }
            }
            rankings.push(Ranking { node: node.clone(), scores });
        }
        Ok(Self { rankings })
    }

    /// The score of a cell by one of the rankings.
    pub(super) fn score(&self, node: &Formula<usize>, cell: &[Key]) -> Option<f64> {
        self.rankings.iter().find(|ranking| ranking.node == *node)?.scores.get(cell).copied()
    }
}

fn of_step(combinations: &BTreeSet<Vec<Key>>, time: Option<usize>, step: usize) -> Vec<Vec<Key>> {
    let at_step = |combination: &Vec<Key>| {
        let mut row = combination.clone();
        if let Some(slot) = time.and_then(|time| row.get_mut(time)) {
            *slot = Key::Step(step);
        }
        row
    };
    combinations.iter().map(at_step).collect()
}

/// For each number, what part of the others it stands above, in hundredths; one that is as large counts half.
fn standings(numbers: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut sorted: Vec<f64> = numbers.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let others = sorted.len().saturating_sub(1);
    let standing = |number: &Option<f64>| {
        let number = (*number)?;
        let below = sorted.partition_point(|other| *other < number);
        let alike = sorted.partition_point(|other| *other <= number).saturating_sub(below + 1);
        (others > 0).then(|| (below as f64 + alike as f64 / 2.0) * 100.0 / others as f64)
    };
    numbers.iter().map(standing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whoever stands above one stands above by as much as that one stands below: on average it is the middle.
        #[test]
        fn the_mean_standing_is_the_middle(numbers in prop::collection::vec(prop::option::of(0_u8..9), 0..30)) {
            let numbers: Vec<Option<f64>> = numbers.into_iter().map(|number| number.map(f64::from)).collect();
            let standing: Vec<f64> = standings(&numbers).into_iter().flatten().collect();
            let known = numbers.iter().flatten().count();
            prop_assert_eq!(standing.len(), if known > 1 { known } else { 0 });
            prop_assert!((standing.iter().sum::<f64>() - 50.0 * standing.len() as f64).abs() < 1e-6);
        }
    }

    #[test]
    fn the_best_has_a_hundred_and_equals_share_their_place() {
        let told = standings(&[Some(3.0), Some(1.0), None, Some(3.0), Some(9.0)]);
        assert_eq!(told, [Some(50.0), Some(0.0), None, Some(50.0), Some(100.0)]);
        assert_eq!(standings(&[Some(3.0), None]), [None, None], "there are no others");
    }
}
