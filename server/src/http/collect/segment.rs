//! Segment's paths: what its SDKs send to whatever host they are pointed at.

use super::{EVENTS_LIMIT, answer, write_key};
use crate::http::{body, problem::Refusal, state::AppState};
use app::session::ClientAddress;
use axum::{
    extract::{Request, State},
    response::Response,
};
use engine::collect::{Envelope, SegmentKind, write_key_of_segment_body};
use std::time::Instant;

/// Whatever the content type: browsers send `text/plain` to save themselves a question beforehand.
pub(super) async fn take(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let collector = &state.engine.collector;
    let (parts, body) = request.into_parts();
    // `/v1/t` and `/v1/track` hold one event of that kind, `/v1/b` and `/v1/batch` hold many.
    let kind = parts.uri.path().strip_prefix("/v1/").and_then(SegmentKind::from_path);
    // A key in the headers is looked at before the body is read, so that strangers cost little.
    let known = match write_key::of_headers(&parts.headers)? {
        Some(key) => Some(collector.source_of_write_key(&key).await?),
        None => None,
    };
    let body = body::read(&parts, body, EVENTS_LIMIT).await?;
    let source = if let Some(source) = known {
        source
    } else {
        let key = write_key_of_segment_body(&body).ok_or_else(write_key::missing)?;
        collector.source_of_write_key(&key).await?
    };
    let client = parts.extensions.get::<ClientAddress>().map(|client| client.0);
    let began = Instant::now();
    let acceptance = collector.accept_segment(&Envelope { source, client }, kind, &body).await?;
    state.telemetry.collections.record(began.elapsed());
    Ok(answer::of(&acceptance))
}
