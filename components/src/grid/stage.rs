//! The gestures of a grid in the browser: what is held, where it would stand, and what is said about it.

use super::{
    GridEditing, GridMove,
    geometry::Geometry,
    gesture::{Gesture, Grip},
    motion::{float, tile_style},
    palette::{DragSpace, THRESHOLD_PX},
};
use crate::{
    browser::ScrollArea,
    chart::{Area, Point},
    words,
};
use leptos::{ev, html, prelude::*};
use model::{
    board::TileId,
    formatting::Locale,
    layout::{DeskLayout, GridRect},
};

/// Nearer than this to an edge of what scrolls, it scrolls.
const EDGE_PX: f64 = 56.0;
/// The most it scrolls in a frame.
const FASTEST_PX: f64 = 18.0;

/// A new tile that has no id yet stands in the preview under this one.
pub(super) const NEW_TILE: TileId = TileId::from_u128(0);

/// A tile that is held by the pointer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    pub(super) gesture: Gesture,
    pointer: i32,
    /// Where it was taken, from the grid's corner, so that scrolling counts as moving.
    taken_at: Point,
    /// Where the pointer was on the screen then: what the threshold is counted from.
    pressed_at: Point,
    /// The place it asks for now.
    target: GridRect,
    pub(super) is_drag: bool,
}

/// What the parts of a grid share. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    pub(super) board: NodeRef<html::Div>,
    pub(super) layout: Signal<DeskLayout>,
    pub(super) locale: Signal<Locale>,
    pub(super) editing: Option<GridEditing>,
    pub(super) held: RwSignal<Option<Held>>,
    /// How everything would stand if the pointer let go now.
    pub(super) preview: RwSignal<Option<DeskLayout>>,
    /// What is read aloud.
    pub(super) said: RwSignal<String>,
    pointer_at: StoredValue<Point>,
    space: Option<DragSpace>,
}

impl Stage {
    pub(super) fn new(layout: Signal<DeskLayout>, locale: Signal<Locale>, editing: Option<GridEditing>) -> Self {
        Self {
            board: NodeRef::new(),
            layout,
            locale,
            editing,
            held: RwSignal::new(None),
            preview: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            pointer_at: StoredValue::new(Point { x: 0.0, y: 0.0 }),
            space: editing.and_then(|_| use_context::<DragSpace>()),
        }
    }

    /// The tile that is dragged or resized, once the press has become a drag.
    pub(super) fn dragged(self) -> Option<TileId> {
        self.held.with(|held| held.as_ref().filter(|held| held.is_drag).map(|held| held.gesture.tile))
    }

    fn board_area(self) -> Option<Area> {
        let rect = self.board.get_untracked()?.get_bounding_client_rect();
        Some(Area { x: rect.left(), y: rect.top(), w: rect.width(), h: rect.height() })
    }

    /// The pointer takes hold of a tile.
    pub(super) fn take(self, tile: TileId, grip: Grip, event: &ev::PointerEvent) {
        let (Some(editing), Some(board)) = (self.editing, self.board_area()) else {
            return;
        };
        let layout = self.layout.get_untracked();
        let Some(start_rect) = layout.rect(tile) else {
            return;
        };
        if event.button() != 0 || !event.is_primary() || self.held.with_untracked(Option::is_some) {
            return;
        }
        editing.selected.set(Some(tile));
        let at = point(event);
        self.pointer_at.set_value(at);
        let least = editing.kind_of.run(tile).least_size();
        self.held.set(Some(Held {
            gesture: Gesture { tile, grip, start: layout, start_rect, least },
            pointer: event.pointer_id(),
            taken_at: Point { x: at.x - board.x, y: at.y - board.y },
            pressed_at: at,
            target: start_rect,
            is_drag: false,
        }));
    }

    /// The pointer moved.
    pub(super) fn follow(self, event: &ev::PointerEvent) {
        let at = point(event);
        let began = self.held.try_update_untracked(|held| {
            let held = held.as_mut().filter(|held| held.pointer == event.pointer_id())?;
            let far = (at.x - held.pressed_at.x).hypot(at.y - held.pressed_at.y) >= THRESHOLD_PX;
            let begins = far && !held.is_drag;
            held.is_drag |= far;
            Some(begins)
        });
        self.pointer_at.set_value(at);
        if began.flatten() == Some(true) {
            // Only now: a captured press would no longer be a click on the tile. A browser that refuses sends the
            // moves while the pointer is over the board, which is enough to go on.
            let _ = self.board.get_untracked().map(|board| board.set_pointer_capture(event.pointer_id()));
            self.held.notify();
            self.say_held();
            self.every_frame();
        }
    }

    /// The pointer let go: the tile asks for the place that was shown, on the board as it is by now.
    pub(super) fn drop(self, event: &ev::PointerEvent) {
        let is_held = |held: &Held| held.pointer == event.pointer_id();
        if self.held.with_untracked(|held| held.as_ref().is_some_and(|held| is_held(held) && held.is_drag)) {
            self.pointer_at.set_value(point(event));
            self.update();
        }
        let Some(held) = self.held.get_untracked().filter(is_held) else {
            return;
        };
        let (tile, target) = (held.gesture.tile, held.target);
        let after = self.layout.with_untracked(|now| held.gesture.dropped(target, now)).filter(|_| held.is_drag);
        if let (Some(desk), Some(editing)) = (after, self.editing) {
            if let Some(rect) = desk.rect(tile) {
                self.say(words::stands_at(rect, self.locale.get_untracked()));
            }
            editing.on_move.run(GridMove { tile, target });
        }
        self.release(&held);
    }

    /// Escape, or the browser took the pointer away: everything is as it was.
    pub(super) fn cancel(self) {
        if let Some(held) = self.held.get_untracked() {
            if held.is_drag {
                self.say(words::CANCELLED.in_locale(self.locale.get_untracked()).to_owned());
            }
            self.release(&held);
        }
    }

    fn release(self, held: &Held) {
        self.held.set(None);
        self.preview.set(None);
        if let Some(style) = tile_style(held.gesture.tile) {
            let _ = style.remove_property("transform");
        }
    }

    /// While something is held or carried: scrolls at the edges and shows the place, once for each frame drawn.
    pub(super) fn every_frame(self) {
        let is_held = self.held.try_with_untracked(|held| held.as_ref().is_some_and(|held| held.is_drag)) == Some(true);
        let carried = self.space.and_then(|space| space.carried.try_get_untracked().flatten());
        if let Some(carried) = carried {
            self.pointer_at.set_value(Point { x: carried.x, y: carried.y });
        }
        if is_held || carried.is_some() {
            self.scroll_at_edges();
            self.update();
            request_animation_frame(move || self.every_frame());
        }
    }

    fn scroll_at_edges(self) {
        let (Some(board), Some(at)) = (self.board.get_untracked(), self.pointer_at.try_get_value()) else {
            return;
        };
        let Some(area) = ScrollArea::around(&board) else {
            return;
        };
        let (top, bottom) = area.edges_px();
        let depth = |inside_px: f64| (1.0 - inside_px / EDGE_PX).clamp(0.0, 1.0);
        let speed = depth(bottom - at.y) - depth(at.y - top);
        if speed.abs() > 0.0 {
            area.scroll_by(speed * FASTEST_PX);
        }
    }

    /// Works out where everything would stand now.
    fn update(self) {
        let (Some(board), Some(at)) = (self.board_area(), self.pointer_at.try_get_value()) else {
            return;
        };
        let geometry = Geometry { width_px: board.w };
        let inside = Point { x: at.x - board.x, y: at.y - board.y };
        if let Some(held) = self.held.get_untracked() {
            let (dx, dy) = (inside.x - held.taken_at.x, inside.y - held.taken_at.y);
            let (columns, rows) = geometry.units_from_px(dx, dy);
            let target = held.gesture.target(columns, rows);
            let desk = held.gesture.layout(target);
            self.held.try_update_untracked(|held| {
                if let Some(held) = held {
                    held.target = target;
                }
            });
            if held.gesture.grip == Grip::Whole {
                float(&held.gesture, &desk, geometry, dx, dy);
            }
            self.show(Some(desk));
        } else if let Some(space) = self.space {
            let target = space
                .carried
                .get_untracked()
                .filter(|_| reaches(board, at))
                .map(|carried| geometry.around(inside, carried.kind.usual_size()));
            let desk = target.map(|target| self.layout.get_untracked().place(NEW_TILE, target));
            let landed = desk.as_ref().and_then(|desk| desk.rect(NEW_TILE));
            if space.target.get_untracked() != landed {
                space.target.set(landed);
            }
            self.show(desk);
        }
    }

    fn show(self, desk: Option<DeskLayout>) {
        if self.preview.with_untracked(|preview| *preview != desk) {
            self.preview.set(desk);
        }
    }

    /// A new component comes over from the palette, or is gone again.
    pub(super) fn watch_palette(self) {
        let Some(space) = self.space else { return };
        let is_carried = Memo::new(move |_| space.carried.with(Option::is_some));
        Effect::new(move |_| {
            if is_carried.get() {
                self.every_frame();
            } else if self.held.with_untracked(Option::is_none) {
                self.preview.set(None);
            }
        });
        // Also between two frames: a quick drop must find its place.
        Effect::new(move |_| {
            if let Some(carried) = space.carried.get() {
                self.pointer_at.set_value(Point { x: carried.x, y: carried.y });
                self.update();
            }
        });
    }

    fn say_held(self) {
        let tile = self.held.with_untracked(|held| held.as_ref().map(|held| held.gesture.tile));
        if let (Some(tile), Some(editing)) = (tile, self.editing) {
            self.say(words::held(&editing.label_of.run(tile), self.locale.get_untracked()));
        }
    }

    pub(super) fn say(self, text: String) {
        self.said.set(text);
    }
}

fn point(event: &ev::PointerEvent) -> Point {
    Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) }
}

/// Whether a drop there is meant for the board: over it, or just under its last row.
fn reaches(board: Area, at: Point) -> bool {
    (board.x..board.right()).contains(&at.x) && at.y >= board.y
}
