//! The draft in the editor's hands: edits are seen at once, sent in order, and kept while the network is gone.

use super::{
    queue::EditQueue,
    sender::{Conflict, Connection, Sender},
};
use crate::error::AppError;
use leptos::{prelude::*, task::spawn_local};
use model::{
    board::{Board, BoardId, Draft, Operation, OperationId, Tile, TileContent, TileId},
    formatting::Locale,
    layout::GridRect,
    problem::{Problem, ProblemCode},
};
use uuid::Uuid;

/// How the draft stands with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SaveStatus {
    Saved,
    Saving,
    Offline { waiting: usize },
    NotSaved { waiting: usize },
    SignedOut { waiting: usize },
}

/// The draft and its edits. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Editor {
    pub id: BoardId,
    pub selected: RwSignal<Option<TileId>>,
    queue: RwSignal<EditQueue>,
    connection: RwSignal<Connection>,
    conflict: RwSignal<Option<Conflict>>,
    board: Memo<Board>,
    /// How many fields hold words that are not edits yet.
    unkept_fields: RwSignal<usize>,
    sender: StoredValue<Sender>,
}

/// A new id that sorts by time. Only ever made by a gesture, in the browser.
fn new_id() -> Uuid {
    Uuid::now_v7()
}

impl Editor {
    pub(crate) fn new(draft: Draft, locale: Signal<Locale>) -> Self {
        let sender = Sender::new(draft, locale);
        let queue = RwSignal::from(sender.queue.clone());
        Self {
            id: sender.id,
            selected: RwSignal::new(None),
            queue,
            connection: RwSignal::from(sender.connection.clone()),
            conflict: RwSignal::from(sender.conflict.clone()),
            board: Memo::new(move |_| queue.with(|queue| queue.shown().clone())),
            unkept_fields: RwSignal::new(0),
            sender: StoredValue::new(sender),
        }
    }

    /// The board as this editor sees it, with everything that still waits.
    pub(crate) fn board(self) -> Memo<Board> {
        self.board
    }

    /// The board as the server has it.
    pub(crate) fn confirmed_board(self) -> Board {
        self.queue.with(|queue| queue.confirmed().board.clone())
    }

    pub(crate) fn draft(self) -> Draft {
        self.queue.with(|queue| queue.confirmed().clone())
    }

    pub(crate) fn tile(self, id: TileId) -> Memo<Option<Tile>> {
        Memo::new(move |_| self.board.with(|board| board.tile(id).cloned()))
    }

    pub(crate) fn conflict(self) -> Option<Conflict> {
        self.conflict.get()
    }

    /// How many fields hold words that are not edits yet; the fields count themselves.
    pub(crate) fn unkept_fields(self) -> RwSignal<usize> {
        self.unkept_fields
    }

    pub(crate) fn status(self) -> SaveStatus {
        let waiting = self.queue.with(EditQueue::len);
        match self.connection.get() {
            _ if waiting == 0 && self.unkept_fields.get() > 0 => SaveStatus::Saving,
            _ if waiting == 0 => SaveStatus::Saved,
            Connection::Online => SaveStatus::Saving,
            Connection::Offline => SaveStatus::Offline { waiting },
            Connection::Failing => SaveStatus::NotSaved { waiting },
            Connection::SignedOut => SaveStatus::SignedOut { waiting },
        }
    }

    pub(crate) fn may_undo(self) -> bool {
        self.queue.with(EditQueue::may_undo) && self.connection.get() == Connection::Online
    }

    pub(crate) fn may_redo(self) -> bool {
        self.queue.with(EditQueue::may_redo) && self.connection.get() == Connection::Online
    }

    /// Edits the board: seen at once, sent in order.
    pub(crate) fn apply(self, operation: Operation) {
        let pushed = self.queue.try_update(|queue| queue.push(OperationId::new(new_id()), operation));
        let sender = self.sender.get_value();
        if let Some(Err(error)) = pushed {
            sender.tell(&AppError::Refused(Problem::new(ProblemCode::InvalidOperation, error.to_string())));
        }
        sender.send();
    }

    /// Edits a tile that may be gone by now; then there is nothing to edit.
    pub(crate) fn apply_to(self, tile: TileId, operation: Operation) {
        if self.board.with_untracked(|board| board.tile(tile).is_some()) {
            self.apply(operation);
        }
    }

    pub(crate) fn undo(self) {
        if self.may_undo() {
            self.queue.update(|queue| queue.push_undo(OperationId::new(new_id())));
            self.send();
        }
    }

    pub(crate) fn redo(self) {
        if self.may_redo() {
            self.queue.update(|queue| queue.push_redo(OperationId::new(new_id())));
            self.send();
        }
    }

    /// A new tile with that content where `place` puts it; it is selected then.
    pub(crate) fn add(
        self,
        title: model::board::Title,
        content: TileContent,
        place: impl FnOnce(&Board, TileId) -> model::layout::DeskLayout,
    ) {
        let tile = Tile { id: TileId::new(new_id()), title, content };
        let desk = self.board.with_untracked(|board| place(board, tile.id));
        let id = tile.id;
        self.apply(Operation::AddTile { tile, desk });
        self.selected.set(Some(id));
    }

    /// Moves or resizes a tile on the board as it is now, the others making room.
    pub(crate) fn place(self, tile: TileId, target: GridRect) {
        let desk = self.board.with_untracked(|board| board.desk().place(tile, target));
        self.apply_to(tile, Operation::PlaceTile { tile, desk });
    }

    pub(crate) fn remove(self, tile: TileId) {
        let desk = self.board.with_untracked(|board| board.desk().remove(tile));
        if self.selected.get_untracked() == Some(tile) {
            self.selected.set(None);
        }
        self.apply(Operation::RemoveTile { tile, desk });
    }

    /// The same tile once more, at the first free place.
    pub(crate) fn duplicate(self, tile: TileId) {
        let Some((copied, size)) = self.board.with_untracked(|board| {
            let size = board.desk().rect(tile)?.size();
            board.tile(tile).cloned().map(|tile| (tile, size))
        }) else {
            return;
        };
        self.add(copied.title, copied.content, |board, id| board.desk().append(id, size));
    }

    /// Sends what waits, if nothing is on its way already.
    pub(crate) fn send(self) {
        self.sender.get_value().send();
    }

    /// Gives up the edit that clashes, and keeps what the other editor made.
    pub(crate) fn keep_theirs(self) {
        self.queue.update(EditQueue::drop_first);
        self.conflict.set(None);
        self.send();
    }

    /// Puts the edit that clashes on top of what the other editor made.
    pub(crate) fn keep_mine(self) {
        self.queue.update(EditQueue::keep_first);
        self.conflict.set(None);
        self.send();
    }

    /// Reads the draft anew, after it was published for example.
    pub(crate) fn refresh(self) {
        let sender = self.sender.get_value();
        spawn_local(async move { sender.refresh().await });
    }
}
