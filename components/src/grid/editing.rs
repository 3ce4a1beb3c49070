//! What a grid needs to be edited, and what it tells.

use leptos::prelude::*;
use model::{
    board::{ComponentKind, TileId},
    layout::GridRect,
};

/// A tile is to be moved or resized: `desk.place(tile, target)`, on the board as it is when this is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridMove {
    pub tile: TileId,
    pub target: GridRect,
}

/// Where a new tile was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Dropped there: `desk.place(id, rect)`.
    At(GridRect),
    /// Chosen by keyboard or click: `desk.append(id, kind.usual_size())`.
    FirstFree,
}

/// What a grid needs to be edited, and what it tells. Made by the builder page, which makes the ids and the operations.
#[derive(Debug, Clone, Copy)]
pub struct GridEditing {
    pub selected: RwSignal<Option<TileId>>,
    /// What kind of component a tile is: decides how small it may become.
    pub kind_of: Callback<TileId, ComponentKind>,
    /// What a tile is called when it is spoken of.
    pub label_of: Callback<TileId, String>,
    pub on_move: Callback<GridMove>,
    /// A component was dropped from the palette, or chosen by keyboard.
    pub on_add: Callback<(ComponentKind, Spot)>,
    pub on_remove: Callback<TileId>,
    /// Enter or a double click: open the inspector and put the focus there.
    pub on_open: Callback<TileId>,
}
