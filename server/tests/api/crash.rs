//! `kill -9` in mid-ingest, ten times: what was acknowledged is there once, and the facts agree with the events.

use super::program::Program;
use duckdb::Connection;
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

const KILLS: u64 = 10;
/// Plays in one request; each is three events.
const PLAYS: usize = 20;

/// A client that sends batch after batch, each until it is acknowledged.
struct Client {
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

    fn batch(&self, number: usize) -> String {
        let event = |play: usize, state: &str, after_ms: i64| {
            json!({
                "event_id": format!("{number}-{play}-{state}"), "sid": format!("{number}-{play}"),
                "household_id": format!("h{play}"), "content_id": "film", "province": "ZJ",
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

#[allow(clippy::disallowed_methods)] // the real program runs by the real clock
fn an_hour_ago() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since_1970.as_millis()).unwrap() - 3_600_000
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_counts_twice() {
    let program = Program::new(None);
    let mut running = program.serve();
    let write_key = program.printed(&["source", "create", "box"]);
    let client = Arc::new(Client { write_key, acknowledged: AtomicUsize::new(0), began_ms: an_hour_ago() });
    for kill in 0..KILLS {
        let sending = {
            let (client, address) = (client.clone(), running.address.clone());
            thread::spawn(move || client.send_until_killed(&address))
        };
        // At another point of the batcher's second each time, once something was acknowledged.
        let before = client.acknowledged.load(Ordering::SeqCst);
        while client.acknowledged.load(Ordering::SeqCst) < before + 3 && !sending.is_finished() {
            thread::yield_now();
        }
        thread::sleep(Duration::from_millis(130 * kill));
        running.kill();
        sending.join().unwrap();
        running = program.serve();
    }
    // What was under way at the last kill is sent once more, and then some.
    let agent = agent();
    for _ in 0..3 {
        assert!(client.send_one(&agent, &running.address));
    }
    running.terminate();

    let plays = client.acknowledged.load(Ordering::SeqCst) * PLAYS;
    let store = open_store(&program);
    let one = |sql: &str| store.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let expected = i64::try_from(plays).unwrap();
    assert_eq!(one("select count(*) from event"), expected * 3, "events");
    assert_eq!(one("select count(distinct event_id) from event"), expected * 3, "different events");
    assert_eq!(one("select count(*) from all_view"), expected, "plays");
    assert_eq!(one("select count(distinct sid) from all_view"), expected, "different plays");
    assert_eq!(one("select cast(sum(play_ms) as bigint) from all_view"), expected * 30_000, "play time");
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
