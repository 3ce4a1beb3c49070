//! The keyboard way through the same edits.

use super::{gesture::nudged, stage::WallStage};
use crate::{
    grid::{Arrow, Edges, Grip, Selection},
    words,
};
use leptos::{ev, prelude::*};
use model::board::TileId;

/// How far an arrow goes, and how far with Alt held down, in pixels of the wall.
const STEP_PX: i32 = 10;
const SMALL_STEP_PX: i32 = 1;

impl WallStage {
    /// A key pressed on a frame. What it does, it does to all that are selected with it.
    pub(super) fn press(self, tile: TileId, event: &ev::KeyboardEvent) {
        let editing = self.editing;
        let locale = self.locale.get_untracked();
        let handled = match (Arrow::from_key(&event.key()), event.key().as_str()) {
            (Some(arrow), _) => {
                self.press_arrow(tile, arrow, event.shift_key(), event.alt_key());
                true
            }
            (None, "Delete" | "Backspace") => {
                let removed = editing.moved_with(tile);
                if removed.is_empty() {
                    self.say(words::IS_LOCKED.in_locale(locale).to_owned());
                } else {
                    self.say(words::removed(&editing.label_of.run(tile), locale));
                    editing.on_remove.run(removed);
                }
                true
            }
            (None, "Enter") => {
                editing.select(tile);
                editing.on_open.run(tile);
                true
            }
            (None, " ") => {
                editing.toggle(tile);
                let count = editing.selected.with_untracked(|selected| selected.tiles().len());
                self.say(words::selected_count(count, locale));
                true
            }
            (None, "Escape") => {
                if untrack(|| self.is_dragging()) {
                    self.cancel();
                } else {
                    editing.selected.set(Selection::none());
                }
                true
            }
            (None, _) => false,
        };
        if handled {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn press_arrow(self, tile: TileId, arrow: Arrow, resizes: bool, is_small: bool) {
        let along = self.editing.moved_with(tile);
        let locale = self.locale.get_untracked();
        if self.editing.is_locked.run(tile) {
            self.say(words::IS_LOCKED.in_locale(locale).to_owned());
            return;
        }
        let step = if is_small { SMALL_STEP_PX } else { STEP_PX };
        let (columns, rows) = arrow.units();
        let grip = if resizes { Grip::Edges(Edges::BottomRight) } else { Grip::Whole };
        let frames = self.layout.with_untracked(|wall| nudged(wall, &along, grip, columns * step, rows * step));
        if frames.is_empty() {
            self.say(words::NOWHERE_TO_GO.in_locale(locale).to_owned());
        } else {
            self.place(frames);
        }
    }
}
