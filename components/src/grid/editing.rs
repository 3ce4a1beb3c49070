//! What a grid needs to be edited, and what it tells.

use crate::arranging::ArrangingTiles;
use leptos::prelude::*;
use model::{
    board::{ComponentKind, TileId},
    layout::Placed,
};

/// What a grid needs to be edited, and what it tells. Made by the builder page, which makes the ids and the operations.
#[derive(Debug, Clone, Copy)]
pub struct GridEditing {
    pub tiles: ArrangingTiles,
    /// What kind of component a tile is: decides how small it may become.
    pub kind_of: Callback<TileId, ComponentKind>,
    /// Tiles are to be moved or resized: `desk.place_all(targets)`, on the board as it is when this is told.
    pub on_place: Callback<Vec<Placed>>,
}
