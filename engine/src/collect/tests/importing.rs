//! Files and histories: each event once, however often and however long a load takes.

use super::*;
use crate::collect::loading::CHUNK_EVENTS;
use std::{io::Cursor, sync::mpsc};

fn file(events: usize) -> Cursor<Vec<u8>> {
    let line = |number: usize| format!(r#"{{"event_id":"{number}","ts_event":{},"user_id":"u"}}"#, NOW - number as i64);
    Cursor::new((0..events).map(line).collect::<Vec<_>>().join("\n").into_bytes())
}

fn moments(count: usize) -> impl Iterator<Item = Event> + Send + 'static {
    (0..count).map(|number| Event::new(format!("{number}"), Timestamp::from_millis(NOW - number as i64)))
}

const COUNTED: &str = "select count(*), count(distinct event_id) from event";

#[tokio::test]
async fn a_clean_file_is_taken() {
    let world = World::new().await;
    let taken = world.collector.import_lines(&source(), "file a", file(2)).await.unwrap();
    assert_eq!(taken, FileImport { accepted: 2, ..FileImport::default() });
    let again = world.collector.import_lines(&source(), "file a", file(2)).await.unwrap();
    assert_eq!(again, FileImport { duplicates: 2, ..FileImport::default() });
}

#[tokio::test]
async fn a_file_of_nothing_is_known_as_loaded() {
    let world = World::new().await;
    let taken = world.collector.import_lines(&source(), "file a", file(0)).await.unwrap();
    assert_eq!(taken, FileImport::default());
    assert_eq!(world.one("select events, finished from imported").await, "0 true");
}

#[tokio::test]
async fn a_file_loaded_twice_at_once_counts_once() {
    let world = World::new().await;
    let events = CHUNK_EVENTS + 10_000;
    let source = source();
    let load = || world.collector.import_lines(&source, "file a", file(events));
    let (one, two) = tokio::join!(load(), load());
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!(one.accepted + two.accepted, events as u64);
    assert_eq!(one.duplicates + two.duplicates, events as u64);
    assert_eq!(world.one(COUNTED).await, format!("{events} {events}"));
}

#[tokio::test]
async fn a_load_that_was_interrupted_goes_on_where_it_was() {
    let world = World::new().await;
    let events = 2 * CHUNK_EVENTS + 7;
    let (go_on, waits) = mpsc::channel::<()>();
    let halting = moments(events).enumerate().map(move |(number, event)| {
        if number == CHUNK_EVENTS {
            // Ends with an error when the test does.
            let _ = waits.recv();
        }
        event
    });
    let collector = world.collector.clone();
    let loading =
        tokio::spawn(async move { collector.import(&source(), "history", Came::Together, halting, |_| {}).await });
    while world.one("select events from imported").await != CHUNK_EVENTS.to_string() {
        tokio::task::yield_now().await;
    }
    let again = world.killed(NOW).await;
    let mut told = again.collector.load(&source(), "history", Came::Together, moments(events), |_| {}).await.unwrap();
    assert_eq!((told.events, told.before), (events as u64, CHUNK_EVENTS as u64));
    assert_eq!(again.one(COUNTED).await, format!("{events} {events}"));
    told = again.collector.load(&source(), "history", Came::Together, moments(events), |_| {}).await.unwrap();
    assert_eq!(told.before, events as u64);
    go_on.send(()).unwrap();
    assert_eq!(loading.await.unwrap().unwrap(), events as u64, "the first one ends as well");
}

#[tokio::test]
async fn a_caller_who_gives_up_does_not_make_events_count_twice() {
    let world = World::new().await;
    let events = CHUNK_EVENTS + 7;
    let (go_on, waits) = mpsc::channel::<()>();
    let halting = moments(events).enumerate().map(move |(number, event)| {
        if number == CHUNK_EVENTS {
            let _ = waits.recv();
        }
        event
    });
    let collector = world.collector.clone();
    let loading =
        tokio::spawn(async move { collector.import(&source(), "history", Came::Together, halting, |_| {}).await });
    while world.one("select events from imported").await != CHUNK_EVENTS.to_string() {
        tokio::task::yield_now().await;
    }
    loading.abort();
    let _ = loading.await;
    let source = source();
    let load = world.collector.load(&source, "history", Came::Together, moments(events), |_| {});
    let (told, sent) = tokio::join!(load, async { go_on.send(()) });
    sent.unwrap();
    assert_eq!(told.unwrap().before, events as u64, "the first one went on");
    assert_eq!(world.one(COUNTED).await, format!("{events} {events}"));
}

/// Of a simulated past the last hours came as the present does, and arrivals are told of these alone.
#[tokio::test]
async fn what_came_one_by_one_is_told_as_it_came() {
    let world = World::new().await;
    let received = |number: usize, ts_received: i64| {
        let event = Event::new(format!("{number}"), Timestamp::from_millis(ts_received - 3_000));
        Event { ts_received: Timestamp::from_millis(ts_received), ..event }
    };
    let from = Timestamp::from_millis(NOW - 60_000);
    let events = [NOW - 90_000, NOW - 60_001, NOW - 60_000, NOW - 1_000];
    let events = events.into_iter().enumerate().map(move |(number, at)| received(number, at));
    world.collector.import(&source(), "past", Came::OneByOne { from }, events, |_| {}).await.unwrap();
    assert_eq!(world.one(COUNTED).await, "4 4");
    assert_eq!(world.one("select sum(events), sum(delay_ms) from fact_arrival").await, "2 6000");
}
