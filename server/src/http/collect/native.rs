//! `POST /api/v1/events`: our own events, one JSON object a line.

use super::{EVENTS_LIMIT, answer, write_key};
use crate::http::{body, problem::Refusal, state::AppState};
use app::session::ClientAddress;
use axum::{
    extract::{Request, State},
    response::Response,
};
use engine::collect::Envelope;
use std::time::Instant;

pub(super) async fn take(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let collector = &state.engine.collector;
    let (parts, body) = request.into_parts();
    let key = write_key::of_headers(&parts.headers)?.ok_or_else(write_key::missing)?;
    let source = collector.source_of_write_key(&key).await?;
    let client = parts.extensions.get::<ClientAddress>().map(|client| client.0);
    let body = body::read(&parts, body, EVENTS_LIMIT).await?;
    let began = Instant::now();
    let acceptance = collector.accept_native(&Envelope { source, client }, &body).await?;
    state.telemetry.collections.record(began.elapsed());
    Ok(answer::of(&acceptance))
}
