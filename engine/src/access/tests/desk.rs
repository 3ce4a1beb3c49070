//! Changing the grants of many.

use super::world::{START, World};
use crate::access::{HOME, Principal};
use model::{
    access::{DeskChange, DeskDraft, Filled, GrantCell, PersonId, Role},
    geo::{Province, Region},
    metric::Domain,
    problem::ProblemCode,
};
use sqlx::PgPool;

const ZJ: Region = Region::Province(Province::ZJ);
const GD: Region = Region::Province(Province::GD);
const DAY_MS: i64 = 24 * 60 * 60_000;

fn cell(person: &Principal, domain: Domain, region: Region) -> GrantCell {
    GrantCell { person: PersonId(person.user().0), domain, region }
}

async fn again(world: &World, email: &str) -> Principal {
    let token = world.sign_in(email).await;
    world.access.principal_of_session(&token).await.unwrap()
}

/// An administrator who holds the audience and orders of Zhejiang, and two people.
async fn people(world: &World) -> (Principal, Principal, Principal) {
    world.add("admin@example.com", Role::Admin).await;
    world.grant("admin@example.com", &[Domain::Audience, Domain::Orders], &[ZJ]).await;
    let (li, wu) =
        (world.somebody("li@example.com", Role::Viewer).await, world.somebody("wu@example.com", Role::Viewer).await);
    (again(world, "admin@example.com").await, li, wu)
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn what_the_draft_shows_is_what_is_done(owner: PgPool) {
    let world = World::of(owner).await;
    let (admin, li, wu) = people(&world).await;
    world.grant("wu@example.com", &[Domain::Quality], &[GD]).await;
    let mut draft = DeskDraft::of(&world.access.desk(&admin).await.unwrap());
    let wished = [cell(&li, Domain::Audience, ZJ), cell(&li, Domain::Orders, ZJ), cell(&li, Domain::Audience, GD)];
    draft.toggle(&wished);
    draft.toggle(&[cell(&wu, Domain::Quality, GD)]);
    let change = draft.change(None);
    assert_eq!((change.give.len(), change.take.len()), (2, 1), "what is not held is not given, but may be taken");
    world.access.change_grants(&admin, change).await.unwrap();

    let desk = world.access.desk(&admin).await.unwrap();
    let after = DeskDraft::of(&desk);
    assert_eq!(after.filled(wished), Filled::Part);
    let of_li = &desk.people.iter().find(|person| person.id.0 == li.user().0).unwrap().given;
    assert_eq!(of_li.len(), 1, "what was given together stands together");
    assert_eq!((of_li[0].domains.len(), of_li[0].by.as_deref(), of_li[0].at), (2, Some("admin"), START));
    let scope = again(&world, "li@example.com").await.scope().unwrap().clone();
    assert!(scope.pairs(Domain::Orders).contains(&(HOME, ZJ)) && scope.pairs(Domain::Audience).len() == 1);
    assert!(again(&world, "wu@example.com").await.scope().is_err());
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn nothing_is_done_where_a_part_may_not_be(owner: PgPool) {
    let world = World::of(owner).await;
    let (admin, li, wu) = people(&world).await;
    sqlx::query("insert into organisation (id, parent_id, name) values (7, 1, '浙江')")
        .execute(&world.owner)
        .await
        .unwrap();
    world.behind_our_back("update app_user set organisation_id = 7 where email like 'wu@%'").await;
    let right = cell(&li, Domain::Audience, ZJ);
    let give = |cells: &[GrantCell]| DeskChange { give: cells.iter().copied().collect(), ..DeskChange::default() };
    let too_many = GrantCell { person: PersonId(1), domain: Domain::Audience, region: ZJ };
    let too_many =
        (0..=i32::try_from(DeskChange::MOST_CELLS).unwrap()).map(|id| GrantCell { person: PersonId(id), ..too_many });
    for (change, code) in [
        (give(&[right, cell(&li, Domain::Audience, GD)]), ProblemCode::Forbidden),
        (give(&[right, cell(&li, Domain::Quality, ZJ)]), ProblemCode::Forbidden),
        (give(&[right, cell(&wu, Domain::Audience, ZJ)]), ProblemCode::NotFound),
        (DeskChange { take: [right].into(), ..give(&[right]) }, ProblemCode::MalformedRequest),
        (DeskChange { until: Some(START), ..give(&[right]) }, ProblemCode::MalformedRequest),
        (DeskChange { take: too_many.collect(), ..give(&[right]) }, ProblemCode::MalformedRequest),
    ] {
        assert_eq!(world.access.change_grants(&admin, change).await.unwrap_err().code, code);
    }
    assert_eq!(world.access.change_grants(&li, give(&[right])).await.unwrap_err().code, ProblemCode::Forbidden);
    assert_eq!(world.access.desk(&li).await.unwrap_err().code, ProblemCode::Forbidden);
    assert!(again(&world, "li@example.com").await.scope().is_err());

    // Taken from the giver while the draft was open.
    world.behind_our_back("delete from grant_row").await;
    assert_eq!(world.access.change_grants(&admin, give(&[right])).await.unwrap_err().code, ProblemCode::Forbidden);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn what_is_passed_on_ends_with_what_it_came_from(owner: PgPool) {
    let world = World::of(owner).await;
    let (_, li, _) = people(&world).await;
    world.behind_our_back("update grant_row set expires_at = '2026-01-05T00:00:00Z' where domain = 'orders'").await;
    let admin = again(&world, "admin@example.com").await;
    let (audience, orders) = (cell(&li, Domain::Audience, ZJ), cell(&li, Domain::Orders, ZJ));
    let own = cell(&admin, Domain::Orders, ZJ);
    let until = Some(START.plus_millis(30 * DAY_MS));
    let change = DeskChange { give: [audience, orders, own].into(), take: [].into(), until };
    world.access.change_grants(&admin, change).await.unwrap();
    let desk = world.access.desk(&admin).await.unwrap();
    let ends = |person: &Principal, domain: Domain| {
        let grantee = desk.people.iter().find(|grantee| grantee.id.0 == person.user().0).unwrap();
        grantee.given.iter().find(|given| given.domains.contains(&domain)).unwrap().until
    };
    assert_eq!(ends(&li, Domain::Audience), until);
    let earlier = Some(START.plus_millis(4 * DAY_MS));
    assert_eq!([ends(&li, Domain::Orders), ends(&admin, Domain::Orders)], [earlier, earlier]);
    world.clock.set(START.plus_millis(5 * DAY_MS));
    assert!(again(&world, "li@example.com").await.scope().unwrap().pairs(Domain::Orders).is_empty());
    world.close().await;
}
