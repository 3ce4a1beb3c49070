//! ClickHouse, when one machine is not enough: the same queries, the same answers, over any number of servers.
//!
//! The collector works in DuckDB as ever, since it must know open sessions, households and accounts within milliseconds.
//! What each of its transactions changed follows to ClickHouse in order ([`shipping`]), and queries go there; a version
//! moves when the rows have arrived there. The other way round, with ClickHouse as the only store, every batch would have to
//! read from a store without transactions what it had just written to it.

mod address;
mod cluster;
mod encoding;
mod forgetting;
mod history;
mod server;
mod shipping;
mod tables;

#[cfg(test)]
pub(crate) mod tests;

pub use address::{AddressError, ClickHouseAddress};
pub(crate) use encoding::{Changed, Part, Place, encode};
pub use history::{Copied, CopyProgress};
pub(crate) use tables::{DAYS_OF_SLICE, is_only_added_to, served_as};

use super::{
    EngineError, EventEngine, EventStore, Fact, Outbox, ResultSet, SqlWords, StoreSettings, versions::Versions,
};
use crate::{metrics::Sql, postgres::Failure};
use cluster::Cluster;
use model::time::Day;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// ClickHouse sends everything it lacks within this time when the server stops, or at its next start.
const LAST_BATCHES_WITHIN: Duration = Duration::from_secs(10);

/// The events and facts in ClickHouse; cheap to clone.
#[derive(Clone)]
pub struct ClickHouseStore {
    shared: Arc<Shared>,
}

struct Shared {
    cluster: Cluster,
    outbox: Outbox,
    versions: Versions,
    /// Up to this number of the outbox, ClickHouse has everything.
    arrived: watch::Sender<u64>,
    /// The least time between two batches: every batch is a file on every shard, to be merged.
    pace: Duration,
    stopping: CancellationToken,
    tasks: TaskTracker,
}

impl ClickHouseStore {
    /// Connects, and creates what tables are missing.
    pub async fn connect(address: &ClickHouseAddress) -> Result<Self, Failure> {
        Self::connect_with(address, Duration::from_secs(1)).await
    }

    pub(crate) async fn connect_with(address: &ClickHouseAddress, pace: Duration) -> Result<Self, Failure> {
        let cluster = Cluster::connect(address).await?;
        let shards = u32::try_from(cluster.shards.len())?;
        let arrived = shipping::arrived(&cluster).await?;
        let shared = Shared {
            cluster,
            outbox: Outbox::new(shards),
            versions: Versions::starting_at(arrived),
            arrived: watch::Sender::new(arrived),
            pace,
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// How the working store must be opened so that what is written there comes here.
    pub fn settings_of_working_store(&self) -> StoreSettings {
        StoreSettings { outbox: Some(self.shared.outbox.clone()), ..StoreSettings::default() }
    }

    /// Follows a store that was opened with [`Self::settings_of_working_store`], from the last batch that both know.
    pub async fn follow(&self, store: EventStore) -> Result<(), Failure> {
        let arrived = *self.shared.arrived.borrow();
        shipping::check(&store, arrived).await?;
        let shared = Arc::clone(&self.shared);
        self.shared.tasks.spawn(shipping::ship(shared, store));
        self.shared.tasks.close();
        Ok(())
    }

    /// Asks it something, as a health check must.
    pub async fn ready(&self) -> Result<(), EngineError> {
        self.shared.cluster.reader.number("SELECT max(sequence) FROM shipped").await.map(|_| ())
    }

    /// Waits until everything that was committed before has arrived.
    pub async fn has_everything(&self) {
        let newest = self.shared.outbox.newest();
        // The sender lives as long as this store.
        let _ = self.shared.arrived.subscribe().wait_for(|arrived| *arrived >= newest).await;
    }

    /// Sends what is left, as far as ClickHouse takes it, and follows no more. The rest is sent at the next start.
    pub async fn close(&self) {
        if tokio::time::timeout(LAST_BATCHES_WITHIN, self.has_everything()).await.is_err() {
            tracing::warn!("ClickHouse does not have the newest events yet: it gets them at the next start");
        }
        self.shared.stopping.cancel();
        self.shared.tasks.wait().await;
    }
}

impl EventEngine for ClickHouseStore {
    fn words(&self) -> SqlWords {
        self.shared.cluster.words
    }

    async fn run(&self, sql: Sql) -> Result<ResultSet, EngineError> {
        let binds = match self.words() {
            SqlWords::ClickHouse => sql.binds(),
            // They stand in the text.
            SqlWords::ClickHouseWithoutBinds | SqlWords::DuckDb => &[],
        };
        self.shared.cluster.reader.ask(sql.text(), binds).await
    }

    fn version(&self, fact: Fact, days: (Day, Day)) -> u64 {
        self.shared.versions.of(fact, days)
    }

    fn applied(&self) -> u64 {
        self.shared.versions.newest()
    }
}

#[cfg(test)]
impl ClickHouseStore {
    /// Up to which batch it has everything.
    pub(crate) fn arrived(&self) -> u64 {
        *self.shared.arrived.borrow()
    }

    /// Loses a slice of a table.
    pub(crate) async fn drop_slice(&self, relation: &str, slice: i32) {
        let table = self.shared.cluster.table(relation).unwrap();
        let text = format!("ALTER TABLE {} DROP PARTITION {slice}", table.local_name(&self.shared.cluster.layout));
        for server in self.shared.cluster.shards.iter().flatten() {
            server.define(&text).await.unwrap();
        }
    }

    /// Asks with a text of the test's own, as a reader.
    pub(crate) async fn ask(&self, text: &str) -> Result<ResultSet, EngineError> {
        self.shared.cluster.reader.ask(text, &[]).await
    }

    /// Leaves no row in any table.
    pub(crate) async fn clear(&self) {
        for table in &self.shared.cluster.tables {
            let text = format!("TRUNCATE TABLE {}", table.local_name(&self.shared.cluster.layout));
            for server in self.shared.cluster.shards.iter().flatten() {
                server.define(&text).await.unwrap();
            }
        }
    }
}
