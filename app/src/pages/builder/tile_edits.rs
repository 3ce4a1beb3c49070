//! What is done to the tiles of the draft: added, moved, removed, copied, put into containers.

use super::editor::{Editor, new_id};
use components::arranging::Selection;
use leptos::prelude::*;
use model::{
    board::{Board, Clipping, GroupId, Operation, Tile, TileContent, TileId, Title, Touched},
    layout::Placed,
};

impl Editor {
    /// A new tile where `adding` puts it; it is selected then.
    pub(crate) fn add(self, content: TileContent, adding: impl FnOnce(&Board, Tile) -> Operation) {
        let tile = Tile::new(TileId::new(new_id()), Title::default(), content);
        let id = tile.id;
        self.edit(|board| adding(board, tile));
        self.selected.set(Selection::of([id]));
    }

    /// A new tile in a container, on that page or on one of its own; it is selected then. Where there is no room it stands
    /// on the board.
    pub(crate) fn add_inside(self, container: TileId, content: TileContent, page: Option<usize>) {
        self.add(content, |board, tile| {
            let inside = board.adding_inside(container, tile.clone(), page);
            inside.unwrap_or_else(|| board.adding(tile, None))
        });
    }

    /// Puts tiles into a container, on that page or, where it is full, on pages of their own.
    pub(crate) fn enter(self, container: TileId, tiles: &[TileId], page: Option<usize>) {
        if let Some(operation) = self.board().with_untracked(|board| board.entering(container, tiles, page)) {
            self.apply(operation);
        }
    }

    /// Moves or resizes tiles on the board as it is now, the others making room.
    pub(crate) fn place(self, targets: &[Placed]) {
        self.edit(|board| board.placing(targets));
    }

    /// Removes tiles; locked ones stay, and are no longer selected with those that go.
    pub(crate) fn remove(self, tiles: &[TileId]) {
        let free = self.free(tiles);
        if !free.is_empty() {
            self.selected.update(|selected| *selected = selected.retained(|tile| !free.contains(&tile)));
            self.edit(|board| board.removing(&free));
        }
    }

    /// Those of the tiles that are not locked.
    pub(crate) fn free(self, tiles: &[TileId]) -> Vec<TileId> {
        self.board().with_untracked(|board| {
            let is_free = |tile: &TileId| board.tile(*tile).is_some_and(|tile| !tile.locked);
            tiles.iter().copied().filter(is_free).collect()
        })
    }

    /// The same tiles once more, as they stand together, under all others.
    pub(crate) fn duplicate(self, tiles: &[TileId]) {
        if let Some(clipping) = self.clipping(tiles) {
            self.paste(&clipping);
        }
    }

    /// Those tiles for the clipboard.
    pub(crate) fn clipping(self, tiles: &[TileId]) -> Option<Clipping> {
        self.board().with_untracked(|board| Clipping::of(board, tiles))
    }

    /// The tiles of the clipboard as new ones; they are selected then.
    pub(crate) fn paste(self, clipping: &Clipping) {
        let operation = self.board().with_untracked(|board| clipping.pasting(board, new_id));
        let pasted = operation.touched().into_iter().filter_map(|touched| match touched {
            Touched::Tile(tile, _) => Some(tile),
            Touched::BoardTitle
            | Touched::Filters
            | Touched::Theme
            | Touched::Phone
            | Touched::Wall
            | Touched::Board => None,
        });
        let pasted = Selection::of(pasted);
        self.apply(operation);
        self.selected.set(pasted);
    }

    /// Makes the tiles a group of their own.
    pub(crate) fn group(self, tiles: &[TileId]) {
        let group = GroupId::new(new_id());
        self.edit(|board| board.grouping(tiles, Some(group)));
    }

    /// Selects everything that is seen in this layout.
    pub(crate) fn select_all(self) {
        let layout = self.layout.get_untracked();
        self.selected.set(Selection::of(self.board().with_untracked(|board| board.shown_in(layout))));
    }
}
