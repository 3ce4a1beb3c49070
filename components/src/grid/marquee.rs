//! Selecting by a frame that is pulled up over the empty board.

use super::{geometry::Geometry, stage::Stage};
use crate::{
    arranging::{Selection, adds_to_selection},
    browser::{DRAG_THRESHOLD_PX, client_point},
    chart::{Area, Point},
};
use leptos::ev;
use leptos::prelude::*;
use model::{board::TileId, layout::DeskLayout};

/// The frame, from the grid's top left corner, so that it grows while the board scrolls.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Marquee {
    pointer: i32,
    from: Point,
    to: Point,
    /// What was selected before, and stays so: with a key held down.
    kept: Selection,
}

impl Marquee {
    /// `None` while it is still a press.
    pub(super) fn area(&self) -> Option<Area> {
        let area = Area {
            x: self.from.x.min(self.to.x),
            y: self.from.y.min(self.to.y),
            w: (self.from.x - self.to.x).abs(),
            h: (self.from.y - self.to.y).abs(),
        };
        (area.w.max(area.h) >= DRAG_THRESHOLD_PX).then_some(area)
    }

    fn selection(&self, layout: &DeskLayout, geometry: Geometry) -> Selection {
        self.area().map_or_else(|| self.kept.clone(), |area| self.kept.joined(touched(layout, area, geometry)))
    }
}

/// The tiles that a frame touches, in reading order.
fn touched(layout: &DeskLayout, area: Area, geometry: Geometry) -> Vec<TileId> {
    let touches =
        |tile: Area| tile.x < area.right() && area.x < tile.right() && tile.y < area.bottom() && area.y < tile.bottom();
    let placed = layout.placed().iter();
    placed.filter(|placed| touches(geometry.px_from_grid(placed.rect))).map(|placed| placed.tile).collect()
}

impl Stage {
    /// The pointer presses on the empty board.
    pub(super) fn take_marquee(self, event: &ev::PointerEvent) {
        let Some(board) = self.board_area() else { return };
        let is_empty = event.target() == event.current_target();
        // On touch the board scrolls.
        if event.button() != 0 || !event.is_primary() || event.pointer_type() == "touch" || !is_empty {
            return;
        }
        let at = client_point(event);
        self.pointer_at.set_value(at);
        let kept =
            if adds_to_selection(event) { self.editing.tiles.selected.get_untracked() } else { Selection::none() };
        let from = Point { x: at.x - board.x, y: at.y - board.y };
        // A browser that refuses sends the moves while the pointer is over the board, which is enough.
        let _ = self.board.get_untracked().map(|board| board.set_pointer_capture(event.pointer_id()));
        self.marquee.set(Some(Marquee { pointer: event.pointer_id(), from, to: from, kept }));
        self.follow_frames();
    }

    /// The pointer moved while a frame is pulled up.
    pub(super) fn follow_marquee(self, event: &ev::PointerEvent) {
        if self
            .marquee
            .with_untracked(|marquee| marquee.as_ref().is_some_and(|held| held.pointer == event.pointer_id()))
        {
            self.update_marquee();
        }
    }

    /// The frame grows to where the pointer is, and what it touches is selected.
    pub(super) fn update_marquee(self) {
        let Some(board) = self.board_area() else { return };
        let Some(at) = self.pointer_at.try_get_value() else { return };
        let to = Point { x: at.x - board.x, y: at.y - board.y };
        if self.marquee.with_untracked(|marquee| marquee.as_ref().is_none_or(|marquee| marquee.to == to)) {
            return;
        }
        self.marquee.update(|marquee| {
            if let Some(marquee) = marquee {
                marquee.to = to;
            }
        });
        let Some(marquee) = self.marquee.get_untracked() else { return };
        let geometry = Geometry { width_px: board.w };
        let selection = self.layout.with_untracked(|layout| marquee.selection(layout, geometry));
        let selected = self.editing.tiles.selected;
        if selected.with_untracked(|selected| *selected != selection) {
            selected.set(selection);
        }
    }

    /// The pointer let go: what the frame touches stays selected; a mere press on the empty board selects nothing.
    pub(super) fn drop_marquee(self, event: &ev::PointerEvent) {
        let Some(marquee) = self.marquee.get_untracked().filter(|marquee| marquee.pointer == event.pointer_id()) else {
            return;
        };
        if marquee.area().is_none() {
            self.editing.tiles.selected.set(marquee.kept);
        }
        self.marquee.set(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::layout::GridRect;

    #[test]
    fn a_frame_selects_what_it_touches() {
        let id = TileId::from_u128;
        let layout = (0..3_u16).fold(DeskLayout::default(), |layout, number| {
            layout.place(id(number.into()), GridRect::clamped(i32::from(number) * 4, 0, 4, 3))
        });
        let geometry = Geometry { width_px: 1_188.0 };
        let framed = |x: f64, y: f64, w: f64, h: f64| touched(&layout, Area { x, y, w, h }, geometry);
        assert_eq!(framed(10.0, 10.0, 50.0, 50.0), [id(0)]);
        assert_eq!(framed(380.0, 140.0, 500.0, 400.0), [id(0), id(1), id(2)]);
        assert_eq!(framed(0.0, 200.0, 1_000.0, 50.0), []);
        let kept = Selection::of([id(2)]);
        let marquee = Marquee { pointer: 1, from: Point { x: 60.0, y: 60.0 }, to: Point { x: 10.0, y: 10.0 }, kept };
        assert_eq!(marquee.selection(&layout, geometry).tiles(), [id(2), id(0)]);
    }
}
