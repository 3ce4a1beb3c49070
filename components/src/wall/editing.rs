//! What the wall needs to be arranged, and what it tells.

use crate::arranging::ArrangingTiles;
use leptos::prelude::*;
use model::layout::WallFrame;

/// What the wall needs to be arranged, and what it tells. Made by the builder page.
#[derive(Debug, Clone, Copy)]
pub struct WallEditing {
    pub tiles: ArrangingTiles,
    /// Frames are to stand so: `wall.set(frames)`, on the board as it is when this is told.
    pub on_place: Callback<Vec<WallFrame>>,
}
