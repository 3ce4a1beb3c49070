//! Bulk loads: past the log, in large transactions, each of which says how far the load has come.

use super::{Pipeline, write::Mark};
use crate::events::{EngineError, Event, EventStore};
use ::duckdb::{OptionalExt, params};
use std::sync::Arc;
use tokio::sync::oneshot;

/// A part of a bulk load.
pub(crate) struct ImportChunk {
    pub label: String,
    /// The events of the load up to and with this chunk.
    pub loaded: u64,
    pub finished: bool,
    pub events: Vec<Event>,
    pub done: oneshot::Sender<Result<(), EngineError>>,
}

/// How far a bulk load has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Imported {
    pub events: u64,
    pub finished: bool,
}

/// How far the bulk load of a label came before.
pub(crate) async fn import_progress(store: &EventStore, label: &str) -> Result<Imported, EngineError> {
    let label = label.to_owned();
    let found = store.write(move |transaction| {
        let read = |row: &::duckdb::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get(1)?));
        let sql = "select events, finished from imported where label = $1";
        Ok(transaction.connection().query_row(sql, params![label], read).optional()?)
    });
    let found = found.arrives().await?;
    Ok(found.map_or_else(Imported::default, |(events, finished)| Imported { events: events as u64, finished }))
}

impl Pipeline {
    pub(super) fn import(&mut self, chunk: ImportChunk) {
        let ImportChunk { label, loaded, finished, events, done } = chunk;
        let before = loaded.saturating_sub(events.len() as u64);
        let mark = Mark::Imported { label, before, events: loaded, finished };
        if self.gave_up {
            let _ = done.send(Err(EngineError::Failed("the collector is closing".into())));
            return;
        }
        let started_ms = self.clock.now().millis();
        let mut outcome = self.apply(&mut Arc::new(events), &mark);
        // History is settled as it comes: the households of this chunk are enough for the next one.
        self.audience.forget(started_ms);
        if outcome.is_err() {
            outcome = self.read_again().and(outcome);
        } else if finished {
            // The log does not hold it: only the main file does.
            outcome = self.store.checkpoint().wait();
        }
        let _ = done.send(outcome);
    }
}
