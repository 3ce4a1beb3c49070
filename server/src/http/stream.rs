//! `GET /api/v1/boards/{id}/stream?version=…`: a published board as it changes, read as the rest of the query says (the
//! same as in the address of its page); and `…/draft/stream?tab=…`: a draft while
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
    board::{BoardId, Reading, TabId},
    problem::{Problem, ProblemCode},
};
use serde::Deserialize;
use std::convert::Infallible;

/// The published version that the page has drawn; without it, whichever is the published one now.
const VERSION: &str = "version";

pub(super) async fn open(
    State(state): State<AppState>,
    Path(board): Path<String>,
    asked: Result<Query<Vec<(String, String)>>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let session = who::session(&state, &headers)?;
    let malformed =
        |detail: &str, field: &str| Problem::new(ProblemCode::MalformedRequest, detail.to_owned()).with("field", field);
    let Query(pairs) = asked.map_err(|_| malformed("the query is not percent-encoded text", "query"))?;
    let version = pairs.iter().find(|(key, _)| key == VERSION).map(|(_, version)| version.parse::<i32>());
    let version =
        version.transpose().map_err(|_| malformed("“version” is no number of a published version", VERSION))?;
    let reading = Reading::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    let board = board_of(&board)?;
    let place = state.admission.stream()?;
    let frames = state.engine.live.stream(session, board, version, reading).await?;
    Ok(as_response(&state, place, frames))
}

/// The tab that is worked in; without one somebody only looks on.
#[derive(Debug, Deserialize)]
pub(super) struct Asking {
    tab: Option<TabId>,
}

pub(super) async fn open_draft(
    State(state): State<AppState>,
    Path(board): Path<String>,
    asking: Result<Query<Asking>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let session = who::session(&state, &headers)?;
    let Query(Asking { tab }) =
        asking.map_err(|_| Problem::new(ProblemCode::MalformedRequest, "“tab” is no UUID").with("field", "tab"))?;
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
