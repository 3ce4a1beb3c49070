//! `GET /healthz` and `GET /readyz`, for whoever watches over the server.

use super::{problem::Refusal, state::AppState};
use axum::{Json, extract::State, response::IntoResponse};
use model::problem::ProblemCode;
use std::time::Duration;

/// A store that takes longer is not ready for people either.
const PATIENCE: Duration = Duration::from_secs(3);

/// The process is alive.
pub(super) async fn alive() -> impl IntoResponse {
    Json(serde_json::json!({ "status": "alive" }))
}

/// All stores answer a real query. Why one does not is in the log and not in the answer, which anybody may read.
pub(super) async fn ready(State(state): State<AppState>) -> Result<impl IntoResponse, Refusal> {
    let postgresql = tokio::time::timeout(PATIENCE, state.stores.databases.ready());
    let events = tokio::time::timeout(PATIENCE, state.stores.store.ready());
    let clickhouse = tokio::time::timeout(PATIENCE, async {
        match &state.stores.clickhouse {
            Some(clickhouse) => clickhouse.ready().await,
            None => Ok(()),
        }
    });
    let (postgresql, events, clickhouse) = tokio::join!(postgresql, events, clickhouse);
    let mut unwell = Vec::new();
    match postgresql {
        Ok(Ok(())) => {}
        Ok(Err(error)) => unwell.push(("PostgreSQL", error.to_string())),
        Err(late) => unwell.push(("PostgreSQL", late.to_string())),
    }
    for (name, outcome) in [("the event store", events), ("ClickHouse", clickhouse)] {
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => unwell.push((name, error.to_string())),
            Err(late) => unwell.push((name, late.to_string())),
        }
    }
    if unwell.is_empty() {
        return Ok(Json(serde_json::json!({ "status": "ready", "postgresql": "ready", "events": "ready" })));
    }
    for (store, error) in &unwell {
        tracing::error!(store, error, "not ready");
    }
    let names: Vec<&str> = unwell.iter().map(|(store, _)| *store).collect();
    Err(Refusal::new(ProblemCode::Unavailable, format!("not ready: {} does not answer", names.join(" and "))))
}
