//! `kill -9` in mid-ingest, ten times, with two clients side by side, so that their requests share commits: what was
//! acknowledged is there once, and the facts agree with the events.

use super::program::{Program, now_ms};
use duckdb::Connection;
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

const KILLS: usize = 10;
const MINUTE_MS: i64 = 60_000;
/// Plays in one request; each is three events.
const PLAYS: usize = 20;

/// A client that sends batch after batch, each until it is acknowledged.
struct Client {
    name: &'static str,
    write_key: String,
    /// Batches acknowledged so far; the next one to send has this number.
    acknowledged: AtomicUsize,
    began_ms: i64,
}

impl Client {
    /// Sends until the server is killed.
    fn send_until_killed(&self, address: &str) {
        let agent = agent();
        while self.send_one(&agent, address) {}
    }

    /// `false` where no answer came: then it is unknown whether the batch was kept, and the same one is sent next.
    fn send_one(&self, agent: &ureq::Agent, address: &str) -> bool {
        let batch = self.acknowledged.load(Ordering::SeqCst);
        let sent = agent
            .post(format!("{address}/api/v1/events"))
            .header("authorization", format!("Bearer {}", self.write_key))
            .send(self.batch(batch));
        let Ok(mut response) = sent else { return false };
        let Ok(body) = response.body_mut().read_to_string() else { return false };
        assert_eq!(response.status(), 200, "{body}");
        let answer: Value = serde_json::from_str(&body).unwrap();
        let taken = answer["accepted"].as_u64().unwrap() + answer["duplicates"].as_u64().unwrap();
        assert_eq!(taken, PLAYS as u64 * 3, "{answer}");
        self.acknowledged.fetch_add(1, Ordering::SeqCst);
        true
    }

    fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::SeqCst)
    }

    /// Plays of half a minute, each of a household of its own, within one clock minute.
    fn batch(&self, number: usize) -> String {
        let event = |play: usize, state: &str, after_ms: i64| {
            let sid = format!("{}-{number}-{play}", self.name);
            json!({
                "event_id": format!("{sid}-{state}"), "sid": sid, "household_id": format!("h-{sid}"),
                "content_id": "film", "channel_id": "CCTV-1", "view_mode": "live", "province": "ZJ",
                "play_state": state, "ts_event": self.began_ms + after_ms,
            })
            .to_string()
        };
        let plays =
            (0..PLAYS).flat_map(|play| [event(play, "s", 0), event(play, "p", 1_000), event(play, "q", 31_000)]);
        plays.collect::<Vec<_>>().join("\n")
    }
}

fn agent() -> ureq::Agent {
    let patience = Some(Duration::from_secs(20));
    ureq::Agent::config_builder().http_status_as_error(false).timeout_global(patience).build().into()
}

/// The beginning of a clock minute.
fn an_hour_ago() -> i64 {
    (now_ms() - 3_600_000) / MINUTE_MS * MINUTE_MS
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_counts_twice() {
    let program = Program::new(None);
    let mut running = program.serve();
    let write_key = program.printed(&["source", "create", "box"]);
    let began_ms = an_hour_ago();
    let clients = ["one", "two"].map(|name| {
        Arc::new(Client { name, write_key: write_key.clone(), acknowledged: AtomicUsize::new(0), began_ms })
    });
    for kill in 0..KILLS {
        let before = clients.each_ref().map(|client| client.acknowledged());
        let sending = clients.each_ref().map(|client| {
            let (client, address) = (Arc::clone(client), running.address.clone());
            thread::spawn(move || client.send_until_killed(&address))
        });
        // At another point of the batcher's work each time: after one acknowledgement more than the time before.
        for ((client, sending), before) in clients.iter().zip(&sending).zip(before) {
            while client.acknowledged() < before + 3 + kill && !sending.is_finished() {
                thread::yield_now();
            }
        }
        running.kill();
        for sending in sending {
            sending.join().unwrap();
        }
        running = program.serve();
    }
    // What was under way at the last kill is sent once more, and then some.
    let agent = agent();
    for client in &clients {
        for _ in 0..3 {
            assert!(client.send_one(&agent, &running.address));
        }
    }
    running.terminate();

    let plays = clients.iter().map(|client| client.acknowledged()).sum::<usize>() * PLAYS;
    let store = open_store(&program);
    let one = |sql: &str| store.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let expected = i64::try_from(plays).unwrap();
    assert_eq!(one("select count(*) from event where not_kept is null"), expected * 3, "events");
    assert_eq!(
        one("select cast(sum(events) as bigint) from fact_arrival where not_kept is null"),
        expected * 3,
        "arrivals"
    );
    assert_eq!(
        one("select count(distinct event_id) from event where not_kept is null"),
        expected * 3,
        "different events"
    );
    assert_eq!(one("select count(*) from all_view"), expected, "plays");
    assert_eq!(one("select count(distinct sid) from all_view"), expected, "different plays");
    assert_eq!(one("select cast(sum(play_ms) as bigint) from all_view"), expected * 30_000, "play time");
    assert_eq!(one("select count(*) from all_minute where counted"), expected, "minutes");
    assert_eq!(one("select count(distinct household) from all_minute"), expected, "different households");
    assert_eq!(one("select cast(sum(seconds) as bigint) from all_minute"), expected * 30, "seconds of minutes");
}

/// The program has stopped, so its file is free.
fn open_store(program: &Program) -> Connection {
    let file = std::fs::read_dir(program.data_dir())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "duckdb"))
        .expect("the event store's file");
    Connection::open(file).unwrap()
}
