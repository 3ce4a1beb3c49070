//! Boards that are read with filters: by page, stream and the filters' own lists, always within the reader's scope.

use super::{
    watcher::Watcher,
    world::{Person, World, provinces_seen},
};
use axum::http::{Method, StatusCode};
use model::board::{Board, BoardId};
use serde_json::{Value, json};
use sqlx::PgPool;

/// Plays by content and province, with filters about both.
fn filtered_board() -> Board {
    let mut document = serde_json::to_value(super::boards::plays_by_content_and_province()).unwrap();
    document["filters"] = json!([{"filter": "values", "dim": "province"}, {"filter": "values", "dim": "content"}]);
    serde_json::from_value(document).unwrap()
}

async fn opened(world: &World, board: BoardId, person: Person, reading: Value) -> String {
    let asked = json!({"board": board, "reading": reading});
    let answer = world.ask(Method::POST, "/fn/open_board", person, asked.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["frames"].to_string()
}

async fn choices(world: &World, board: BoardId, person: Person, dimension: &str, reading: Value) -> Value {
    let asked = json!({"board": board, "dimension": dimension, "reading": reading, "search": ""});
    let answer = world.ask(Method::POST, "/fn/filter_choices", person, asked.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_reader_narrows_a_board_and_never_widens_it(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish(filtered_board()).await;
    let only = |province: &str| json!({"values": {"province": {"values": [province]}}});
    let national = opened(&world, board, Person::NationalEditor, only("GD")).await;
    assert_eq!(provinces_seen(&national), ["GD"], "{national}");
    let zhejiang = opened(&world, board, Person::ZhejiangViewer, only("ZJ")).await;
    assert_eq!(provinces_seen(&zhejiang), ["ZJ"], "{zhejiang}");

    // What is not theirs and what does not exist are the same to them.
    let forbidden = opened(&world, board, Person::ZhejiangViewer, only("GD")).await;
    assert!(forbidden.contains("outside_scope") && !forbidden.contains("only_gd"), "{forbidden}");
    assert_eq!(forbidden, opened(&world, board, Person::ZhejiangViewer, only("XX")).await);

    // A dimension that the board has no filter about, and does not show, changes nothing.
    let all = opened(&world, board, Person::ZhejiangViewer, json!({})).await;
    let by_operator = json!({"values": {"isp": {"values": ["ct"]}}});
    assert_eq!(opened(&world, board, Person::ZhejiangViewer, by_operator).await, all);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_lists_of_filters_hold_what_occurs_in_the_scope_beside_the_other_filters(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish(filtered_board()).await;
    assert_eq!(choices(&world, board, Person::ZhejiangViewer, "province", json!({})).await, json!(["ZJ"]));
    assert_eq!(choices(&world, board, Person::ZhejiangViewer, "content", json!({})).await, json!(["only_zj"]));
    let in_guangdong = json!({"values": {"province": {"values": ["GD"]}}});
    let national = choices(&world, board, Person::NationalEditor, "content", in_guangdong.clone()).await;
    assert_eq!(national, json!(["only_gd"]), "the list depends on the province");
    let outside = choices(&world, board, Person::ZhejiangViewer, "content", in_guangdong).await;
    assert_eq!(outside, json!([]), "and never leaves the scope");

    let asked = json!({"board": board, "dimension": "isp", "reading": {}, "search": ""});
    let answer = world.ask(Method::POST, "/fn/filter_choices", Person::NationalEditor, asked.to_string()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "the board has no such filter: {}", answer.body);
    let nobody = world.ask(Method::POST, "/fn/filter_choices", Person::Anonymous, asked.to_string()).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_stream_tells_what_its_reader_asked_for(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish(filtered_board()).await;
    let address = |query: &str| format!("/api/v1/boards/{board}/stream?version=1&{query}");
    let national = world.session(Person::NationalEditor).await.unwrap();
    let zhejiang = world.session(Person::ZhejiangViewer).await.unwrap();
    let mut guangdong = Watcher::open_at(&world, &address("province=GD"), &national).await;
    let mut both = Watcher::open_at(&world, &address("province=GD&province=ZJ"), &national).await;
    let mut outside = Watcher::open_at(&world, &address("province=GD"), &zhejiang).await;
    let frames = guangdong.next().await.unwrap().1;
    assert_eq!(provinces_seen(&frames), ["GD"], "{frames}");
    let frames = both.next().await.unwrap().1;
    assert_eq!(provinces_seen(&frames), ["ZJ", "GD"], "{frames}");
    let frames = outside.next().await.unwrap().1;
    assert!(frames.contains("outside_scope") && !frames.contains("only_gd"), "{frames}");
    assert_eq!(world.stores.engine.live.topics(), 3);

    // Another query for the same is the same topic; what is no version is said so.
    let _same = Watcher::open_at(&world, &address("province=GD&province=GD&isp=ct"), &national).await;
    assert_eq!(world.stores.engine.live.topics(), 3);
    let malformed = format!("/api/v1/boards/{board}/stream?version=last");
    let answer = world.ask(Method::GET, &malformed, Person::NationalEditor, "").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_drill_splits_by_what_the_tile_did_not_show_and_stays_in_the_scope(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish(filtered_board()).await;
    let tile = "00000000-0000-7000-8000-000000000001";
    let drill = json!({"drills": {tile: [{"into": "value", "dim": "content", "value": "only_zj", "by": "view_mode"}]}});
    let frames = opened(&world, board, Person::ZhejiangViewer, drill.clone()).await;
    assert!(frames.contains("view_mode") && !frames.contains("only_gd"), "{frames}");
    let nothing =
        json!({"drills": {tile: [{"into": "value", "dim": "content", "value": "only_gd", "by": "view_mode"}]}});
    let frames = opened(&world, board, Person::ZhejiangViewer, nothing).await;
    assert_eq!(provinces_seen(&frames), Vec::<&str>::new(), "{frames}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_tile_leads_only_to_boards_that_its_reader_may_open(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let target = world.publish_board().await;
    let engine = &world.stores.engine;
    let who = world.principal(Person::NationalEditor).await;
    let draft = engine.boards.create(&who, Board::default()).await.unwrap();
    let linking = |to: BoardId| {
        let mut document = serde_json::to_value(filtered_board()).unwrap();
        document["tiles"][0]["opens"] = json!(to);
        serde_json::from_value::<Board>(document).unwrap()
    };
    let links = async |board: BoardId| {
        let asked = json!({"board": board}).to_string();
        world.ask(Method::POST, "/fn/open_board", Person::ZhejiangViewer, asked).await.json()["links"].clone()
    };
    let to_published = world.publish(linking(target)).await;
    assert_eq!(links(to_published).await, json!([{"id": target, "title": "Plays"}]));
    // A draft, and a board that is not there, are both nothing to them.
    let to_draft = world.publish(linking(draft)).await;
    assert_eq!(links(to_draft).await, json!([]));
    let to_nothing = world.publish(linking(BoardId::from_u128(0xdead))).await;
    assert_eq!(links(to_nothing).await, json!([]));
}
