//! What can be asked of an event store, whichever it is.

use crate::metrics::Sql;
use model::time::Day;
use std::{future::Future, time::Duration};

/// A cell as the engine returns it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
}

/// The answer to one statement.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ResultSet {
    pub rows: Vec<Vec<Value>>,
}

/// Why a statement was not answered.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error("the query took longer than {0:?}")]
    TimedOut(Duration),
    #[error("too many queries are waiting")]
    Overloaded,
    #[error("the event store failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// An event store. There is no other way to ask it anything than with a `Sql`.
pub trait EventEngine: Send + Sync + 'static {
    fn run(&self, sql: Sql) -> impl Future<Output = Result<ResultSet, EngineError>> + Send;

    /// Moves whenever a batch touched that fact on a day of the range (both ends in it); part of cache keys, never shown.
    fn version(&self, fact: Fact, days: (Day, Day)) -> u64;

    /// Moves with every applied batch (cheap check for "anything new?").
    fn applied(&self) -> u64;
}

/// A table derived from events, or joined with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    View,
    MinuteAudience,
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
    Programme,
}
