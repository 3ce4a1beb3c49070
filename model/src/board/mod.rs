//! Boards: tiles, what they are bound to, and the operations that edit a board.

mod binding;
mod document;
mod id;
mod operation;
mod tile;
mod view;

pub use binding::{CategoryBinding, GeoBinding, ScalarBinding, SeriesBinding, TableBinding};
pub use document::{Board, BoardSummary, Edited, MAX_TILES};
pub use id::{BoardId, OperationId, TileId};
pub use operation::{Operation, OperationError, Touched, TouchedProperty};
pub use tile::{ComponentKind, InvalidText, MAX_TEXT_BYTES, MAX_TITLE_CHARS, Shape, Tile, TileContent, Title};
pub use view::{BoardView, Draft, Edit, TileAnswer, TileFrame};
