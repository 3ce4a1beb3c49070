//! Metrics that the organisation adds itself: composed, kept, retired, imported.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::{
    board::TileAnswer,
    metric::own::{Checked, Composable, Imported, OwnMetric, OwnMetricId, OwnMetricLine, OwnMetricView, Saved},
};
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::metrics::answer_of;
#[cfg(feature = "ssr")]
use crate::{
    error::Respond,
    session::{engine, principal},
};
#[cfg(feature = "ssr")]
use engine::own_metrics::NewVersion;
#[cfg(feature = "ssr")]
use model::metric::MetricQuery;

/// What the composer begins with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComposerData {
    pub composable: Composable,
    /// The metric that is changed; none for a new one.
    pub before: Option<OwnMetricView>,
}

/// What came of looking a metric over that is being composed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LookedOver {
    pub checked: Checked,
    /// Where its formula is right: the answers to the numbers of the preview, in their order.
    pub answers: Vec<TileAnswer>,
}

/// Every own metric that this person may know of, also those out of use.
#[server(prefix = "/fn", endpoint = "list_own_metrics", input = Json)]
pub async fn list_own_metrics() -> Result<Vec<OwnMetricLine>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    who.require_editor().respond()?;
    Ok(engine.own_metrics.list(&who))
}

/// What there is to compose with, and the metric that is to be changed.
#[server(prefix = "/fn", endpoint = "open_composer", input = Json)]
pub async fn open_composer(metric: Option<OwnMetricId>) -> Result<ComposerData, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let composable = engine.own_metrics.composable(&who).respond()?;
    let before = match metric {
        Some(id) => Some(engine.own_metrics.view(&who, &id).await.respond()?),
        None => None,
    };
    Ok(ComposerData { composable, before })
}

/// Looks a metric over that is not kept yet, and works its numbers out within the scope of whoever composes it.
#[server(prefix = "/fn", endpoint = "check_metric", input = Json)]
pub async fn check_metric(metric: OwnMetric, is_new: bool) -> Result<LookedOver, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let checked = engine.own_metrics.check(&who, &metric, is_new).respond()?;
    let answers = match &checked.derived {
        Some(derived) => {
            let numbers = crate::pages::preview_numbers_of(&metric, derived);
            let queries: Vec<MetricQuery> = numbers.iter().filter_map(|numbers| numbers.tile.content.query()).collect();
            engine.own_metrics.preview(&who, &metric, &queries).await.respond()?
        }
        None => Vec::new(),
    };
    Ok(LookedOver { checked, answers: answers.into_iter().map(answer_of).collect() })
}

/// Keeps a metric as its newest version. `base` is the version that its author had before them; none for a new one.
#[server(prefix = "/fn", endpoint = "save_metric", input = Json)]
pub async fn save_metric(metric: OwnMetric, base: Option<u32>, note: String) -> Result<Saved, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.own_metrics.keep(&who, NewVersion { metric, base, note }).await.respond()
}

/// Takes a metric out of use, or brings it back.
#[server(prefix = "/fn", endpoint = "retire_metric", input = Json)]
pub async fn retire_metric(metric: OwnMetricId, is_retired: bool) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    if is_retired {
        engine.own_metrics.retire(&who, &metric).await.respond()
    } else {
        engine.own_metrics.bring_back(&who, &metric).await.respond()
    }
}

/// Takes the metrics of a file over: all, or none with every mistake told.
#[server(prefix = "/fn", endpoint = "import_metrics", input = Json)]
pub async fn import_metrics(text: String) -> Result<Imported, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.own_metrics.import(&who, &text).await.respond()
}
