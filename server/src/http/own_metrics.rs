//! `/api/v1/own-metrics`: the metrics that an organisation adds itself, for programs and for downloads.

use super::{
    body,
    endpoints::Endpoint,
    problem::Refusal,
    state::AppState,
    who::{self, Caller},
};
use axum::{
    Json,
    extract::{Path, Query, Request, State},
    http::{HeaderMap, Method, header},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use engine::{
    access::Principal,
    own_metrics::{FileForm, NewVersion},
};
use model::{
    metric::own::{Imported, Mistake, OwnMetric, OwnMetricId, Saved},
    problem::{Problem, ProblemCode},
};
use serde::Deserialize;

/// A file of two hundred metrics fits in.
const LIMIT: usize = 512 * 1024;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Method::GET, "/api/v1/own-metrics", get(list)),
        Endpoint::new(Method::GET, "/api/v1/own-metrics/file", get(export_all)),
        Endpoint::new(Method::POST, "/api/v1/own-metrics/import", post(import)),
        Endpoint::new(Method::GET, "/api/v1/own-metrics/{metric}", get(open)),
        Endpoint::new(Method::PUT, "/api/v1/own-metrics/{metric}", put(keep)),
        Endpoint::new(Method::GET, "/api/v1/own-metrics/{metric}/file", get(export)),
        Endpoint::new(Method::POST, "/api/v1/own-metrics/{metric}/retire", post(retire)),
        Endpoint::new(Method::POST, "/api/v1/own-metrics/{metric}/bring-back", post(bring_back)),
    ]
}

/// What a `PUT` brings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    metric: OwnMetric,
    /// The version that its author had before them; none for a new metric.
    base: Option<u32>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
struct Form {
    form: Option<String>,
}

impl Form {
    fn read(&self) -> Result<FileForm, Problem> {
        match self.form.as_deref() {
            Some("toml") | None => Ok(FileForm::Toml),
            Some("json") => Ok(FileForm::Json),
            Some(other) => {
                let detail = format!("“{other}” is no form of a file: expected toml or json");
                Err(Problem::new(ProblemCode::MalformedRequest, detail).with("field", "form"))
            }
        }
    }
}

async fn editor(state: &AppState, headers: &HeaderMap) -> Result<Principal, Refusal> {
    let (Caller::Program(who) | Caller::Person(who)) = who::caller(state, headers).await?;
    who.require_editor()?;
    Ok(who)
}

/// An id that can be none is as unknown as one that is not there.
fn id_of(text: &str) -> Result<OwnMetricId, Problem> {
    text.parse().map_err(|_| {
        let named: String = text.chars().take(64).collect();
        Problem::new(ProblemCode::NotFound, format!("there is no metric “{named}” that this person may see"))
    })
}

async fn list(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Refusal> {
    let who = editor(&state, &headers).await?;
    Ok(Json(state.engine.own_metrics.list(&who)).into_response())
}

async fn open(
    State(state): State<AppState>,
    Path(metric): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let who = editor(&state, &headers).await?;
    Ok(Json(state.engine.own_metrics.view(&who, &id_of(&metric)?).await?).into_response())
}

async fn keep(
    State(state): State<AppState>,
    Path(metric): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let who = editor(&state, &parts.headers).await?;
    who.require_definer()?;
    let id = id_of(&metric)?;
    let body = body::read(&parts, body, LIMIT).await?;
    let Kept { metric, base, note } = serde_json::from_slice(&body).map_err(|error| {
        let code = if error.is_data() { ProblemCode::InvalidMetric } else { ProblemCode::MalformedJson };
        Problem::new(code, format!("this is no metric to be kept: {error}"))
            .with("line", error.line())
            .with("column", error.column())
    })?;
    if metric.id != id {
        let detail = format!("the address names “{id}”, the metric “{}”", metric.id);
        return Err(Problem::new(ProblemCode::InvalidMetric, detail).with("field", "id").into());
    }
    match state.engine.own_metrics.keep(&who, NewVersion { metric, base, note }).await? {
        Saved::Refused { mistakes } => Err(refused(&mistakes).into()),
        kept @ Saved::Kept { .. } => Ok(Json(kept).into_response()),
    }
}

async fn import(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let who = editor(&state, &parts.headers).await?;
    who.require_definer()?;
    let body = body::read(&parts, body, LIMIT).await?;
    let text = std::str::from_utf8(&body)
        .map_err(|_| Problem::new(ProblemCode::InvalidMetric, "the file is no UTF-8 text").with("field", "metric"))?;
    match state.engine.own_metrics.import(&who, text).await? {
        Imported::Refused { mistakes } => Err(refused(&mistakes).into()),
        done @ Imported::Done { .. } => Ok(Json(done).into_response()),
    }
}

/// All mistakes in the detail, one a line; the place of the first in the parameters.
fn refused(mistakes: &[Mistake]) -> Problem {
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    let problem = Problem::new(ProblemCode::InvalidMetric, told.join("\n")).with("mistakes", mistakes.len());
    let Some(first) = mistakes.first() else { return problem };
    let problem = problem.with("field", &first.field);
    match first.line {
        Some(line) => problem.with("line", line),
        None => problem,
    }
}

async fn export(
    State(state): State<AppState>,
    Path(metric): Path<String>,
    Query(form): Query<Form>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let who = editor(&state, &headers).await?;
    let (id, form) = (id_of(&metric)?, form.read()?);
    Ok(file(id.as_str(), form, state.engine.own_metrics.export(&who, Some(&id), form)?))
}

async fn export_all(
    State(state): State<AppState>,
    Query(form): Query<Form>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let who = editor(&state, &headers).await?;
    let form = form.read()?;
    Ok(file("own-metrics", form, state.engine.own_metrics.export(&who, None, form)?))
}

fn file(name: &str, form: FileForm, text: String) -> Response {
    let (ending, kind) = match form {
        FileForm::Toml => ("toml", "application/toml; charset=utf-8"),
        FileForm::Json => ("json", "application/json"),
    };
    let disposition = format!("attachment; filename=\"{name}.{ending}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}

async fn retire(
    State(state): State<AppState>,
    Path(metric): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let who = editor(&state, &headers).await?;
    who.require_definer()?;
    state.engine.own_metrics.retire(&who, &id_of(&metric)?).await?;
    Ok(Json(serde_json::json!({})).into_response())
}

async fn bring_back(
    State(state): State<AppState>,
    Path(metric): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let who = editor(&state, &headers).await?;
    who.require_definer()?;
    state.engine.own_metrics.bring_back(&who, &id_of(&metric)?).await?;
    Ok(Json(serde_json::json!({})).into_response())
}
