//! What SDKs send, and what they get back.

use super::world::{NOW, Person, World};
use axum::http::{Method, StatusCode};
use base64::{Engine, prelude::BASE64_STANDARD};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use server::control::{self, Order, Outcome};
use sqlx::PgPool;
use std::io::Write;

fn track(id: &str) -> Value {
    let moment = "2025-11-20T03:59:00.000Z";
    json!({
        "type": "track", "messageId": id, "userId": "u1", "event": "Order Completed",
        "properties": {}, "timestamp": moment, "sentAt": moment,
    })
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn segments_sdks_are_understood_on_all_their_paths(pool: PgPool) {
    let world = World::new(pool).await;
    let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{}:", world.write_key)));
    for path in ["/v1/batch", "/v1/b"] {
        let body = json!({"batch": [track(path)], "sentAt": "2025-11-20T03:59:00.000Z"}).to_string();
        let headers =
            [("authorization", basic.as_str()), ("content-type", "application/json"), ("content-encoding", "gzip")];
        let answer = world.send(Method::POST, path, &headers, gzip(&body)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        let body = answer.json();
        assert_eq!((&body["success"], &body["accepted"]), (&json!(true), &json!(1)), "{path}");
    }
    // A single event does not say its type: the path does. Browsers send plain text and the key inside.
    for path in ["/v1/t", "/v1/track"] {
        let mut event = track(path);
        event.as_object_mut().unwrap().remove("type");
        event["writeKey"] = json!(world.write_key);
        let answer = world.send(Method::POST, path, &[("content-type", "text/plain")], event.to_string()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        assert_eq!(answer.json()["accepted"], json!(1), "{path}");
    }
    for path in ["/v1/p", "/v1/i", "/v1/g", "/v1/a", "/v1/s", "/v1/page", "/v1/identify", "/v1/group", "/v1/alias"] {
        let event = json!({"messageId": path, "userId": "u1", "previousId": "u0", "groupId": "g", "name": "home"});
        let answer = world.send(Method::POST, path, &[("authorization", &basic)], event.to_string()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_event_sent_twice_counts_once(pool: PgPool) {
    let world = World::new(pool).await;
    let line = json!({"event_id": "a", "ts_event": NOW, "user_id": "u", "event_name": "x"}).to_string();
    let first = world.send_events(&line).await.json();
    let again = world.send_events(&format!("{line}\n{line}")).await.json();
    assert_eq!((&first["accepted"], &first["duplicates"]), (&json!(1), &json!(0)));
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(2)));
}

#[sqlx::test(migrations = "../migrations")]
async fn any_site_may_send_and_none_may_read_with_cookies(pool: PgPool) {
    let world = World::new(pool).await;
    for path in ["/v1/batch", "/v1/t", "/api/v1/events"] {
        let asked = [
            ("origin", "https://tv.example"),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        let answer = world.send(Method::OPTIONS, path, &asked, "").await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{path}");
        assert_eq!(answer.headers["access-control-allow-origin"], "*");
        assert!(answer.headers["access-control-allow-headers"].to_str().unwrap().contains("authorization"));
        assert!(!answer.headers.contains_key("access-control-allow-credentials"));
        // Also what is refused must be readable, or a page sees nothing but a failure.
        let refused = world.send(Method::POST, path, &[("origin", "https://tv.example")], "{}").await;
        assert_eq!(refused.headers["access-control-allow-origin"], "*");
    }
    let query = world.ask(Method::POST, "/api/v1/query", Person::NationalEditor, "{}").await;
    assert!(!query.headers.contains_key("access-control-allow-origin"));
}

/// Files bring history: no horizon, and the same file twice counts once.
#[sqlx::test(migrations = "../migrations")]
async fn a_file_of_events_is_loaded_once(pool: PgPool) {
    let world = World::new(pool).await;
    let event = |id: &str, moment: i64| {
        json!({"event_id": id, "ts_event": moment, "user_id": "u", "event_name": "x"}).to_string()
    };
    let year_ms = 365 * 86_400_000;
    let lines = [event("a", NOW), event("b", NOW - year_ms), event("a", NOW), "{".to_owned()].join("\n");
    let file = world.folder.path().join("events.ndjson.gz");
    std::fs::write(&file, gzip(&lines)).unwrap();
    let order = || Order::ImportEvents { file: file.clone(), write_key: world.write_key.clone() };
    let Outcome::EventsImported { told } = control::carry_out(&world.stores, order()).await else { panic!() };
    assert_eq!(told[0], "2 events taken, 1 known already, 1 rejected");
    assert!(told[1].starts_with("  line 4: not a JSON object"), "{told:?}");
    let Outcome::EventsImported { told } = control::carry_out(&world.stores, order()).await else { panic!() };
    assert_eq!(told, ["0 events taken, 2 known already, 0 rejected"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_without_a_fault_is_told_as_taken(pool: PgPool) {
    let world = World::new(pool).await;
    let event = |id: &str| json!({"event_id": id, "ts_event": NOW, "user_id": "u", "event_name": "x"}).to_string();
    let file = world.folder.path().join("events.ndjson");
    std::fs::write(&file, [event("a"), event("b")].join("\n")).unwrap();
    let order = Order::ImportEvents { file, write_key: world.write_key.clone() };
    let Outcome::EventsImported { told } = control::carry_out(&world.stores, order).await else { panic!() };
    assert_eq!(told, ["2 events taken, 0 known already, 0 rejected"]);
}
