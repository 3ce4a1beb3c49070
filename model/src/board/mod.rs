//! Boards: tiles, what they are bound to, and the operations that edit a board.

mod binding;
mod by_shape;
mod clipping;
mod component;
mod container;
mod containment;
mod difference;
mod document;
mod edits;
mod file;
mod filter;
mod filter_tiles;
mod history;
mod id;
mod layouts;
mod look;
mod operation;
mod reading;
mod still;
mod template;
mod tile;
mod title;
mod view;
mod written;

pub use binding::{
    CategoryBinding, GeoBinding, MatrixBinding, PairBinding, PointsBinding, ScalarBinding, SeriesBinding,
    SessionsBinding, SpreadBinding, TableBinding,
};
pub use by_shape::{
    ByShape, CategoryKind, ContainerKind, GeoKind, MatrixKind, PairKind, PointsKind, ScalarKind, SeriesKind,
    SessionsKind, SpreadKind, StillKind, TableKind,
};
pub use clipping::{Clipping, ClippingError};
pub use component::{ComponentFacts, ComponentKind, Family, LookPart, Shape};
pub use container::{ContainerPage, InvalidPages, MAX_PAGES, MAX_TILES_OF_PAGE, Pace, Pages};
pub use document::{Board, BoardSummary, Edited, MAX_TILES};
pub use file::BoardFile;
pub use filter::{BoardFilter, FilterSubject, MAX_CHOSEN, MAX_FILTERS};
pub use filter_tiles::FilterPlaces;
pub use history::{Change, HistoryEntry, HistoryPage, PublishedVersion, StepKind, TileLabel};
pub use id::{BoardId, GroupId, OperationId, TabId, TileId};
pub use layouts::Layouts;
pub use look::{Annotation, Direction, Given, Look, PagePlace, Stacking, Target, Threshold, Tone};
pub use operation::{Operation, OperationError, Touched, TouchedProperty};
pub use reading::{Chosen, Drill, MAX_DRILLS, Reading};
pub use still::{FilterDisplay, FrameStyle, InvalidAddress, MAX_ADDRESS_BYTES, Still, WebAddress};
pub use template::{InvalidTemplateId, TemplateBoard, TemplateId, TemplateName, TemplateSummary};
pub use tile::{Bound, Handling, Tile, TileContent};
pub use title::{InvalidText, MAX_TEXT_BYTES, MAX_TITLE_CHARS, Title};
pub use view::{BoardLink, BoardView, Colleague, Draft, Edit, FilterChoices, TileAnswer, TileFrame};
