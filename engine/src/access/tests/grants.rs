use super::world::World;
use crate::access::{Giver, HOME, NewGrant};
use model::{
    access::{OrganisationId, Role},
    geo::{Province, Region},
    metric::Domain,
    problem::ProblemCode,
};
use sqlx::PgPool;
use std::collections::BTreeSet;

const ZJ: Region = Region::Province(Province::ZJ);
const GD: Region = Region::Province(Province::GD);

fn grant(domain: Domain, region: Region) -> NewGrant {
    NewGrant { email: "wu@example.com".to_owned(), domains: vec![domain], regions: vec![region] }
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn grants_are_united_domain_by_domain(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    world.grant("li@example.com", &[Domain::Audience], &[ZJ]).await;
    world.grant("li@example.com", &[Domain::Orders, Domain::Audience], &[GD]).await;
    world.grant("li@example.com", &[Domain::Orders], &[GD]).await;
    let token = world.sign_in("li@example.com").await;
    let who = world.access.principal_of_session(&token).await.unwrap();
    let scope = who.scope().unwrap();
    assert_eq!(scope.pairs(Domain::Audience), &BTreeSet::from([(HOME, ZJ), (HOME, GD)]));
    assert_eq!(scope.pairs(Domain::Orders), &BTreeSet::from([(HOME, GD)]), "no orders in Zhejiang");
    assert!(scope.pairs(Domain::Quality).is_empty());
    assert_eq!(who.account().scope, scope.summary());
    let listed = world.access.list_users().await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].scope, scope.summary());
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn single_sessions_are_for_those_who_edit(owner: PgPool) {
    let world = World::of(owner).await;
    let mut scopes = Vec::new();
    for (role, sees_sessions) in [(Role::Viewer, false), (Role::Editor, true), (Role::Admin, true)] {
        let email = format!("{}@example.com", role.name());
        world.add(&email, role).await;
        world.grant(&email, &[Domain::Quality], &[ZJ]).await;
        let token = world.sign_in(&email).await;
        let who = world.access.principal_of_session(&token).await.unwrap();
        let scope = who.scope().unwrap().clone();
        assert_eq!(scope.sees_sessions(), sees_sessions, "{role:?}");
        assert_eq!(scope.pairs(Domain::Quality), &BTreeSet::from([(HOME, ZJ)]));
        scopes.push(scope);
    }
    assert_ne!(scopes[0], scopes[1], "what is kept for one is not kept for the other");
    assert_eq!(scopes[1], scopes[2]);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn nobody_gives_more_than_they_hold(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("wu@example.com", Role::Viewer).await;
    world.add("admin@example.com", Role::Admin).await;
    let editor = world.somebody("editor@example.com", Role::Editor).await;
    world.grant("admin@example.com", &[Domain::Audience], &[ZJ]).await;
    world.grant("editor@example.com", &[Domain::Audience], &[ZJ]).await;
    let token = world.sign_in("admin@example.com").await;
    let admin = world.access.principal_of_session(&token).await.unwrap();

    let give = |giver, grant| world.access.grant_by(giver, grant, None);
    let by_admin = Giver::Administrator(&admin);
    give(by_admin, grant(Domain::Audience, ZJ)).await.unwrap();
    for (giver, beyond) in [
        (by_admin, grant(Domain::Audience, GD)),
        (by_admin, grant(Domain::Orders, ZJ)),
        (Giver::Administrator(&editor), grant(Domain::Audience, ZJ)),
    ] {
        assert_eq!(give(giver, beyond).await.unwrap_err().code, ProblemCode::Forbidden);
    }
    give(Giver::OrganisationRoot(HOME), grant(Domain::Media, Region::Unknown)).await.unwrap();
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn an_admin_without_grants_gives_none(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("wu@example.com", Role::Viewer).await;
    let admin = world.somebody("admin@example.com", Role::Admin).await;
    let refusal = world.access.grant_by(Giver::Administrator(&admin), grant(Domain::Audience, ZJ), None).await;
    assert_eq!(refusal.unwrap_err().code, ProblemCode::EmptyScope);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_grant_to_nobody_or_of_nothing_is_refused(owner: PgPool) {
    let world = World::of(owner).await;
    let to_nobody = world.access.grant(grant(Domain::Audience, ZJ)).await.unwrap_err();
    assert_eq!(to_nobody.code, ProblemCode::NotFound);
    world.add("wu@example.com", Role::Viewer).await;
    let of_nothing = NewGrant { email: "wu@example.com".to_owned(), domains: vec![], regions: vec![ZJ] };
    assert_eq!(world.access.grant(of_nothing).await.unwrap_err().code, ProblemCode::MalformedRequest);
    let elsewhere = Giver::OrganisationRoot(OrganisationId(2));
    let outside = world.access.grant_by(elsewhere, grant(Domain::Audience, ZJ), None).await.unwrap_err();
    assert_eq!(outside.code, ProblemCode::NotFound, "wu is none of that organisation's");
    world.close().await;
}
