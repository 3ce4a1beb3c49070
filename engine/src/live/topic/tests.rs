//! What a topic may miss while it is being opened.

use crate::{
    access::tests::world::{World, within_reason},
    boards::Boards,
    events::EventStore,
    live::{
        Sources,
        topics::{State, TopicKey, Topics},
    },
    metrics::Metrics,
};
use model::{
    access::Role,
    board::{Board, Edit, Operation, OperationId, Reading, Title},
    geo::Region,
    metric::Domain,
    time::Calendar,
};
use sqlx::PgPool;
use std::sync::Arc;

/// Between reading what is published and listening to changes another version may come: nobody tells of it again.
#[sqlx::test(migrations = "../migrations")]
async fn a_board_published_while_its_topic_opens_is_not_missed(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Editor).await;
    world.grant("li@example.com", &[Domain::Content], &[Region::Unknown]).await;
    let session = world.sign_in("li@example.com").await;
    let who = world.access.principal_of_session(&session).await.unwrap();
    let boards = Boards::open(&world.databases, world.clock.clone());
    let mut changes = boards.changes();
    let id = boards.create(&who, Board::default()).await.unwrap();
    let edit = world.access.authorize_edit(&who, id).await.unwrap();
    assert_eq!(boards.publish(&edit).await.unwrap(), 1);
    let view = world.access.authorize_view(&who, id).await.unwrap();
    let read = boards.published(&view).await.unwrap();
    let operation = Operation::RenameBoard { title: Title::parse("renamed").unwrap() };
    boards.append(&edit, Edit { id: OperationId::from_u128(1), base_version: 0, operation }).await.unwrap();
    assert_eq!(boards.publish(&edit).await.unwrap(), 2);
    for _ in ["created", "published", "renamed", "published anew"] {
        assert_eq!(within_reason(changes.recv()).await.unwrap(), id);
    }

    let folder = tempfile::tempdir().unwrap();
    let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
    let sources = Arc::new(Sources {
        access: world.access.clone(),
        boards,
        metrics: Metrics::open(
            store.clone().into(),
            Calendar::CHINA,
            crate::facts::CleaningRules::default(),
            world.clock.clone(),
        )
        .unwrap(),
        engine: store.into(),
        calendar: Calendar::CHINA,
        clock: world.clock.clone(),
    });
    let topics = Arc::new(Topics::default());
    let key = Arc::new(TopicKey {
        board: id,
        version: read.version,
        scope: who.scope().unwrap().clone(),
        reading: Reading::default(),
    });
    let mut states = topics.watch(&sources, &key, &view, &read.board);
    let superseded = states.wait_for(|state| matches!(state, State::Superseded));
    within_reason(superseded).await.unwrap();
    assert_eq!(topics.count(), 0);
    world.close().await;
}
