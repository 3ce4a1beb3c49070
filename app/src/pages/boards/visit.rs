//! Noting which boards somebody opens.

use crate::server_functions::note_visit;
use leptos::{prelude::*, task::spawn_local};
use model::board::BoardId;

/// In the browser: notes that the board was opened. Nothing hangs on it, so nothing is said where it fails.
pub(crate) fn note_visit_of(board: BoardId) {
    Effect::new(move |_| {
        spawn_local(async move {
            let _ = note_visit(board).await;
        });
    });
}
