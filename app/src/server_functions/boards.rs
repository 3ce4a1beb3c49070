//! Boards: the list, the published view, and the draft with its edits.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::board::{BoardId, BoardSummary, BoardView, Draft, Edit, OperationId, Title};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{
    error::Respond,
    session::{engine, principal},
};

/// The boards that this person may open, the newest edit first.
#[server(prefix = "/fn", endpoint = "list_boards", input = Json)]
pub async fn list_boards() -> Result<Vec<BoardSummary>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.boards.list(&who).await.respond()
}

/// A new empty board.
#[server(prefix = "/fn", endpoint = "create_board", input = Json)]
pub async fn create_board(title: Title) -> Result<BoardId, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.boards.create(&who, model::board::Board::titled(title)).await.respond()
}

/// The published board with all its numbers.
#[server(prefix = "/fn", endpoint = "open_board", input = Json)]
pub async fn open_board(board: BoardId) -> Result<BoardView, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.live.open_board(&who, board).await.respond()
}

/// The draft of a board.
#[server(prefix = "/fn", endpoint = "open_draft", input = Json)]
pub async fn open_draft(board: BoardId) -> Result<Draft, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.draft(&board).await.respond()
}

/// Appends one edit to the draft. Sent twice it counts once.
#[server(prefix = "/fn", endpoint = "edit_board", input = Json)]
pub async fn edit_board(board: BoardId, edit: Edit) -> Result<Draft, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.append(&board, edit).await.respond()
}

/// Takes back this editor's latest own edit. Sent twice with one id it counts once.
#[server(prefix = "/fn", endpoint = "undo_board", input = Json)]
pub async fn undo_board(board: BoardId, id: OperationId) -> Result<Draft, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.undo(&board, id).await.respond()
}

/// Brings back what was taken back last. Sent twice with one id it counts once.
#[server(prefix = "/fn", endpoint = "redo_board", input = Json)]
pub async fn redo_board(board: BoardId, id: OperationId) -> Result<Draft, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.redo(&board, id).await.respond()
}

/// Copies the draft to the next published version, and tells which one that is.
#[server(prefix = "/fn", endpoint = "publish_board", input = Json)]
pub async fn publish_board(board: BoardId) -> Result<i32, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.publish(&board).await.respond()
}

/// Moves a board away for good.
#[server(prefix = "/fn", endpoint = "delete_board", input = Json)]
pub async fn delete_board(board: BoardId) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.delete(&board).await.respond()
}
