//! Boards: drafts that many edit at once, and the published versions that leaders see.
//!
//! An edit is an operation. The server gives operations their one order (a lock on the board's row), works an edit
//! made on an older draft into the newer one, refuses a true clash, and keeps the operation with its inverse in
//! `board_op`. The current document stands in `board`, so opening a draft costs the same after ten thousand edits.
//!
//! - [`Boards`]: the door
//! - `append`: an edit is kept; `undo`: an editor takes back or brings back their own
//! - `publish`: the draft becomes an immutable version
//! - `list`, `draft`: reading

mod append;
mod clash;
mod draft;
mod edition;
mod history;
mod home;
mod list;
mod publish;
mod restoring;
mod schedule;
mod service;
#[cfg(test)]
mod tests;
mod timeline;
mod undo;

pub use publish::Published;
pub use schedule::DuePublished;
pub use service::Boards;
pub(crate) use service::{new_uuid, record_change};

/// The shape of documents and operations as this program writes them.
pub(crate) const SCHEMA_VERSION: i16 = 2;
