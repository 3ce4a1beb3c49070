//! How people keep their boards: each for themselves, and nobody what is not theirs.

use super::world::{Person, World};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::time::Duration;

async fn listed(world: &World, person: Person) -> Vec<Value> {
    let answer = world.ask(Method::POST, "/fn/list_boards", person, "{}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json().as_array().unwrap().clone()
}

async fn asked(world: &World, path: &str, person: Person, body: Value) -> StatusCode {
    world.ask(Method::POST, path, person, body.to_string()).await.status
}

/// The list, once it holds the visit: nobody who opens a board waits for that.
async fn once_visited(world: &World, person: Person) -> Vec<Value> {
    let noted = async {
        loop {
            let listed = listed(world, person).await;
            if !listed[0]["visited_at"].is_null() {
                return listed;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), noted).await.expect("an opened board is noted")
}

#[sqlx::test(migrations = "../migrations")]
async fn favourites_and_visits_are_of_one_person(pool: PgPool) {
    let world = World::new(pool).await;
    let board = world.publish_board().await;
    let before = listed(&world, Person::ZhejiangViewer).await;
    assert_eq!((&before[0]["is_favourite"], &before[0]["visited_at"]), (&json!(false), &Value::Null));
    let mark = |is_favourite: bool| json!({"board": board, "is_favourite": is_favourite});
    for _ in ["marked", "marked again"] {
        assert_eq!(asked(&world, "/fn/mark_favourite", Person::ZhejiangViewer, mark(true)).await, StatusCode::OK);
    }
    assert_eq!(asked(&world, "/fn/open_board", Person::ZhejiangViewer, json!({"board": board})).await, StatusCode::OK);
    let own = once_visited(&world, Person::ZhejiangViewer).await;
    assert_eq!(own[0]["is_favourite"], json!(true));
    let others = listed(&world, Person::NationalEditor).await;
    assert_eq!((&others[0]["is_favourite"], &others[0]["visited_at"]), (&json!(false), &Value::Null));
    assert_eq!(asked(&world, "/fn/mark_favourite", Person::ZhejiangViewer, mark(false)).await, StatusCode::OK);
    assert_eq!(listed(&world, Person::ZhejiangViewer).await[0]["is_favourite"], json!(false));
    assert_eq!(asked(&world, "/fn/mark_favourite", Person::Anonymous, mark(true)).await, StatusCode::UNAUTHORIZED);
    let unknown = json!({"board": "00000000-0000-7000-8000-00000000dead", "is_favourite": true});
    assert_eq!(asked(&world, "/fn/mark_favourite", Person::ZhejiangViewer, unknown).await, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../migrations")]
async fn editors_keep_boards_in_folders_and_viewers_see_them_there(pool: PgPool) {
    let world = World::new(pool).await;
    let board = world.publish_board().await;
    let into = |folder: &str| json!({"board": board, "folder": folder});
    assert_eq!(asked(&world, "/fn/move_to_folder", Person::ZhejiangViewer, into("日报")).await, StatusCode::FORBIDDEN);
    assert_eq!(asked(&world, "/fn/move_to_folder", Person::NationalEditor, into(" 日报 ")).await, StatusCode::OK);
    for person in [Person::NationalEditor, Person::ZhejiangViewer] {
        assert_eq!(listed(&world, person).await[0]["folder"], json!("日报"));
    }
    // The version that is published stays the same: a folder is no edit.
    assert_eq!(listed(&world, Person::NationalEditor).await[0]["has_unpublished_edits"], json!(false));
    assert_eq!(asked(&world, "/fn/move_to_folder", Person::NationalEditor, into("")).await, StatusCode::OK);
    assert_eq!(listed(&world, Person::ZhejiangViewer).await[0]["folder"], Value::Null);
}
