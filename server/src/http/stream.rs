//! `GET /api/v1/boards/{id}/stream?version=…`: a published board as it changes; and `…/draft/stream?tab=…`: a draft while
//! it is edited.

use super::{problem::Refusal, state::AppState, who};
use axum::{
    body::{Body, Bytes},
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures::{Stream, StreamExt};
use model::{
    board::{BoardId, TabId},
    problem::{Problem, ProblemCode},
};
use serde::Deserialize;
use std::convert::Infallible;

/// What the page that asks has drawn.
#[derive(Debug, Deserialize)]
pub(super) struct Shown {
    /// The published version; without it, whichever is the published one now.
    version: Option<i32>,
}

pub(super) async fn open(
    State(state): State<AppState>,
    Path(board): Path<String>,
    shown: Result<Query<Shown>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let session = who::session(&state, &headers)?;
    let Query(Shown { version }) = shown.map_err(|_| {
        Problem::new(ProblemCode::MalformedRequest, "“version” is no number of a published version")
            .with("field", "version")
    })?;
    let board = board_of(&board)?;
    let place = state.admission.stream()?;
    let frames = state.engine.live.stream(session, board, version).await?;
    Ok(as_response(&state, place, frames))
}

/// The tab that asks.
#[derive(Debug, Deserialize)]
pub(super) struct Asking {
    tab: TabId,
}

pub(super) async fn open_draft(
    State(state): State<AppState>,
    Path(board): Path<String>,
    asking: Result<Query<Asking>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let session = who::session(&state, &headers)?;
    let Query(Asking { tab }) = asking.map_err(|_| {
        Problem::new(ProblemCode::MalformedRequest, "“tab” is missing, or no UUID").with("field", "tab")
    })?;
    let board = board_of(&board)?;
    let place = state.admission.stream()?;
    let draft = state.engine.live.stream_draft(session, board, tab).await?;
    Ok(as_response(&state, place, draft))
}

fn board_of(text: &str) -> Result<BoardId, Problem> {
    text.parse().map_err(|_| {
        // The same words as for a board that is not there.
        Problem::new(ProblemCode::BoardNotFound, "there is no such board; it may have been deleted")
    })
}

/// Bytes as they come, until the server stops; the place is held as long as the stream is.
fn as_response(
    state: &AppState,
    place: impl Send + 'static,
    stream: impl Stream<Item = Bytes> + Send + 'static,
) -> Response {
    let open = OpenStream::count(state.clone());
    let stopping = state.stopping.clone();
    let bytes = stream.take_until(stopping.cancelled_owned()).map(move |bytes| {
        let _ = (&place, &open);
        Ok::<_, Infallible>(bytes)
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache, no-store, no-transform"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (headers, Body::from_stream(bytes)).into_response()
}

/// One stream in the counters, from its opening to its end, however it ends.
struct OpenStream(AppState);

impl OpenStream {
    fn count(state: AppState) -> Self {
        state.telemetry.stream_opened();
        Self(state)
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.telemetry.stream_closed();
    }
}
