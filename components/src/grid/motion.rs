//! The elements of tiles, moved about.
//!
//! Only while something moves, and on the element itself: the policy allows that, and forbids a `style` attribute.

use super::{geometry::Geometry, gesture::Gesture};
use crate::arranging::tile_element;
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

/// A tile that stands elsewhere now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glide {
    pub(super) tile: TileId,
    pub(super) from: GridRect,
    pub(super) to: GridRect,
}

/// Lets tiles glide from where they stood to where they stand now: all of those that one move has put elsewhere together,
/// since each look at the page lays all of it out anew.
pub(super) fn glide(glides: &[Glide], board: &web_sys::HtmlElement) {
    let geometry = Geometry { width_px: board.get_bounding_client_rect().width() };
    let mut styles = Vec::with_capacity(glides.len());
    for Glide { tile, from, to } in glides {
        let Some(style) = tile_style(*tile) else { continue };
        let (from, to) = (geometry.px_from_grid(*from), geometry.px_from_grid(*to));
        let _ = style.set_property("transition", "none");
        let _ = style.set_property("transform", &format!("translate({}px, {}px)", from.x - to.x, from.y - to.y));
        styles.push(style);
    }
    // Asking for a size makes the browser take note of where the tiles start from.
    let _ = board.offset_width();
    for style in styles {
        let _ = style.remove_property("transition");
        let _ = style.remove_property("transform");
    }
}
