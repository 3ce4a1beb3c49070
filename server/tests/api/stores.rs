//! What the stores take from their organisation.

use super::world::World;
use model::time::Calendar;
use sqlx::PgPool;

#[allow(clippy::disallowed_methods)] // nothing of ours changes a calendar yet
#[sqlx::test(migrations = "../migrations")]
async fn days_are_cut_as_the_organisation_cuts_them(pool: PgPool) {
    let changed = sqlx::query("update organisation set utc_offset_minutes = 360, day_start_minute = 120");
    changed.execute(&pool).await.unwrap();
    let stores = World::new(pool).await.stores;
    let organisations = Calendar { offset_minutes: 360, day_starts_at_minute: 120 };
    assert_eq!((stores.engine.calendar, stores.store.calendar()), (organisations, organisations));
}
