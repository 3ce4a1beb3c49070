//! What can be asked of an event store, whichever it is.

use super::ResultSet;
use crate::metrics::{RolledUpDays, Sql};
use model::time::Day;
use std::{future::Future, sync::Arc, time::Duration};

/// Why a statement was not answered.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error("the query took longer than {0:?}")]
    TimedOut(Duration),
    #[error("too many queries are waiting")]
    Overloaded,
    /// The statement gives more rows than one may.
    #[error("the answer has more than {0} rows")]
    TooManyRows(usize),
    /// The statement needs more memory than there is for statements.
    #[error("the query needs more memory than it may have")]
    TooMuchMemory,
    #[error("the event store failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// How much an event store can bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EngineLimits {
    /// How many statements run at a time.
    pub at_once: usize,
    /// How long a statement may wait and run, together.
    pub deadline: Duration,
}

impl Default for EngineLimits {
    fn default() -> Self {
        Self { at_once: 8, deadline: Duration::from_secs(30) }
    }
}

/// The words that an engine understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SqlWords {
    DuckDb,
    ClickHouse,
    /// ClickHouse before version 22, which has values as part of the text only.
    ClickHouseWithoutBinds,
}

/// An event store. There is no other way to ask it anything than with a `Sql`.
pub trait EventEngine: Send + Sync + 'static {
    /// What a `Sql` for it is written in.
    fn words(&self) -> SqlWords;

    /// Statements are kept in turn by whoever asks, so that no engine needs a queue of its own. A run whose future is dropped
    /// is stopped.
    fn run(&self, sql: Sql) -> impl Future<Output = Result<ResultSet, EngineError>> + Send;

    fn limits(&self) -> EngineLimits {
        EngineLimits::default()
    }

    /// Moves whenever a batch touched that fact on a day of the range (both ends in it); part of cache keys, never shown.
    fn version(&self, fact: Fact, days: (Day, Day)) -> u64;

    /// The days that are added up in roll-ups, as they stand under the versions read before: a day leaves them before the version
    /// moves of what is added up of it.
    fn rolled_up_days(&self) -> Arc<RolledUpDays> {
        Arc::default()
    }

    /// Moves with every applied batch (cheap check for "anything new?").
    fn applied(&self) -> u64;
}

/// A table derived from events, or joined with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    View,
    MinuteAudience,
    /// How well plays went, minute by minute.
    QualityMinute,
    /// An account counts on every day from its opening on, so its version is one for all days.
    Account,
    /// The same accounts, by the moment they were opened, …
    AccountOpening,
    /// … and by the moment they were closed for good.
    AccountClosing,
    AccountActivity,
    OrderEvent,
    /// Pages that were opened, and what happened to their elements.
    PageEvent,
    /// Taking part in activities.
    Participation,
    /// What happened to manuscripts of the media network.
    Article,
    Advertisement,
    /// Help desk, assistant, search and instructions.
    Service,
    /// Results of indicators against their targets.
    Appraisal,
    Figure,
    /// What the delivery network was asked for, and what it answered.
    Request,
    /// Events as they came in, by source.
    Arrival,
    /// Jumps within titles.
    Seek,
    Programme,
}
