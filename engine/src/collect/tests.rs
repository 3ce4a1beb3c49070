//! From requests to rows: durable, counted once, whatever happens in between.

use super::*;
use crate::{
    clock::{SetClock, SharedClock},
    events::{Event, EventStore, PlayState, StoreSettings, Value},
    facts::CleaningRules,
};
use model::time::{Calendar, Day, Timestamp};
use proptest::{prelude::*, test_runner::TestRunner};
use std::{fs, path::Path, sync::Arc};

mod crowding;
mod following;
mod importing;
mod not_keeping;
mod rebuilding;
mod refusing;
mod repeating;
mod retaining;
mod taking_for_scripts;

const NOW: i64 = 1_763_650_000_000;

struct World {
    folder: tempfile::TempDir,
    clock: Arc<SetClock>,
    store: EventStore,
    collector: Collector,
}

impl World {
    async fn new() -> Self {
        Self::over(tempfile::tempdir().unwrap(), NOW).await
    }

    async fn over(folder: tempfile::TempDir, now_ms: i64) -> Self {
        Self::ruled(folder, now_ms, CleaningRules::default()).await
    }

    async fn ruled(folder: tempfile::TempDir, now_ms: i64, rules: CleaningRules) -> Self {
        let clock = Arc::new(SetClock::at(Timestamp::from_millis(now_ms)));
        let settings = StoreSettings { rules, ..StoreSettings::default() };
        let store = EventStore::open_with(folder.path(), Calendar::CHINA, settings).await.unwrap();
        let shared: SharedClock = clock.clone();
        let collector = Collector::open_with(folder.path(), None, store.clone(), shared).await.unwrap();
        Self { folder, clock, store, collector }
    }

    /// The world after the process was killed at this moment, and started again.
    async fn killed(&self, now_ms: i64) -> Self {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), copy.path());
        Self::over(copy, now_ms).await
    }

    async fn send(&self, lines: &[String]) -> Acceptance {
        self.collector.accept_native(&envelope(), lines.join("\n").as_bytes()).await.unwrap()
    }

    async fn rows(&self, sql: &str) -> Vec<String> {
        self.collector.flush().await.unwrap();
        self.store.ask(sql).await.iter().map(|row| written(row)).collect()
    }

    async fn one(&self, sql: &str) -> String {
        self.rows(sql).await.join(" / ")
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn written(row: &[Value]) -> String {
    let cells = row.iter().map(|cell| match cell {
        Value::Null => "-".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Text(text) => text.clone(),
    });
    cells.collect::<Vec<_>>().join(" ")
}

fn source() -> Source {
    Source { id: 1, organisation: OrganisationId(1), name: "box".to_owned(), province: None, simulated: false }
}

fn envelope() -> Envelope {
    Envelope { source: source(), client: None }
}

/// A native line of a play session.
fn play(id: &str, sid: &str, at_ms: i64, state: &str) -> String {
    format!(
        r#"{{"event_id":"{id}","sid":"{sid}","ts_event":{at_ms},"play_state":"{state}","household_id":"h-{sid}","channel_id":"X","province":"ZJ"}}"#
    )
}

/// A session that was watched for a minute and a half.
fn session(sid: &str, start_ms: i64) -> Vec<String> {
    [(0, "s"), (1_200, "p"), (60_000, "p"), (90_000, "q")]
        .iter()
        .map(|(after_ms, state)| play(&format!("{sid}-{after_ms}"), sid, start_ms + after_ms, state))
        .collect()
}

const VIEWS: &str = "select sid, started, play_ms, startup_ms, ended, province from all_view order by sid";

#[tokio::test]
async fn events_become_facts() {
    let world = World::new().await;
    let acceptance = world.send(&session("a", NOW - 100_000)).await;
    assert_eq!(acceptance, Acceptance { accepted: 4, ..Acceptance::default() });
    assert_eq!(world.rows(VIEWS).await, ["a true 88800 1200 true ZJ"]);
    let minutes = "select sum(seconds), count(*) filter (where counted) from all_minute";
    assert_eq!(world.one(minutes).await, "89 2");
    assert_eq!(world.one("select sequence from applied").await, "1");
    assert_eq!(world.collector.backlog().events, 0);
}

#[tokio::test]
async fn duplicates_are_dropped_within_and_between_requests() {
    let world = World::new().await;
    let lines = session("a", NOW - 100_000);
    let twice = [lines.clone(), lines.clone()].concat();
    assert_eq!((world.send(&twice).await.accepted, world.send(&lines).await.duplicates), (4, 4));
    assert_eq!(world.one("select count(*) from event where not_kept is null").await, "4");
    assert_eq!(world.rows(VIEWS).await, ["a true 88800 1200 true ZJ"]);
    let other = Envelope { source: Source { id: 2, ..source() }, client: None };
    let acceptance = world.collector.accept_native(&other, lines[0].as_bytes()).await.unwrap();
    assert_eq!(acceptance.accepted, 1, "another source has ids of its own");
}

#[tokio::test]
async fn a_bad_record_is_told_and_kept_apart() {
    let world = World::new().await;
    let mut lines = session("a", NOW - 100_000);
    lines.insert(1, r#"{"event_id":"old","ts_event":"1970-01-01T00:00:00Z"}"#.to_owned());
    let acceptance = world.send(&lines).await;
    assert_eq!(acceptance.accepted, 4);
    assert_eq!(acceptance.rejected[0].position, 2);
    assert_eq!(acceptance.rejected[0].field.as_deref(), Some("ts_event"));
    world.collector.close().await.unwrap();
    let ledger = ledger::Ledger::open(world.folder.path(), 0).unwrap();
    let kept = ledger.quarantined();
    assert_eq!(kept.len(), 1);
    assert!(kept[0]["record"].as_str().unwrap().contains("1970"), "{kept:?}");
    assert_eq!(world.collector.figures(), Figures { accepted: 4, rejected: 1, ..Figures::default() });
}

#[tokio::test]
async fn open_sessions_settle_when_their_time_has_come() {
    let world = World::new().await;
    world.send(&session("a", NOW - 1_000)[..3]).await;
    assert_eq!(world.one("select sid, ended from fact_view_open").await, "a false");
    assert_eq!(world.one("select count(*) from fact_view").await, "0");
    world.clock.set(Timestamp::from_millis(NOW + 300_000));
    world.send(&session("b", NOW + 299_000)[..1]).await;
    assert_eq!(world.one("select sid, ended, play_ms from fact_view").await, "a true 58800");
    assert_eq!(world.one("select sid from fact_view_open").await, "b");
    assert_eq!(world.one("select count(*) from fact_minute_open").await, "0");
    let quality = "select sid, count(*), sum(play_ms) from fact_quality_minute group by sid";
    assert_eq!(world.one(quality).await, "a 2 58800");
    assert_eq!(world.one("select count(*) from fact_quality_minute_open").await, "0");
}

#[tokio::test]
async fn a_late_event_replaces_the_rows_of_its_session() {
    let world = World::new().await;
    let lines = session("a", NOW - 3_600_000);
    world.send(&[lines[0].clone(), lines[1].clone(), lines[3].clone()]).await;
    world.clock.set(Timestamp::from_millis(NOW + 300_000));
    world.send(&session("b", NOW + 290_000)[..1]).await;
    assert_eq!(world.one("select play_ms from fact_view where sid = 'a'").await, "88800");
    world.send(&[play("late", "a", NOW - 3_600_000 + 30_000, "r"), lines[2].clone()]).await;
    let view = "select play_ms, stall_ms, stall_count from all_view where sid = 'a'";
    assert_eq!(world.one(view).await, "58800 30000 1");
    assert_eq!(world.one("select sum(seconds) from all_minute").await, "59");
    let quality = "select sum(play_ms), sum(stall_ms), sum(stall_count) from all_quality_minute where sid = 'a'";
    assert_eq!(world.one(quality).await, "58800 30000 1");
}

#[tokio::test]
async fn what_was_accepted_survives_a_crash_once() {
    let world = World::new().await;
    world.send(&session("a", NOW - 100_000)).await;
    world.collector.flush().await.unwrap();
    world.send(&session("b", NOW - 90_000)).await;
    // Not flushed: the store may or may not hold b.
    let again = world.killed(NOW + 1_000).await;
    let views = ["a true 88800 1200 true ZJ", "b true 88800 1200 true ZJ"];
    assert_eq!(again.rows(VIEWS).await, views);
    assert_eq!(again.one("select count(*), count(distinct event_id) from event").await, "8 8");
    assert_eq!(again.send(&session("b", NOW - 90_000)).await.duplicates, 4, "ids are remembered");
    let third = again.killed(NOW + 2_000).await;
    assert_eq!(third.rows(VIEWS).await, views);
}

#[tokio::test]
async fn a_session_goes_on_after_a_crash() {
    let world = World::new().await;
    let lines = session("a", NOW - 61_000);
    world.send(&lines[..3]).await;
    world.collector.flush().await.unwrap();
    let again = world.killed(NOW + 29_000).await;
    again.send(&lines[3..]).await;
    assert_eq!(again.rows(VIEWS).await, ["a true 88800 1200 true ZJ"]);
    assert_eq!(again.one("select sum(seconds), count(*) from all_minute").await, world_minutes().await);
}

/// The minutes of that session when nothing happens in between.
async fn world_minutes() -> String {
    let world = World::new().await;
    world.send(&session("a", NOW - 61_000)[..3]).await;
    world.clock.set(Timestamp::from_millis(NOW + 29_000));
    world.send(&session("a", NOW - 61_000)[3..]).await;
    world.one("select sum(seconds), count(*) from all_minute").await
}

#[tokio::test]
async fn a_store_that_lost_its_log_is_fed_again() {
    let world = World::new().await;
    world.send(&session("a", NOW - 100_000)).await;
    world.collector.flush().await.unwrap();
    world.send(&session("b", NOW - 100_000)).await;
    world.collector.flush().await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    copy_folder(world.folder.path(), copy.path());
    let log = copy.path().join("event-store.duckdb.wal");
    let mut damaged = fs::read(&log).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    fs::write(&log, damaged).unwrap();
    let again = World::over(copy, NOW).await;
    assert_eq!(again.one("select count(*), count(distinct event_id) from event").await, "8 8");
    assert_eq!(again.rows(VIEWS).await, ["a true 88800 1200 true ZJ", "b true 88800 1200 true ZJ"]);
}

#[tokio::test]
async fn the_account_says_the_province() {
    let world = World::new().await;
    let open = format!(
        r#"{{"event_id":"o","ts_event":{},"household_id":"h-a","account_event":"open","province":"GD","isp":"cbn","tier":"gold"}}"#,
        NOW - 200_000
    );
    world.send(&[open]).await;
    world.send(&session("a", NOW - 100_000)).await;
    assert_eq!(
        world.one("select distinct province, isp, geo_source from event where sid = 'a'").await,
        "GD cbn account"
    );
    assert_eq!(world.one("select province from all_view").await, "GD");
    let again = world.killed(NOW).await;
    let order = format!(
        r#"{{"event_id":"p","ts_event":{},"household_id":"h-a","order_id":"1","order_status":"paid","amount_fen":990,"province":"ZJ"}}"#,
        NOW - 10_000
    );
    let power = format!(r#"{{"event_id":"q","ts_event":{NOW},"household_id":"h-a","account_event":"power_on"}}"#);
    again.send(&[order, power]).await;
    assert_eq!(again.one("select province, amount_fen from fact_order").await, "GD 990");
    assert_eq!(again.one("select province, account_event from fact_account_activity").await, "GD power_on");
    assert_eq!(again.one("select province, tier, closed_day from fact_account").await, "GD gold -");
}

#[tokio::test]
async fn an_import_is_loaded_once_and_goes_on_where_it_was() {
    let world = World::new().await;
    let events = |count: usize| {
        (0..count).map(|number| {
            let at_ms = NOW - 30 * 86_400_000 + (number / 3) as i64 * 20_000;
            let state = [PlayState::Asked, PlayState::Playing, PlayState::Quit][number % 3];
            Event {
                sid: Some(format!("s{}", number / 3).into()),
                household_id: Some(format!("h{}", number / 3 % 50).into()),
                channel_id: Some("X".into()),
                play_state: Some(state),
                ..Event::new(format!("{number}"), Timestamp::from_millis(at_ms + (number % 3) as i64 * 5_000))
            }
        })
    };
    for _ in 0..2 {
        let loaded =
            world.collector.import(&source(), "history", Came::Together, events(120_000), |_| {}).await.unwrap();
        assert_eq!(loaded, 120_000);
    }
    assert_eq!(world.one("select count(*) from fact_minute_open").await, "0");
    assert_eq!(world.one("select count(*) from event").await, "120000");
    assert_eq!(
        world.one("select count(*), count(distinct sid), sum(play_ms) from all_view").await,
        "40000 40000 200000000"
    );
    assert_eq!(world.one("select count(*) from fact_view_open").await, "0");
    assert_eq!(world.one("select count(distinct household) from all_minute").await, "50");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_takes_nothing_does_not_keep_the_collector_from_closing() {
    let world = World::new().await;
    world.store.close().await.unwrap();
    for number in 0..3 {
        let line = format!(r#"{{"event_id":"{number}","ts_event":{NOW},"user_id":"u","event_name":"x"}}"#);
        assert_eq!(world.send(&[line]).await.accepted, 1);
    }
    let closing = tokio::time::timeout(std::time::Duration::from_mins(1), world.collector.close());
    closing.await.expect("it waits for ever").unwrap();
    let started_again = world.killed(NOW).await;
    assert_eq!(started_again.one("select count(*) from event").await, "3");
}

/// Any events in any batches, with forgetting and restarts in between, give the facts of all of them at once.
#[test]
fn batches_and_restarts_change_no_fact() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let event = (0_u8..5, 0_i64..120, 0_usize..6, 0_usize..3, 0_u8..2);
    let drawn = prop::collection::vec((event, 0_u8..6), 1..60);
    let facts = [
        "select sid, household, start_ms, end_ms, started, play_ms, stall_ms, pause_ms, channel_id from all_view order by all",
        "select household, channel_id, minute, clock_minute, seconds, counted, run_start_minute, lag_days from all_minute order by all",
        "select sid, household, minute, play_ms, stall_ms, stall_count, watched_ms, channel_id from all_quality_minute order by all",
    ];
    let mut runner = TestRunner::new(ProptestConfig { cases: 6, ..ProptestConfig::default() });
    runner
        .run(&drawn, |drawn| {
            let lines: Vec<(String, u8)> = drawn
                .iter()
                .enumerate()
                .map(|(number, ((sid, at, state, channel, household), then))| {
                    let at_ms = NOW - 7_200_000 + at * 20_000;
                    let channel = ["X", "Y", "Z"][*channel];
                    let state = ["s", "p", "r", "p", "a", "q"][*state];
                    let line = format!(
                        r#"{{"event_id":"{number}","sid":"s{sid}","ts_event":{at_ms},"play_state":"{state}","household_id":"h{household}","channel_id":"{channel}"}}"#
                    );
                    (line, *then)
                })
                .collect();
            runtime.block_on(async {
                let whole = World::new().await;
                whole.send(&lines.iter().map(|(line, _)| line.clone()).collect::<Vec<_>>()).await;
                let mut parts = World::new().await;
                let mut batch = Vec::new();
                for (line, then) in &lines {
                    batch.push(line.clone());
                    if *then > 0 {
                        parts.send(&std::mem::take(&mut batch)).await;
                    }
                    if *then == 4 {
                        parts.collector.flush().await.unwrap();
                    } else if *then == 5 {
                        parts = parts.killed(NOW).await;
                    }
                }
                parts.send(&batch).await;
                for facts in facts {
                    assert_eq!(parts.rows(facts).await, whole.rows(facts).await);
                }
            });
            Ok(())
        })
        .unwrap();
}
