//! Clients that send their bodies slowly, or not at all, keep nobody out.

use super::world::{NOW, Person, World, plays_query};
use axum::{
    body::{Body, Bytes},
    http::{Method, Request, StatusCode},
};
use futures::stream;
use serde_json::json;
use sqlx::PgPool;
use std::{convert::Infallible, task::Poll, time::Duration};
use tokio::{sync::mpsc, task::JoinSet};
use tower::ServiceExt;

/// More than there are places of any kind.
const CLIENTS: usize = 300;
/// Only a failure waits so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// A body of which nothing comes; it tells when it is waited for.
fn endless(waited_for: mpsc::UnboundedSender<()>) -> Body {
    let mut telling = Some(waited_for);
    Body::from_stream(stream::poll_fn(move |_| {
        if let Some(waited_for) = telling.take() {
            waited_for.send(()).unwrap();
        }
        Poll::<Option<Result<Bytes, Infallible>>>::Pending
    }))
}

/// Clients that hang, each until the set is dropped; returns when the server waits for all of them.
async fn hang(world: &World, path: &str, headers: &[(&str, &str)]) -> JoinSet<()> {
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut hanging = JoinSet::new();
    for _ in 0..CLIENTS {
        let mut request = Request::builder().method(Method::POST).uri(path).header("host", "boards.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(endless(tell.clone())).unwrap();
        let router = world.router.clone();
        hanging.spawn(async move {
            router.oneshot(request).await.unwrap();
        });
    }
    for _ in 0..CLIENTS {
        tokio::time::timeout(PATIENCE, told.recv())
            .await
            .expect("the server waits for some, and leaves others outside");
    }
    hanging
}

async fn collects(world: &World) {
    let line = json!({"event_id": "a", "ts_event": NOW, "user_id": "u", "event_name": "x"}).to_string();
    let answer = world.send_events(&line).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn collecting_goes_on_beside_clients_that_hang(pool: PgPool) {
    let world = World::new(pool).await;
    let strangers = hang(&world, "/v1/batch", &[]).await;
    collects(&world).await;
    let authorization = format!("Bearer {}", world.write_key);
    let with_key = hang(&world, "/api/v1/events", &[("authorization", &authorization)]).await;
    collects(&world).await;
    drop((strangers, with_key));
}

#[sqlx::test(migrations = "../migrations")]
async fn pages_and_queries_go_on_beside_clients_that_hang(pool: PgPool) {
    let world = World::new(pool).await;
    let strangers = hang(&world, "/fn/sign_in", &[("sec-fetch-site", "same-origin")]).await;
    let page = world.ask(Method::GET, "/sign-in", Person::Anonymous, "").await;
    assert_eq!(page.status, StatusCode::OK);
    let token = world.stores.engine.access.create_token(Person::NationalEditor.email()).await.unwrap();
    let programs = hang(&world, "/api/v1/query", &[("authorization", &format!("Bearer {token}"))]).await;
    let answer = world.query(Person::NationalEditor, &plays_query()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    drop((strangers, programs));
}
