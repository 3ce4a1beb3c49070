//! How many requests of a kind are worked on at once. Those beyond wait a little, before their bodies are read, and are
//! then told that the server is full: answers stay quick for those inside, and collecting never starves pages.

use crate::http::{problem::Refusal, state::AppState};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::problem::{Problem, ProblemCode};
use std::{sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Each may hold a body of eight megabytes.
const COLLECTORS: usize = 48;
const QUERIES: usize = 64;
const PAGES: usize = 256;
const STREAMS: usize = 16_000;
const PATIENCE: Duration = Duration::from_secs(5);

/// The places there are.
#[derive(Debug)]
pub(crate) struct Admission {
    collectors: Arc<Semaphore>,
    queries: Arc<Semaphore>,
    pages: Arc<Semaphore>,
    streams: Arc<Semaphore>,
}

impl Default for Admission {
    fn default() -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self {
            collectors: places(COLLECTORS),
            queries: places(QUERIES),
            pages: places(PAGES),
            streams: places(STREAMS),
        }
    }
}

impl Admission {
    /// A place for an open stream, given back when dropped.
    pub(in crate::http) fn stream(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.streams.clone().try_acquire_owned().map_err(|_| overloaded())
    }

    /// Whose places a request takes; health is always answered.
    fn places(&self, path: &str) -> Option<&Arc<Semaphore>> {
        if matches!(path, "/healthz" | "/readyz" | "/favicon.svg") || path.starts_with("/pkg/") {
            None
        } else if path.starts_with("/v1/") || path == "/api/v1/events" {
            Some(&self.collectors)
        } else if path.starts_with("/api/") {
            Some(&self.queries)
        } else {
            Some(&self.pages)
        }
    }
}

fn overloaded() -> Problem {
    Problem::new(ProblemCode::Overloaded, "the server is full just now: try again in a moment").with("seconds", 2)
}

pub(in crate::http) async fn admit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Some(places) = state.admission.places(request.uri().path()) else {
        return next.run(request).await;
    };
    match tokio::time::timeout(PATIENCE, places.clone().acquire_owned()).await {
        Ok(Ok(place)) => {
            let response = next.run(request).await;
            drop(place);
            response
        }
        Ok(Err(_)) | Err(_) => Refusal(overloaded()).into_response(),
    }
}
