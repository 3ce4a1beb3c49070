//! The pointer followed: what is held or carried over, frame by frame, until it is let go.

use super::{
    geometry::Geometry,
    motion::{float, settle},
    stage::{Held, NEW_TILE, Stage},
};
use crate::{
    arranging::{Arrangement as _, Grip},
    browser::{DRAG_THRESHOLD_PX, ScrollArea, client_point},
    chart::{Area, Point},
    palette::Spot,
    words,
};
use leptos::{ev, prelude::*};
use model::{board::TileId, layout::DeskLayout};

impl Stage {
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
            self.follow_frames();
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
        if let Some(container) = self.arranging.receiver.get_untracked() {
            let moving = held.gesture.moving.iter().map(|placed| placed.tile).collect();
            self.release(&held);
            self.enter(container, moving);
            return;
        }
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

    pub(super) fn release(self, held: &Held) {
        self.held.set(None);
        self.show_nothing();
        self.receive(None);
        settle(&held.gesture);
        // By then those that glide have asked where from.
        request_animation_frame(move || {
            self.floats.try_set_value(Vec::new());
        });
    }

    /// From now on, for as long as something is held or carried: scrolls at the edges and shows the place, once for each
    /// frame drawn.
    pub(super) fn follow_frames(self) {
        self.worked_out_at.set_value(None);
        self.shown_for.set_value(None);
        self.every_frame(self.board.get_untracked().and_then(|board| ScrollArea::around(&board)));
    }

    fn every_frame(self, around: Option<ScrollArea>) {
        let is_held = self.held.try_with_untracked(|held| held.as_ref().is_some_and(|held| held.is_drag)) == Some(true);
        let carried = self.space.and_then(|space| space.carried.try_get_untracked().flatten());
        if let Some(carried) = carried {
            self.pointer_at.set_value(Point { x: carried.x, y: carried.y });
        }
        let is_framing = self.marquee.try_with_untracked(Option::is_some) == Some(true);
        if is_held || carried.is_some() || is_framing {
            if let (Some(around), Some(at)) = (&around, self.pointer_at.try_get_value()) {
                around.scroll_at_edges(at);
            }
            // A hand that rests costs nothing.
            let (now, before) = (self.corner_and_pointer(), self.worked_out_at.try_get_value().flatten());
            if now != before {
                self.worked_out_at.try_set_value(now);
                self.update();
                self.update_marquee();
            }
            self.make_room();
            if now.map(|(corner, _)| corner) != before.map(|(corner, _)| corner) {
                self.glide_those_in_sight();
            }
            request_animation_frame(move || self.every_frame(around));
        }
    }

    /// Where the grid's corner is on the screen, and the pointer from there.
    fn corner_and_pointer(self) -> Option<(Point, Point)> {
        let (board, at) = (self.board_area()?, self.pointer_at.try_get_value()?);
        Some((Point { x: board.x, y: board.y }, Point { x: at.x - board.x, y: at.y - board.y }))
    }

    /// Works out where everything would stand now.
    pub(super) fn update(self) {
        let (Some(board), Some(at)) = (self.board_area(), self.pointer_at.try_get_value()) else {
            return;
        };
        let geometry = Geometry { width_px: board.w };
        let inside = Point { x: at.x - board.x, y: at.y - board.y };
        if let Some(held) = self.held.get_untracked() {
            let (dx, dy) = (inside.x - held.taken_at.x, inside.y - held.taken_at.y);
            let (columns, rows) = geometry.units_from_px(dx, dy);
            let targets = held.gesture.targets(columns, rows);
            let moving: Vec<TileId> = held.gesture.moving.iter().map(|placed| placed.tile).collect();
            let is_whole = held.gesture.grip == Grip::Whole;
            let receiver = is_whole.then(|| self.tiles().receiver(&moving, self.areas(geometry), inside)).flatten();
            self.receive(receiver);
            let asked = (receiver, targets.clone());
            if self.shown_for.with_value(|shown_for| shown_for.as_ref() != Some(&asked)) {
                self.shown_for.set_value(Some(asked));
                let desk = match receiver {
                    Some(_) => held.gesture.start.remove(&moving),
                    None => held.gesture.layout(&targets),
                };
                self.show(Some(desk), !is_whole);
            }
            self.held.try_update_untracked(|held| {
                if let Some(held) = held {
                    held.targets = targets;
                }
            });
            if is_whole {
                self.floats
                    .set_value(self.layout.with_untracked(|layout| float(&held.gesture, layout, geometry, dx, dy)));
            }
        } else if let Some(space) = self.space {
            let kind = space.carried.get_untracked().filter(|_| reaches(board, at)).map(|carried| carried.kind);
            let enters = kind.is_some_and(|kind| !kind.is_container());
            let receiver = enters.then(|| self.tiles().receiver(&[], self.areas(geometry), inside)).flatten();
            self.receive(receiver);
            if let Some(container) = receiver {
                space.aim(Some(Spot::Inside(container)));
                self.show(None, false);
                return;
            }
            let target = kind.map(|kind| geometry.around(inside, kind.usual_size()));
            let desk = target.map(|target| self.layout.get_untracked().place(NEW_TILE, target));
            let landed = desk.as_ref().and_then(|desk| desk.rect(NEW_TILE));
            space.aim(landed.map(Spot::At));
            self.show(desk, false);
        }
    }

    /// Where the tiles stand in the page.
    fn areas(self, geometry: Geometry) -> Vec<(TileId, Area)> {
        self.layout.with_untracked(|layout| {
            layout.placed().iter().map(|placed| (placed.tile, geometry.px_from_grid(placed.rect))).collect()
        })
    }

    /// A new component comes over from the palette, or is gone again.
    pub(super) fn watch_palette(self) {
        let Some(space) = self.space else { return };
        let is_carried = Memo::new(move |_| space.carried.with(Option::is_some));
        Effect::new(move |_| {
            if is_carried.get() {
                self.follow_frames();
            } else if self.held.with_untracked(Option::is_none) {
                self.show_nothing();
                self.receive(None);
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

/// Whether a drop there is meant for the board: over it, or just under its last row.
fn reaches(board: Area, at: Point) -> bool {
    (board.x..board.right()).contains(&at.x) && at.y >= board.y
}
