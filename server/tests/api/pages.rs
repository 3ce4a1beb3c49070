//! Pages, by the status that comes with them.

use super::world::{Person, World};
use axum::http::{Method, StatusCode};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn addresses_that_lead_to_nothing_say_so(pool: PgPool) {
    let world = World::new(pool).await;
    for path in [
        "/nowhere",
        "/components/no_such_kind",
        "/templates/no-such-template",
        "/templates/00000000-0000-7000-8000-00000000dead",
        "/catalogue/no.such_metric",
        "/catalogue/not%20a%20name/edit",
        "/boards/00000000-0000-7000-8000-00000000dead",
    ] {
        let answer = world.ask(Method::GET, path, Person::NationalEditor, "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("<main"), "{path} is a page all the same");
    }
    for path in ["/components/line", "/templates/rating", "/catalogue/content.plays"] {
        assert_eq!(world.ask(Method::GET, path, Person::NationalEditor, "").await.status, StatusCode::OK, "{path}");
    }
}
