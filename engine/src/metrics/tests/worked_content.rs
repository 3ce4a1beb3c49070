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

/// A play counts whole at the end, half a day before it, and a quarter two days before it.
#[tokio::test]
async fn what_was_played_cools_down() {
    let views = || vec![plays("1", "t1", "03T00:00"), plays("2", "t1", "02T00:00"), plays("3", "t2", "03T12:00")];
    let three_days = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-04T00:00:00+08:00"}"#;
    let (later, by_title) = ("2026-03-09T12:00:00+08:00", format!(r#""by":["content"],{three_days}"#));
    assert_eq!(asked(views(), later, "content.heat", &by_title).await, "t1 0.750\nt2 0.707");
    assert_eq!(asked(views(), later, "content.heat", three_days).await, "1.457");
    let now = "2026-03-03T12:00:00+08:00";
    assert_eq!(
        asked(views(), now, "content.heat", three_days).await,
        "2.061",
        "0.707 + 0.354 + 1 at noon of the third day"
    );
}

/// By time each step is counted at its own end: a day of one play at its noon is as warm as any other.
#[tokio::test]
async fn each_step_has_an_end_of_its_own() {
    let views = || vec![plays("1", "t1", "01T12:00"), plays("2", "t1", "02T12:00"), plays("3", "t1", "02T23:59")];
    let by = |grain: &str| {
        format!(
            r#""by":[{{"time":"{grain}"}}],"time":{{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}}"#
        )
    };
    let later = "2026-03-09T12:00:00+08:00";
    let days = asked(views(), later, "content.heat", &by("day")).await;
    assert_eq!(days.lines().map(|line| &line[26..]).collect::<Vec<_>>(), ["0.707", "1.707"]);
    let hours = asked(views(), later, "content.heat", &by("hour")).await;
    let warm: Vec<&str> = hours.lines().filter(|line| !line.ends_with(" 0.000")).map(|line| &line[26..]).collect();
    assert_eq!(warm, ["0.972", "0.972", "1.000"], "an hour after noon, and a minute before midnight");
    let months = asked(views(), "2026-03-02T12:00:00+08:00", "content.heat", &by("month")).await;
    assert_eq!(months.lines().map(|line| &line[26..]).collect::<Vec<_>>(), ["2.500"], "now, since March still runs");
}
