//! Templates: the gallery, one of them, a board that begins with it, and a department's own.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::{
    board::{BoardId, TemplateBoard, TemplateId, TemplateName, TemplateSummary, Title},
    formatting::Locale,
};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{
    error::Respond,
    session::{engine, principal},
};

/// The templates of the organisation and those that are shipped. For editors.
#[server(prefix = "/fn", endpoint = "list_templates", input = Json)]
pub async fn list_templates() -> Result<Vec<TemplateSummary>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.templates.list(&who).await.respond()
}

/// A template with its board. For editors.
#[server(prefix = "/fn", endpoint = "open_template", input = Json)]
pub async fn open_template(template: TemplateId, locale: Locale) -> Result<TemplateBoard, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.templates.read(&who, &template, locale).await.respond()
}

/// A new board that begins with a template; without a title it has the template's.
#[server(prefix = "/fn", endpoint = "begin_with_template", input = Json)]
pub async fn begin_with_template(template: TemplateId, title: Title, locale: Locale) -> Result<BoardId, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.templates.read(&who, &template, locale).await.respond()?.begin(title);
    engine.boards.create(&who, board).await.respond()
}

/// Keeps the draft of a board as a template of the organisation.
#[server(prefix = "/fn", endpoint = "keep_template", input = Json)]
pub async fn keep_template(board: BoardId, name: TemplateName) -> Result<TemplateId, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let board = engine.access.authorize_edit(&who, board).await.respond()?;
    engine.templates.keep(&board, &name).await.respond()
}

/// Takes a template of the organisation away. Boards that began with it stay.
#[server(prefix = "/fn", endpoint = "remove_template", input = Json)]
pub async fn remove_template(template: TemplateId) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.templates.remove(&who, &template).await.respond()
}
