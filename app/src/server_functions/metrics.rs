//! What may be asked about, and answers to queries that are not published yet. For editors.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::{
    board::TileAnswer,
    explanation::Explanation,
    metric::{CatalogueView, DimensionId, MetricId, MetricInfo, MetricQuery, own::OwnMetricView},
};
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{
    error::Respond,
    session::{engine, principal},
};
#[cfg(feature = "ssr")]
use model::{
    metric::{MAX_QUERIES, own::OwnMetricId},
    problem::{Problem, ProblemCode},
};

/// The metrics and dimensions that this person may choose from.
#[server(prefix = "/fn", endpoint = "catalogue", input = Json)]
pub async fn catalogue() -> Result<CatalogueView, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    Ok(engine.metrics.catalogue(&who))
}

/// What the page about a metric shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricCard {
    pub metric: MetricInfo,
    /// The metric's names and those of its dimensions.
    pub catalogue: CatalogueView,
    /// For those who may ask: the answers to the numbers of the page, in their order.
    pub answers: Vec<TileAnswer>,
    /// For editors, where the organisation added it itself.
    pub own: Option<OwnMetricView>,
}

/// What stands at the address of a metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum OpenedMetric {
    InUse(Box<MetricCard>),
    /// One of the organisation's own that was retired or can't be worked out any more; for editors.
    Aside(Box<OwnMetricView>),
}

/// A metric within the scope, and for editors its numbers.
#[server(prefix = "/fn", endpoint = "open_metric", input = Json)]
pub async fn open_metric(metric: String) -> Result<OpenedMetric, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let CatalogueView { metrics, dimensions } = engine.metrics.catalogue(&who);
    // One that exists and is not granted is as unknown as one that does not exist.
    let found = metrics.into_iter().find(|known| known.id.as_str() == metric);
    let own = match metric.parse::<OwnMetricId>() {
        Ok(id) if who.require_editor().is_ok() => Some(engine.own_metrics.view(&who, &id).await.respond()?),
        Ok(_) | Err(_) => None,
    };
    let info = match (found, own.clone()) {
        (Some(info), _) => info,
        (None, Some(own)) => return Ok(OpenedMetric::Aside(Box::new(own))),
        (None, None) => return Err(unknown(&metric)).respond(),
    };
    let dimensions = dimensions.into_iter().filter(|dimension| info.dimensions.contains(&dimension.id)).collect();
    let answers = if who.require_editor().is_ok() {
        let numbers = crate::pages::numbers_of(&info);
        let queries: Vec<MetricQuery> = numbers.iter().filter_map(|numbers| numbers.tile.content.query()).collect();
        let answers = engine.metrics.on_behalf_of(&who).ask_many(who.scope().respond()?, &queries).await;
        answers.into_iter().map(answer_of).collect()
    } else {
        Vec::new()
    };
    let catalogue = CatalogueView { metrics: vec![info.clone()], dimensions };
    Ok(OpenedMetric::InUse(Box::new(MetricCard { catalogue, metric: info, answers, own })))
}

/// Answers queries as a tile would show them, in their order.
#[server(prefix = "/fn", endpoint = "preview", input = Json)]
pub async fn preview(queries: Vec<MetricQuery>) -> Result<Vec<TileAnswer>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    who.require_editor().respond()?;
    at_most(queries.len()).respond()?;
    let answers = engine.metrics.on_behalf_of(&who).ask_many(who.scope().respond()?, &queries).await;
    Ok(answers.into_iter().map(answer_of).collect())
}

/// How one of the queries of a board is answered, when all of them are asked together.
#[server(prefix = "/fn", endpoint = "explain", input = Json)]
pub async fn explain_query(queries: Vec<MetricQuery>, wanted: usize) -> Result<Explanation, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    who.require_editor().respond()?;
    at_most(queries.len()).respond()?;
    let mut explained =
        engine.metrics.on_behalf_of(&who).explain_many(who.scope().respond()?, &queries).await.into_iter();
    explained.nth(wanted).unwrap_or_else(|| Err(no_query(wanted))).respond()
}

/// Values of a dimension that occur within the scope, most frequent first.
#[server(prefix = "/fn", endpoint = "filter_values", input = Json)]
pub async fn filter_values(metric: MetricId, dimension: DimensionId, search: String) -> Result<Vec<String>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    who.require_editor().respond()?;
    engine
        .metrics
        .on_behalf_of(&who)
        .filter_values(who.scope().respond()?, &metric, &dimension, &[], &search)
        .await
        .respond()
}

#[cfg(feature = "ssr")]
pub(super) fn answer_of(asked: Result<engine::metrics::SharedFrame, Problem>) -> TileAnswer {
    match asked {
        Ok(frame) => TileAnswer::Frame(frame.into_frame()),
        Err(problem) => TileAnswer::Problem(problem),
    }
}

#[cfg(feature = "ssr")]
fn unknown(metric: &str) -> Problem {
    let named: String = metric.chars().take(64).collect();
    Problem::new(ProblemCode::NotFound, format!("there is no metric “{named}” that this person may see"))
}

#[cfg(feature = "ssr")]
fn no_query(wanted: usize) -> Problem {
    Problem::new(ProblemCode::InvalidQuery, format!("there is no query {wanted} in this request"))
}

#[cfg(feature = "ssr")]
fn at_most(count: usize) -> Result<(), Problem> {
    if count <= MAX_QUERIES {
        return Ok(());
    }
    let detail = format!("{count} queries in one request: ask at most {MAX_QUERIES} at once");
    Err(Problem::new(ProblemCode::TooManyQueries, detail).with("count", count).with("limit", MAX_QUERIES))
}
