//! What people do to their own account.

use super::world::{CLIENT, PASSWORD, World};
use crate::access::Client;
use model::{
    access::{Browser, Device, Role, SessionId, System},
    problem::ProblemCode,
};
use sqlx::PgPool;

const CHOSEN: &str = "seven blue umbrellas";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn people_see_their_browsers_and_sign_them_out(owner: PgPool) {
    let world = World::of(owner).await;
    let access = &world.access;
    world.add("li@example.com", Role::Viewer).await;
    world.add("wu@example.com", Role::Viewer).await;
    let here = access.sign_in("li@example.com", PASSWORD, Client::new(CLIENT, FIREFOX), None).await.unwrap();
    let there =
        access.sign_in("li@example.com", PASSWORD, Client::new(CLIENT, &"x".repeat(9_000)), None).await.unwrap();
    let wu = world.sign_in("wu@example.com").await;
    let li = access.principal_of_session(&here).await.unwrap();
    let listed = access.own_sessions(&li, &here).await.unwrap();
    assert_eq!(listed.iter().map(|session| session.is_current).collect::<Vec<_>>(), [false, true]);
    assert_eq!(listed[1].device, Device { browser: Browser::Firefox, system: System::Linux });
    assert_eq!(listed[1].network, "203.0.113.0/24");

    let of_wu = access.principal_of_session(&wu).await.unwrap();
    let stranger = access.own_sessions(&of_wu, &wu).await.unwrap()[0].id;
    for none_of_theirs in [stranger, SessionId(i64::MAX)] {
        let refusal = access.end_own_session(&li, none_of_theirs).await.unwrap_err();
        assert_eq!(refusal.code, ProblemCode::NotFound);
    }
    access.principal_of_session(&wu).await.unwrap();
    access.end_own_session(&li, listed[0].id).await.unwrap();
    assert!(access.principal_of_session(&there).await.is_err());
    assert_eq!(access.own_sessions(&li, &here).await.unwrap().len(), 1);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_new_password_signs_all_other_browsers_out(owner: PgPool) {
    let world = World::of(owner).await;
    let access = &world.access;
    world.add("li@example.com", Role::Viewer).await;
    let (here, there) = (world.sign_in("li@example.com").await, world.sign_in("li@example.com").await);
    let li = access.principal_of_session(&here).await.unwrap();
    let change =
        |current: &'static str, chosen: &str| access.change_own_password(&li, current, chosen.to_owned(), CLIENT);
    assert_eq!(change("not mine at all", CHOSEN).await.unwrap_err().parameters["rule"], "wrong");
    assert_eq!(change(PASSWORD, "short").await.unwrap_err().parameters["rule"], "short");
    access.principal_of_session(&there).await.unwrap();
    let fresh = change(PASSWORD, CHOSEN).await.unwrap();
    access.principal_of_session(&fresh).await.unwrap();
    for ended in [&here, &there] {
        assert_eq!(access.principal_of_session(ended).await.unwrap_err().code, ProblemCode::SignInRequired);
    }
    assert!(access.sign_in("li@example.com", PASSWORD, CLIENT, None).await.is_err());
    access.sign_in("li@example.com", CHOSEN, CLIENT, None).await.unwrap();
    world.close().await;
}

/// Whoever has got hold of an open browser guesses no faster than at the sign-in.
#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn guesses_at_the_current_password_are_slowed_down(owner: PgPool) {
    let world = World::of(owner).await;
    let access = &world.access;
    let li = world.somebody("li@example.com", Role::Viewer).await;
    let mut codes = Vec::new();
    for _ in 0..7 {
        let refusal = access.change_own_password(&li, "a wrong guess", CHOSEN.to_owned(), CLIENT).await.unwrap_err();
        codes.push(refusal.code);
    }
    assert_eq!(codes.first(), Some(&ProblemCode::MalformedRequest));
    assert_eq!(codes.last(), Some(&ProblemCode::TooManyAttempts));
    world.close().await;
}
