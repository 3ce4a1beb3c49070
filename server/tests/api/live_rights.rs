//! Boards that are watched while rights change: given, taken away and expired.

use super::{
    watcher::Watcher,
    world::{NOW, Person, World, provinces_seen},
};
use engine::access::{ABSOLUTE_LIMIT_MS, Giver, HOME, NewGrant};
use model::{
    geo::{Province, Region},
    metric::Domain,
    time::Timestamp,
};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn a_stream_obeys_its_readers_rights(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    let session = world.session(Person::ZhejiangEditor).await.unwrap();
    let mut watcher = Watcher::open(&world, board, &session).await;
    assert_eq!(provinces_seen(&watcher.next().await.unwrap().1), ["ZJ"]);

    // A new grant is seen in the same stream.
    let grant = NewGrant {
        email: Person::ZhejiangEditor.email().to_owned(),
        domains: vec![Domain::Content],
        regions: vec![Region::Province(Province::GD)],
    };
    world.stores.engine.access.grant(grant).await.unwrap();
    let (event, data) = watcher.next().await.unwrap();
    assert_eq!((event.as_str(), provinces_seen(&data)), ("frames", vec!["ZJ", "GD"]), "{data}");

    // Signing out ends it.
    world.stores.engine.access.sign_out(&session).await.unwrap();
    assert_eq!(watcher.next().await.unwrap().0, "signed_out");
    assert_eq!(watcher.next().await, None);
}

/// Grants may also go behind our back, in psql: narrower frames at once, and nothing at all after the last one.
#[allow(clippy::disallowed_methods)] // what another hand types is not among our prepared queries
#[sqlx::test(migrations = "../migrations")]
async fn what_is_revoked_leaves_an_open_board(pool: PgPool) {
    let world = World::with_plays(pool.clone()).await;
    let board = world.publish_board().await;
    let session = world.session(Person::NationalEditor).await.unwrap();
    let mut watcher = Watcher::open(&world, board, &session).await;
    assert_eq!(provinces_seen(&watcher.next().await.unwrap().1), ["ZJ", "GD", "unknown"]);

    let email = Person::NationalEditor.email();
    let revoke = async |condition: &str| {
        let statement = format!(
            "delete from grant_row where user_id = (select id from app_user where email = '{email}') and {condition}"
        );
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await.unwrap();
    };
    revoke("region <> 'ZJ'").await;
    let (event, data) = watcher.next().await.unwrap();
    assert_eq!((event.as_str(), provinces_seen(&data)), ("frames", vec!["ZJ"]), "{data}");

    revoke("true").await;
    assert_eq!(watcher.next().await.unwrap().0, "rights");
    assert_eq!(watcher.next().await, None);
}

/// Expiry is told by nobody: the clock alone ends it.
#[sqlx::test(migrations = "../migrations")]
async fn what_has_expired_is_not_told_once_more(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let board = world.publish_board().await;
    let grant = NewGrant {
        email: Person::ZhejiangEditor.email().to_owned(),
        domains: vec![Domain::Content],
        regions: vec![Region::Province(Province::GD)],
    };
    let expires = Timestamp::from_millis(NOW + 60_000);
    world.stores.engine.access.grant_by(Giver::OrganisationRoot(HOME), grant, Some(expires)).await.unwrap();
    let session = world.session(Person::ZhejiangEditor).await.unwrap();
    let mut watcher = Watcher::open(&world, board, &session).await;
    assert_eq!(provinces_seen(&watcher.next().await.unwrap().1), ["ZJ", "GD"]);

    world.clock.set(expires);
    world.play("only_gd_news", Some("GD"), 1).await;
    let (event, data) = watcher.next().await.unwrap();
    assert_eq!((event.as_str(), provinces_seen(&data)), ("frames", vec!["ZJ"]), "{data}");

    // And a session that has grown too old hears nothing more.
    world.clock.set(Timestamp::from_millis(NOW + ABSOLUTE_LIMIT_MS));
    assert_eq!(watcher.next().await.unwrap().0, "signed_out");
    assert_eq!(watcher.next().await, None);
}
