//! Somebody who watches a board: reads its stream, event by event.

use super::world::World;
use axum::{
    body::BodyDataStream,
    http::{Request, StatusCode},
};
use engine::access::SessionToken;
use futures::StreamExt;
use model::board::BoardId;
use std::time::Duration;
use tower::ServiceExt;

/// Longer than any tick; only a failure waits so long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Watcher {
    stream: BodyDataStream,
    heard: String,
}

impl Watcher {
    pub(crate) async fn open(world: &World, board: BoardId, session: &SessionToken) -> Self {
        Self::open_at(world, &format!("/api/v1/boards/{board}/stream"), session).await
    }

    pub(crate) async fn open_at(world: &World, address: &str, session: &SessionToken) -> Self {
        let request = Request::builder()
            .uri(address)
            .header("cookie", format!("lingdong_session={}", session.reveal()))
            .body(axum::body::Body::empty())
            .unwrap();
        let response = world.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        Self { stream: response.into_body().into_data_stream(), heard: String::new() }
    }

    /// The next event with its data; comments and the retry hint are passed over. `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<(String, String)> {
        loop {
            while let Some((message, rest)) = self.heard.split_once("\n\n") {
                let (message, rest) = (message.to_owned(), rest.to_owned());
                self.heard = rest;
                let field = |name: &str| message.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                if let (Some(event), Some(data)) = (field("event: "), field("data: ")) {
                    return Some((event, data));
                }
            }
            let bytes = tokio::time::timeout(PATIENCE, self.stream.next()).await.expect("the stream is silent")?;
            self.heard.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap());
        }
    }
}
