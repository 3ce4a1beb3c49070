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
