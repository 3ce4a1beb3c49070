//! Every request has an incident: an id in its answer, in its log lines, and in what people quote when they ask for
//! help. The log holds the method, the path, the status and the time it took, and nothing a person typed or sent.

use crate::http::state::AppState;
use axum::{
    extract::{Request, State},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};
use std::time::Instant;
use tracing::Instrument;
use uuid::Uuid;

tokio::task_local! {
    static INCIDENT: String;
}

/// The incident of the request that is being answered.
pub(in crate::http) fn current() -> Option<String> {
    INCIDENT.try_with(Clone::clone).ok()
}

pub(in crate::http) async fn open(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let incident = Uuid::now_v7().simple().to_string();
    let span = tracing::info_span!(
        "request",
        incident = %incident,
        http.method = %request.method(),
        // Without the query string, which may hold what people typed.
        http.path = %request.uri().path(),
    );
    let answered = INCIDENT.scope(incident.clone(), next.run(request).instrument(span.clone()));
    let began = Instant::now();
    let mut response = answered.await;
    let status = response.status().as_u16();
    state.telemetry.answered(status);
    span.in_scope(|| {
        let duration_ms = began.elapsed().as_millis();
        if status >= 500 {
            tracing::warn!(http.status = status, duration_ms, "answered");
        } else {
            tracing::debug!(http.status = status, duration_ms, "answered");
        }
    });
    if let Ok(value) = HeaderValue::from_str(&incident) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
