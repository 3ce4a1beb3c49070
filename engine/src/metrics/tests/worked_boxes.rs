//! Worked examples of boxes that are on: rows made by hand, numbers by head.

use super::world::*;
use crate::events::{AccountEvent, fact_rows::ActivityRow};

/// A box of Zhejiang on 1 March or 2, at that hour and minute.
fn told(household: &str, kind: AccountEvent, clock: &str) -> ActivityRow {
    ActivityRow { account_event: kind, ..activity(household, ZJ, at(&format!("2026-03-{clock}:00+08:00"))) }
}

/// h1 is on from 20:00 to 21:30; h2 is switched on at 23:00, shows itself at 23:50 and is not heard of again, so it is on until
/// 03:50; what the contract says in between ends nothing.
async fn evening() -> TestStore {
    let world = World {
        accounts: (1..=4).map(|number| account(&format!("h{number}"), ZJ, at("2026-02-01T00:00:00+08:00"))).collect(),
        activity: vec![
            told("h1", AccountEvent::PowerOn, "01T20:00"),
            told("h1", AccountEvent::Resume, "01T20:10"),
            told("h1", AccountEvent::PowerOff, "01T21:30"),
            told("h2", AccountEvent::PowerOn, "01T23:00"),
            told("h2", AccountEvent::Heartbeat, "01T23:50"),
        ],
        ..World::default()
    };
    let store = TestStore::new().await;
    store.fill(&world).await;
    store
}

#[tokio::test]
async fn time_is_cut_at_the_end_of_the_day() {
    let store = evening().await;
    let by_day = r#"{"metrics":["iptv.on_minutes"],"by":[{"time":"day"}],"time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-04T00:00:00+08:00"}}"#;
    let frame = store.ask(at("2026-03-05T12:00:00+08:00"), &everything(&[HOME]), by_day).await.unwrap();
    let minutes: Vec<String> = written(&frame).lines().map(|line| line[26..].to_owned()).collect();
    assert_eq!(minutes, ["75.000", "230.000", "–"], "(90 + 60) ÷ 2 on the first day, 230 of one box on the next");
}

/// While it runs, a box has been on until now.
#[tokio::test]
async fn the_time_to_come_is_not_counted() {
    let store = evening().await;
    let today = r#"{"metrics":["iptv.on_minutes"],"time":{"from":"2026-03-02T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}}"#;
    let frame = store.ask(at("2026-03-02T01:00:00+08:00"), &everything(&[HOME]), today).await.unwrap();
    assert_eq!(written(&frame), "60.000");
}

#[tokio::test]
async fn boxes_are_on_at_the_beginning_of_a_minute() {
    let store = evening().await;
    let curve = |from: &str, to: &str| {
        format!(
            r#"{{"metrics":["iptv.online_rate_t"],"by":[{{"time":"minute"}}],"time":{{"from":"2026-03-{from}:00+08:00","to":"2026-03-{to}:00+08:00"}}}}"#
        )
    };
    let rates = async |now: &str, from: &str, to: &str| {
        let frame = store.ask(at(now), &everything(&[HOME]), &curve(from, to)).await.unwrap();
        written(&frame).lines().map(|line| line[26..].to_owned()).collect::<Vec<_>>()
    };
    let later = "2026-03-05T12:00:00+08:00";
    assert_eq!(
        rates(later, "01T21:28", "01T21:31").await,
        ["25.000", "25.000", "0.000"],
        "one of four, until it is off"
    );
    assert_eq!(
        rates(later, "02T03:48", "02T03:51").await,
        ["25.000", "25.000", "0.000"],
        "four hours after its last word"
    );
    assert_eq!(
        rates("2026-03-02T01:00:30+08:00", "02T00:59", "02T01:05").await,
        ["25.000", "25.000"],
        "the running minute too"
    );
    let hour = r#"{"metrics":["iptv.online_rate_t"],"time":{"from":"2026-03-01T20:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}}"#;
    assert_eq!(
        written(&store.ask(at(later), &everything(&[HOME]), hour).await.unwrap()),
        "25.000",
        "never both at once"
    );
}
