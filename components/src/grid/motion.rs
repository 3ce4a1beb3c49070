//! The elements of tiles, moved about.
//!
//! While something is held, no tile changes its place in the page: it is drawn away from it, which costs the browser no
//! layout. Only while something moves, and on the element itself: the policy allows that, and forbids a `style` attribute.

use super::{geometry::Geometry, gesture::Gesture};
use crate::{arranging::tile_element, browser::ScrollEdges, chart::Point};
use model::{
    board::TileId,
    layout::{DeskLayout, GridRect},
};

fn tile_style(tile: TileId) -> Option<web_sys::CssStyleDeclaration> {
    tile_element(tile).map(|element| element.style())
}

/// Draws a tile so far away from its place in the page.
fn draw_away(style: &web_sys::CssStyleDeclaration, away: Point) {
    // Less than this is nowhere else.
    const NEAR_PX: f64 = 0.01;
    let _ = if away.x.hypot(away.y) < NEAR_PX {
        style.remove_property("transform").map(drop)
    } else {
        style.set_property("transform", &format!("translate({}px, {}px)", away.x, away.y))
    };
}

/// Lets the tiles float under the pointer, so far from where they were taken, and says where each of them is: in px from
/// the grid's corner. `layout` is where they stand in the page.
pub(super) fn float(
    gesture: &Gesture,
    layout: &DeskLayout,
    geometry: Geometry,
    dx: f64,
    dy: f64,
) -> Vec<(TileId, Point)> {
    let floats = gesture.moving.iter().map(|placed| {
        let taken = geometry.px_from_grid(placed.rect);
        let stands = layout.rect(placed.tile).map_or(taken, |rect| geometry.px_from_grid(rect));
        let at = Point { x: taken.x + dx, y: taken.y + dy };
        if let Some(style) = tile_style(placed.tile) {
            draw_away(&style, Point { x: at.x - stands.x, y: at.y - stands.y });
        }
        (placed.tile, at)
    });
    floats.collect()
}

/// Tiles that floated are drawn in their places.
pub(super) fn settle(gesture: &Gesture) {
    for style in gesture.moving.iter().filter_map(|placed| tile_style(placed.tile)) {
        draw_away(&style, Point { x: 0.0, y: 0.0 });
    }
}

/// Where a tile was seen before it glides.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seen {
    /// It is on its way from wherever it is drawn, and its place in the page is the same.
    AsDrawn,
    /// There, while its place in the page was another one.
    At(GridRect),
    /// There in the hand: in px from the grid's corner.
    Floating(Point),
}

/// A tile that is to be seen elsewhere now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glide {
    pub(super) tile: TileId,
    pub(super) seen: Seen,
    /// Its place in the page.
    pub(super) place: GridRect,
    pub(super) to: GridRect,
}

impl Glide {
    /// Whether nobody would see it now, and nothing is lost when it waits: a tile that is to be drawn in its place is not
    /// left elsewhere.
    pub(super) fn may_wait(&self, geometry: Geometry, in_sight: (f64, f64)) -> bool {
        let is_in_sight = |rect: GridRect| {
            let area = geometry.px_from_grid(rect);
            area.y < in_sight.1 && area.y + area.h > in_sight.0
        };
        match self.seen {
            Seen::AsDrawn => self.to != self.place && !is_in_sight(self.to) && !is_in_sight(self.place),
            Seen::At(_) | Seen::Floating(_) => false,
        }
    }
}

/// What of a grid is in sight, in px from its upper edge, and as much again above and below: a tile there may be on its way
/// through. `around` are the edges of what it scrolls in.
pub(super) fn in_sight(board: &web_sys::HtmlElement, around: ScrollEdges) -> (f64, f64) {
    let corner = board.get_bounding_client_rect().top();
    let half = (around.bottom - around.top) / 2.0;
    (around.top - corner - half, around.bottom - corner + half)
}

/// Lets tiles glide to where they are to be seen: all of those that one move has put elsewhere together, since each look
/// at the page lays all of it out anew.
pub(super) fn glide(glides: &[Glide], board: &web_sys::HtmlElement, geometry: Geometry) {
    let corner = |rect: GridRect| {
        let area = geometry.px_from_grid(rect);
        Point { x: area.x, y: area.y }
    };
    let between = |from: Point, to: Point| Point { x: to.x - from.x, y: to.y - from.y };
    let mut is_put = false;
    let styles: Vec<_> = glides.iter().map(|glide| (glide, tile_style(glide.tile))).collect();
    for (glide, style) in &styles {
        let start = match glide.seen {
            Seen::AsDrawn => None,
            Seen::At(rect) => Some(corner(rect)),
            Seen::Floating(point) => Some(point),
        };
        if let (Some(style), Some(start)) = (style, start) {
            let _ = style.set_property("transition", "none");
            draw_away(style, between(corner(glide.place), start));
            is_put = true;
        }
    }
    if is_put {
        // Asking for a size makes the browser take note of where the tiles start from.
        let _ = board.offset_width();
    }
    for (glide, style) in &styles {
        if let Some(style) = style {
            let _ = style.remove_property("transition");
            draw_away(style, between(corner(glide.place), corner(glide.to)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_waits_unless_it_would_be_left_elsewhere() {
        let geometry = Geometry { width_px: 1_200.0 };
        let rect = |y: i32| GridRect::clamped(0, y, 3, 4);
        let glide = |seen, place, to| Glide { tile: TileId::from_u128(1), seen, place: rect(place), to: rect(to) };
        let waits = |glide: Glide| glide.may_wait(geometry, (0.0, 500.0));
        assert!(waits(glide(Seen::AsDrawn, 40, 44)));
        assert!(!waits(glide(Seen::AsDrawn, 40, 2)), "it comes into sight");
        assert!(!waits(glide(Seen::AsDrawn, 2, 40)), "it leaves it");
        assert!(!waits(glide(Seen::AsDrawn, 40, 40)), "back in its place it is drawn there");
        assert!(!waits(glide(Seen::At(rect(44)), 40, 44)), "its place in the page is another one");
    }
}
