//! How many requests of a kind are worked on at once. Those beyond wait a little, before their bodies are read, and are
//! then told that the server is full: answers stay quick for those inside, and collecting never starves pages.

use super::place::{Place, Room, overloaded};
use crate::http::{problem::Refusal, state::AppState};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::problem::Problem;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const STREAMS: usize = 16_000;

/// The places there are.
#[derive(Debug)]
pub(crate) struct Admission {
    collectors: Arc<Room>,
    queries: Arc<Room>,
    pages: Arc<Room>,
    streams: Arc<Semaphore>,
}

impl Default for Admission {
    fn default() -> Self {
        // As many mebibytes of bodies as those inside may send, each as much as is taken. Who asks a query waits inside for
        // most of the time, in the lanes of the engine or for somebody who asked the same; whoever is sent away instead
        // comes back when that is over, and it is worked on anew.
        let room = |places, body_mib| Arc::new(Room::new(places, body_mib));
        Self {
            collectors: room(48, 384),
            queries: room(512, 32),
            pages: room(256, 16),
            streams: Arc::new(Semaphore::new(STREAMS)),
        }
    }
}

impl Admission {
    /// A place for an open stream, given back when dropped.
    pub(in crate::http) fn stream(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.streams.clone().try_acquire_owned().map_err(|_| overloaded())
    }

    /// Where a request takes its place; health is always answered.
    fn room(&self, path: &str) -> Option<&Arc<Room>> {
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

pub(in crate::http) async fn admit(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let Some(room) = state.admission.room(request.uri().path()) else {
        return next.run(request).await;
    };
    match Place::take(room).await {
        Ok(place) => {
            request.extensions_mut().insert(place.clone());
            let response = next.run(request).await;
            drop(place);
            response
        }
        Err(problem) => Refusal(problem).into_response(),
    }
}
