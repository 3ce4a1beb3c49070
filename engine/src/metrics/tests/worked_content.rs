//! Worked examples of how titles do: rows made by hand, numbers by head.

use super::world::*;
use crate::events::fact_rows::ViewRow;

fn plays(sid: &str, title: &str, clock: &str) -> ViewRow {
    let begun = at(&format!("2026-03-{clock}:00+08:00"));
    ViewRow { content_id: Some(title.into()), ..played(view(sid, sid, ZJ, begun), 500, 60_000, 0) }
}

async fn asked(views: Vec<ViewRow>, now: &str, metric: &str, more: &str) -> String {
    let store = TestStore::new().await;
    store.fill(&World { views, ..World::default() }).await;
    let query = format!(r#"{{"metrics":["{metric}"],{more}}}"#);
    written(&store.ask(at(now), &everything(&[HOME]), &query).await.unwrap())
}

/// Of two plays on the first day of a title one is too short to count.
#[tokio::test]
async fn the_first_day_of_a_title() {
    let first = |row: ViewRow| ViewRow { in_first_day: true, ..row };
    let short = ViewRow { effective: false, ..first(plays("2", "t1", "01T21:00")) };
    let views =
        vec![first(plays("1", "t1", "01T20:00")), short, plays("3", "t1", "02T21:00"), plays("4", "t2", "01T20:00")];
    let two_days = r#""by":["content"],"time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}"#;
    assert_eq!(asked(views, "2026-03-05T12:00:00+08:00", "content.first_day_plays", two_days).await, "t1 1\nt2 0");
}
