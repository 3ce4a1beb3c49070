//! The gestures of a grid in the browser: what is held, where it would stand, and what is said about it.

use super::{
    GridEditing,
    geometry::Geometry,
    gesture::Gesture,
    marquee::Marquee,
    motion::{Glide, float, glide, tile_style},
};
use crate::{
    arranging::{Arrangement, Arranging, Arrow, Edges, Grip},
    browser::{DRAG_THRESHOLD_PX, ScrollArea, client_point},
    chart::{Area, Point},
    palette::{DragSpace, Spot},
    words,
};
use leptos::{ev, html, prelude::*};
use model::{
    board::TileId,
    formatting::Locale,
    layout::{DeskLayout, Placed},
};

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
    /// The places it and its companions ask for now.
    targets: Vec<Placed>,
    pub(super) is_drag: bool,
}

/// What the parts of a grid share. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    pub(super) board: NodeRef<html::Div>,
    pub(super) layout: Signal<DeskLayout>,
    arranging: Arranging,
    pub(super) editing: GridEditing,
    pub(super) held: RwSignal<Option<Held>>,
    /// A frame that is pulled up over the empty board, to select what it touches.
    pub(super) marquee: RwSignal<Option<Marquee>>,
    /// How everything would stand if the pointer let go now.
    pub(super) preview: RwSignal<Option<DeskLayout>>,
    pub(super) pointer_at: StoredValue<Point>,
    /// Tiles that were put elsewhere and do not glide there yet.
    gliding: StoredValue<Vec<Glide>>,
    space: Option<DragSpace>,
}

impl Stage {
    pub(super) fn new(layout: Signal<DeskLayout>, locale: Signal<Locale>, editing: GridEditing) -> Self {
        Self {
            board: NodeRef::new(),
            layout,
            arranging: Arranging::new(editing.tiles, locale),
            editing,
            held: RwSignal::new(None),
            marquee: RwSignal::new(None),
            preview: RwSignal::new(None),
            pointer_at: StoredValue::new(Point { x: 0.0, y: 0.0 }),
            gliding: StoredValue::new(Vec::new()),
            space: use_context::<DragSpace>(),
        }
    }

    /// The tiles that are dragged or resized, once the press has become a drag.
    pub(super) fn dragged(self) -> Vec<TileId> {
        self.held.with(|held| {
            let moving = held.as_ref().filter(|held| held.is_drag).map(|held| held.gesture.moving.as_slice());
            moving.unwrap_or_default().iter().map(|placed| placed.tile).collect()
        })
    }

    pub(super) fn is_dragged(self, tile: TileId) -> bool {
        self.held.with(|held| {
            held.as_ref()
                .is_some_and(|held| held.is_drag && held.gesture.moving.iter().any(|placed| placed.tile == tile))
        })
    }

    /// Lets a tile glide to where it stands now, with all others that are put elsewhere before the browser draws again.
    pub(super) fn glide(self, one: Glide) {
        let is_first = self.gliding.try_update_value(|gliding| {
            gliding.push(one);
            gliding.len() == 1
        });
        if is_first == Some(true) {
            queue_microtask(move || {
                let gliding = self.gliding.try_update_value(std::mem::take).unwrap_or_default();
                if let Some(board) = self.board.try_get_untracked().flatten() {
                    glide(&gliding, &board);
                }
            });
        }
    }

    pub(super) fn board_area(self) -> Option<Area> {
        let rect = self.board.get_untracked()?.get_bounding_client_rect();
        Some(Area { x: rect.left(), y: rect.top(), w: rect.width(), h: rect.height() })
    }

    /// The pointer moved.
    pub(super) fn follow(self, event: &ev::PointerEvent) {
        let at = client_point(event);
        let began = self.held.try_update_untracked(|held| {
            let held = held.as_mut().filter(|held| held.pointer == event.pointer_id())?;
            let far = (at.x - held.pressed_at.x).hypot(at.y - held.pressed_at.y) >= DRAG_THRESHOLD_PX;
            let begins = far && !held.is_drag;
            held.is_drag |= far;
            Some(begins)
        });
        self.pointer_at.set_value(at);
        self.follow_marquee(event);
        if began.flatten() == Some(true) {
            // Only now: a captured press would no longer be a click on the tile. A browser that refuses sends the
            // moves while the pointer is over the board, which is enough to go on.
            let _ = self.board.get_untracked().map(|board| board.set_pointer_capture(event.pointer_id()));
            self.held.notify();
            self.say_held();
            self.every_frame();
        }
    }

    /// The pointer let go: the tiles ask for the places that were shown, on the board as it is by now.
    pub(super) fn drop(self, event: &ev::PointerEvent) {
        self.drop_marquee(event);
        let is_held = |held: &Held| held.pointer == event.pointer_id();
        if self.held.with_untracked(|held| held.as_ref().is_some_and(|held| is_held(held) && held.is_drag)) {
            self.pointer_at.set_value(client_point(event));
            self.update();
        }
        let Some(held) = self.held.get_untracked().filter(is_held) else {
            return;
        };
        let dropped = |now: &DeskLayout| held.gesture.dropped(held.targets.clone(), now);
        let targets = if held.is_drag { self.layout.with_untracked(dropped) } else { Vec::new() };
        if !targets.is_empty() {
            let stands = self.layout.with_untracked(|now| now.place_all(&targets).rect(held.gesture.tile));
            if let Some(rect) = stands {
                self.say(words::stands_at(rect, self.locale().get_untracked()));
            }
            self.editing.on_place.run(targets);
        }
        self.release(&held);
    }

    fn release(self, held: &Held) {
        self.held.set(None);
        self.preview.set(None);
        for placed in &held.gesture.moving {
            if let Some(style) = tile_style(placed.tile) {
                let _ = style.remove_property("transform");
            }
        }
    }

    /// While something is held or carried: scrolls at the edges and shows the place, once for each frame drawn.
    pub(super) fn every_frame(self) {
        let is_held = self.held.try_with_untracked(|held| held.as_ref().is_some_and(|held| held.is_drag)) == Some(true);
        let carried = self.space.and_then(|space| space.carried.try_get_untracked().flatten());
        if let Some(carried) = carried {
            self.pointer_at.set_value(Point { x: carried.x, y: carried.y });
        }
        let is_framing = self.marquee.try_with_untracked(Option::is_some) == Some(true);
        if is_held || carried.is_some() || is_framing {
            self.scroll_at_edges();
            self.update();
            self.update_marquee();
            request_animation_frame(move || self.every_frame());
        }
    }

    fn scroll_at_edges(self) {
        if let (Some(board), Some(at)) = (self.board.get_untracked(), self.pointer_at.try_get_value())
            && let Some(area) = ScrollArea::around(&board)
        {
            area.scroll_at_edges(at);
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
            let targets = held.gesture.targets(columns, rows);
            let desk = held.gesture.layout(&targets);
            self.held.try_update_untracked(|held| {
                if let Some(held) = held {
                    held.targets = targets;
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
            space.aim(landed.map(Spot::At));
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
        if let Some(tile) = tile {
            self.say(words::held(&self.editing.tiles.label_of.run(tile), self.locale().get_untracked()));
        }
    }
}

impl Arrangement for Stage {
    const BLOCK: &'static str = "board";
    const KEYS_ID: &'static str = "board-keys";
    const EDGES: &'static [Edges] = &Edges::ALL;
    const MOVES_ON_TOUCH: bool = false;

    fn arranging(self) -> Arranging {
        self.arranging
    }

    fn order(self) -> Vec<TileId> {
        self.layout.with_untracked(|layout| layout.placed().iter().map(|placed| placed.tile).collect())
    }

    fn is_dragging(self) -> bool {
        self.held.with(|held| held.as_ref().is_some_and(|held| held.is_drag))
    }

    fn take(self, tile: TileId, grip: Grip, event: &ev::PointerEvent) {
        let (editing, Some(board)) = (self.editing, self.board_area()) else { return };
        if self.held.with_untracked(Option::is_some) {
            return;
        }
        let (least, along) = (editing.kind_of.run(tile).least_size(), editing.tiles.moved_with(tile));
        let Some(gesture) = Gesture::new(self.layout.get_untracked(), tile, grip, &along, least) else { return };
        let at = client_point(event);
        self.pointer_at.set_value(at);
        self.held.set(Some(Held {
            targets: gesture.moving.clone(),
            gesture,
            pointer: event.pointer_id(),
            taken_at: Point { x: at.x - board.x, y: at.y - board.y },
            pressed_at: at,
            is_drag: false,
        }));
    }

    fn cancel(self) {
        self.marquee.set(None);
        if let Some(held) = self.held.get_untracked() {
            if held.is_drag {
                self.say(words::CANCELLED.in_locale(self.locale().get_untracked()).to_owned());
            }
            self.release(&held);
        }
    }

    fn press_arrow(self, tile: TileId, arrow: Arrow, event: &ev::KeyboardEvent) {
        self.step(tile, arrow, event.shift_key());
    }
}

/// Whether a drop there is meant for the board: over it, or just under its last row.
fn reaches(board: Area, at: Point) -> bool {
    (board.x..board.right()).contains(&at.x) && at.y >= board.y
}
