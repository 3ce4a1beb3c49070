//! The store that queries go to.

use super::{ClickHouseStore, EngineError, EngineLimits, EventEngine, EventStore, Fact, ResultSet, SqlWords};
use crate::metrics::{RolledUpDays, Sql};
use model::time::Day;
use std::sync::Arc;

/// The store that answers queries: the collector's own, or the cluster that follows it. Cheap to clone.
#[derive(Clone)]
pub enum QueryEngine {
    DuckDb(EventStore),
    ClickHouse(ClickHouseStore),
}

impl From<EventStore> for QueryEngine {
    fn from(store: EventStore) -> Self {
        Self::DuckDb(store)
    }
}

impl From<ClickHouseStore> for QueryEngine {
    fn from(store: ClickHouseStore) -> Self {
        Self::ClickHouse(store)
    }
}

impl EventEngine for QueryEngine {
    fn words(&self) -> SqlWords {
        match self {
            Self::DuckDb(store) => store.words(),
            Self::ClickHouse(store) => store.words(),
        }
    }

    async fn run(&self, sql: Sql) -> Result<ResultSet, EngineError> {
        match self {
            Self::DuckDb(store) => store.run(sql).await,
            Self::ClickHouse(store) => store.run(sql).await,
        }
    }

    fn limits(&self) -> EngineLimits {
        match self {
            Self::DuckDb(store) => store.limits(),
            Self::ClickHouse(store) => store.limits(),
        }
    }

    fn version(&self, fact: Fact, days: (Day, Day)) -> u64 {
        match self {
            Self::DuckDb(store) => store.version(fact, days),
            Self::ClickHouse(store) => store.version(fact, days),
        }
    }

    fn rolled_up_days(&self) -> Arc<RolledUpDays> {
        match self {
            Self::DuckDb(store) => store.rolled_up_days(),
            Self::ClickHouse(store) => store.rolled_up_days(),
        }
    }

    fn applied(&self) -> u64 {
        match self {
            Self::DuckDb(store) => store.applied(),
            Self::ClickHouse(store) => store.applied(),
        }
    }
}
