//! What the application is told when it takes over a page.

use model::{
    board::{BoardId, TileFrame},
    time::Timestamp,
};
use std::cell::RefCell;

/// What was learnt since the server made the page.
#[derive(Debug, Clone)]
pub(in super::super) struct Learnt {
    /// The board and the version that it was learnt of.
    pub(super) board: (BoardId, i32),
    /// The server's clock, as far as the page can tell.
    pub(in super::super) now: Timestamp,
    pub(in super::super) is_connected: bool,
    /// The newest answer of each tile that had one.
    pub(in super::super) frames: Vec<TileFrame>,
}

thread_local! {
    static LEARNT: RefCell<Option<Learnt>> = const { RefCell::new(None) };
}

#[cfg(feature = "hydrate")]
pub(super) fn hand_over(learnt: Learnt) {
    LEARNT.set(Some(learnt));
}

/// What was learnt of that version of a board; told once. Nothing on the server.
pub(in super::super) fn handed_over(board: BoardId, version: i32) -> Option<Learnt> {
    LEARNT.take().filter(|learnt| learnt.board == (board, version))
}
