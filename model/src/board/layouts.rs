//! Where the tiles of one board stand, in all three layouts.

use super::{ComponentKind, Pages, Tile, TileId};
use crate::layout::{DeskLayout, PhoneCard, PhoneLayout, WallFrame, WallLayout, WallSize};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The layouts of a board.
///
/// A tile that stands nowhere on the desk is hidden there. Phone and wall are drafted from the desk for as long as nobody
/// arranged them by hand; arranged, they hold every tile of the board, some of them perhaps hidden. What stands in a container
/// has no other place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Layouts {
    pub desk: DeskLayout,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneLayout>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall: Option<WallLayout>,
}

impl Layouts {
    /// With a desk, and a new tile in what else was arranged by hand.
    #[must_use]
    pub fn with_new_tile(&self, tile: TileId, kind: ComponentKind, desk: DeskLayout) -> Self {
        Self {
            desk,
            phone: self.phone.as_ref().map(|phone| phone.set(PhoneCard::usual(tile, kind))),
            wall: self.wall.as_ref().map(|wall| wall.append(tile, kind.usual_size())),
        }
    }

    /// With a new tile wherever there is room first.
    #[must_use]
    pub fn append(&self, tile: TileId, kind: ComponentKind) -> Self {
        self.with_new_tile(tile, kind, self.desk.append(tile, kind.usual_size()))
    }

    #[must_use]
    pub fn remove(&self, tiles: &[TileId]) -> Self {
        Self {
            desk: self.desk.remove(tiles),
            phone: self.phone.as_ref().map(|phone| phone.remove(tiles)),
            wall: self.wall.as_ref().map(|wall| wall.remove(tiles)),
        }
    }

    /// The phone as it is shown: arranged, or drafted.
    pub fn shown_phone(&self, tiles: &[Tile]) -> PhoneLayout {
        self.phone.clone().unwrap_or_else(|| self.drafted_phone(tiles))
    }

    /// The wall as it is shown: arranged, or drafted.
    pub fn shown_wall(&self, tiles: &[Tile]) -> WallLayout {
        self.wall.clone().unwrap_or_else(|| self.drafted_wall(tiles, WallSize::FULL_HD))
    }

    /// A phone layout from the desk; tiles that are hidden there are hidden here.
    pub fn drafted_phone(&self, tiles: &[Tile]) -> PhoneLayout {
        let kind_of =
            |id| tiles.iter().find(|tile| tile.id == id).map_or(ComponentKind::Text, |tile| tile.content.kind());
        let draft = PhoneLayout::draft(&self.desk, kind_of);
        self.hidden_on_desk(tiles).fold(draft, |phone, tile| {
            phone.set(PhoneCard { hidden: true, ..PhoneCard::usual(tile.id, tile.content.kind()) })
        })
    }

    /// A wall from the desk; tiles that are hidden there are hidden here.
    pub fn drafted_wall(&self, tiles: &[Tile], size: WallSize) -> WallLayout {
        let draft = WallLayout::draft(&self.desk, size);
        self.hidden_on_desk(tiles).fold(draft, |wall, tile| {
            let wall = wall.append(tile.id, tile.content.kind().usual_size());
            match wall.frame(tile.id) {
                Some(frame) => wall.set(&[WallFrame { hidden: true, ..frame }]),
                None => wall,
            }
        })
    }

    /// The tiles that stand neither on the desk nor in a container.
    fn hidden_on_desk<'a>(&self, tiles: &'a [Tile]) -> impl Iterator<Item = &'a Tile> {
        let (inside, desk) = (contained(tiles), self.desk.clone());
        tiles.iter().filter(move |tile| desk.rect(tile.id).is_none() && !inside.contains(&tile.id))
    }

    /// Whether a tile has a place of its own in one of them.
    pub(super) fn have_place_of(&self, tile: TileId) -> bool {
        let on_phone = self.phone.as_ref().is_some_and(|phone| phone.card(tile).is_some());
        let on_wall = self.wall.as_ref().is_some_and(|wall| wall.frame(tile).is_some());
        on_phone || on_wall || self.desk.rect(tile).is_some()
    }

    /// Whether they hold those tiles: none else, and all that stand in no container where a layout was arranged.
    pub(super) fn hold(&self, tiles: &[Tile]) -> bool {
        let is_known = |id: TileId| tiles.iter().any(|tile| tile.id == id);
        let inside = contained(tiles);
        let free = tiles.iter().filter(|tile| !inside.contains(&tile.id)).count();
        let phone = self
            .phone
            .as_ref()
            .is_none_or(|phone| phone.cards().len() == free && phone.cards().iter().all(|card| is_known(card.tile)));
        let wall = self
            .wall
            .as_ref()
            .is_none_or(|wall| wall.frames().len() == free && wall.frames().iter().all(|frame| is_known(frame.tile)));
        phone && wall && self.desk.placed().iter().all(|placed| is_known(placed.tile))
    }
}

/// The tiles that stand in containers, be they on the board or not.
pub(super) fn contained(tiles: &[Tile]) -> BTreeSet<TileId> {
    tiles.iter().filter_map(|tile| tile.content.pages()).flat_map(Pages::tiles).collect()
}
