//! Worked examples of the composite index: rows made by hand, numbers by head.

use super::world::*;
use crate::events::fact_rows::MinuteRow;

/// From 20:00 four households watch X for ten minutes, two Y for fifteen and one Z for a minute; from 21:00 Z is alone with Y.
async fn evening() -> TestStore {
    let begin = at("2026-03-01T20:00:00+08:00");
    let watches = |household: &str, channel: &str, from: i64, minutes: i64| -> Vec<MinuteRow> {
        let at = |minute: i64| begin.plus_millis((from + minute) * 60_000);
        (0..minutes).map(|minute| super::world::minute(household, channel, at(minute), at(0), 60)).collect()
    };
    let mut minutes: Vec<MinuteRow> =
        ["h1", "h2", "h3", "h4"].into_iter().flat_map(|household| watches(household, "X", 0, 10)).collect();
    minutes.extend([watches("h5", "Y", 0, 15), watches("h6", "Y", 0, 15), watches("h7", "Z", 0, 1)].concat());
    minutes.extend([watches("h5", "Y", 60, 1), watches("h7", "Z", 60, 30)].concat());
    let accounts = (1..=10).map(|number| account(&format!("h{number}"), ZJ, at("2026-02-01T00:00:00+08:00")));
    let store = TestStore::new().await;
    store.fill(&World { minutes, accounts: accounts.collect(), ..World::default() }).await;
    store
}

async fn told(store: &TestStore, more: &str, until: &str) -> String {
    let query = format!(
        r#"{{"metrics":["tv.composite"],{more}"time":{{"from":"2026-03-01T20:00:00+08:00","to":"2026-03-01T{until}:00+08:00"}}}}"#
    );
    written(&store.ask(at("2026-03-05T12:00:00+08:00"), &everything(&[HOME]), &query).await.unwrap())
}

/// X stands first by rating, share and reach, and second by loyalty, where Y is first: 40 + 20 + 20 + 10, and 20 + 10 + 10 + 20.
#[tokio::test]
async fn rows_stand_among_each_other() {
    let store = evening().await;
    let by_channel = r#""by":["channel"],"#;
    assert_eq!(told(&store, by_channel, "21:00").await, "X 90.000\nY 60.000\nZ 0.000");
    assert_eq!(told(&store, "", "21:00").await, "–", "nobody stands above or below");
    let alone = r#""by":["channel"],"where":[{"dim":"channel","in":["X"]}],"#;
    assert_eq!(told(&store, alone, "21:00").await, "X –");
}

/// How many are shown changes nothing, whatever they are chosen by.
#[tokio::test]
async fn those_that_are_not_shown_count_too() {
    let store = evening().await;
    let top = |by: &str, n: u32, other: bool| {
        format!(r#""by":["channel"],"top":{{"dim":"channel","n":{n},"by":"{by}","other":{other}}},"#)
    };
    assert_eq!(told(&store, &top("tv.composite", 1, true), "21:00").await, "X 90.000\n__other__ –");
    assert_eq!(told(&store, &top("tv.viewing_min", 2, false), "21:00").await, "X 90.000\nY 60.000");
    assert_eq!(told(&store, &top("tv.loyalty_pct", 1, false), "21:00").await, "Y 60.000");
}

/// Each step has a standing of its own. From 21:00 nobody watches X, which has no loyalty and so no index, but stands below by all
/// else: Z has 40 + 20 + 15 + 20, since it reaches as many as Y.
#[tokio::test]
async fn each_step_is_ranked_by_itself() {
    let store = evening().await;
    let by_hour = r#""by":["channel",{"time":"hour"}],"compare":"previous_period","#;
    let told = told(&store, by_hour, "22:00").await;
    let short: Vec<String> = told
        .lines()
        .map(|line| line.split(' ').take(3).map(|word| word.replace("2026-03-01T", "").replace(":00:00+08:00", "")))
        .map(|words| words.collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(short, ["X 20 90.000", "X 21 –", "Y 20 60.000", "Y 21 45.000", "Z 20 0.000", "Z 21 95.000"]);
}
