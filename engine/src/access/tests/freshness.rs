//! Rights are answered from memory, and yet as fresh as the rows, whoever wrote them.

use super::world::{START, World, within_reason};
use model::{
    access::{OrganisationId, Role},
    geo::{Province, Region},
    metric::Domain,
    problem::ProblemCode,
};
use sqlx::{PgPool, Row as _};
use std::collections::BTreeSet;

const ZJ: Region = Region::Province(Province::ZJ);
const GD: Region = Region::Province(Province::GD);
const HOME: OrganisationId = OrganisationId(1);

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_grant_written_by_hand_is_obeyed_by_the_next_call(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let token = world.sign_in("li@example.com").await;
    let who = world.access.principal_of_session(&token).await.unwrap();
    assert_eq!(who.scope().unwrap_err().code, ProblemCode::EmptyScope);
    assert!(world.access.remembered().recall(token.hash(), START).is_some(), "the second call asks nobody");

    world
        .behind_our_back(
            "insert into grant_row (user_id, domain, organisation_id, region, granted_at)
            select id, 'audience', 1, 'ZJ', now() from app_user",
        )
        .await;
    let who = world.access.principal_of_session(&token).await.unwrap();
    assert_eq!(who.scope().unwrap().pairs(Domain::Audience), &BTreeSet::from([(HOME, ZJ)]));

    world.behind_our_back("update grant_row set region = 'GD'").await;
    let who = world.access.principal_of_session(&token).await.unwrap();
    assert_eq!(who.scope().unwrap().pairs(Domain::Audience), &BTreeSet::from([(HOME, GD)]));

    world.behind_our_back("delete from grant_row").await;
    assert!(world.access.principal_of_session(&token).await.unwrap().scope().is_err());
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn our_own_grant_is_obeyed_before_anybody_tells_us(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let token = world.sign_in("li@example.com").await;
    assert!(world.access.principal_of_session(&token).await.unwrap().scope().is_err());
    world.grant("li@example.com", &[Domain::Orders], &[GD, Region::Unknown]).await;
    let who = world.access.principal_of_session(&token).await.unwrap();
    assert_eq!(who.scope().unwrap().pairs(Domain::Orders).len(), 2);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn whoever_is_disabled_or_moved_loses_everything_at_once(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Editor).await;
    let token = world.sign_in("li@example.com").await;
    let bearer = world.access.create_token("li@example.com").await.unwrap();
    assert!(world.access.principal_of_session(&token).await.unwrap().require_editor().is_ok());

    world.behind_our_back("update app_user set role = 'viewer'").await;
    let refusal = world.access.principal_of_session(&token).await.unwrap().require_editor().unwrap_err();
    assert_eq!(refusal.code, ProblemCode::Forbidden);

    assert!(world.access.principal_of_bearer(&bearer).await.is_ok());
    world.behind_our_back("update app_user set disabled_at = now()").await;
    assert_eq!(world.access.principal_of_session(&token).await.unwrap_err().code, ProblemCode::SignInRequired);
    assert_eq!(world.access.principal_of_bearer(&bearer).await.unwrap_err().code, ProblemCode::WrongToken);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_session_or_token_deleted_by_hand_has_ended(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let token = world.sign_in("li@example.com").await;
    let bearer = world.access.create_token("li@example.com").await.unwrap();
    assert!(world.access.principal_of_session(&token).await.is_ok());
    assert!(world.access.principal_of_bearer(&bearer).await.is_ok());
    world.behind_our_back("delete from session").await;
    assert!(world.access.principal_of_session(&token).await.is_err());
    world.behind_our_back("truncate api_token").await;
    assert!(world.access.principal_of_bearer(&bearer).await.is_err());
    assert_eq!(world.access.principal_of_bearer("ld_nonsense").await.unwrap_err().code, ProblemCode::WrongToken);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn an_expired_grant_is_over_without_anybody_writing(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let token = world.sign_in("li@example.com").await;
    let grant = crate::access::NewGrant {
        email: "li@example.com".to_owned(),
        domains: vec![Domain::Audience],
        regions: vec![ZJ],
    };
    let giver = crate::access::Giver::OrganisationRoot(HOME);
    world.access.grant_by(giver, grant, Some(START.plus_millis(60_000))).await.unwrap();
    assert!(world.access.principal_of_session(&token).await.unwrap().scope().is_ok());
    world.clock.set(START.plus_millis(59_999));
    assert!(world.access.principal_of_session(&token).await.unwrap().scope().is_ok());
    world.clock.set(START.plus_millis(60_000));
    assert!(world.access.principal_of_session(&token).await.unwrap().scope().is_err());
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn nothing_is_believed_while_nobody_tells_us(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let token = world.sign_in("li@example.com").await;
    world.access.principal_of_session(&token).await.unwrap();
    let mut epochs = world.access.epochs();
    let before = *epochs.borrow_and_update();
    let cut = sqlx::query(
        "select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'LISTEN%'",
    );
    assert!(cut.fetch_one(&world.owner).await.unwrap().get::<bool, _>(0));
    // Cut off once, listening again once.
    within_reason(epochs.wait_for(|epoch| *epoch >= before + 2)).await.unwrap();
    world
        .behind_our_back(
            "insert into grant_row (user_id, domain, organisation_id, region, granted_at)
        select id, 'quality', 1, 'unknown', now() from app_user",
        )
        .await;
    let who = world.access.principal_of_session(&token).await.unwrap();
    assert_eq!(who.scope().unwrap().pairs(Domain::Quality), &BTreeSet::from([(HOME, Region::Unknown)]));
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn one_person_s_change_leaves_the_others_remembered(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    world.add("wu@example.com", Role::Viewer).await;
    let (li, wu) = (world.sign_in("li@example.com").await, world.sign_in("wu@example.com").await);
    world.access.principal_of_session(&li).await.unwrap();
    world.access.principal_of_session(&wu).await.unwrap();
    world.behind_our_back("update app_user set name = '李娜' where email = 'li@example.com'").await;
    assert!(world.access.remembered().recall(li.hash(), START).is_none());
    assert!(world.access.remembered().recall(wu.hash(), START).is_some());
    assert_eq!(world.access.principal_of_session(&li).await.unwrap().account().name, "李娜");
    world.close().await;
}
