//! Which tiles are selected.

use model::board::TileId;

/// The selected tiles, in the order in which they were chosen; the first is what others are aligned with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    tiles: Vec<TileId>,
    is_gathering: bool,
}

impl Selection {
    pub const fn none() -> Self {
        Self { tiles: Vec::new(), is_gathering: false }
    }

    /// Those tiles and no others.
    pub fn of(tiles: impl IntoIterator<Item = TileId>) -> Self {
        let mut selection = Self::none();
        for tile in tiles {
            if !selection.contains(tile) {
                selection.tiles.push(tile);
            }
        }
        selection
    }

    pub fn tiles(&self) -> &[TileId] {
        &self.tiles
    }

    pub fn contains(&self, tile: TileId) -> bool {
        self.tiles.contains(&tile)
    }

    pub fn is_empty(&self) -> bool {
        self.tiles.is_empty()
    }

    /// The selected tile, where it is one.
    pub fn only(&self) -> Option<TileId> {
        match self.tiles.as_slice() {
            [tile] => Some(*tile),
            _ => None,
        }
    }

    /// Whether tiles are being chosen one after another: then moving the focus selects nothing.
    pub const fn is_gathering(&self) -> bool {
        self.is_gathering
    }

    /// With those tiles chosen too; without them where all of them were chosen already.
    #[must_use]
    pub fn toggled(&self, tiles: &[TileId]) -> Self {
        let were_chosen = self.is_gathering || self.tiles.len() > 1 || self.only() != tiles.first().copied();
        let kept = self.tiles.iter().copied().filter(|tile| !tiles.contains(tile));
        let are_in = tiles.iter().all(|tile| self.contains(*tile));
        let tiles: Vec<TileId> =
            if are_in && were_chosen { kept.collect() } else { kept.chain(tiles.iter().copied()).collect() };
        let is_gathering = !tiles.is_empty();
        Self { tiles, is_gathering }
    }

    /// With all of those tiles chosen too.
    #[must_use]
    pub fn joined(&self, tiles: impl IntoIterator<Item = TileId>) -> Self {
        let is_gathering = self.is_gathering;
        Self { is_gathering, ..Self::of(self.tiles.iter().copied().chain(tiles)) }
    }

    /// Without the tiles that are gone.
    #[must_use]
    pub fn retained(&self, is_there: impl Fn(TileId) -> bool) -> Self {
        let tiles: Vec<TileId> = self.tiles.iter().copied().filter(|tile| is_there(*tile)).collect();
        Self { is_gathering: self.is_gathering && !tiles.is_empty(), tiles }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    #[test]
    fn tiles_are_gathered_one_after_another() {
        // The focus selected the first; choosing it on purpose keeps it, and from then on the focus selects nothing.
        let first = Selection::of([id(1)]).toggled(&[id(1)]);
        assert_eq!((first.tiles(), first.is_gathering()), ([id(1)].as_slice(), true));
        let both = first.toggled(&[id(2)]);
        assert_eq!(both.tiles(), [id(1), id(2)]);
        assert_eq!(both.toggled(&[id(1)]).tiles(), [id(2)]);
        assert_eq!(both.only(), None);
        let none = first.toggled(&[id(1)]);
        assert_eq!(none, Selection::none());
    }

    #[test]
    fn a_group_is_chosen_and_left_as_a_whole() {
        let group = [id(3), id(4)];
        let chosen = Selection::of([id(1)]).toggled(&group);
        assert_eq!(chosen.tiles(), [id(1), id(3), id(4)]);
        assert_eq!(chosen.toggled(&group).tiles(), [id(1)]);
        assert_eq!(Selection::of([id(3)]).toggled(&group).tiles(), [id(3), id(4)]);
    }
}
