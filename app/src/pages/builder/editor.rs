//! The draft in the editor's hands: edits are seen at once, sent in order, and kept while the network is gone.

use super::{
    queue::EditQueue,
    sender::{Conflict, Connection, Sender},
};
use crate::{error::AppError, pages::tile_title::board_title};
use components::arranging::Selection;
use leptos::{prelude::*, task::spawn_local};
use model::{
    board::{Board, BoardId, Draft, Operation, OperationId, Tile, TileId},
    formatting::Locale,
    layout::LayoutName,
    problem::{Problem, ProblemCode},
    time::Calendar,
};
use std::collections::BTreeMap;
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
    pub selected: RwSignal<Selection>,
    /// Whether a tile is in the hand.
    pub is_held: RwSignal<bool>,
    /// The layout that is worked on.
    pub layout: RwSignal<LayoutName>,
    queue: RwSignal<EditQueue>,
    connection: RwSignal<Connection>,
    conflict: RwSignal<Option<Conflict>>,
    board: Memo<Board>,
    /// Which page of each container is to be seen while it is edited, counted from 0.
    turned: RwSignal<BTreeMap<TileId, usize>>,
    /// How many fields hold words that are not edits yet.
    unkept_fields: RwSignal<usize>,
    sender: StoredValue<Sender>,
}

/// A new id that sorts by time. Only ever made by a gesture, in the browser.
pub(super) fn new_id() -> Uuid {
    Uuid::now_v7()
}

impl Editor {
    pub(crate) fn new(draft: Draft, email: &str, locale: Signal<Locale>) -> Self {
        let sender = Sender::new(draft, email, locale);
        let queue = RwSignal::from(sender.queue.clone());
        Self {
            id: sender.id,
            selected: RwSignal::new(Selection::none()),
            is_held: RwSignal::new(false),
            layout: RwSignal::new(LayoutName::Desk),
            queue,
            connection: RwSignal::from(sender.connection.clone()),
            conflict: RwSignal::from(sender.conflict.clone()),
            board: Memo::new(move |_| queue.with(|queue| queue.shown().clone())),
            turned: RwSignal::new(BTreeMap::new()),
            unkept_fields: RwSignal::new(0),
            sender: StoredValue::new(sender),
        }
    }

    /// Goes on with edits that a tab that died has left behind, once the page is there.
    pub(crate) fn restore_kept_edits(self) {
        Effect::new(move |_| untrack(|| self.sender.get_value().restore()));
    }

    fn change(self, change: impl FnOnce(&mut EditQueue)) {
        self.sender.get_value().change(change);
    }

    /// The board as this editor sees it, with everything that still waits.
    pub(crate) fn board(self) -> Memo<Board> {
        self.board
    }

    /// The board's title, or what a board without one is called.
    pub(crate) fn title(self, locale: Locale) -> String {
        self.board.with(|board| board_title(board.title(), locale))
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

    /// The page of a container that is to be seen.
    pub(crate) fn page_of(self, container: TileId) -> usize {
        self.turned.with(|turned| turned.get(&container).copied()).unwrap_or_default()
    }

    /// Turns a container to a page.
    pub(crate) fn turn(self, container: TileId, page: usize) {
        if self.turned.with_untracked(|turned| turned.get(&container) != Some(&page)) {
            self.turned.update(|turned| {
                turned.insert(container, page);
            });
        }
    }

    /// A selected tile that stands in a container is in sight.
    pub(crate) fn turn_to_selected(self) {
        Effect::new(move |_| {
            let page = self.board.with(|board| {
                self.selected.with(|selected| {
                    let tile = *selected.tiles().first()?;
                    let container = board.container_of(tile)?;
                    Some((container.id, container.content.pages()?.page_of(tile)?))
                })
            });
            if let Some((container, page)) = page {
                self.turn(container, page);
            }
        });
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
        let sender = self.sender.get_value();
        let pushed = sender.change(|queue| queue.push(OperationId::new(new_id()), operation));
        if let Some(Err(error)) = pushed {
            sender.tell(&AppError::Refused(Problem::new(ProblemCode::InvalidOperation, error.to_string())));
        }
        sender.send();
    }

    /// Edits the board by what `make` makes of it as it is now.
    pub(crate) fn edit(self, make: impl FnOnce(&Board) -> Operation) {
        self.apply(self.board.with_untracked(make));
    }

    /// Edits a tile that may be gone by now; then there is nothing to edit.
    pub(crate) fn apply_to(self, tile: TileId, operation: Operation) {
        if self.board.with_untracked(|board| board.tile(tile).is_some()) {
            self.apply(operation);
        }
    }

    pub(crate) fn undo(self) {
        if self.may_undo() {
            self.change(|queue| queue.push_undo(OperationId::new(new_id())));
            self.send();
        }
    }

    pub(crate) fn redo(self) {
        if self.may_redo() {
            self.change(|queue| queue.push_redo(OperationId::new(new_id())));
            self.send();
        }
    }

    /// Sends what waits, if nothing is on its way already.
    pub(crate) fn send(self) {
        self.sender.get_value().send();
    }

    /// Gives up the edit that clashes, and keeps what the other editor made.
    pub(crate) fn keep_theirs(self) {
        self.change(EditQueue::drop_first);
        self.conflict.set(None);
        self.send();
    }

    /// Puts the edit that clashes on top of what the other editor made.
    pub(crate) fn keep_mine(self) {
        self.change(EditQueue::keep_first);
        self.conflict.set(None);
        self.send();
    }

    /// Takes a draft that the server has answered with.
    pub(crate) fn take(self, draft: Draft) {
        self.change(|queue| queue.refreshed(draft));
    }

    /// Takes a draft that somebody else's edit has led to. While edits of this editor are on their way the answer to them
    /// brings it.
    pub(crate) fn follow(self, draft: Draft) {
        if self.queue.try_with_untracked(EditQueue::is_empty) == Some(true) {
            self.change(|queue| queue.refreshed(draft));
        }
    }

    pub(crate) fn is_saved(self) -> bool {
        self.status() == SaveStatus::Saved
    }

    /// The version that the server has.
    pub(crate) fn draft_version(self) -> i64 {
        self.queue.with(|queue| queue.confirmed().version)
    }

    /// The organisation's clock.
    pub(crate) fn calendar(self) -> Calendar {
        self.queue.with_untracked(|queue| queue.confirmed().calendar)
    }

    /// Reads the draft anew, after it was published for example.
    pub(crate) fn refresh(self) {
        let sender = self.sender.get_value();
        spawn_local(async move { sender.refresh().await });
    }
}
