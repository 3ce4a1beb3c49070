use super::*;
use crate::events::rows::TableRow as _;
use crate::events::{Event, Value, schema};
use model::time::Timestamp;
use std::{fs, time::Duration};

async fn store_in(folder: &Path) -> EventStore {
    EventStore::open(folder, Calendar::CHINA).await.unwrap()
}

fn events(count: usize) -> Vec<Event> {
    (0..count)
        .map(|number| Event::new(format!("an-event-id-longer-than-{number}"), Timestamp::from_millis(number as i64)))
        .collect()
}

async fn append(store: &EventStore, rows: Vec<Event>) {
    store.write(move |transaction| transaction.append("event", &rows)).arrives().await.unwrap();
}

async fn count(store: &EventStore) -> i64 {
    match store.ask("select count(*) from event").await[0][0] {
        Value::Integer(count) => count,
        ref other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn rows_come_back_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(folder.path()).await;
    let event = Event { sid: Some("sid".into()), amount_fen: Some(-3), ..Event::new("one", Timestamp::from_millis(5)) };
    append(&store, vec![event]).await;
    let rows = store.ask("select event_id, ts_event, sid, amount_fen, user_id, simulated from event").await;
    let expected = [
        Value::Text("one".into()),
        Value::Integer(5),
        Value::Text("sid".into()),
        Value::Integer(-3),
        Value::Null,
        Value::Bool(false),
    ];
    assert_eq!(rows, [expected]);
}

#[tokio::test]
async fn a_failed_write_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(folder.path()).await;
    let rows = events(10_000);
    let failed = store
        .write(move |transaction| {
            transaction.append("event", &rows)?;
            Err::<(), _>(EngineError::Overloaded)
        })
        .arrives()
        .await;
    assert!(failed.is_err());
    assert_eq!(count(&store).await, 0);
    append(&store, events(3)).await;
    assert_eq!(count(&store).await, 3);
}

#[tokio::test]
async fn a_store_of_an_earlier_version_gets_what_it_lacks_and_keeps_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(folder.path()).await;
    append(&store, events(3)).await;
    let later: Vec<&str> = Event::COLUMNS.iter().rev().take(2).map(|column| column.name).collect();
    let without_later =
        later.iter().map(|column| format!("alter table event drop column {column};")).collect::<Vec<_>>().concat();
    let make_old = move |transaction: &Transaction<'_>| {
        let connection = transaction.connection();
        connection
            .execute_batch("drop table fact_page; drop table in_order; alter table outbox drop column before_day")?;
        Ok(connection.execute_batch(&without_later)?)
    };
    store.write(make_old).arrives().await.unwrap();
    store.close().await.unwrap();
    drop(store);

    let store = store_in(folder.path()).await;
    append(&store, vec![Event::new("new", Timestamp::from_millis(9))]).await;
    assert_eq!(count(&store).await, 4);
    let columns =
        "select column_name from information_schema.columns where table_name = 'event' order by ordinal_position";
    let names = Event::COLUMNS.iter().map(|column| vec![Value::Text(column.name.into())]).collect::<Vec<_>>();
    assert_eq!(store.ask(columns).await, names);
    assert_eq!(store.ask("select count(*) from fact_page").await, [[Value::Integer(0)]]);
    assert_eq!(store.ask("select count(before_day) from outbox").await, [[Value::Integer(0)]]);
    assert_eq!(store.ask("select count(*) from in_order").await, [[Value::Integer(0)]]);
    // What was added is in the file, and not in a log that would have to be replayed.
    let crashed = crashed(folder.path());
    assert!(store_in(crashed.path()).await.ask(&format!("select {} from event", later[0])).await.len() >= 3);
}

#[tokio::test]
async fn a_file_with_large_row_groups_is_taken_over_with_small_ones() {
    let folder = tempfile::tempdir().unwrap();
    let earlier = folder.path().join("events.duckdb");
    let old = ::duckdb::Connection::open(&earlier).unwrap();
    old.execute_batch(&schema::definition()).unwrap();
    old.execute_batch("insert into applied select 7; insert into fact_view by name select i as start_ms, 1 as org from range(200000) t(i)")
        .unwrap();
    old.execute_batch("checkpoint; create table unknown_to_us (i int)").unwrap();
    drop(old);
    // What a rewriting left that was broken off.
    fs::write(folder.path().join("event-store.duckdb.partial"), "half of it").unwrap();

    let store = store_in(folder.path()).await;
    assert_eq!(store.applied(), 7);
    let found = store.ask(
        "select count(*), sum(start_ms), (select max(count) <= 16384 from pragma_storage_info('fact_view')) from fact_view",
    );
    let sum = 200_000 * 199_999 / 2;
    assert_eq!(found.await, [[Value::Integer(200_000), Value::Integer(sum), Value::Bool(true)]]);
    append(&store, events(3)).await;
    store.close().await.unwrap();
    drop(store);
    assert!(!earlier.exists());
    assert_eq!(count(&store_in(folder.path()).await).await, 3);
}

/// The files as a process that is killed at this moment leaves them.
fn crashed(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
    }
    copy
}

#[tokio::test]
async fn what_was_committed_is_there_after_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(folder.path()).await;
    append(&store, events(3)).await;
    let crashed = crashed(folder.path());
    assert_eq!(count(&store_in(crashed.path()).await).await, 3);
}

#[tokio::test]
async fn a_log_that_does_not_replay_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(folder.path()).await;
    append(&store, events(3)).await;
    store.checkpoint().arrives().await.unwrap();
    append(&store, events(2)).await;
    let crashed = crashed(folder.path());
    let log = crashed.path().join("event-store.duckdb.wal");
    let mut damaged = fs::read(&log).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    fs::write(&log, &damaged).unwrap();
    let store = store_in(crashed.path()).await;
    assert_eq!(count(&store).await, 3, "the state of the last checkpoint");
    assert!(crashed.path().join("event-store.duckdb.wal.corrupt-1").exists());
}

#[tokio::test]
async fn days_are_forgotten_by_themselves_between_the_rows_before_and_behind() {
    let folder = tempfile::tempdir().unwrap();
    let settings = StoreSettings { outbox: Some(Outbox::new(2)), ..StoreSettings::default() };
    let store = EventStore::open_with(folder.path(), Calendar::CHINA, settings).await.unwrap();
    let forget = |transaction: &Transaction<'_>| transaction.forget("fact_view", Day(9));
    let both = move |transaction: &Transaction<'_>| {
        transaction.append("event", &events(1))?;
        forget(transaction)
    };
    assert!(store.write(both).arrives().await.is_err(), "which came first?");
    assert_eq!(count(&store).await, 0);
    append(&store, events(2)).await;
    append(&store, events(3)).await;
    store.write(forget).arrives().await.unwrap();
    append(&store, events(4)).await;
    let next = |after| store.look_up(move |read| waiting(read.connection(), after, 1 << 20)).unwrap();
    let rows_of = |waiting: Option<(u64, Waiting)>| match waiting {
        Some((last, Waiting::Rows(parts))) => (last, parts.iter().map(|part| part.rows).sum::<u64>()),
        other => panic!("{other:?}"),
    };
    assert_eq!(rows_of(next(0)), (2, 5));
    match next(2) {
        Some((3, Waiting::Forgotten(days))) => assert_eq!(days, [("all_view".to_owned(), Day(9))]),
        other => panic!("{other:?}"),
    }
    assert_eq!(rows_of(next(3)), (4, 4));
    assert!(next(4).is_none());
}

const SLOW: &str = "select count(*) from range(10000000000) a(i) where i % 7 = 3";

#[tokio::test]
async fn a_statement_ends_at_its_deadline_and_the_reader_lives_on() {
    let folder = tempfile::tempdir().unwrap();
    let settings = StoreSettings { deadline: Duration::from_millis(200), threads: 1, ..StoreSettings::default() };
    let store = EventStore::open_with(folder.path(), Calendar::CHINA, settings).await.unwrap();
    for _ in 0..4 {
        let outcome = store.shared.readers.run(SLOW.to_owned(), Vec::new()).await;
        assert!(matches!(outcome, Err(EngineError::TimedOut(_))), "{outcome:?}");
    }
    assert_eq!(count(&store).await, 0);
}

#[tokio::test]
async fn a_statement_that_nobody_waits_for_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let settings = StoreSettings { deadline: Duration::from_mins(10), threads: 1, ..StoreSettings::default() };
    let store = EventStore::open_with(folder.path(), Calendar::CHINA, settings).await.unwrap();
    let until = async |running: usize| {
        let reached = async {
            while store.shared.readers.running() != running {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), reached).await.expect("as many run as should");
    };
    for _ in 0..3 {
        let asked = {
            let store = store.clone();
            tokio::spawn(async move { store.shared.readers.run(SLOW.to_owned(), Vec::new()).await })
        };
        until(1).await;
        asked.abort();
        until(0).await;
    }
    assert_eq!(count(&store).await, 0, "the readers live on");
}

#[tokio::test]
async fn what_is_too_much_is_told_by_its_kind_and_the_readers_live_on() {
    let folder = tempfile::tempdir().unwrap();
    let settings = StoreSettings { memory_mib: 32, temporary_mib: 1, most_rows: 1_000, ..StoreSettings::default() };
    let store = EventStore::open_with(folder.path(), Calendar::CHINA, settings).await.unwrap();
    let run = async |text: &str| store.shared.readers.run(text.to_owned(), Vec::new()).await;
    assert_eq!(run("select i from range(1000) a(i)").await.unwrap().row_count(), 1_000);
    let outcome = run("select i from range(1001) a(i)").await;
    assert!(matches!(outcome, Err(EngineError::TooManyRows(1_000))), "{outcome:?}");
    let outcome =
        run("select count(*) from (select i::text || repeat('x', 200) t from range(3000000) a(i) group by t)").await;
    assert!(matches!(outcome, Err(EngineError::TooMuchMemory)), "{outcome:?}");
    assert_eq!(count(&store).await, 0);
}

#[tokio::test]
async fn more_than_may_wait_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let settings =
        StoreSettings { deadline: Duration::from_millis(300), threads: 1, waiting: 1, ..StoreSettings::default() };
    let store = EventStore::open_with(folder.path(), Calendar::CHINA, settings).await.unwrap();
    let many = (0..12).map(|_| store.shared.readers.run(SLOW.to_owned(), Vec::new()));
    let outcomes = futures::future::join_all(many).await;
    assert!(outcomes.iter().any(|outcome| matches!(outcome, Err(EngineError::Overloaded))), "{outcomes:?}");
}

#[tokio::test]
async fn files_and_the_network_are_out_of_reach() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(folder.path()).await;
    for text in ["select * from read_csv('/etc/passwd')", "install httpfs", "set enable_external_access = true"] {
        let outcome = store.shared.readers.run(text.to_owned(), Vec::new()).await;
        assert!(matches!(outcome, Err(EngineError::Failed(_))), "{text}: {outcome:?}");
    }
}
