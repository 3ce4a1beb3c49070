use super::world::{CLIENT, PASSWORD, START, World};
use crate::access::{ABSOLUTE_LIMIT_MS, IDLE_LIMIT_MS, NewUser, SessionToken};
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use model::{access::Role, problem::ProblemCode};
use sqlx::{PgPool, Row as _};
use std::net::IpAddr;

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn the_first_admin_is_made_once_and_sees_no_data(owner: PgPool) {
    let world = World::of(owner).await;
    let first = world.access.ensure_first_admin().await.unwrap().unwrap();
    assert!(world.access.ensure_first_admin().await.unwrap().is_none());
    let token = world.access.sign_in(&first.email, &first.password, CLIENT, None).await.unwrap();
    let admin = world.access.principal_of_session(&token).await.unwrap();
    assert_eq!(admin.role(), Role::Admin);
    assert_eq!(admin.scope().unwrap_err().code, ProblemCode::EmptyScope);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn what_is_wrong_is_not_told(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    world.add("gone@example.com", Role::Viewer).await;
    world.behind_our_back("update app_user set disabled_at = now() where email = 'gone@example.com'").await;
    let mut answers = Vec::new();
    for (email, password) in
        [("li@example.com", "wrong password"), ("nobody@example.com", PASSWORD), ("gone@example.com", PASSWORD)]
    {
        answers.push(world.access.sign_in(email, password, CLIENT, None).await.unwrap_err());
    }
    assert!(answers.iter().all(|answer| answer.code == ProblemCode::SignInFailed && *answer == answers[0]));
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn an_address_is_the_same_however_it_is_typed(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("Li.Na@Example.com", Role::Viewer).await;
    let token = world.access.sign_in(" li.na@EXAMPLE.com ", PASSWORD, CLIENT, None).await.unwrap();
    let who = world.access.principal_of_session(&token).await.unwrap();
    assert_eq!(who.account().email, "li.na@example.com");
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_token_from_before_the_sign_in_never_becomes_anybodys(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let planted = SessionToken::parse(&"A".repeat(43)).unwrap();
    let first = world.access.sign_in("li@example.com", PASSWORD, CLIENT, Some(&planted)).await.unwrap();
    assert!(world.access.principal_of_session(&planted).await.is_err());
    assert!(world.access.principal_of_session(&first).await.is_ok());

    let second = world.access.sign_in("li@example.com", PASSWORD, CLIENT, Some(&first)).await.unwrap();
    assert_ne!(first.reveal(), second.reveal());
    let ended = world.access.principal_of_session(&first).await.unwrap_err();
    assert_eq!(ended.code, ProblemCode::SignInRequired);
    assert!(world.access.principal_of_session(&second).await.is_ok());
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn signing_out_ends_it_at_once_and_twice_is_no_mistake(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let token = world.sign_in("li@example.com").await;
    assert!(world.access.principal_of_session(&token).await.is_ok());
    world.access.sign_out(&token).await.unwrap();
    assert_eq!(world.access.principal_of_session(&token).await.unwrap_err().code, ProblemCode::SignInRequired);
    world.access.sign_out(&token).await.unwrap();
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_session_ends_when_it_is_idle_and_when_it_is_old(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let idle = world.sign_in("li@example.com").await;
    let used = world.sign_in("li@example.com").await;
    assert!(world.access.principal_of_session(&idle).await.is_ok());

    let step = IDLE_LIMIT_MS / 2;
    let mut lived = 0;
    while lived + step < ABSOLUTE_LIMIT_MS {
        lived += step;
        world.clock.set(START.plus_millis(lived));
        assert!(world.access.principal_of_session(&used).await.is_ok(), "after {lived} ms");
    }
    assert_eq!(world.access.principal_of_session(&idle).await.unwrap_err().code, ProblemCode::SignInRequired);
    world.clock.set(START.plus_millis(ABSOLUTE_LIMIT_MS));
    assert_eq!(world.access.principal_of_session(&used).await.unwrap_err().code, ProblemCode::SignInRequired);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn guessing_is_slowed_down_and_the_owner_still_gets_in(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    world.sign_in("li@example.com").await;
    let elsewhere: IpAddr = "198.51.100.1".parse().unwrap();
    for _ in 0..5 {
        let refusal = world.access.sign_in("li@example.com", "a wrong guess", elsewhere, None).await.unwrap_err();
        assert_eq!(refusal.code, ProblemCode::SignInFailed);
    }
    let slowed = world.access.sign_in("li@example.com", PASSWORD, elsewhere, None).await.unwrap_err();
    assert_eq!(slowed.code, ProblemCode::TooManyAttempts);
    assert_eq!(slowed.parameters["seconds"], "1");
    assert!(world.access.sign_in("li@example.com", PASSWORD, CLIENT, None).await.is_ok());
    world.clock.set(START.plus_millis(1_000));
    assert!(world.access.sign_in("li@example.com", PASSWORD, elsewhere, None).await.is_ok());
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn somebody_who_has_never_signed_in_is_not_kept_out_by_guessers_elsewhere(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let guesser: IpAddr = "198.51.100.1".parse().unwrap();
    for second in 0..60 {
        world.clock.set(START.plus_millis(second * 1_000));
        world.access.sign_in("li@example.com", "a wrong guess", guesser, None).await.unwrap_err();
    }
    assert!(world.access.sign_in("li@example.com", PASSWORD, CLIENT, None).await.is_ok());
    let slowed = world.access.sign_in("li@example.com", PASSWORD, guesser, None).await.unwrap_err();
    assert_eq!(slowed.code, ProblemCode::TooManyAttempts);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_cheap_hash_is_raised_when_its_owner_signs_in(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(4096, 1, 1, None).unwrap());
    let cheap = cheap.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    sqlx::query("update app_user set password_hash = $1").bind(cheap).execute(&world.owner).await.unwrap();
    world.sign_in("li@example.com").await;
    let row = sqlx::query("select password_hash from app_user").fetch_one(&world.owner).await.unwrap();
    assert!(row.get::<String, _>(0).starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    world.sign_in("li@example.com").await;
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn no_secret_is_stored(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let session = world.sign_in("li@example.com").await.reveal();
    let bearer = world.access.create_token("li@example.com").await.unwrap();
    let row = sqlx::query(
        "select string_agg(t, ' ') from (
            select s::text t from session s union all select a::text from api_token a
            union all select u::text from app_user u union all select e::text from audit_entry e) rows",
    );
    let everything: String = row.fetch_one(&world.owner).await.unwrap().get(0);
    for secret in [PASSWORD, &session, &bearer, bearer.trim_start_matches("ld_")] {
        assert!(!everything.contains(secret));
    }
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn bad_people_are_refused_with_the_field(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let long = "x".repeat(201);
    for (email, name, password, field) in [
        ("no address", "Li", PASSWORD, "email"),
        ("a@b@c", "Li", PASSWORD, "email"),
        ("LI@example.com", "Li", PASSWORD, "email"),
        ("wu@example.com", "  ", PASSWORD, "name"),
        ("wu@example.com", &long, PASSWORD, "name"),
        ("wu@example.com", "Wu", "short", "password"),
        ("wu@example.com", "Wu", "password123", "password"),
    ] {
        let user = NewUser {
            email: email.to_owned(),
            name: name.to_owned(),
            role: Role::Editor,
            password: Some(password.to_owned()),
        };
        let refusal = world.access.add_user(user).await.unwrap_err();
        assert_eq!(refusal.code, ProblemCode::MalformedRequest, "{email} {name} {password}");
        assert_eq!(refusal.parameters["field"], field, "{email} {name} {password}");
    }
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn nonsense_is_answered_and_kept_short(owner: PgPool) {
    let world = World::of(owner).await;
    let endless = format!("{}@example.com", "x".repeat(100_000));
    let refusal = world.access.sign_in(&endless, PASSWORD, CLIENT, None).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::SignInFailed);
    let refusal = world.access.sign_in("li\0@example.com", PASSWORD, CLIENT, None).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::MalformedRequest);
    let row = sqlx::query("select max(length(subject)) from audit_entry").fetch_one(&world.owner).await.unwrap();
    assert_eq!(row.get::<i32, _>(0), 254);
    world.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn everything_about_rights_is_in_the_audit_log(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let token = world.sign_in("li@example.com").await;
    let _ = world.access.sign_in("li@example.com", "wrong password", CLIENT, None).await;
    world.access.create_token("li@example.com").await.unwrap();
    world.access.sign_out(&token).await.unwrap();
    let rows =
        sqlx::query("select action, subject from audit_entry order by id").fetch_all(&world.owner).await.unwrap();
    let actions: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(actions, ["user_added", "signed_in", "sign_in_failed", "token_created", "signed_out"]);
    assert!(rows.iter().all(|row| row.get::<String, _>(1) == "li@example.com"));
    world.close().await;
}
