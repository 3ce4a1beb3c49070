//! What may be asked about, and answers to queries that are not published yet. For editors.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::{
    board::TileAnswer,
    metric::{CatalogueView, DimensionId, MetricId, MetricQuery},
};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{
    error::Respond,
    session::{engine, principal},
};
#[cfg(feature = "ssr")]
use model::{
    metric::MAX_QUERIES,
    problem::{Problem, ProblemCode},
};

/// The metrics and dimensions that this person may choose from.
#[server(prefix = "/fn", endpoint = "catalogue", input = Json)]
pub async fn catalogue() -> Result<CatalogueView, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    Ok(engine.metrics.catalogue(&who))
}

/// Answers queries as a tile would show them, in their order.
#[server(prefix = "/fn", endpoint = "preview", input = Json)]
pub async fn preview(queries: Vec<MetricQuery>) -> Result<Vec<TileAnswer>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    who.require_editor().respond()?;
    at_most(queries.len()).respond()?;
    let answers = engine.metrics.ask_many(who.scope().respond()?, &queries).await;
    Ok(answers.into_iter().map(answer).collect())
}

/// Values of a dimension that occur within the scope, most frequent first.
#[server(prefix = "/fn", endpoint = "filter_values", input = Json)]
pub async fn filter_values(metric: MetricId, dimension: DimensionId, search: String) -> Result<Vec<String>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    who.require_editor().respond()?;
    engine.metrics.filter_values(who.scope().respond()?, &metric, &dimension, &[], &search).await.respond()
}

#[cfg(feature = "ssr")]
fn answer(asked: Result<std::sync::Arc<model::frame::Frame>, Problem>) -> TileAnswer {
    match asked {
        Ok(frame) => TileAnswer::Frame(std::sync::Arc::unwrap_or_clone(frame)),
        Err(problem) => TileAnswer::Problem(problem),
    }
}

#[cfg(feature = "ssr")]
fn at_most(count: usize) -> Result<(), Problem> {
    if count <= MAX_QUERIES {
        return Ok(());
    }
    let detail = format!("{count} queries in one request: ask at most {MAX_QUERIES} at once");
    Err(Problem::new(ProblemCode::TooManyQueries, detail).with("count", count).with("limit", MAX_QUERIES))
}
