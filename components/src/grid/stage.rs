//! What the parts of a grid share: what is held, and how everything would stand if it were let go.

use super::{
    GridEditing,
    geometry::Geometry,
    gesture::Gesture,
    marquee::Marquee,
    motion::{Glide, glide, in_sight},
};
use crate::{
    arranging::{Arrangement, Arranging, Arrow, Edges, Grip},
    browser::{ScrollArea, client_point, now_ms},
    chart::{Area, Point},
    palette::DragSpace,
    words,
};
use leptos::{ev, html, prelude::*};
use model::{
    board::TileId,
    formatting::Locale,
    layout::{DeskLayout, GridRect, Placed},
};

/// A new tile that has no id yet stands in the preview under this one.
pub(super) const NEW_TILE: TileId = TileId::from_u128(0);

/// So long a hand rests over one place before the others make room: what it passes over stays where it is.
const MAKES_ROOM_AFTER_MS: f64 = 180.0;

/// A tile that is held by the pointer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    pub(super) gesture: Gesture,
    pub(super) pointer: i32,
    /// Where it was taken, from the grid's corner, so that scrolling counts as moving.
    pub(super) taken_at: Point,
    /// Where the pointer was on the screen then: what the threshold is counted from.
    pub(super) pressed_at: Point,
    /// The places it and its companions ask for now.
    pub(super) targets: Vec<Placed>,
    pub(super) is_drag: bool,
}

/// What the parts of a grid share. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    pub(super) board: NodeRef<html::Div>,
    pub(super) layout: Signal<DeskLayout>,
    pub(super) arranging: Arranging,
    pub(super) editing: GridEditing,
    pub(super) held: RwSignal<Option<Held>>,
    /// A frame that is pulled up over the empty board, to select what it touches.
    pub(super) marquee: RwSignal<Option<Marquee>>,
    /// How everything would stand if the pointer let go, once the others have made room.
    pub(super) preview: RwSignal<Option<DeskLayout>>,
    /// What `preview` becomes if the hand rests, and since when that is known.
    coming: StoredValue<Option<(Option<DeskLayout>, f64)>>,
    /// Where what is in the hand would come to stand if the pointer let go now.
    pub(super) landing: RwSignal<Vec<GridRect>>,
    pub(super) pointer_at: StoredValue<Point>,
    /// Where the grid's corner was on the screen, and the pointer from there, when everything was worked out last.
    pub(super) worked_out_at: StoredValue<Option<(Point, Point)>>,
    /// The places that what is shown was worked out for, and the container that would take the tiles in.
    pub(super) shown_for: StoredValue<Option<(Option<TileId>, Vec<Placed>)>>,
    /// Where the tiles in the hand are seen, in px from the grid's corner.
    pub(super) floats: StoredValue<Vec<(TileId, Point)>>,
    /// Tiles that were put elsewhere and do not glide there yet.
    gliding: StoredValue<Vec<Glide>>,
    /// Tiles that nobody sees; they go there when they come into sight.
    waiting: StoredValue<Vec<Glide>>,
    pub(super) space: Option<DragSpace>,
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
            coming: StoredValue::new(None),
            landing: RwSignal::new(Vec::new()),
            pointer_at: StoredValue::new(Point { x: 0.0, y: 0.0 }),
            worked_out_at: StoredValue::new(None),
            shown_for: StoredValue::new(None),
            floats: StoredValue::new(Vec::new()),
            gliding: StoredValue::new(Vec::new()),
            waiting: StoredValue::new(Vec::new()),
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

    /// Whether a tile's edges are pulled: it alone changes its size, and so its place in the page, before it is let go.
    pub(super) fn is_pulled(self, tile: TileId) -> bool {
        self.is_dragged(tile)
            && self.held.with(|held| held.as_ref().is_some_and(|held| held.gesture.grip != Grip::Whole))
    }

    /// Where a tile that is let go was seen in the hand, told once.
    pub(super) fn floated(self, tile: TileId) -> Option<Point> {
        let taken = self.floats.try_update_value(|floats| {
            let index = floats.iter().position(|(floating, _)| *floating == tile)?;
            Some(floats.swap_remove(index).1)
        });
        taken.flatten()
    }

    /// Lets a tile glide to where it stands now, with all others that are put elsewhere before the browser draws again.
    pub(super) fn glide(self, one: Glide) {
        let is_first = self.gliding.try_update_value(|gliding| {
            gliding.push(one);
            gliding.len() == 1
        });
        if is_first == Some(true) {
            queue_microtask(move || self.glide_all());
        }
    }

    /// Tiles that have come into sight go where they are to be seen.
    pub(super) fn glide_those_in_sight(self) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        if !waiting.is_empty() {
            self.gliding.try_update_value(|gliding| gliding.extend(waiting));
            self.glide_all();
        }
    }

    fn glide_all(self) {
        let gliding = self.gliding.try_update_value(std::mem::take).unwrap_or_default();
        let Some(board) = self.board.try_get_untracked().flatten() else { return };
        let around = ScrollArea::around(&board).map(|around| around.edges_px());
        let geometry = Geometry { width_px: board.get_bounding_client_rect().width() };
        let in_sight = around.map(|around| in_sight(&board, around));
        let may_wait = |glide: &Glide| in_sight.is_some_and(|in_sight| glide.may_wait(geometry, in_sight));
        let (wait, go): (Vec<Glide>, Vec<Glide>) = gliding.iter().copied().partition(may_wait);
        self.waiting.try_update_value(|waiting| {
            waiting.retain(|old| gliding.iter().all(|new| new.tile != old.tile));
            waiting.extend(wait);
        });
        if !go.is_empty() {
            glide(&go, &board, geometry);
        }
    }

    /// Shows where what is in the hand would come to stand, and how everything would then: at once, or when the hand has
    /// rested there for a moment.
    pub(super) fn show(self, desk: Option<DeskLayout>, at_once: bool) {
        let dragged = self.dragged();
        let landing: Vec<GridRect> = desk.as_ref().map_or_else(Vec::new, |desk| {
            let tiles = if dragged.is_empty() { vec![NEW_TILE] } else { dragged };
            tiles.into_iter().filter_map(|tile| desk.rect(tile)).collect()
        });
        if self.landing.with_untracked(|before| *before != landing) {
            self.landing.set(landing);
        }
        let is_coming = |coming: &Option<(Option<DeskLayout>, f64)>| coming.as_ref().is_some_and(|(to, _)| *to == desk);
        if self.preview.with_untracked(|preview| *preview == desk) {
            self.coming.set_value(None);
        } else if at_once {
            self.coming.set_value(None);
            self.preview.set(desk);
        } else if !self.coming.with_value(is_coming) {
            self.coming.set_value(Some((desk, now_ms())));
        }
    }

    /// The others make room where the hand has rested long enough.
    pub(super) fn make_room(self) {
        let has_rested = |(_, since): &(Option<DeskLayout>, f64)| now_ms() - since >= MAKES_ROOM_AFTER_MS;
        let is_due = self.coming.try_with_value(|coming| coming.as_ref().is_some_and(has_rested));
        if is_due == Some(true)
            && let Some((desk, _)) = self.coming.try_update_value(Option::take).flatten()
        {
            self.preview.set(desk);
        }
    }

    /// Nothing is in the hand any more.
    pub(super) fn show_nothing(self) {
        self.coming.set_value(None);
        self.landing.set(Vec::new());
        self.preview.set(None);
    }

    pub(super) fn board_area(self) -> Option<Area> {
        let rect = self.board.get_untracked()?.get_bounding_client_rect();
        Some(Area { x: rect.left(), y: rect.top(), w: rect.width(), h: rect.height() })
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
