//! One of the servers, or ours, dies in the middle of writing.

use super::{TestCluster, followed, write_batch};
use crate::events::Value;
use std::{fs, path::Path, time::Duration};

#[tokio::test]
async fn a_reader_can_only_read() {
    let servers = TestCluster::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (_store, clickhouse) = followed(&servers.address(), folder.path()).await;
    clickhouse.ready().await.unwrap();
    for text in [
        "INSERT INTO shipped VALUES (1, 9)",
        "DROP TABLE shipped",
        "SET max_execution_time = 0",
        "SELECT * FROM remote('127.0.0.1', system.one)",
    ] {
        assert!(clickhouse.ask(text).await.is_err(), "{text}");
    }
}

#[tokio::test]
async fn a_shard_that_is_killed_while_it_writes_loses_nothing_and_doubles_nothing() {
    let mut servers = TestCluster::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (store, clickhouse) = followed(&servers.address(), folder.path()).await;
    let mut batch = 0;
    for cycle in 0..4 {
        // Until some of it is there, so that the rest is under way.
        let before = clickhouse.arrived();
        while clickhouse.arrived() < before + 3 {
            write_batch(&store, batch).await;
            batch += 1;
        }
        servers.kill(cycle % 2);
        for _ in 0..10 {
            write_batch(&store, batch).await;
            batch += 1;
        }
        servers.start_again(cycle % 2).await;
    }
    clickhouse.has_everything().await;
    clickhouse.must_agree_with(&store).await;
    let orders = clickhouse.ask("SELECT count(*), sum(amount_fen) FROM fact_order FINAL").await.unwrap();
    let count = batch * 50;
    assert_eq!(orders.rows().collect::<Vec<_>>(), [[Value::Integer(count), Value::Integer(count * (count - 1) / 2)]]);
}

/// The task that sends is thrown away at any point, as a process is by `kill -9`; the next one goes on with the files.
#[test]
fn a_sender_that_dies_is_followed_by_one_that_goes_on() {
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let outer = runtime();
    let servers = outer.block_on(TestCluster::start());
    let mut folder = tempfile::tempdir().unwrap();
    let mut batch = 0;
    for _ in 0..5 {
        let process = runtime();
        process.block_on(async {
            let (store, clickhouse) = followed(&servers.address(), folder.path()).await;
            let before = clickhouse.arrived();
            while clickhouse.arrived() < before + 2 {
                write_batch(&store, batch).await;
                batch += 1;
            }
        });
        process.shutdown_timeout(Duration::from_mins(1));
        folder = as_it_lies(folder.path());
    }
    outer.block_on(async {
        let (store, clickhouse) = followed(&servers.address(), folder.path()).await;
        clickhouse.has_everything().await;
        clickhouse.must_agree_with(&store).await;
        let orders = clickhouse.ask("SELECT count(*) FROM fact_order FINAL").await.unwrap();
        assert_eq!(orders.rows().collect::<Vec<_>>(), [[Value::Integer(batch * 50)]]);
        clickhouse.close().await;
    });
}

/// The files of the working store as they are, elsewhere: threads of this process may still hold the others.
fn as_it_lies(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
    }
    copy
}
