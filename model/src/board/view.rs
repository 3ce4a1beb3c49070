//! What travels between server and browser about a board.

use super::{Board, BoardId, Change, Operation, OperationId, TabId, TileId, Title};
use crate::{
    frame::Frame,
    metric::{DimensionId, MetricId},
    problem::Problem,
    time::Calendar,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What fills a tile: a frame, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TileAnswer {
    Frame(Frame),
    Problem(Problem),
}

/// A tile and what fills it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TileFrame {
    pub tile: TileId,
    pub answer: TileAnswer,
}

/// A board that leads on from a tile, where the reader may open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BoardLink {
    pub id: BoardId,
    pub title: Title,
}

/// What a filter that stands on the board offers: values within the reader's scope, beside what they chose in the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterChoices {
    pub dim: DimensionId,
    pub values: Vec<String>,
}

/// A published board with its data, as a viewer opens it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardView {
    pub id: BoardId,
    pub board: Board,
    /// The published version, counted from 1.
    pub version: i32,
    pub published_at: Timestamp,
    pub published_by: String,
    /// What it changed against the version before it; none for the first.
    pub changes: Vec<Change>,
    pub frames: Vec<TileFrame>,
    /// Of the filters that stand on the board itself, as far as they could be read.
    pub choices: Vec<FilterChoices>,
    /// The boards that its tiles lead on to, as far as the reader may open them.
    pub links: Vec<BoardLink>,
    pub calendar: Calendar,
    /// The server's clock when the frames were made; ages are counted from it.
    pub now: Timestamp,
    pub may_edit: bool,
}

impl BoardView {
    /// The metrics that it shows or tells of: a reader needs to know of no other.
    pub fn metrics(&self) -> BTreeSet<MetricId> {
        let shown = self.board.tiles().iter().filter_map(|tile| tile.content.query()).flat_map(|query| query.metrics);
        let told = self.changes.iter().flat_map(Change::tiles).filter_map(|tile| tile.metric.clone());
        shown.chain(told).map(|metric| metric.id).collect()
    }
}

/// The draft of a board, as an editor opens it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub id: BoardId,
    pub board: Board,
    /// Operations applied so far; the next one is made on top of this version.
    pub version: i64,
    /// Whether this editor has an edit to take back, or to bring back.
    pub may_undo: bool,
    pub may_redo: bool,
    /// The published version, if any, and whether the draft has moved on since.
    pub published: Option<i32>,
    pub has_unpublished_edits: bool,
    /// When a draft is to be published by itself.
    pub scheduled: Option<Timestamp>,
    pub calendar: Calendar,
}

/// An edit on its way to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub id: OperationId,
    /// The draft version the editor saw.
    pub base_version: i64,
    pub operation: Operation,
}

/// Somebody who works on a board just now, in one tab of a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub tab: TabId,
    pub name: String,
    /// What they have selected.
    pub tiles: Vec<TileId>,
}
