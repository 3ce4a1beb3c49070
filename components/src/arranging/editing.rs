//! What every layout needs to be arranged, and what it tells.

use super::Selection;
use leptos::prelude::*;
use model::board::TileId;

/// What every layout needs to be arranged, and what it tells. Made by the builder page.
#[derive(Debug, Clone, Copy)]
pub struct ArrangingTiles {
    pub selected: RwSignal<Selection>,
    /// Whether a tile is in the hand: what would draw the page anew waits until it is let go.
    pub is_held: RwSignal<bool>,
    /// What a tile is called when it is spoken of.
    pub label_of: Callback<TileId, String>,
    /// A locked tile can be selected, and neither moved nor removed.
    pub is_locked: Callback<TileId, bool>,
    /// The name of somebody else who has that tile selected.
    pub colleague_at: Callback<TileId, Option<String>>,
    /// The tiles that are selected together with one: its group, itself among them.
    pub together_with: Callback<TileId, Vec<TileId>>,
    /// Whether a tile is a container with room for more.
    pub takes_in: Callback<TileId, bool>,
    /// Whether a tile may be put into a container.
    pub may_enter: Callback<TileId, bool>,
    /// Tiles are put into that container.
    pub on_enter: Callback<(TileId, Vec<TileId>)>,
    pub on_remove: Callback<Vec<TileId>>,
    /// Enter or a double click: open the inspector and put the focus there.
    pub on_open: Callback<TileId>,
}

impl ArrangingTiles {
    /// Selects a tile and its group, and no others.
    pub fn select(self, tile: TileId) {
        self.selected.set(Selection::of(self.together_with.run(tile)));
    }

    /// Selects a tile and its group too, or no longer.
    pub fn toggle(self, tile: TileId) {
        let together = self.together_with.run(tile);
        self.selected.update(|selected| *selected = selected.toggled(&together));
    }

    /// What a click chooses: that tile alone, or with a key held down one more.
    pub fn choose(self, tile: TileId, event: &web_sys::MouseEvent) {
        if adds_to_selection(event) {
            self.toggle(tile);
        } else {
            self.select(tile);
        }
    }

    /// A press or an edit selects what it meets, unless it is selected with others already.
    pub(crate) fn select_unless_selected(self, tile: TileId) {
        if !self.is_selected_untracked(tile) {
            self.select(tile);
        }
    }

    pub(crate) fn is_selected(self, tile: TileId) -> bool {
        self.selected.with(|selected| selected.contains(tile))
    }

    fn is_selected_untracked(self, tile: TileId) -> bool {
        self.selected.with_untracked(|selected| selected.contains(tile))
    }

    /// The keyboard's focus selects what it comes to, unless several are being gathered.
    pub(crate) fn focused(self, tile: TileId) {
        if !self.selected.with_untracked(Selection::is_gathering) {
            self.select_unless_selected(tile);
        }
    }

    /// What goes along when something is done to that tile, itself first: the selection where it is selected, else its
    /// group; nothing locked.
    pub(crate) fn moved_with(self, tile: TileId) -> Vec<TileId> {
        let along = self.selected.with_untracked(|selected| {
            if selected.contains(tile) { selected.tiles().to_vec() } else { self.together_with.run(tile) }
        });
        let others = along.into_iter().filter(|other| *other != tile);
        std::iter::once(tile).chain(others).filter(|tile| !self.is_locked.run(*tile)).collect()
    }
}

/// Whether a press or a click, by the keys held down, chooses one tile more.
pub fn adds_to_selection(event: &web_sys::MouseEvent) -> bool {
    event.shift_key() || event.ctrl_key() || event.meta_key()
}
