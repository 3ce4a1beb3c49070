//! `GET /api/v1/boards/{id}/stream?version=…`: a published board as it changes.

use super::{problem::Refusal, state::AppState, who};
use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use model::{
    board::BoardId,
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
    let board: BoardId = board.parse().map_err(|_| {
        // The same words as for a board that is not there.
        Problem::new(ProblemCode::BoardNotFound, "there is no such board; it may have been deleted")
    })?;
    let place = state.admission.stream()?;
    let frames = state.engine.live.stream(session, board, version).await?;
    let open = OpenStream::count(state.clone());
    let stopping = state.stopping.clone();
    let bytes = frames.take_until(stopping.cancelled_owned()).map(move |bytes| {
        // Held as long as the stream is.
        let _ = (&place, &open);
        Ok::<_, Infallible>(bytes)
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache, no-store, no-transform"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(bytes)).into_response())
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
