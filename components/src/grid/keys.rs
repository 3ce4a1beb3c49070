//! The keyboard way through the same edits.

use super::{
    GridMove,
    gesture::{Arrow, moved, resized},
    motion::focus_soon,
    stage::Stage,
};
use crate::words;
use leptos::{ev, prelude::*};
use model::{
    board::TileId,
    layout::{DeskLayout, GridRect},
};

impl Stage {
    /// A key pressed on a tile.
    pub(super) fn press(self, tile: TileId, event: &ev::KeyboardEvent) {
        let Some(editing) = self.editing else { return };
        let layout = self.layout.get_untracked();
        let arrow = Arrow::from_key(&event.key());
        let handled = match (arrow, event.key().as_str()) {
            (Some(arrow), _) => {
                let target = if event.shift_key() {
                    resized(&layout, tile, arrow, editing.kind_of.run(tile).least_size())
                } else {
                    moved(&layout, tile, arrow)
                };
                self.commit(tile, &layout, target);
                true
            }
            (None, "Delete" | "Backspace") => {
                let label = editing.label_of.run(tile);
                self.say(words::removed(&label, self.locale.get_untracked()));
                let next = neighbour(&layout, tile);
                editing.on_remove.run(tile);
                // The focus goes on to where the removed tile stood, not back to the top of the page.
                if let Some(next) = next {
                    focus_soon(next);
                }
                true
            }
            (None, "Enter") => {
                editing.selected.set(Some(tile));
                editing.on_open.run(tile);
                true
            }
            (None, "Escape") if self.dragged().is_some() => {
                self.cancel();
                true
            }
            (None, "Escape") => {
                editing.selected.set(None);
                true
            }
            (None, _) => false,
        };
        if handled {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn commit(self, tile: TileId, layout: &DeskLayout, target: Option<GridRect>) {
        let (Some(editing), locale) = (self.editing, self.locale.get_untracked()) else {
            return;
        };
        match target {
            Some(target) => {
                if let Some(rect) = layout.place(tile, target).rect(tile) {
                    self.say(words::stands_at(rect, locale));
                }
                editing.selected.set(Some(tile));
                editing.on_move.run(GridMove { tile, target });
                // Tiles that change their order on the page lose the focus.
                focus_soon(tile);
            }
            None => self.say(words::NOWHERE_TO_GO.in_locale(locale).to_owned()),
        }
    }
}

/// The tile after that one in reading order, or before it where it is the last.
fn neighbour(layout: &DeskLayout, tile: TileId) -> Option<TileId> {
    let placed = layout.placed();
    let index = placed.iter().position(|placed| placed.tile == tile)?;
    let beside = placed.get(index + 1).or_else(|| placed.get(index.checked_sub(1)?));
    beside.map(|placed| placed.tile)
}
