//! Selecting by a frame that is pulled up over the empty wall.

use super::stage::WallStage;
use crate::{
    arranging::{Selection, adds_to_selection},
    browser::{DRAG_THRESHOLD_PX, client_point},
    chart::Point,
};
use leptos::{ev, prelude::*};
use model::layout::Bounds;

/// The frame, in pixels of the wall.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WallMarquee {
    pointer: i32,
    from: Point,
    to: Point,
    /// What was selected before, and stays so: with a key held down.
    kept: Selection,
}

impl WallMarquee {
    pub(super) fn bounds(&self) -> Bounds {
        let px = |value: f64| value.round() as i32;
        Bounds {
            x: px(self.from.x.min(self.to.x)),
            y: px(self.from.y.min(self.to.y)),
            w: px((self.from.x - self.to.x).abs()),
            h: px((self.from.y - self.to.y).abs()),
        }
    }
}

impl WallStage {
    /// The pointer presses on the empty wall.
    pub(super) fn take_marquee(self, event: &ev::PointerEvent) {
        let is_empty = event.target() == event.current_target();
        if event.button() != 0 || !event.is_primary() || event.pointer_type() == "touch" || !is_empty {
            return;
        }
        let Some(from) = self.on_wall(client_point(event)) else { return };
        let selected = self.editing.tiles.selected;
        let kept = if adds_to_selection(event) { selected.get_untracked() } else { Selection::none() };
        // A browser that refuses sends the moves while the pointer is over the wall, which is enough.
        let _ = self.canvas.get_untracked().map(|canvas| canvas.set_pointer_capture(event.pointer_id()));
        selected.set(kept.clone());
        self.marquee.set(Some(WallMarquee { pointer: event.pointer_id(), from, to: from, kept }));
    }

    /// The frame grows to where the pointer is, and what it touches is selected.
    pub(super) fn follow_marquee(self, event: &ev::PointerEvent) {
        let Some(mut marquee) = self.marquee.get_untracked().filter(|held| held.pointer == event.pointer_id()) else {
            return;
        };
        let Some(to) = self.on_wall(client_point(event)) else { return };
        marquee.to = to;
        let bounds = marquee.bounds();
        let reach = (DRAG_THRESHOLD_PX / self.scale.get_untracked()) as i32;
        if bounds.w.max(bounds.h) >= reach {
            let touched: Vec<_> = self.layout.with_untracked(|wall| {
                let shown = wall.frames().iter().filter(|frame| !frame.hidden);
                shown.filter(|frame| bounds.overlaps(frame.rect.into())).map(|frame| frame.tile).collect()
            });
            let selection = marquee.kept.joined(touched);
            let selected = self.editing.tiles.selected;
            if selected.with_untracked(|selected| *selected != selection) {
                selected.set(selection);
            }
        }
        self.marquee.set(Some(marquee));
    }

    pub(super) fn drop_marquee(self, event: &ev::PointerEvent) {
        if self.marquee.with_untracked(|held| held.as_ref().is_some_and(|held| held.pointer == event.pointer_id())) {
            self.marquee.set(None);
        }
    }
}
