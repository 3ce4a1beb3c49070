//! Boards that are watched: what the stream says, to whom, and when it ends.

use super::{
    boards::many_figures,
    watcher::{PATIENCE, Watcher},
    world::{Person, World, provinces_seen},
};
use axum::http::{Method, StatusCode};
use model::board::{Reading, TileAnswer, TileFrame};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn a_watched_board_changes_with_what_its_reader_may_see(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    let session = world.session(Person::ZhejiangEditor).await.unwrap();
    let mut zhejiang = Watcher::open(&world, board, &session).await;
    let mut national = Watcher::open(&world, board, &world.session(Person::NationalEditor).await.unwrap()).await;
    let (event, data) = zhejiang.next().await.unwrap();
    assert_eq!((event.as_str(), provinces_seen(&data)), ("frames", vec!["ZJ"]), "{data}");
    let (_, data) = national.next().await.unwrap();
    assert_eq!(provinces_seen(&data), ["ZJ", "GD", "unknown"]);

    // Guangdong's news reach the national editor; Zhejiang's next message is about Zhejiang.
    world.play("only_gd_news", Some("GD"), 1).await;
    let (_, data) = national.next().await.unwrap();
    assert!(data.contains("only_gd_news"), "{data}");
    world.play("only_zj_news", Some("ZJ"), 1).await;
    let (event, data) = zhejiang.next().await.unwrap();
    assert_eq!(event, "frames");
    assert!(data.contains("only_zj_news") && !data.contains("only_gd"), "{data}");
}

/// More than one request may ask.
#[sqlx::test(migrations = "../migrations")]
async fn a_board_of_a_hundred_and_one_figures_shows_them_all(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish(many_figures(101)).await;
    let who = world.principal(Person::NationalEditor).await;
    let opened = world.stores.engine.live.open_board(&who, board, Reading::default()).await.unwrap();
    assert_eq!(opened.frames.len(), 101);
    for TileFrame { tile, answer } in opened.frames {
        assert!(matches!(answer, TileAnswer::Frame(_)), "{tile}: {answer:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_board_that_is_deleted_leaves_the_screen(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    let session = world.session(Person::ZhejiangEditor).await.unwrap();
    let mut watcher = Watcher::open(&world, board, &session).await;
    watcher.next().await.unwrap();
    let engine = &world.stores.engine;
    let who = world.principal(Person::NationalEditor).await;
    engine.boards.delete(&engine.access.authorize_edit(&who, board).await.unwrap()).await.unwrap();
    assert_eq!(watcher.next().await.unwrap().0, "rights");
    assert_eq!(watcher.next().await, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_new_version_asks_readers_to_load_it(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    let session = world.session(Person::ZhejiangEditor).await.unwrap();
    let mut watcher = Watcher::open(&world, board, &session).await;
    watcher.next().await.unwrap();

    world.publish_anew(board).await;
    assert_eq!(watcher.next().await.unwrap().0, "board");
    assert_eq!(watcher.next().await, None);
}

/// A page that was asleep while the board was published must not draw the new frames into its old layout.
#[sqlx::test(migrations = "../migrations")]
async fn a_page_with_an_older_version_is_told_so_and_gets_no_frame(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    world.publish_anew(board).await;
    let session = world.session(Person::ZhejiangEditor).await.unwrap();
    let address = |version: &str| format!("/api/v1/boards/{board}/stream?version={version}");
    let mut outdated = Watcher::open_at(&world, &address("1"), &session).await;
    assert_eq!(outdated.next().await.unwrap().0, "board");
    assert_eq!(outdated.next().await, None);
    let mut current = Watcher::open_at(&world, &address("2"), &session).await;
    assert_eq!(current.next().await.unwrap().0, "frames");
    let wrong = world.ask(Method::GET, &address("newest"), Person::ZhejiangEditor, "").await;
    assert_eq!((wrong.status, wrong.code().as_str()), (StatusCode::BAD_REQUEST, "malformed_request"));
}

#[sqlx::test(migrations = "../migrations")]
async fn watchers_of_the_same_share_one_topic_and_it_ends_with_them(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    let session = world.session(Person::ZhejiangEditor).await.unwrap();
    let mut watchers = Vec::new();
    for _ in 0..5 {
        let mut watcher = Watcher::open(&world, board, &session).await;
        watcher.next().await.unwrap();
        watchers.push(watcher);
    }
    let live = &world.stores.engine.live;
    assert_eq!(live.topics(), 1);
    drop(watchers);
    let gone = async {
        while live.topics() > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.expect("the topic outlives its watchers");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_stopping_server_ends_its_streams(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    let session = world.session(Person::NationalEditor).await.unwrap();
    let mut watcher = Watcher::open(&world, board, &session).await;
    watcher.next().await.unwrap();
    world.stopping.cancel();
    assert_eq!(watcher.next().await, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_board_that_is_not_there_and_one_that_is_not_to_be_seen_look_alike(pool: PgPool) {
    let world = World::new(pool).await;
    let mut answers = Vec::new();
    for id in ["no-uuid", "00000000-0000-7000-8000-00000000dead"] {
        let path = format!("/api/v1/boards/{id}/stream");
        let answer = world.ask(Method::GET, &path, Person::NationalEditor, "").await;
        answers.push((answer.status, answer.code(), answer.json()["detail"].clone()));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, StatusCode::NOT_FOUND);
}
