//! The elements of tiles, moved about.
//!
//! Only while something moves, and on the element itself: the policy allows that, and forbids a `style` attribute.

use super::{geometry::Geometry, gesture::Gesture};
use crate::arranging::tile_element;
use leptos::{html, prelude::*};
use model::{
    board::TileId,
    layout::{DeskLayout, GridRect},
};

pub(super) fn tile_style(tile: TileId) -> Option<web_sys::CssStyleDeclaration> {
    tile_element(tile).map(|element| element.style())
}

/// Lets the tiles float under the pointer: each away from the place where it will stand by as much as it takes.
pub(super) fn float(gesture: &Gesture, desk: &DeskLayout, geometry: Geometry, dx: f64, dy: f64) {
    for placed in &gesture.moving {
        let start = geometry.px_from_grid(placed.rect);
        let stands = desk.rect(placed.tile).map_or(start, |rect: GridRect| geometry.px_from_grid(rect));
        if let Some(style) = tile_style(placed.tile) {
            let (x, y) = (start.x + dx - stands.x, start.y + dy - stands.y);
            let _ = style.set_property("transform", &format!("translate({x}px, {y}px)"));
        }
    }
}

/// Lets a tile glide from where it stood to where it stands now.
pub(super) fn glide(tile: TileId, from: GridRect, to: GridRect, board: NodeRef<html::Div>) {
    let (Some(element), Some(board)) = (tile_element(tile), board.get_untracked()) else {
        return;
    };
    let geometry = Geometry { width_px: board.get_bounding_client_rect().width() };
    let (from, to) = (geometry.px_from_grid(from), geometry.px_from_grid(to));
    let style = element.style();
    let _ = style.set_property("transition", "none");
    let _ = style.set_property("transform", &format!("translate({}px, {}px)", from.x - to.x, from.y - to.y));
    // Asking for a size makes the browser take note of where the tile starts from.
    let _ = element.offset_width();
    let _ = style.remove_property("transition");
    let _ = style.remove_property("transform");
}
