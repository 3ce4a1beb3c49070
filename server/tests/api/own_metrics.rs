//! Own metrics over HTTP: kept, read, exported, imported, and nothing for those who may not.

use super::world::{Person, World, plays_per_user};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;

const PATH: &str = "/api/v1/own-metrics/own.plays_per_user";

#[sqlx::test(migrations = "../migrations")]
async fn a_metric_is_kept_asked_exported_and_imported_again(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let editor = Person::NationalEditor;
    let put = json!({"metric": plays_per_user(), "note": "first"});
    let kept = world.ask(Method::PUT, PATH, editor, put.to_string()).await;
    assert_eq!((kept.status, &kept.json()["version"]), (StatusCode::OK, &json!(1)), "{}", kept.body);
    let query = json!({"metrics": ["own.plays_per_user"], "time": {"last": "24h"}});
    let asked = world.query(editor, &query).await.json();
    assert_eq!((&asked["rows"], &asked["columns"][0]["version"]), (&json!([[1.0]]), &json!(1)));
    let file = world.ask(Method::GET, &format!("{PATH}/file?form=toml"), editor, "").await;
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("own.plays_per_user.toml"));
    let again = world.ask(Method::POST, "/api/v1/own-metrics/import", editor, file.body.clone()).await;
    assert_eq!(again.json()["metrics"][0]["imported"], "unchanged", "{}", again.body);
    let wrong = file.body.replace("content.play_users", "content.play_usres");
    let refused = world.ask(Method::POST, "/api/v1/own-metrics/import", editor, wrong).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::BAD_REQUEST, "invalid_metric"));
    let parameters = &refused.json()["parameters"];
    assert_eq!(parameters["field"], "value.ratio.to");
    assert!(parameters["line"].as_str().is_some_and(|line| line.parse::<usize>().is_ok()), "{parameters}");
    let stale = world.ask(Method::PUT, PATH, editor, json!({"metric": plays_per_user(), "base": 7}).to_string()).await;
    assert_eq!((stale.status, stale.code().as_str()), (StatusCode::CONFLICT, "metric_changed"));
    let retired = world.ask(Method::POST, &format!("{PATH}/retire"), editor, "").await;
    assert_eq!(retired.status, StatusCode::OK, "{}", retired.body);
    assert_eq!(world.query(editor, &query).await.code(), "metric_retired");
}

/// Whether it is there makes no difference to whoever may not have it.
#[sqlx::test(migrations = "../migrations")]
async fn whoever_may_not_is_answered_as_if_it_did_not_exist(pool: PgPool) {
    let world = World::with_plays(pool).await;
    world.own_metric().await;
    let asks = [
        (Method::GET, "", Value::Null),
        (Method::GET, "/file", Value::Null),
        (Method::POST, "/retire", Value::Null),
        (Method::PUT, "", json!({"metric": plays_per_user(), "base": 1})),
    ];
    for person in [Person::Anonymous, Person::ViewerWithoutGrant, Person::ZhejiangViewer, Person::Admin] {
        for (method, path, body) in &asks {
            let body = body.to_string();
            let there = world.ask(method.clone(), &format!("{PATH}{path}"), person, body.clone()).await;
            let absent = format!("/api/v1/own-metrics/own.nothing{path}");
            let absent =
                world.ask(method.clone(), &absent, person, body.replace("own.plays_per_user", "own.nothing")).await;
            assert!(there.status.is_client_error(), "{person:?} {method} {path}: {}", there.body);
            let same = |answer: &super::world::Answer| {
                let mut problem = answer.json();
                problem["incident"] = Value::Null;
                problem.to_string().replace("own.nothing", "…").replace("own.plays_per_user", "…")
            };
            assert_eq!((there.status, same(&there)), (absent.status, same(&absent)), "{person:?} {method} {path}");
        }
    }
    // An editor with the grant and without the right reads what it means and changes nothing.
    let read = world.ask(Method::GET, PATH, Person::ZhejiangEditor, "").await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.body);
    let change = world.ask(Method::POST, &format!("{PATH}/retire"), Person::ZhejiangEditor, "").await;
    assert_eq!(change.code(), "forbidden");
}
