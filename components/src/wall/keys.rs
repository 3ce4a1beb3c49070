//! The keyboard way through the same edits.

use super::{gesture::nudged, stage::WallStage};
use crate::{
    arranging::{Arrangement as _, Arrow, Edges, Grip, focus_soon},
    words,
};
use leptos::{ev, prelude::*};
use model::board::TileId;

/// How far an arrow goes, and how far with Alt held down, in pixels of the wall.
const STEP_PX: i32 = 10;
const SMALL_STEP_PX: i32 = 1;

impl WallStage {
    /// An arrow moves a frame and what is selected with it; with Shift it resizes it.
    pub(super) fn step(self, tile: TileId, arrow: Arrow, event: &ev::KeyboardEvent) {
        let along = self.editing.tiles.moved_with(tile);
        let step = if event.alt_key() { SMALL_STEP_PX } else { STEP_PX };
        let (columns, rows) = arrow.units();
        let grip = if event.shift_key() { Grip::Edges(Edges::BottomRight) } else { Grip::Whole };
        let frames = self.layout.with_untracked(|wall| nudged(wall, &along, grip, columns * step, rows * step));
        if frames.is_empty() {
            self.say(words::NOWHERE_TO_GO.in_locale(self.locale().get_untracked()).to_owned());
        } else {
            self.editing.tiles.select_unless_selected(tile);
            self.place(frames);
            focus_soon(tile);
        }
    }
}
