//! Boards: tiles, what they are bound to, and the operations that edit a board.

mod binding;
mod clipping;
mod component;
mod container;
mod containment;
mod difference;
mod document;
mod edits;
mod file;
mod filter;
mod history;
mod id;
mod layouts;
mod operation;
mod reading;
mod tile;
mod title;
mod view;

pub use binding::{CategoryBinding, GeoBinding, ScalarBinding, SeriesBinding, TableBinding};
pub use clipping::{Clipping, ClippingError};
pub use component::{ComponentKind, Shape};
pub use container::{ContainerPage, InvalidPages, MAX_PAGES, MAX_TILES_OF_PAGE, Pace, Pages};
pub use document::{Board, BoardSummary, Edited, MAX_TILES};
pub use file::BoardFile;
pub use filter::{BoardFilter, FilterSubject, MAX_CHOSEN, MAX_FILTERS};
pub use history::{Change, HistoryEntry, HistoryPage, PublishedVersion, StepKind, TileLabel};
pub use id::{BoardId, GroupId, OperationId, TabId, TileId};
pub use layouts::Layouts;
pub use operation::{Operation, OperationError, Touched, TouchedProperty};
pub use reading::{Chosen, Drill, MAX_DRILLS, Reading};
pub use tile::{Handling, Tile, TileContent};
pub use title::{InvalidText, MAX_TEXT_BYTES, MAX_TITLE_CHARS, Title};
pub use view::{BoardLink, BoardView, Colleague, Draft, Edit, TileAnswer, TileFrame};
