//! What the phone needs to be arranged, and what it tells.

use crate::grid::Selection;
use leptos::prelude::*;
use model::{board::TileId, layout::PhoneCard};

/// What the phone needs to be arranged, and what it tells. Made by the builder page.
#[derive(Debug, Clone, Copy)]
pub struct PhoneEditing {
    pub selected: RwSignal<Selection>,
    /// What a tile is called when it is spoken of.
    pub label_of: Callback<TileId, String>,
    /// A locked tile can be selected, and neither moved nor removed.
    pub is_locked: Callback<TileId, bool>,
    /// A card is to stand as the so-manieth, counted from 0, as it says: `phone.put(card, position)`.
    pub on_put: Callback<(PhoneCard, usize)>,
    pub on_remove: Callback<Vec<TileId>>,
    /// Enter or a double click: open the inspector and put the focus there.
    pub on_open: Callback<TileId>,
}
