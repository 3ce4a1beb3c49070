//! What people and programs get wrong: each a clear message and a proper status, and nothing lost that was good.

use super::world::{NOW, Person, World, plays_query};
use axum::http::{Method, StatusCode};
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use server::control::{self, Order, Outcome};
use sqlx::PgPool;
use std::{io::Write, path::PathBuf};

#[sqlx::test(migrations = "../migrations")]
async fn malformed_json_is_told_with_its_place(pool: PgPool) {
    let world = World::new(pool).await;
    let answer = world.ask(Method::POST, "/api/v1/query", Person::NationalEditor, "{\"metrics\": [").await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "malformed_json"));
    assert_eq!(answer.json()["parameters"]["line"], "1");
    assert_eq!(answer.headers["content-type"], "application/problem+json");

    let events = world.send_events("{\"event_id\": \"a\", \n{not json}").await;
    assert_eq!((events.status, events.code().as_str()), (StatusCode::BAD_REQUEST, "malformed_request"));
    let segment = world.send(Method::POST, "/v1/batch", &[("authorization", &world.bearer())], "{").await;
    assert_eq!((segment.status, segment.code().as_str()), (StatusCode::BAD_REQUEST, "malformed_json"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_server_function_tells_what_it_can_not_read(pool: PgPool) {
    let world = World::new(pool).await;
    for body in ["{", "[]", "{\"title\": 1}", "\u{0}"] {
        let answer = world.ask(Method::POST, "/fn/create_board", Person::NationalEditor, body).await;
        let got = (answer.status, answer.code());
        assert_eq!(got, (StatusCode::BAD_REQUEST, "malformed_request".to_owned()), "{body}: {}", answer.body);
    }
    let form = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    let answer = world.send(Method::POST, "/fn/sign_in", &form, "email=a").await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "malformed_request"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_wrong_write_key_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    for path in ["/api/v1/events", "/v1/batch", "/v1/track"] {
        for authorization in ["Bearer lw_wrong", "Basic bHdfd3Jvbmc6", "nonsense", ""] {
            let answer = world.send(Method::POST, path, &[("authorization", authorization)], "{}").await;
            let got = (answer.status, answer.code());
            assert_eq!(got, (StatusCode::UNAUTHORIZED, "wrong_write_key".to_owned()), "{path} {authorization}");
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_body_of_64_mib_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    for path in ["/api/v1/events", "/v1/batch"] {
        let body = vec![b' '; 64 * 1024 * 1024];
        let answer = world.send(Method::POST, path, &[("authorization", &world.bearer())], body).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large"));
        assert_eq!(answer.json()["parameters"]["limit_bytes"], "8388608");
    }
    let body = vec![b' '; 80 * 1024];
    let answer = world.ask(Method::POST, "/fn/create_board", Person::NationalEditor, body).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_gzip_bomb_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..256 {
        encoder.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    let mut bomb = encoder.finish().unwrap();
    // Whoever unpacks it to its end finds that the end is damaged, and says something else.
    let end = bomb.len() - 8;
    bomb[end..].fill(0xff);
    assert!(bomb.len() < 512 * 1024, "256 MiB in {} bytes", bomb.len());
    for path in ["/api/v1/events", "/v1/batch"] {
        let headers = [("authorization", world.bearer()), ("content-encoding", "gzip".to_owned())];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = world.send(Method::POST, path, &headers, bomb.clone()).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large"));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn events_of_1970_and_2100_are_listed_and_the_good_one_is_kept(pool: PgPool) {
    let world = World::new(pool).await;
    let event = |id: &str, moment: serde_json::Value| {
        json!({"event_id": id, "ts_event": moment, "user_id": "u", "event_name": "x"}).to_string()
    };
    let lines = [event("old", json!(0)), event("good", json!(NOW)), event("far", json!("2100-01-01T00:00:00Z"))];
    let answer = world.send_events(&lines.join("\n")).await;
    assert_eq!(answer.status, StatusCode::OK);
    let body = answer.json();
    assert_eq!((&body["accepted"], &body["rejected_count"]), (&json!(1), &json!(2)));
    let positions: Vec<_> =
        body["rejected"].as_array().unwrap().iter().map(|rejection| &rejection["position"]).collect();
    assert_eq!(positions, [&json!(1), &json!(3)]);
    for rejection in body["rejected"].as_array().unwrap() {
        assert_eq!(rejection["field"], "ts_event");
        assert!(!rejection["reason"].as_str().unwrap().is_empty());
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn unknown_names_are_told(pool: PgPool) {
    let world = World::new(pool).await;
    let ask = async |query: serde_json::Value| {
        let answer = world.query(Person::NationalEditor, &query).await;
        (answer.status.as_u16(), answer.code())
    };
    let unknown_metric = json!({"metrics": ["content.playz"], "time": {"last": "24h"}});
    assert_eq!(ask(unknown_metric).await, (400, "unknown_metric".to_owned()));
    let unknown_dimension = json!({"metrics": ["content.plays"], "by": ["planet"], "time": {"last": "24h"}});
    assert_eq!(ask(unknown_dimension).await, (400, "unknown_dimension".to_owned()));
    let not_of_metric = json!({"metrics": ["content.plays"], "by": ["tier"], "time": {"last": "24h"}});
    assert_eq!(ask(not_of_metric).await, (400, "dimension_not_of_metric".to_owned()));
    let unknown_field = json!({"metrics": ["content.plays"], "time": {"last": "24h"}, "sql": "select 1"});
    assert_eq!(ask(unknown_field).await, (400, "invalid_query".to_owned()));
    let too_many = json!({"queries": vec![plays_query(); 101]});
    assert_eq!(ask(too_many).await, (400, "too_many_queries".to_owned()));
}

#[sqlx::test(migrations = "../migrations")]
async fn an_empty_scope_is_an_error_and_not_an_empty_filter(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let token = world.stores.engine.access.create_token(Person::ViewerWithoutGrant.email()).await.unwrap();
    let authorization = format!("Bearer {token}");
    let query = plays_query().to_string();
    let answer = world.send(Method::POST, "/api/v1/query", &[("authorization", &authorization)], query).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, "empty_scope"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_guide_that_stops_in_the_middle_is_kept_as_far_as_it_goes(pool: PgPool) {
    let world = World::new(pool).await;
    let guide = include_str!("../../../assets/epg-cctv1.xml");
    let half: String = guide.chars().take(guide.chars().count() / 2).collect();
    let file: PathBuf = world.folder.path().join("half.xml");
    std::fs::write(&file, half).unwrap();
    let Outcome::ProgrammesImported { told } = control::carry_out(&world.stores, Order::ImportEpg { file }).await
    else {
        panic!("the half guide was refused");
    };
    assert!(!told[0].starts_with("0 programmes"), "{told:?}");
    assert!(told.iter().any(|line| line.contains("stops in the middle")), "{told:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn other_sites_can_not_act_for_a_signed_in_person(pool: PgPool) {
    let world = World::new(pool).await;
    let session = world.session(Person::NationalEditor).await.unwrap();
    let cookie = format!("lingdong_session={}", session.reveal());
    let elsewhere: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[],
    ];
    for path in ["/fn/create_board", "/fn/sign_in", "/fn/sign_out", "/api/v1/query"] {
        for from in elsewhere {
            let mut headers = vec![("cookie", cookie.as_str()), ("content-type", "application/json")];
            headers.extend(from);
            let answer = world.send(Method::POST, path, &headers, "{}").await;
            let got = (answer.status, answer.code());
            assert_eq!(got, (StatusCode::FORBIDDEN, "cross_site".to_owned()), "{path} {from:?}");
        }
    }
    let ours = [("cookie", cookie.as_str()), ("origin", "http://boards.test"), ("content-type", "application/json")];
    let answer = world.send(Method::POST, "/fn/list_boards", &ours, "{}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

impl World {
    fn bearer(&self) -> String {
        format!("Bearer {}", self.write_key)
    }
}
