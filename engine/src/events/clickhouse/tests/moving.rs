//! A store that had its history before there was a cluster.

use super::{ClickHouseAddress, ClickHouseStore, ModernServer, TestCluster, followed, write_batch};
use crate::events::EventStore;
use model::time::Calendar;
use std::{path::Path, time::Duration};

/// Written without a cluster.
async fn history(folder: &Path, batches: std::ops::Range<i64>) {
    let store = EventStore::open(folder, Calendar::CHINA).await.unwrap();
    for batch in batches {
        write_batch(&store, batch).await;
    }
    store.close().await.unwrap();
}

async fn open(address: &ClickHouseAddress, folder: &Path) -> (EventStore, ClickHouseStore) {
    let clickhouse = ClickHouseStore::connect_with(address, Duration::ZERO).await.unwrap();
    let settings = clickhouse.settings_of_working_store();
    (EventStore::open_with(folder, Calendar::CHINA, settings).await.unwrap(), clickhouse)
}

#[tokio::test]
async fn history_is_moved_before_a_cluster_follows() {
    let servers = TestCluster::start().await;
    let folder = tempfile::tempdir().unwrap();
    history(folder.path(), 0..20).await;
    let (store, clickhouse) = open(&servers.address(), folder.path()).await;
    let refused = clickhouse.follow(store.clone()).await.unwrap_err().to_string();
    assert!(refused.contains("lingdong migrate-events"), "{refused}");

    let copied = clickhouse.take_history(&store, |_| {}).await.unwrap();
    assert_eq!(copied.rows, 20 * 50 + 3 + 10);
    clickhouse.must_agree_with(&store).await;
    let again = clickhouse.take_history(&store, |_| {}).await.unwrap();
    assert_eq!((again.rows, again.slices), (copied.rows, 0), "all of it was there");
    // What is dropped open still tidies its log up while the file is opened again.
    store.close().await.unwrap();
    drop((store, clickhouse));

    // From then on it follows.
    let (store, clickhouse) = followed(&servers.address(), folder.path()).await;
    write_batch(&store, 20).await;
    clickhouse.has_everything().await;
    clickhouse.must_agree_with(&store).await;
    clickhouse.close().await;
    store.close().await.unwrap();
    drop((store, clickhouse));

    // What is written without it leaves a gap, which is seen, and mended.
    history(folder.path(), 21..24).await;
    let (store, clickhouse) = open(&servers.address(), folder.path()).await;
    assert!(clickhouse.follow(store.clone()).await.is_err());
    let mended = clickhouse.take_history(&store, |_| {}).await.unwrap();
    assert!(mended.slices > 0 && mended.slices < copied.slices, "{mended:?}");
    clickhouse.follow(store.clone()).await.unwrap();
    write_batch(&store, 24).await;
    clickhouse.has_everything().await;
    clickhouse.must_agree_with(&store).await;
}

/// As a copy that was interrupted, and one that somebody meddled with.
#[tokio::test]
async fn what_differs_is_copied_again() {
    let servers = TestCluster::start().await;
    let folder = tempfile::tempdir().unwrap();
    history(folder.path(), 0..20).await;
    let (store, clickhouse) = open(&servers.address(), folder.path()).await;
    let whole = clickhouse.take_history(&store, |_| {}).await.unwrap();
    let day = crate::events::clickhouse::tests::order(100).day.0;
    clickhouse.drop_slice("fact_order", day.div_euclid(30)).await;
    let mended = clickhouse.take_history(&store, |_| {}).await.unwrap();
    assert_eq!((mended.rows, mended.slices), (whole.rows, 1));
    clickhouse.must_agree_with(&store).await;
}

#[tokio::test]
async fn history_is_moved_to_modern_clickhouse() {
    let server = ModernServer::start();
    let folder = tempfile::tempdir().unwrap();
    history(folder.path(), 0..5).await;
    let (store, clickhouse) = open(&server.address(), folder.path()).await;
    clickhouse.take_history(&store, |_| {}).await.unwrap();
    assert_eq!(clickhouse.take_history(&store, |_| {}).await.unwrap().slices, 0, "all of it was there");
    clickhouse.follow(store.clone()).await.unwrap();
    write_batch(&store, 5).await;
    clickhouse.has_everything().await;
    clickhouse.must_agree_with(&store).await;
}
