//! A player that sends one `sid` for all its viewers spoils its own sessions, and nothing else.

use super::*;
use crate::facts::session::MOST_EVENTS;

const REQUESTS: usize = 5;

/// A part of what a thousand viewers send under one `sid`, an event each millisecond.
fn crowd(part: usize) -> Vec<String> {
    let first = part * MOST_EVENTS;
    let line = |number: usize| {
        let at_ms = NOW - 200_000 + number as i64;
        let user = number % 1_000;
        format!(
            r#"{{"event_id":"{number}","sid":"undefined","ts_event":{at_ms},"play_state":"p","user_id":"u{user}","channel_id":"X"}}"#
        )
    };
    (first..first + MOST_EVENTS).map(line).collect()
}

#[tokio::test]
async fn a_session_of_too_many_events_ends() {
    let world = World::new().await;
    for part in 0..REQUESTS {
        assert_eq!(world.send(&crowd(part)).await.accepted, MOST_EVENTS);
        world.collector.flush().await.unwrap();
    }
    world.send(&session("other", NOW - 100_000)).await;
    assert_eq!(world.one("select count(*) from event").await, (REQUESTS * MOST_EVENTS + 4).to_string());
    let left_out = ((REQUESTS - 1) * MOST_EVENTS) as u64;
    assert_eq!(world.collector.figures().left_out, left_out);
    let play_ms = MOST_EVENTS - 1;
    let views = "select sid, play_ms from all_view order by sid";
    assert_eq!(world.rows(views).await, ["other 88800".to_owned(), format!("undefined {play_ms}")]);

    world.clock.set(Timestamp::from_millis(NOW + 300_000));
    world.send(&session("next", NOW + 299_000)[..1]).await;
    assert_eq!(world.rows("select sid from fact_view order by sid").await, ["other", "undefined"], "both are settled");

    // Read back, it is the same one, and still full.
    let again = world.killed(NOW + 300_000).await;
    let late = play("late", "undefined", NOW + 299_000, "p");
    assert_eq!(again.send(&[late]).await.accepted, 1);
    let view = "select play_ms, ended from all_view where sid = 'undefined'";
    assert_eq!(again.one(view).await, format!("{play_ms} true"));
    assert_eq!(again.collector.figures().left_out, 1);
}
