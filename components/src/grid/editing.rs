//! What a grid needs to be edited, and what it tells.

use super::Selection;
use leptos::prelude::*;
use model::{
    board::{ComponentKind, TileId},
    layout::{GridRect, Placed},
};

/// Where a new tile was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Dropped there: `desk.place(id, rect)`.
    At(GridRect),
    /// Dropped on the wall, its middle so far from the wall's corner.
    OnWall { x: u16, y: u16 },
    /// Chosen by keyboard or click, or dropped on the phone: wherever there is room first.
    FirstFree,
}

/// What a grid needs to be edited, and what it tells. Made by the builder page, which makes the ids and the operations.
#[derive(Debug, Clone, Copy)]
pub struct GridEditing {
    pub selected: RwSignal<Selection>,
    /// What kind of component a tile is: decides how small it may become.
    pub kind_of: Callback<TileId, ComponentKind>,
    /// What a tile is called when it is spoken of.
    pub label_of: Callback<TileId, String>,
    /// A locked tile can be selected, and neither moved nor removed.
    pub is_locked: Callback<TileId, bool>,
    /// The name of somebody else who has that tile selected.
    pub colleague_at: Callback<TileId, Option<String>>,
    /// The tiles that are selected together with one: its group, itself among them.
    pub together_with: Callback<TileId, Vec<TileId>>,
    /// Tiles are to be moved or resized: `desk.place_all(targets)`, on the board as it is when this is told.
    pub on_place: Callback<Vec<Placed>>,
    /// A component was dropped from the palette, or chosen by keyboard.
    pub on_add: Callback<(ComponentKind, Spot)>,
    pub on_remove: Callback<Vec<TileId>>,
    /// Enter or a double click: open the inspector and put the focus there.
    pub on_open: Callback<TileId>,
}

impl GridEditing {
    /// Selects a tile and its group, and no others.
    pub fn select(self, tile: TileId) {
        self.selected.set(Selection::of(self.together_with.run(tile)));
    }

    /// Selects a tile and its group too, or no longer.
    pub fn toggle(self, tile: TileId) {
        let together = self.together_with.run(tile);
        self.selected.update(|selected| *selected = selected.toggled(&together));
    }

    /// What goes along when that tile is moved: the selection where it is selected, else its group; nothing locked.
    pub(crate) fn moved_with(self, tile: TileId) -> Vec<TileId> {
        let selected = self.selected.with_untracked(|selected| {
            if selected.contains(tile) { selected.tiles().to_vec() } else { self.together_with.run(tile) }
        });
        selected.into_iter().filter(|tile| !self.is_locked.run(*tile)).collect()
    }
}
