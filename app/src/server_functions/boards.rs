//! Boards: the list, the published view, and the draft with its edits.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::{
    board::{
        BoardId, BoardSummary, BoardView, Draft, Edit, HistoryPage, OperationId, PublishedVersion, Reading, TabId,
        TileId, Title,
    },
    metric::DimensionId,
    time::Timestamp,
};
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

/// The published board with all its numbers, as it is read.
#[server(prefix = "/fn", endpoint = "open_board", input = Json)]
pub async fn open_board(board: BoardId, #[server(default)] reading: Reading) -> Result<BoardView, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.live.open_board(&who, board, reading).await.respond()
}

/// What a filter of a published board offers: values within the reader's scope, beside what they chose in the others.
#[server(prefix = "/fn", endpoint = "filter_choices", input = Json)]
pub async fn filter_choices(
    board: BoardId,
    dimension: DimensionId,
    reading: Reading,
    search: String,
) -> Result<Vec<String>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.live.filter_choices(&who, board, &dimension, reading, &search).await.respond()
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

/// Keeps a board at hand for this person, or no longer.
#[server(prefix = "/fn", endpoint = "mark_favourite", input = Json)]
pub async fn mark_favourite(board: BoardId, is_favourite: bool) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_view(&who, board).await.respond()?;
    engine.boards.mark_favourite(&board, is_favourite).await.respond()
}

/// Puts a board into a folder, which is there from then on; an empty name takes it out again.
#[server(prefix = "/fn", endpoint = "move_to_folder", input = Json)]
pub async fn move_to_folder(board: BoardId, folder: Title) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.move_to_folder(&board, &folder).await.respond()
}

/// What happened to the draft before that version, newest first.
#[server(prefix = "/fn", endpoint = "board_history", input = Json)]
pub async fn board_history(board: BoardId, before: Option<i64>) -> Result<HistoryPage, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.history(&board, before).await.respond()
}

/// Calls a version of the draft something; an empty name takes the old one away.
#[server(prefix = "/fn", endpoint = "name_version", input = Json)]
pub async fn name_version(board: BoardId, version: i64, name: Title) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.name_version(&board, version, &name).await.respond()
}

/// Makes the draft what it was at a version. Sent twice with one id it counts once.
#[server(prefix = "/fn", endpoint = "restore_board", input = Json)]
pub async fn restore_board(board: BoardId, version: i64, id: OperationId) -> Result<Draft, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.restore(&board, version, id).await.respond()
}

/// Takes back the one change that made a version. Sent twice with one id it counts once.
#[server(prefix = "/fn", endpoint = "revert_change", input = Json)]
pub async fn revert_change(board: BoardId, version: i64, id: OperationId) -> Result<Draft, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.revert(&board, version, id).await.respond()
}

/// The published versions, newest first, each with what it changed.
#[server(prefix = "/fn", endpoint = "list_versions", input = Json)]
pub async fn list_versions(board: BoardId) -> Result<Vec<PublishedVersion>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.versions(&board).await.respond()
}

/// Publishes an older version once more, as the newest, and tells which one that is.
#[server(prefix = "/fn", endpoint = "roll_back", input = Json)]
pub async fn roll_back(board: BoardId, number: i32) -> Result<i32, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.roll_back(&board, number).await.respond()
}

/// Publishes the draft as it is now at a later moment; without one, that is called off.
#[server(prefix = "/fn", endpoint = "schedule_board", input = Json)]
pub async fn schedule_board(board: BoardId, due: Option<Timestamp>) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.boards.schedule(&board, due).await.respond()
}

/// Tells the others at this board what is selected in a tab.
#[server(prefix = "/fn", endpoint = "show_selection", input = Json)]
pub async fn show_selection(board: BoardId, tab: TabId, tiles: Vec<TileId>) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.live.select(&board, tab, tiles);
    Ok(())
}
