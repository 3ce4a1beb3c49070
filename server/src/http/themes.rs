//! `GET /themes/{theme}/{version}`: the style sheet of a theme that an organisation made. Its values are colours that were
//! read as such; nothing that a client wrote stands in it. Whoever belongs to the organisation may have it.

use super::{
    endpoints::Endpoint,
    problem::Refusal,
    state::AppState,
    who::{self, Caller},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Method, header},
    response::{IntoResponse, Response},
    routing::get,
};
use model::{
    appearance::{Palette, ThemeId},
    problem::ProblemCode,
};

/// A version never changes.
const FOREVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");
/// Under an older address stands what holds now, until the page knows the new one.
const NOT_KEPT: HeaderValue = HeaderValue::from_static("private, no-store");

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::new(Method::GET, "/themes/{theme}/{version}", get(style_sheet))]
}

async fn style_sheet(
    State(state): State<AppState>,
    Path((theme, version)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (Caller::Program(who) | Caller::Person(who)) = who::caller(&state, &headers).await?;
    let none = || Refusal::new(ProblemCode::NotFound, "there is no such theme");
    let id: ThemeId = theme.parse().map_err(|_| none())?;
    let version: i32 = version.parse().map_err(|_| none())?;
    let kept = state.engine.appearances.theme(&who, id).await?;
    let css = kept.theme.palette(Palette::of(kept.theme.base)).style_sheet(id);
    let lifetime = if kept.version == version { FOREVER } else { NOT_KEPT };
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, lifetime)], css).into_response())
}
