//! What the phone needs to be arranged, and what it tells.

use crate::arranging::ArrangingTiles;
use leptos::prelude::*;
use model::layout::PhoneCard;

/// What the phone needs to be arranged, and what it tells. Made by the builder page.
#[derive(Debug, Clone, Copy)]
pub struct PhoneEditing {
    pub tiles: ArrangingTiles,
    /// A card is to stand as the so-manieth, counted from 0, as it says: `phone.put(card, position)`.
    pub on_put: Callback<(PhoneCard, usize)>,
}
