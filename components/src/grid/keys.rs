//! The keyboard way through the same edits.

use super::{
    Selection,
    gesture::{Arrow, moved, resized},
    motion::focus_soon,
    stage::Stage,
};
use crate::words;
use leptos::{ev, prelude::*};
use model::{
    board::TileId,
    layout::{DeskLayout, Placed},
};

impl Stage {
    /// A key pressed on a tile. What it does, it does to all that are selected with it.
    pub(super) fn press(self, tile: TileId, event: &ev::KeyboardEvent) {
        let Some(editing) = self.editing else { return };
        let arrow = Arrow::from_key(&event.key());
        let handled = match (arrow, event.key().as_str()) {
            (Some(arrow), _) => {
                self.press_arrow(tile, arrow, event.shift_key());
                true
            }
            (None, "Delete" | "Backspace") => {
                self.remove_with(tile);
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
                self.say(words::selected_count(count, self.locale.get_untracked()));
                true
            }
            (None, "Escape") if !self.dragged().is_empty() => {
                self.cancel();
                true
            }
            (None, "Escape") => {
                editing.selected.set(Selection::none());
                true
            }
            (None, _) => false,
        };
        if handled {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn press_arrow(self, tile: TileId, arrow: Arrow, resizes: bool) {
        let Some(editing) = self.editing else { return };
        if editing.is_locked.run(tile) {
            self.say(words::IS_LOCKED.in_locale(self.locale.get_untracked()).to_owned());
            return;
        }
        let layout = self.layout.get_untracked();
        let targets = if resizes {
            let least = editing.kind_of.run(tile).least_size();
            resized(&layout, tile, arrow, least).map(|rect| Placed { tile, rect }).into_iter().collect()
        } else {
            moved(&layout, &editing.moved_with(tile), arrow)
        };
        self.commit(tile, &layout, targets);
    }

    fn remove_with(self, tile: TileId) {
        let Some(editing) = self.editing else { return };
        let locale = self.locale.get_untracked();
        let removed = editing.moved_with(tile);
        let Some(last) = removed.last() else {
            self.say(words::IS_LOCKED.in_locale(locale).to_owned());
            return;
        };
        let labels: Vec<String> = removed.iter().map(|tile| editing.label_of.run(*tile)).collect();
        self.say(words::removed(&labels.join(words::LIST_SEPARATOR.in_locale(locale)), locale));
        let next = self.layout.with_untracked(|layout| neighbour(layout, *last, &removed));
        editing.on_remove.run(removed);
        // The focus goes on to where the removed tile stood, not back to the top of the page.
        if let Some(next) = next {
            focus_soon(next);
        }
    }

    fn commit(self, tile: TileId, layout: &DeskLayout, targets: Vec<Placed>) {
        let (Some(editing), locale) = (self.editing, self.locale.get_untracked()) else {
            return;
        };
        if targets.is_empty() {
            self.say(words::NOWHERE_TO_GO.in_locale(locale).to_owned());
            return;
        }
        if let Some(rect) = layout.place_all(&targets).rect(tile) {
            self.say(words::stands_at(rect, locale));
        }
        if !editing.selected.with_untracked(|selected| selected.contains(tile)) {
            editing.select(tile);
        }
        editing.on_place.run(targets);
        // Tiles that change their order on the page lose the focus.
        focus_soon(tile);
    }
}

/// The tile after that one in reading order, or before it where it is the last; none of those that are removed.
fn neighbour(layout: &DeskLayout, tile: TileId, removed: &[TileId]) -> Option<TileId> {
    let placed = layout.placed();
    let index = placed.iter().position(|placed| placed.tile == tile)?;
    let stays = |placed: &&Placed| !removed.contains(&placed.tile);
    let after = placed.iter().skip(index).find(stays);
    let beside = after.or_else(|| placed.iter().take(index).rev().find(stays));
    beside.map(|placed| placed.tile)
}
