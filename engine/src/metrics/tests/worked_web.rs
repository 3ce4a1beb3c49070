//! Worked examples of how fast pages and activities are: rows made by hand, numbers by head.

use super::{
    worked_examples::{noon, told},
    world::*,
};
use crate::events::{
    ElementAction, Participation, ParticipationResult,
    fact_rows::{PageRow, ParticipationRow},
    log_bucket,
};

/// Four loads on two pages, told with the page or after it; a set-top box's are no page of the web.
#[tokio::test]
async fn pages_take_their_time() {
    let loaded = |name: &str, platform: &str, load_ms: i32, ttfb_ms: Option<i32>| PageRow {
        platform: Some(platform.into()),
        load_ms: Some(load_ms),
        load_bucket: Some(log_bucket(i64::from(load_ms))),
        ttfb_ms,
        ttfb_bucket: ttfb_ms.map(|ms| log_bucket(i64::from(ms))),
        ..page("v1", name, noon())
    };
    let later = |row: PageRow| PageRow { element_action: Some(ElementAction::Load), ..row };
    let pages = vec![
        loaded("home", "web", 1_000, Some(100)),
        later(loaded("home", "web", 2_000, None)),
        later(loaded("home", "ios", 6_000, Some(300))),
        loaded("detail", "web", 1_000, None),
        loaded("home", "stb", 60_000, Some(60_000)),
        PageRow { platform: Some("web".into()), ..page("v1", "home", noon()) },
    ];
    let world = World { pages, ..World::default() };
    let metrics = r#""web.page_load","web.ttfb","web.pv""#;
    assert_eq!(told(&world, metrics, "").await, "2500.000 200.000 3");
    assert_eq!(told(&world, metrics, r#""page""#).await, "detail 1000.000 – 1\nhome 3000.000 200.000 2");
    let slow = told(&world, r#"{"id":"web.page_load","stat":"p75"}"#, "").await;
    assert!((slow.parse::<f64>().unwrap() - 2_000.0).abs() <= 20.0, "the third of four: {slow}");
}

/// Two comments are decided on after 4 and 8 seconds, one at once and without a word; two votes are shown.
#[tokio::test]
async fn decisions_and_the_result_screen_take_their_time() {
    let takes = |action, result, took_ms: Option<i64>, activity: &str| ParticipationRow {
        result,
        took_ms,
        took_bucket: took_ms.map(log_bucket),
        activity_id: activity.into(),
        ..takes_part("h1", action, noon())
    };
    let (accepted, rejected) = (ParticipationResult::Accepted, ParticipationResult::Rejected);
    let participations = vec![
        takes(Participation::Comment, accepted, Some(4_000), "gala"),
        takes(Participation::Comment, rejected, Some(8_000), "quiz"),
        takes(Participation::Comment, accepted, None, "gala"),
        takes(Participation::Vote, accepted, Some(90_000), "gala"),
        takes(Participation::Shown, accepted, Some(300), "gala"),
        takes(Participation::Shown, accepted, Some(500), "gala"),
    ];
    let world = World { participations, ..World::default() };
    let metrics = r#""interact.mod_lag","interact.result_latency","interact.actions""#;
    assert_eq!(told(&world, metrics, "").await, "6.000 400.000 4", "what is shown is no action");
    assert_eq!(told(&world, metrics, r#""activity""#).await, "gala 4.000 400.000 3\nquiz 8.000 – 1");
    let slow = told(&world, r#"{"id":"interact.mod_lag","stat":"p95"}"#, "").await;
    assert!((slow.parse::<f64>().unwrap() - 8.0).abs() <= 0.08, "{slow}");
}
