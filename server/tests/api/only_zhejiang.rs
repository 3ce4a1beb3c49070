//! What the editor of Zhejiang gets holds Zhejiang only, and what happens elsewhere changes no byte of it.

use super::world::{Person, World, plays_query, provinces_seen};
use axum::http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn answers_and_filter_lists_hold_only_zhejiang(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let national = world.query(Person::NationalEditor, &plays_query()).await;
    assert_eq!(provinces_seen(&national.body), ["ZJ", "GD", "unknown"], "{}", national.body);
    let zhejiang = world.query(Person::ZhejiangEditor, &plays_query()).await;
    assert_eq!(zhejiang.json()["rows"], json!([["only_zj", "ZJ", 3]]), "{}", zhejiang.body);

    for dimension in ["province", "content"] {
        let asked = json!({"metric": "content.plays", "dimension": dimension, "search": ""}).to_string();
        let values = world.ask(Method::POST, "/fn/filter_values", Person::ZhejiangEditor, asked).await;
        assert_eq!(values.status, StatusCode::OK, "{}", values.body);
        let expected = if dimension == "province" { json!(["ZJ"]) } else { json!(["only_zj"]) };
        assert_eq!(values.json(), expected, "{dimension}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_page_of_a_metric_holds_only_zhejiang(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let asked = json!({"metric": "content.plays"}).to_string();
    let answers = async |person: Person| {
        let card = world.ask(Method::POST, "/fn/open_metric", person, asked.clone()).await;
        assert_eq!(card.status, StatusCode::OK, "{}", card.body);
        card.json()["InUse"]["answers"].to_string()
    };
    assert!(answers(Person::NationalEditor).await.contains(r#""GD""#));
    let zhejiang = answers(Person::ZhejiangEditor).await;
    assert!(zhejiang.contains(r#""ZJ""#) && !zhejiang.contains(r#""GD""#), "{zhejiang}");
    assert_eq!(answers(Person::ZhejiangViewer).await, "[]", "viewers ask nothing of their own");
}

/// The curves beside the rows come through the same scope as the rows.
#[sqlx::test(migrations = "../migrations")]
async fn courses_hold_only_zhejiang(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let mut query = plays_query();
    query["course"] = json!("hour");
    query["limit"] = json!(50);
    // Whether rows are told by what is in them, or all provinces stand in one row.
    let by_isp = {
        let mut query = query.clone();
        query["by"] = json!(["isp"]);
        query
    };
    let courses = async |person: Person, query: &serde_json::Value| {
        let answer = world.query(person, query).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let columns = answer.json()["columns"].as_array().unwrap().clone();
        let course = columns.iter().find(|column| column["name"] == "content.plays").unwrap()["course"].clone();
        let sum = |row: &serde_json::Value| row.as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).sum();
        course["rows"].as_array().unwrap().iter().map(sum).collect::<Vec<f64>>()
    };
    assert_eq!(courses(Person::ZhejiangEditor, &query).await, [3.0]);
    assert_eq!(courses(Person::ZhejiangEditor, &by_isp).await, [3.0]);
    assert_eq!(courses(Person::NationalEditor, &by_isp).await, [15.0]);
    assert_eq!(courses(Person::NationalEditor, &query).await, [5.0, 7.0, 3.0], "Guangdong, nowhere, Zhejiang");
    let before = world.query(Person::ZhejiangEditor, &query).await.body;
    world.play("only_gd_more", Some("GD"), 4).await;
    assert_eq!(
        world.query(Person::ZhejiangEditor, &query).await.body,
        before,
        "what happens elsewhere changes no byte"
    );
}

/// What is told of how a query is answered counts no row of anywhere else either.
#[sqlx::test(migrations = "../migrations")]
async fn an_explanation_counts_only_zhejiang(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let rows = async |person: Person, query: &serde_json::Value| {
        let told = world.ask(Method::POST, "/api/v1/query?explain", person, query.to_string()).await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.body);
        assert!(told.json().get("rows").is_none(), "no numbers of the answer: {}", told.body);
        let statements = told.json()["statements"].as_array().unwrap().clone();
        statements.iter().map(|statement| statement["rows"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(rows(Person::ZhejiangEditor, &plays_query()).await, [3]);
    let national = rows(Person::NationalEditor, &plays_query()).await;
    assert!(national.iter().all(|rows| *rows > 3), "{national:?}");
    let mut forbidden = plays_query();
    forbidden["where"] = json!([{"dim": "province", "in": ["GD"]}]);
    assert_eq!(rows(Person::ZhejiangEditor, &forbidden).await, [0_u64; 0]);
    let viewer = world.ask(Method::POST, "/api/v1/query?explain", Person::ZhejiangViewer, plays_query().to_string());
    assert_eq!(viewer.await.status, StatusCode::FORBIDDEN);
}

/// A filter for what is forbidden, and one for what does not exist, get the same bytes.
#[sqlx::test(migrations = "../migrations")]
async fn the_forbidden_and_the_nonexistent_look_alike(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let mut answers = Vec::new();
    for province in ["GD", "XX"] {
        let mut query = plays_query();
        query["where"] = json!([{"dim": "province", "in": [province]}]);
        let answer = world.query(Person::ZhejiangEditor, &query).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.json()["state"], "outside_scope");
        answers.push(answer.body);
    }
    assert_eq!(answers[0], answers[1]);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_happens_elsewhere_changes_no_byte(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let before = world.query(Person::ZhejiangEditor, &plays_query()).await.body;
    world.play("only_gd_more", Some("GD"), 4).await;
    assert_eq!(world.query(Person::ZhejiangEditor, &plays_query()).await.body, before);
    world.play("only_zj_more", Some("ZJ"), 1).await;
    assert_ne!(world.query(Person::ZhejiangEditor, &plays_query()).await.body, before);
}

/// Single play sessions are those of Zhejiang too, and for editors alone: whoever else reads the same board is told so, and sees
/// the rest of it.
#[sqlx::test(migrations = "../migrations")]
async fn single_sessions_are_of_zhejiang_and_for_editors(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let query =
        json!({"metrics": ["qoe.attempts"], "time": {"last": "24h"}, "sessions": {"order": "newest", "limit": 20}});
    let national = world.query(Person::NationalEditor, &query).await;
    assert_eq!(provinces_seen(&national.body), ["ZJ", "GD", "unknown"], "{}", national.body);
    let zhejiang = world.query(Person::ZhejiangEditor, &query).await;
    assert_eq!(provinces_seen(&zhejiang.body), ["ZJ"], "{}", zhejiang.body);
    // Three plays, each with its start, a minute of playing, and its end.
    assert_eq!(zhejiang.json()["rows"].as_array().map(Vec::len), Some(9), "{}", zhejiang.body);
    assert!(!zhejiang.body.contains("household"), "{}", zhejiang.body);

    let [timeline, number] = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];
    let time = json!({"last": "24h"});
    let board = json!({
        "title": "Sessions",
        "tiles": [
            {"id": timeline, "content": {
                "component": "session_timeline", "binding": {"metric": "qoe.attempts", "order": "newest", "time": time},
            }},
            {"id": number, "content": {"component": "kpi", "binding": {"metric": "qoe.attempts", "time": time}}},
        ],
        "desk": [
            {"tile": timeline, "rect": {"x": 0, "y": 0, "w": 8, "h": 7}},
            {"tile": number, "rect": {"x": 8, "y": 0, "w": 3, "h": 3}},
        ],
    });
    let board = world.publish(serde_json::from_value(board).unwrap()).await;
    let opened = async |person: Person| {
        let asked = json!({"board": board}).to_string();
        let answer = world.ask(Method::POST, "/fn/open_board", person, asked).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()["frames"].clone()
    };
    // Whoever comes first: what one may see is never shared with who may not.
    for (person, is_shown) in [(Person::ZhejiangEditor, true), (Person::ZhejiangViewer, false)] {
        let frames = opened(person).await;
        assert_eq!(frames[0].to_string().contains("only_zj"), is_shown, "{frames}");
        assert_eq!(frames[0].to_string().contains("forbidden"), !is_shown, "{frames}");
        assert!(frames[1].to_string().contains("qoe.attempts") && !frames[1].to_string().contains("forbidden"));
    }
}
