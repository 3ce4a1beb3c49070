use super::*;
use crate::{
    config::{CleaningOptions, StoreOptions},
    stores::{DataFolderLock, Stores},
};
use engine::clock::{Clock as _, SetClock};
use model::{frame::Cell, metric::MetricQuery, time::Timestamp};
use std::{
    fs,
    net::{IpAddr, Ipv4Addr},
    os::unix::fs::PermissionsExt,
};

const SMALL: WorldSize = WorldSize { accounts: 80, history_days: 2 };

fn nothing_to_see() -> Arc<dyn Fn(Progress) + Send + Sync> {
    Arc::new(|_| {})
}

async fn open(folder: &Path, clock: Arc<SetClock>) -> Stores {
    let options = StoreOptions {
        data_dir: folder.to_path_buf(),
        database_url: None,
        clickhouse_url: None,
        cleaning: CleaningOptions::default(),
    };
    let lock = DataFolderLock::take(folder).unwrap();
    Stores::open(&options, lock, clock).await.unwrap()
}

async fn plays(stores: &Stores, who: &DemoUser) -> (Cell, bool) {
    let access = &stores.engine.access;
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let session = access.sign_in(&who.email, &who.password, here, None).await.unwrap();
    let principal = access.principal_of_session(&session).await.unwrap();
    let query: MetricQuery = serde_json::from_str(r#"{"metrics":["content.plays"],"time":{"last":"30d"}}"#).unwrap();
    let frame = stores.engine.metrics.ask(principal.scope().unwrap(), &query).await.unwrap();
    (frame.rows[0][0].clone(), frame.simulated)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_filled_once_and_catches_up_later() {
    let folder = tempfile::tempdir().unwrap();
    // The private PostgreSQL may run as another user, who must reach its files.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let clock = Arc::new(SetClock::at(Timestamp::parse("2026-11-21T21:00:00+08:00").unwrap()));
    let stores = open(folder.path(), Arc::clone(&clock)).await;
    let fill = || fill_world(&stores.engine, &stores.store, folder.path(), SMALL, nothing_to_see());

    let filled = fill().await.unwrap();
    let leader = filled.accounts.iter().find(|user| user.email.starts_with("leader")).unwrap();
    let zhejiang = filled.accounts.iter().find(|user| user.email.starts_with("zhejiang")).unwrap();
    let (everywhere, simulated) = plays(&stores, leader).await;
    assert!(simulated);
    let of = |cell: &Cell| cell.as_number().unwrap();
    assert!(of(&everywhere) > 300.0, "{everywhere:?}");
    let (in_zhejiang, _) = plays(&stores, zhejiang).await;
    assert!(of(&in_zhejiang) < of(&everywhere) / 5.0, "{in_zhejiang:?} of {everywhere:?}");

    let again = fill().await.unwrap();
    assert_eq!(again.accounts, filled.accounts);
    assert_eq!(plays(&stores, leader).await.0, everywhere);

    // Switched off over night, it tells what happened meanwhile.
    clock.set(clock.now().plus_millis(14 * 3_600_000));
    fill().await.unwrap();
    assert!(of(&plays(&stores, leader).await.0) > of(&everywhere) + 50.0);
    stores.close().await.unwrap();
}
