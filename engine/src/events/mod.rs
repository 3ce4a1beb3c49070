//! The event store: every event as it was collected, and the facts derived from it.
//!
//! - [`Event`]: one thing that happened, as a row
//! - [`rows`]: rows of the derived tables, and how a row becomes a column store's batch
//! - [`log_bucket`]: the fixed histogram that quantiles are read from
//! - [`EventEngine`]: what can be asked of a store, whichever it is
//! - [`EventStore`]: DuckDB, embedded
//! - [`ClickHouseStore`]: ClickHouse, which follows DuckDB where one machine is not enough
//! - [`QueryEngine`]: the one of them that queries go to

mod buckets;
pub(crate) mod clickhouse;
mod duckdb;
mod engine;
mod event;
pub(crate) mod fact_rows;
pub(crate) mod fact_tables;
mod query_engine;
mod result_set;
pub(crate) mod rows;
mod schema;
mod versions;
mod vocabulary;

pub use buckets::{bucket_midpoint, log_bucket};
pub use clickhouse::{AddressError, ClickHouseAddress, ClickHouseStore, Copied, CopyProgress};
#[cfg(test)]
pub(crate) use duckdb::roll_up_days_of;
pub(crate) use duckdb::{
    Columns, Counts, Dropped, Outbox, Rewritten, RollUp, Since, Tally, Ticket, Transaction, Waiting, drop_days,
    dropped, joined, lost, may_change_from, no_longer_rolled_up, oldest, out_of_order, roll_up_days, sort_days,
    sort_running_days, waiting,
};
pub use duckdb::{EventStore, StoreSettings};
pub use engine::{EngineError, EngineLimits, EventEngine, Fact, SqlWords};
pub use event::Event;
pub use query_engine::QueryEngine;
pub(crate) use result_set::{Column, GrowingResultSet, Texts, ValueRef};
pub use result_set::{ResultSet, Value};
pub(crate) use versions::Touched;
pub use vocabulary::{
    AccountEvent, AdAction, ArticleAction, Better, ElementAction, Figure, GeoSource, NotKept, Participation,
    ParticipationResult, PlayState, Protocol, Service, ServiceAction,
};

/// A short text of an event. Up to 23 bytes are kept in place, longer ones are shared, so copying is cheap.
pub type Text = smol_str::SmolStr;
