//! The elements of tiles: finding them, and giving them the focus.

use leptos::prelude::*;
use model::board::TileId;
use wasm_bindgen::JsCast as _;

/// The id of a tile's element. One layout is arranged at a time.
pub(crate) fn element_id(tile: TileId) -> String {
    format!("tile-{tile}")
}

pub(crate) fn tile_element(tile: TileId) -> Option<web_sys::HtmlElement> {
    document().get_element_by_id(&element_id(tile))?.dyn_into().ok()
}

/// Gives a tile the focus once the page shows the change.
pub(crate) fn focus_soon(tile: TileId) {
    request_animation_frame(move || {
        if let Some(element) = tile_element(tile) {
            // An element that left the page meanwhile needs no focus.
            let _ = element.focus();
        }
    });
}

/// Where the focus goes when tiles are removed: to the tile after that one in the order of the page, or before it where it
/// is the last; to none of those that are removed.
pub(super) fn neighbour(order: &[TileId], tile: TileId, removed: &[TileId]) -> Option<TileId> {
    let index = order.iter().position(|other| *other == tile)?;
    let stays = |tile: &&TileId| !removed.contains(tile);
    let after = order.iter().skip(index).find(stays);
    after.or_else(|| order.iter().take(index).rev().find(stays)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focus_goes_on_to_a_tile_that_stays() {
        let ids = [1, 2, 3, 4].map(TileId::from_u128);
        let [one, two, three, four] = ids;
        assert_eq!(neighbour(&ids, two, &[two]), Some(three));
        assert_eq!(neighbour(&ids, two, &[three, two]), Some(four));
        assert_eq!(neighbour(&ids, four, &[four, three]), Some(two));
        assert_eq!(neighbour(&ids, one, &[two]), Some(one), "a locked one stays, its companions go");
        assert_eq!(neighbour(&ids, one, &ids), None);
    }
}
