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
