//! Opens PostgreSQL, the event store, ClickHouse where there is one, and the collector, wires the engine, and closes all of it again in order.

use crate::{config::StoreOptions, data_folder, stop::Stop};
use engine::{
    Engine,
    access::Access,
    appearance::Appearances,
    boards::Boards,
    clock::SharedClock,
    collect::Collector,
    events::{ClickHouseStore, EventStore, QueryEngine, StoreSettings},
    live::Live,
    metrics::Metrics,
    own_metrics::OwnMetrics,
    postgres::{Databases, PostgresError, PrivateCluster},
    templates::Templates,
};
use model::time::Calendar;
use parking_lot::Mutex;
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    time::Duration,
};

/// A statement that is under way may keep a connection so long; PostgreSQL itself then ends it.
const CONNECTIONS_CLOSE_WITHIN: Duration = Duration::from_secs(10);

/// Everything that is kept, open.
pub struct Stores {
    pub engine: Engine,
    pub store: EventStore,
    /// Follows the event store and answers in its place.
    pub clickhouse: Option<ClickHouseStore>,
    pub databases: Databases,
    pub data_dir: PathBuf,
    /// Taken out when it is stopped.
    cluster: Mutex<Option<PrivateCluster>>,
    _lock: DataFolderLock,
}

impl Stores {
    /// Opens what the options name. After a crash, whatever was acknowledged is brought back by the collector here.
    pub async fn open(options: &StoreOptions, lock: DataFolderLock, clock: SharedClock) -> Result<Self, Stop> {
        let (databases, cluster) = open_databases(options, &lock.folder).await?;
        match open_engine(&lock.folder, &databases, options, clock).await {
            Ok((engine, store, clickhouse)) => {
                let data_dir = lock.folder.clone();
                let cluster = Mutex::new(cluster);
                Ok(Self { engine, store, clickhouse, databases, data_dir, cluster, _lock: lock })
            }
            Err(stop) => {
                close_databases(&databases).await;
                stop_where_it_runs(cluster).await;
                Err(stop)
            }
        }
    }

    /// Everything accepted is applied, then the stores close, PostgreSQL last. Whoever still holds on to the stores
    /// finds them closed; one store that does not close keeps none of the others open.
    pub async fn close(&self) -> Result<(), Stop> {
        let collected = self.engine.collector.close().await;
        if let Some(clickhouse) = &self.clickhouse {
            clickhouse.close().await;
        }
        let stored = self.store.close().await;
        close_databases(&self.databases).await;
        let cluster = self.cluster.lock().take();
        if let Some(cluster) = cluster {
            cluster.stop().await.map_err(|error| Stop::PostgreSql(error.into()))?;
        }
        collected?;
        stored.map_err(|error| Stop::EventStore(error.into()))
    }
}

async fn open_engine(
    data_dir: &Path,
    databases: &Databases,
    options: &StoreOptions,
    clock: SharedClock,
) -> Result<(Engine, EventStore, Option<ClickHouseStore>), Stop> {
    let calendar = databases.calendar().await.map_err(|error| Stop::PostgreSql(error.into()))?;
    let (store, clickhouse) = open_events(data_dir, calendar, options).await?;
    let answering: QueryEngine = match &clickhouse {
        Some(clickhouse) => {
            clickhouse.follow(store.clone()).await.map_err(Stop::EventStore)?;
            clickhouse.clone().into()
        }
        None => store.clone().into(),
    };
    let access = Access::open(databases, clock.clone()).await.map_err(|error| Stop::PostgreSql(error.into()))?;
    let appearances = Appearances::open(databases, access.clone(), clock.clone());
    let boards = Boards::open(databases, clock.clone());
    let templates = Templates::open(databases, clock.clone());
    let metrics = Metrics::open(answering.clone(), calendar, store.rules(), clock.clone()).map_err(Stop::EventStore)?;
    let own_metrics = OwnMetrics::open(databases, metrics.clone(), clock.clone())
        .await
        .map_err(|error| Stop::PostgreSql(error.into()))?;
    let collector =
        Collector::open(data_dir, databases, store.clone(), clock.clone()).await.map_err(Stop::EventStore)?;
    let live = Live::new(access.clone(), boards.clone(), metrics.clone(), answering, calendar, clock.clone());
    Ok((
        Engine { clock, calendar, access, appearances, boards, templates, collector, metrics, own_metrics, live },
        store,
        clickhouse,
    ))
}

/// The event store without anything that writes to it, for commands that change what is in it, and the ClickHouse of the
/// options, which hears of it.
pub async fn open_events_alone(
    options: &StoreOptions,
    data_dir: &Path,
) -> Result<(EventStore, Option<ClickHouseStore>), Stop> {
    let (databases, cluster) = open_databases(options, data_dir).await?;
    let calendar = databases.calendar().await;
    close_databases(&databases).await;
    if let Some(cluster) = cluster {
        cluster.stop().await.map_err(|error| Stop::PostgreSql(error.into()))?;
    }
    let calendar = calendar.map_err(|error| Stop::PostgreSql(error.into()))?;
    open_events(data_dir, calendar, options).await
}

async fn open_events(
    data_dir: &Path,
    calendar: Calendar,
    options: &StoreOptions,
) -> Result<(EventStore, Option<ClickHouseStore>), Stop> {
    let clickhouse = match &options.clickhouse_url {
        Some(address) => Some(ClickHouseStore::connect(address).await.map_err(Stop::EventStore)?),
        None => None,
    };
    let mut settings =
        clickhouse.as_ref().map_or_else(StoreSettings::default, ClickHouseStore::settings_of_working_store);
    settings.rules = options.cleaning.into();
    let store = EventStore::open_with(data_dir, calendar, settings).await.map_err(Stop::EventStore)?;
    Ok((store, clickhouse))
}

/// The database of the options, or the private one; migrated.
pub async fn open_databases(
    options: &StoreOptions,
    data_dir: &Path,
) -> Result<(Databases, Option<PrivateCluster>), Stop> {
    let failed = |error: PostgresError| Stop::PostgreSql(error.into());
    if let Some(url) = &options.database_url {
        return Ok((Databases::open(url.reveal()).await.map_err(failed)?, None));
    }
    let cluster = PrivateCluster::start(data_dir).await.map_err(failed)?;
    match Databases::open(cluster.url()).await {
        Ok(databases) => Ok((databases, Some(cluster))),
        Err(error) => {
            stop_where_it_runs(Some(cluster)).await;
            Err(failed(error))
        }
    }
}

pub async fn close_databases(databases: &Databases) {
    if tokio::time::timeout(CONNECTIONS_CLOSE_WITHIN, databases.close()).await.is_err() {
        tracing::warn!("closing although a statement is still under way");
    }
}

/// After a failure of which the caller tells: the database must not outlive it unseen.
async fn stop_where_it_runs(cluster: Option<PrivateCluster>) {
    if let Some(cluster) = cluster
        && let Err(error) = cluster.stop().await
    {
        tracing::error!(%error, "the private database still runs");
    }
}

/// The data folder belongs to this process; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct DataFolderLock {
    folder: PathBuf,
    _file: File,
}

impl DataFolderLock {
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the folder where it is missing, sees that it can be written, and takes it.
    pub fn take(folder: &Path) -> Result<Self, Stop> {
        let unwritable = |source| Stop::DataFolder { path: folder.to_path_buf(), source };
        data_folder::make(folder).map_err(unwritable)?;
        let folder_found = folder.canonicalize().map_err(unwritable)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder_found.join("lingdong.lock"))
            .map_err(unwritable)?;
        match file.try_lock() {
            Ok(()) => {
                if let Err(error) = data_folder::close_to_others(&folder_found) {
                    tracing::warn!(path = %folder_found.display(), %error,
                        "other accounts may be able to read the data folder: make this account its owner");
                }
                Ok(Self { folder: folder_found, _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(Stop::DataFolderTaken { path: folder_found }),
            Err(TryLockError::Error(source)) => Err(unwritable(source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_data_folder_belongs_to_one_process() {
        let folder = tempfile::tempdir().unwrap();
        let held = DataFolderLock::take(folder.path()).unwrap();
        assert!(matches!(DataFolderLock::take(folder.path()), Err(Stop::DataFolderTaken { .. })));
        drop(held);
        assert!(DataFolderLock::take(folder.path()).is_ok());
    }

    #[test]
    fn a_data_folder_that_is_no_folder_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let told = DataFolderLock::take(&file.join("data")).unwrap_err().told();
        assert!(told.contains("can't be written") && told.contains("--data-dir"), "{told}");
    }
}
