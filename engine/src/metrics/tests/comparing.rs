//! Numbers beside those of the month or year before, over real rows.

use super::world::*;
use model::time::Timestamp;

/// One play a day at noon, from 1 January to 14 April 2026.
fn world() -> World {
    let noon = |number: i64| at("2026-01-01T12:00:00+08:00").plus_millis(number * 86_400_000);
    let play = |number: i64| played(view(&format!("s{number}"), "h", ZJ, noon(number)), 500, 60_000, 0);
    World { views: (0..31 + 28 + 31 + 14).map(play).collect(), ..World::default() }
}

async fn asked(now: &str, json: &str) -> String {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let now: Timestamp = at(now);
    written(&store.ask(now, &everything(&[HOME]), json).await.unwrap())
}

#[tokio::test]
async fn a_closed_month_is_compared_with_all_of_the_month_before() {
    let now = "2026-04-15T10:00:00+08:00";
    for compare in ["month", "previous_period"] {
        let query = format!(r#"{{"metrics":["content.plays"],"compare":"{compare}","time":"last_month"}}"#);
        assert_eq!(asked(now, &query).await, "31 28 10.714", "March with February, {compare}");
        let query = format!(r#"{{"metrics":["content.plays"],"compare":"{compare}","time":"this_month"}}"#);
        assert_eq!(asked(now, &query).await, "14 14 0.000", "fourteen noons of each month, {compare}");
    }
}

#[tokio::test]
async fn days_that_the_month_before_did_not_have_are_compared_with_nothing() {
    let query = r#"{"metrics":["content.plays"],"by":[{"time":"day"}],"compare":"month","time":"last_month"}"#;
    let rows = asked("2026-04-15T10:00:00+08:00", query).await;
    let last: Vec<&str> = rows.lines().skip(27).collect();
    assert_eq!(
        last,
        [
            "2026-03-28T00:00:00+08:00 1 1 0.000",
            "2026-03-29T00:00:00+08:00 1 – –",
            "2026-03-30T00:00:00+08:00 1 – –",
            "2026-03-31T00:00:00+08:00 1 – –",
        ]
    );
}

/// One play at noon on each of five days around Spring Festival 2025 (29 January), and as many as the day's number in the days
/// around that of 2026 (17 February).
fn festivals() -> World {
    let noon = |day: &str, days: i64| at(&format!("{day}T12:00:00+08:00")).plus_millis(days * 86_400_000);
    let play = |id: String, start| played(view(&id, "h", ZJ, start), 500, 60_000, 0);
    let before = (-2..=2).map(|days| play(format!("b{days}"), noon("2025-01-29", days)));
    let now = (-2..=2).flat_map(|days| (0..days + 3).map(move |number| (days, number)));
    let now = now.map(|(days, number)| play(format!("n{days}-{number}"), noon("2026-02-17", days)));
    World { views: before.chain(now).collect(), ..World::default() }
}

#[tokio::test]
async fn spring_festival_stands_beside_spring_festival_whatever_the_step() {
    let store = TestStore::new().await;
    store.fill(&festivals()).await;
    let asked = async |by: &str, from: &str, to: &str| {
        let query = format!(
            r#"{{"metrics":["content.plays"],"by":[{by}],"compare":"year_lunar",
            "time":{{"from":"{from}T00:00:00+08:00","to":"{to}T00:00:00+08:00"}}}}"#
        );
        written(&store.ask(at("2026-03-01T10:00:00+08:00"), &everything(&[HOME]), &query).await.unwrap())
    };
    assert_eq!(asked("", "2026-02-15", "2026-02-20").await, "15 5 200.000");
    assert_eq!(
        asked(r#"{"time":"day"}"#, "2026-02-16", "2026-02-19").await,
        "2026-02-16T00:00:00+08:00 2 1 100.000\n2026-02-17T00:00:00+08:00 3 1 200.000\n2026-02-18T00:00:00+08:00 4 1 300.000",
    );
    // 16 February 2026 is a Monday, New Year's Eve; the eve of 2025 was a Tuesday.
    assert_eq!(
        asked(r#"{"time":"week"}"#, "2026-02-09", "2026-02-23").await,
        "2026-02-09T00:00:00+08:00 1 1 0.000\n2026-02-16T00:00:00+08:00 14 4 250.000",
    );
}
