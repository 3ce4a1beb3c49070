//! How somebody reads a board: what they chose in its filters and drilled into. It is carried in the page's address, and
//! a board together with it is again a board, with other bindings.

mod address;
mod apply;

use super::{Board, BoardFilter, FilterSubject, MAX_CHOSEN, TileId};
use crate::{
    metric::{CatalogueView, DimensionId, Filter, FilterValues, MAX_AXES},
    time::{Compare, TimeRange, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How deep one tile may be drilled into.
pub const MAX_DRILLS: usize = MAX_AXES;

/// The values that a reader lets in; `None` among them stands for "unknown".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    pub values: Vec<Option<String>>,
    /// The tile it was chosen on, which goes on showing all values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<TileId>,
}

/// One step into a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "into", rename_all = "snake_case", deny_unknown_fields)]
pub enum Drill {
    /// Only that value, split by another dimension.
    Value { dim: DimensionId, value: Option<String>, by: DimensionId },
    /// Only that step of the time axis, in finer steps.
    Step { from: Timestamp, to: Timestamp },
}

/// What a reader chose on a board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeRange>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Compare>,
    /// A dimension that is listed with no values lets all in, also where the board begins with some.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<DimensionId, Chosen>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub drills: BTreeMap<TileId, Vec<Drill>>,
}

impl Reading {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As many things as were chosen.
    pub fn count(&self) -> usize {
        usize::from(self.time.is_some()) + usize::from(self.compare.is_some()) + self.values.len() + self.drills.len()
    }

    /// With other values of a dimension.
    #[must_use]
    pub fn choosing(mut self, dimension: DimensionId, values: Vec<Option<String>>, from: Option<TileId>) -> Self {
        self.values.insert(dimension, Chosen { values, from });
        self
    }

    /// With a click on a value of a tile: it alone is let in, and let go again where it was chosen there before.
    #[must_use]
    pub fn picking(mut self, tile: TileId, dimension: DimensionId, value: Option<String>) -> Self {
        let picked = Chosen { values: vec![value], from: Some(tile) };
        if self.values.get(&dimension) == Some(&picked) {
            self.values.remove(&dimension);
        } else {
            self.values.insert(dimension, picked);
        }
        self
    }

    /// With one step deeper into a tile.
    #[must_use]
    pub fn drilling(mut self, tile: TileId, drill: Drill) -> Self {
        let drills = self.drills.entry(tile).or_default();
        if drills.len() < MAX_DRILLS {
            drills.push(drill);
        }
        self
    }

    /// What of it means something on another board: without what is about this board's tiles.
    #[must_use]
    pub fn without_tiles(mut self) -> Self {
        self.drills.clear();
        self.values.values_mut().for_each(|chosen| chosen.from = None);
        self
    }

    /// With only the first so many steps into a tile.
    #[must_use]
    pub fn drilled_up(mut self, tile: TileId, kept: usize) -> Self {
        if let Some(drills) = self.drills.get_mut(&tile) {
            drills.truncate(kept);
            if drills.is_empty() {
                self.drills.remove(&tile);
            }
        }
        self
    }
}

impl Board {
    /// Only what this board lets readers choose: its own filters, and what its tiles are split by. All else is dropped, so
    /// that an address can ask for nothing that a click could not.
    #[must_use]
    pub fn accepted(&self, reading: Reading) -> Reading {
        let declared: BTreeSet<FilterSubject> = self.filters().iter().map(BoardFilter::subject).collect();
        let drilled = reading.drills.values().flatten().filter_map(|drill| match drill {
            Drill::Value { by, .. } => Some(by.clone()),
            Drill::Step { .. } => None,
        });
        let split: BTreeSet<DimensionId> =
            self.tiles().iter().flat_map(|tile| tile.content.dimensions()).chain(drilled).collect();
        let may = |dimension: &DimensionId| {
            declared.contains(&FilterSubject::Dimension(dimension.clone())) || split.contains(dimension)
        };
        let values = reading
            .values
            .into_iter()
            .filter(|(dimension, chosen)| may(dimension) && chosen.values.len() <= MAX_CHOSEN);
        let drills = reading
            .drills
            .into_iter()
            .filter(|(tile, drills)| self.tile(*tile).is_some() && !drills.is_empty() && drills.len() <= MAX_DRILLS);
        Reading {
            time: reading.time.filter(|_| declared.contains(&FilterSubject::Time)),
            compare: reading.compare.filter(|_| declared.contains(&FilterSubject::Compare)),
            values: values.collect(),
            drills: drills.collect(),
        }
    }

    /// The values let in for a dimension: as the reader chose, or as the board begins with; `None` lets all in.
    pub fn chosen<'a>(&'a self, reading: &'a Reading, dimension: &DimensionId) -> Option<&'a [Option<String>]> {
        let usual = || {
            self.filters().iter().find_map(|filter| match filter {
                BoardFilter::Values { dim, usual } if dim == dimension => Some(usual.as_slice()),
                BoardFilter::Values { .. } | BoardFilter::Time { .. } | BoardFilter::Compare { .. } => None,
            })
        };
        let chosen = reading.values.get(dimension).map(|chosen| chosen.values.as_slice()).or_else(usual);
        chosen.filter(|values| !values.is_empty())
    }

    /// The range that tiles are read over instead of their own, if any.
    pub fn chosen_time(&self, reading: &Reading) -> Option<TimeRange> {
        reading.time.or_else(|| {
            self.filters().iter().find_map(|filter| match filter {
                BoardFilter::Time { usual } => *usual,
                BoardFilter::Compare { .. } | BoardFilter::Values { .. } => None,
            })
        })
    }

    /// What tiles are compared with instead of what they are by themselves, if anything.
    pub fn chosen_compare(&self, reading: &Reading) -> Option<Compare> {
        reading.compare.or_else(|| {
            self.filters().iter().find_map(|filter| match filter {
                BoardFilter::Compare { usual } => *usual,
                BoardFilter::Time { .. } | BoardFilter::Values { .. } => None,
            })
        })
    }

    /// The board as it is read: every binding with what was chosen for it. What a tile's metrics do not know, or what the
    /// tile ignores, leaves the tile as it is.
    #[must_use]
    pub fn read_with(&self, reading: &Reading, catalogue: &CatalogueView) -> Self {
        let mut board = self.clone();
        let dimensions: BTreeSet<&DimensionId> = reading
            .values
            .keys()
            .chain(self.filters().iter().filter_map(|filter| match filter {
                BoardFilter::Values { dim, .. } => Some(dim),
                BoardFilter::Time { .. } | BoardFilter::Compare { .. } => None,
            }))
            .collect();
        let (time, compare) = (self.chosen_time(reading), self.chosen_compare(reading));
        board.map_tiles(|tile| {
            for drill in reading.drills.get(&tile.id).into_iter().flatten() {
                tile.content.drill(drill, catalogue);
            }
            let drills_into_time = reading
                .drills
                .get(&tile.id)
                .is_some_and(|drills| drills.iter().any(|drill| matches!(drill, Drill::Step { .. })));
            if let Some(time) = time
                && !drills_into_time
                && !tile.ignores.contains(&FilterSubject::Time)
            {
                tile.content.read_over(time, catalogue);
            }
            if let Some(compare) = compare
                && !tile.ignores.contains(&FilterSubject::Compare)
            {
                tile.content.compare_with(compare);
            }
            for dimension in &dimensions {
                let is_its_own = reading.values.get(*dimension).is_some_and(|chosen| chosen.from == Some(tile.id));
                let is_ignored = tile.ignores.contains(&FilterSubject::Dimension((*dimension).clone()));
                if let Some(values) = self.chosen(reading, dimension)
                    && !is_its_own
                    && !is_ignored
                    && tile.content.knows(dimension, catalogue)
                {
                    let values = FilterValues::In(values.to_vec());
                    tile.content.narrow(Filter { dimension: (*dimension).clone(), values });
                }
            }
        });
        board
    }
}

#[cfg(test)]
mod tests;
