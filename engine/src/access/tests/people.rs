//! People, and who may do what to them.

use super::world::{CLIENT, START, World};
use crate::access::Principal;
use model::{
    access::{NewPerson, PersonChange, PersonId, PersonState, Role},
    geo::{Province, Region},
    metric::Domain,
    problem::{Problem, ProblemCode},
};
use sqlx::PgPool;

const ZJ: Region = Region::Province(Province::ZJ);
const CHOSEN: &str = "seven blue umbrellas";
const DAY_MS: i64 = 24 * 60 * 60_000;

fn somebody(email: &str, role: Role) -> NewPerson {
    NewPerson { email: email.parse().unwrap(), name: "李伟".parse().unwrap(), role }
}

fn change(role: Role) -> PersonChange {
    PersonChange { name: "李伟".parse().unwrap(), role, may_define_metrics: false }
}

/// Everything that can be done to a person.
async fn each_deed(world: &World, who: &Principal, person: PersonId) -> Vec<Result<(), Problem>> {
    let access = &world.access;
    vec![
        access.change_person(who, person, change(Role::Editor)).await,
        access.end_sessions_of(who, person).await,
        access.disable_person(who, person).await,
        access.enable_person(who, person).await,
        access.invite_again(who, person).await.map(drop),
    ]
}

async fn state_of(world: &World, who: &Principal, person: PersonId) -> PersonState {
    let people = world.access.people(who).await.unwrap();
    people.into_iter().find(|found| found.id == person).unwrap().state
}

fn rule(refusal: Result<(), Problem>) -> String {
    refusal.unwrap_err().parameters["rule"].clone()
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn an_invitation_is_taken_once(owner: PgPool) {
    let world = World::of(owner).await;
    let access = &world.access;
    let admin = world.somebody("admin@example.com", Role::Admin).await;
    let invited = access.invite(&admin, somebody(" Li@Example.com ", Role::Editor)).await.unwrap();
    assert_eq!(state_of(&world, &admin, invited.person).await, PersonState::Invited { until: Some(invited.until) });
    let refused = access.sign_in("li@example.com", CHOSEN, CLIENT, None).await;
    assert_eq!(refused.unwrap_err().code, ProblemCode::SignInFailed, "there is no password yet");
    let told = access.invitation(&invited.token).await.unwrap();
    assert_eq!((told.email.as_str(), told.name.as_str()), ("li@example.com", "李伟"));

    let weak = access.accept_invitation(&invited.token, "12345678".to_owned(), CLIENT, None).await;
    assert_eq!(weak.unwrap_err().parameters["field"], "password");
    let session = access.accept_invitation(&invited.token, CHOSEN.to_owned(), CLIENT, None).await.unwrap();
    let li = access.principal_of_session(&session).await.unwrap();
    assert_eq!((li.role(), li.user().0), (Role::Editor, invited.person.0));
    let again = access.accept_invitation(&invited.token, "another umbrella".to_owned(), CLIENT, None).await;
    assert_eq!(again.unwrap_err().code, ProblemCode::NotFound);
    access.sign_in("li@example.com", CHOSEN, CLIENT, None).await.unwrap();

    let people = access.people(&admin).await.unwrap();
    let li = people.iter().find(|person| person.id == invited.person).unwrap();
    assert_eq!((li.state, li.sessions, li.is_self), (PersonState::Active, 2, false));
    assert!(people.iter().any(|person| person.is_self && person.email == "admin@example.com"));
    let taken = access.invite(&admin, somebody("li@example.com", Role::Viewer)).await.unwrap_err();
    assert_eq!(taken.parameters["rule"], "taken");
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn an_invitation_that_stands_no_longer_says_nothing_else(owner: PgPool) {
    let world = World::of(owner).await;
    let access = &world.access;
    let admin = world.somebody("admin@example.com", Role::Admin).await;
    let invite = |name: &str| access.invite(&admin, somebody(&format!("{name}@example.com"), Role::Viewer));
    let (replaced, old) = (invite("replaced").await.unwrap(), invite("old").await.unwrap());
    let disabled = invite("disabled").await.unwrap();
    let newer = access.invite_again(&admin, replaced.person).await.unwrap();
    access.disable_person(&admin, disabled.person).await.unwrap();
    access.invitation(&newer.token).await.unwrap();
    world.clock.set(START.plus_millis(7 * DAY_MS));

    let guessed = "A".repeat(43);
    let mut refusals = Vec::new();
    for token in [&replaced.token, &old.token, &newer.token, &disabled.token, &guessed, &String::new()] {
        let refusal = access.invitation(token).await.unwrap_err();
        let taking = access.accept_invitation(token, CHOSEN.to_owned(), CLIENT, None).await.unwrap_err();
        assert_eq!(refusal, taking);
        refusals.push(refusal);
    }
    assert!(refusals.windows(2).all(|two| two[0] == two[1]), "{refusals:?}");
    assert_eq!(state_of(&world, &admin, old.person).await, PersonState::Invited { until: None });
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn only_administrators_of_the_same_organisation_do_anything(owner: PgPool) {
    let world = World::of(owner).await;
    let access = &world.access;
    let admin = world.somebody("admin@example.com", Role::Admin).await;
    let li = access.invite(&admin, somebody("li@example.com", Role::Viewer)).await.unwrap().person;
    for role in [Role::Viewer, Role::Editor] {
        let who = world.somebody(&format!("{}@example.com", role.name()), role).await;
        assert_eq!(access.people(&who).await.unwrap_err().code, ProblemCode::Forbidden);
        let refusal = access.invite(&who, somebody("new@example.com", Role::Viewer)).await.unwrap_err();
        assert_eq!(refusal.code, ProblemCode::Forbidden);
        for refusal in each_deed(&world, &who, li).await {
            assert_eq!(refusal.unwrap_err().code, ProblemCode::Forbidden);
        }
    }
    world.add("stranger@example.com", Role::Admin).await;
    let token = world.sign_in("stranger@example.com").await;
    sqlx::query("insert into organisation (id, parent_id, name) values (7, 1, '浙江')")
        .execute(&world.owner)
        .await
        .unwrap();
    world.behind_our_back("update app_user set organisation_id = 7 where email like 'stranger@%'").await;
    let stranger = access.principal_of_session(&token).await.unwrap();
    assert_eq!(access.people(&stranger).await.unwrap().len(), 1, "their own organisation, and nobody else");
    for refusal in each_deed(&world, &stranger, li).await {
        assert_eq!(refusal.unwrap_err().code, ProblemCode::NotFound);
    }
    assert!(matches!(state_of(&world, &admin, li).await, PersonState::Invited { .. }), "nothing was done");
    world.close().await;
}

/// Whoever lets somebody in could look through their eyes.
#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn nobody_is_let_in_or_raised_by_whoever_holds_less(owner: PgPool) {
    let world = World::of(owner).await;
    let access = &world.access;
    let admin = world.somebody("admin@example.com", Role::Admin).await;
    let early = access.invite(&admin, somebody("li@example.com", Role::Viewer)).await.unwrap();
    let li = early.person;
    world.grant("li@example.com", &[Domain::Orders], &[ZJ]).await;
    assert_eq!(access.invitation(&early.token).await.unwrap_err().code, ProblemCode::NotFound);
    let people = access.people(&admin).await.unwrap();
    let is_within = |person: PersonId| people.iter().find(|found| found.id == person).unwrap().is_within;
    assert!(!is_within(li));

    assert_eq!(rule(access.invite_again(&admin, li).await.map(drop)), "holds_more");
    assert_eq!(rule(access.change_person(&admin, li, change(Role::Editor)).await), "holds_more");
    // What takes away is free.
    access.end_sessions_of(&admin, li).await.unwrap();
    access.change_person(&admin, li, change(Role::Viewer)).await.unwrap();
    access.disable_person(&admin, li).await.unwrap();
    assert_eq!(rule(access.enable_person(&admin, li).await), "holds_more");

    world.grant("admin@example.com", &[Domain::Orders, Domain::Audience], &[ZJ]).await;
    let token = world.sign_in("admin@example.com").await;
    let admin = access.principal_of_session(&token).await.unwrap();
    access.enable_person(&admin, li).await.unwrap();
    access.change_person(&admin, li, change(Role::Editor)).await.unwrap();
    let invited = access.invite_again(&admin, li).await.unwrap();
    world
        .behind_our_back("delete from grant_row where user_id = (select id from app_user where email like 'admin@%')")
        .await;
    assert!(access.invitation(&invited.token).await.is_err(), "what the inviter holds no longer is not let in");
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn whoever_is_disabled_is_out_everywhere(owner: PgPool) {
    let world = World::of(owner).await;
    let access = &world.access;
    let admin = world.somebody("admin@example.com", Role::Admin).await;
    let li = world.somebody("li@example.com", Role::Editor).await;
    let (session, bearer) =
        (world.sign_in("li@example.com").await, access.create_token("li@example.com").await.unwrap());
    access.principal_of_bearer(&bearer).await.unwrap();
    let mut epochs = access.epochs();
    epochs.borrow_and_update();
    let person = PersonId(li.user().0);
    access.disable_person(&admin, person).await.unwrap();
    assert!(epochs.has_changed().unwrap(), "open streams look at their rights again");
    assert_eq!(access.principal_of_session(&session).await.unwrap_err().code, ProblemCode::SignInRequired);
    assert_eq!(access.principal_of_bearer(&bearer).await.unwrap_err().code, ProblemCode::WrongToken);
    assert_eq!(rule(access.invite_again(&admin, person).await.map(drop)), "disabled");

    access.enable_person(&admin, person).await.unwrap();
    assert!(access.principal_of_session(&session).await.is_err(), "a session that ended stays ended");
    assert!(access.principal_of_bearer(&bearer).await.is_err());
    world.sign_in("li@example.com").await;
    let own = PersonId(admin.user().0);
    assert_eq!(rule(access.disable_person(&admin, own).await), "own_account");
    assert_eq!(rule(access.change_person(&admin, own, change(Role::Viewer)).await), "own_account");
    assert_eq!(rule(access.invite_again(&admin, own).await.map(drop)), "own_account");
    access.change_person(&admin, own, change(Role::Admin)).await.unwrap();
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_change_is_obeyed_by_the_next_call_and_written_down(owner: PgPool) {
    let world = World::of(owner).await;
    let access = &world.access;
    let admin = world.somebody("admin@example.com", Role::Admin).await;
    world.add("li@example.com", Role::Viewer).await;
    let session = world.sign_in("li@example.com").await;
    let li = PersonId(access.principal_of_session(&session).await.unwrap().user().0);
    let raised = PersonChange { name: "李 伟".parse().unwrap(), role: Role::Editor, may_define_metrics: true };
    access.change_person(&admin, li, raised).await.unwrap();
    let account = access.principal_of_session(&session).await.unwrap().account().clone();
    assert_eq!((account.name.as_str(), account.role, account.may_define_metrics), ("李 伟", Role::Editor, true));
    let actions: Vec<String> = sqlx::query_scalar(
        "select action from audit_entry where actor_id = $1 and subject = 'li@example.com' order by id",
    )
    .bind(admin.user().0)
    .fetch_all(&world.owner)
    .await
    .unwrap();
    assert_eq!(actions, ["user_changed"]);
    world.close().await;
}
