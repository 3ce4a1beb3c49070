//! Worked examples of ways through the guide: rows made by hand, numbers by head.

use super::world::*;
use crate::events::fact_rows::{PageRow, ViewRow};
use model::time::Timestamp;

fn minute_at(number: i64) -> Timestamp {
    at("2026-03-01T20:00:00+08:00").plus_millis(number * 60_000)
}

fn opens(household: &str, number: i64) -> PageRow {
    page(household, "home", minute_at(number))
}

fn plays(household: &str, number: i64) -> ViewRow {
    played(view(&format!("{household}-{number}"), household, ZJ, minute_at(number)), 500, 60_000, 0)
}

/// h1 opens three pages, plays, opens another and plays again, which is no way to a first play. h2 comes to a play over one page,
/// and an hour later over five. h3 looks and leaves; h4 plays at once; h5 rests for too long between its page and the play.
#[tokio::test]
async fn pages_lead_to_a_play() {
    let pages = vec![
        opens("h1", 0),
        opens("h1", 1),
        opens("h1", 31),
        opens("h1", 40),
        opens("h2", 0),
        opens("h2", 60),
        opens("h2", 61),
        opens("h2", 62),
        opens("h2", 63),
        opens("h2", 64),
        opens("h3", 0),
        opens("h5", 0),
    ];
    let short = ViewRow { effective: false, ..plays("h3", 1) };
    let views =
        vec![plays("h1", 32), plays("h1", 41), plays("h2", 0), plays("h2", 65), short, plays("h4", 0), plays("h5", 31)];
    let store = TestStore::new().await;
    store.fill(&World { views, pages, ..World::default() }).await;
    let query = r#"{"metrics":[{"id":"epg.steps_to_play","stat":"mean"},{"id":"epg.steps_to_play","stat":"p50"},{"id":"epg.steps_to_play","stat":"p95"}],"time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}}"#;
    let frame = store.ask(at("2026-03-05T12:00:00+08:00"), &everything(&[HOME]), query).await.unwrap();
    assert_eq!(written(&frame), "3.000 3.000 5.000", "1, 3 and 5 pages, exactly");
}
