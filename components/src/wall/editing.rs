//! What the wall needs to be arranged, and what it tells.

use crate::grid::Selection;
use leptos::prelude::*;
use model::{board::TileId, layout::WallFrame};

/// What the wall needs to be arranged, and what it tells. Made by the builder page.
#[derive(Debug, Clone, Copy)]
pub struct WallEditing {
    pub selected: RwSignal<Selection>,
    /// What a tile is called when it is spoken of.
    pub label_of: Callback<TileId, String>,
    /// A locked tile can be selected, and neither moved nor removed.
    pub is_locked: Callback<TileId, bool>,
    /// The tiles that are selected together with one: its group, itself among them.
    pub together_with: Callback<TileId, Vec<TileId>>,
    /// Frames are to stand so: `wall.set(frames)`, on the board as it is when this is told.
    pub on_place: Callback<Vec<WallFrame>>,
    pub on_remove: Callback<Vec<TileId>>,
    /// Enter or a double click: open the inspector and put the focus there.
    pub on_open: Callback<TileId>,
}

impl WallEditing {
    pub(super) fn select(self, tile: TileId) {
        self.selected.set(Selection::of(self.together_with.run(tile)));
    }

    pub(super) fn toggle(self, tile: TileId) {
        let together = self.together_with.run(tile);
        self.selected.update(|selected| *selected = selected.toggled(&together));
    }

    /// What goes along when that tile is moved, itself first: the selection where it is selected, else its group;
    /// nothing locked.
    pub(super) fn moved_with(self, tile: TileId) -> Vec<TileId> {
        let along = self.selected.with_untracked(|selected| {
            if selected.contains(tile) { selected.tiles().to_vec() } else { self.together_with.run(tile) }
        });
        let others = along.into_iter().filter(|other| *other != tile);
        std::iter::once(tile).chain(others).filter(|tile| !self.is_locked.run(*tile)).collect()
    }
}
