//! Drafts while they are edited: every editor hears of every edit and of who is there, and nobody else hears anything.

use super::{
    watcher::Watcher,
    world::{Person, World},
};
use axum::http::{Method, StatusCode};
use model::board::{Board, BoardId, Colleague, Draft, Operation, OperationId, TabId, Title};
use serde_json::json;
use sqlx::PgPool;

fn address(board: BoardId, tab: u128) -> String {
    format!("/api/v1/boards/{board}/draft/stream?tab={}", TabId::from_u128(tab))
}

async fn heard<T: serde::de::DeserializeOwned>(watcher: &mut Watcher, wanted: &str) -> T {
    loop {
        let (event, data) = watcher.next().await.expect("the stream ended");
        if event == wanted {
            return serde_json::from_str(&data).unwrap();
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_editor_hears_of_edits_and_of_who_is_there(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    let engine = &world.stores.engine;
    let session = world.session(Person::NationalEditor).await.unwrap();
    let mut national = Watcher::open_at(&world, &address(board, 1), &session).await;
    let first: Draft = heard(&mut national, "draft").await;
    assert_eq!(heard::<Vec<Colleague>>(&mut national, "company").await, []);

    let colleague = world.session(Person::ZhejiangEditor).await.unwrap();
    let mut zhejiang = Watcher::open_at(&world, &address(board, 2), &colleague).await;
    let there: Vec<Colleague> = heard(&mut national, "company").await;
    assert_eq!(there.len(), 1);
    let tile = first.board.tiles()[0].id;
    let selection = json!({"board": board, "tab": TabId::from_u128(2), "tiles": [tile]}).to_string();
    let shown = world.ask(Method::POST, "/fn/show_selection", Person::ZhejiangEditor, selection).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    let there: Vec<Colleague> = heard(&mut national, "company").await;
    assert_eq!(there[0].tiles, [tile]);

    let who = world.principal(Person::ZhejiangEditor).await;
    let proof = engine.access.authorize_edit(&who, board).await.unwrap();
    let operation = Operation::RenameBoard { title: Title::parse("一起改").unwrap() };
    let edit = model::board::Edit { id: OperationId::from_u128(77), base_version: first.version, operation };
    engine.boards.append(&proof, edit).await.unwrap();
    let after: Draft = heard(&mut national, "draft").await;
    assert_eq!((after.board.title().as_str(), after.version), ("一起改", first.version + 1));
    assert!(!after.may_undo, "what the other did is the other's to undo");
    let own = loop {
        let draft: Draft = heard(&mut zhejiang, "draft").await;
        if draft.version > first.version {
            break draft;
        }
    };
    assert!(own.may_undo);

    drop(zhejiang);
    assert_eq!(heard::<Vec<Colleague>>(&mut national, "company").await, []);
}

#[sqlx::test(migrations = "../migrations")]
async fn who_looks_on_hears_of_edits_and_is_not_seen(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    let session = world.session(Person::NationalEditor).await.unwrap();
    let preview = format!("/api/v1/boards/{board}/draft/stream");
    let mut phone = Watcher::open_at(&world, &preview, &session).await;
    let first: Draft = heard(&mut phone, "draft").await;
    let mut builder = Watcher::open_at(&world, &address(board, 5), &session).await;
    assert_eq!(heard::<Vec<Colleague>>(&mut builder, "company").await, []);

    let who = world.principal(Person::NationalEditor).await;
    let proof = world.stores.engine.access.authorize_edit(&who, board).await.unwrap();
    let operation = Operation::RenameBoard { title: Title::parse("手机上看").unwrap() };
    let edit = model::board::Edit { id: OperationId::from_u128(78), base_version: first.version, operation };
    world.stores.engine.boards.append(&proof, edit).await.unwrap();
    // Nothing comes in between: who looks on does not hear of those who come and go either.
    let (event, data) = phone.next().await.expect("the stream ended");
    let after: Draft = serde_json::from_str(&data).unwrap();
    assert_eq!((event.as_str(), after.board.title().as_str()), ("draft", "手机上看"));
    let refused = world.ask(Method::GET, &format!("{preview}?tab=7"), Person::NationalEditor, "").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.body.contains("tab"), "{}", refused.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_draft_is_told_to_editors_for_as_long_as_they_are(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish(Board::titled(Title::parse("草稿").unwrap())).await;
    for person in [Person::Anonymous, Person::ZhejiangViewer] {
        // To work on it, and to look on.
        for address in [address(board, 3), format!("/api/v1/boards/{board}/draft/stream")] {
            let refused = world.ask(Method::GET, &address, person, "").await;
            assert!(refused.status.is_client_error(), "{person:?}: {}", refused.status);
            assert!(!refused.body.contains("草稿"));
        }
    }
    let session = world.session(Person::ZhejiangEditor).await.unwrap();
    let mut watcher = Watcher::open_at(&world, &address(board, 4), &session).await;
    heard::<Draft>(&mut watcher, "draft").await;
    world.stores.engine.access.sign_out(&session).await.unwrap();
    let last = loop {
        match watcher.next().await {
            Some((event, _)) if event == "company" => {}
            other => break other,
        }
    };
    assert_eq!(last.map(|(event, _)| event), Some("signed_out".to_owned()));
    assert_eq!(watcher.next().await, None);
}
