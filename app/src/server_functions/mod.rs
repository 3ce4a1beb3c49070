//! What pages ask the server. Each function is a public endpoint: who is asking, call the engine, return.

mod boards;
mod metrics;

pub use boards::{
    create_board, delete_board, edit_board, list_boards, open_board, open_draft, publish_board, redo_board, undo_board,
};
pub use metrics::{catalogue, filter_values, preview};
