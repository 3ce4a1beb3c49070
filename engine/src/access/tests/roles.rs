//! What the application role may not do, though the owner's connection lies under it.

use super::world::World;
use model::access::Role;
use sqlx::{PgPool, Row as _};

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn the_application_role_owns_nothing_and_alters_nothing(owner: PgPool) {
    let world = World::of(owner).await;
    world.add("li@example.com", Role::Viewer).await;
    let application = &world.databases.application;
    let role = sqlx::query("select current_user::text").fetch_one(application).await.unwrap();
    assert_eq!(role.get::<String, _>(0), "lingdong_application");
    for statement in [
        "alter table app_user add column backdoor text",
        "drop table grant_row",
        "truncate session",
        "create table own (id integer)",
        "create function own() returns integer language sql as 'select 1'",
        "alter table grant_row disable trigger all",
        "update audit_entry set action = 'nothing'",
        "delete from audit_entry",
        "update board_version set number = 2",
        "delete from board_version",
        "update board_op set op = '{}'",
        "delete from board_op",
        "delete from board",
        "delete from app_user",
        "select * from _sqlx_migrations",
    ] {
        let refusal = sqlx::query(statement).execute(application).await.unwrap_err();
        let code = refusal.as_database_error().unwrap().code().unwrap().into_owned();
        assert_eq!(code, "42501", "{statement}: {refusal}");
    }
    let owned = sqlx::query("select count(*) from pg_class where relowner = 'lingdong_application'::regrole");
    assert_eq!(owned.fetch_one(&world.owner).await.unwrap().get::<i64, _>(0), 0);
    world.close().await;
}
