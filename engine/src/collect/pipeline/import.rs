//! Bulk loads: past the log, in large transactions, each of which says how far the load has come.

use super::{
    Pipeline,
    write::{Additions, Mark, write},
};
use crate::{
    events::{EngineError, Event, EventStore, Ticket, Touched},
    facts::audience::{Changes, LeftOut},
};
use ::duckdb::{OptionalExt, params};
use tokio::sync::oneshot;

/// A part of a bulk load.
pub(crate) struct ImportChunk {
    pub label: String,
    /// The events of the load before this chunk …
    pub before: u64,
    /// … and up to its end. Some of them may be left out.
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

/// So many parts are kept at hand before what they needed is forgotten: forgetting waits for what is being written.
const PARTS_AT_HAND: u32 = 4;

/// A part on its way into the store.
pub(super) struct InFlight {
    ticket: Ticket<()>,
    touched: Touched,
    left_out: Vec<LeftOut>,
    done: oneshot::Sender<Result<(), EngineError>>,
}

impl Pipeline {
    /// Works a part out while the one before it is being written; what that one needed is still at hand, so what the
    /// store has without it is enough.
    pub(super) fn import(&mut self, chunk: ImportChunk) {
        let ImportChunk { label, before, loaded, finished, events, done } = chunk;
        let mark = Mark::Imported { label, before, events: loaded, finished };
        if self.gave_up {
            let _ = done.send(Err(closing()));
            return;
        }
        let started_ms = self.clock.now().millis();
        let worked_out = self.work_out(events);
        let has_landed = self.land();
        match worked_out {
            Ok((additions, mut changes)) if has_landed => {
                let touched = changes.touched.clone();
                let left_out = std::mem::take(&mut changes.left_out);
                let ticket = self.store.write(move |transaction| write(transaction, &additions, &changes, &mark));
                self.in_flight = Some(InFlight { ticket, touched, left_out, done });
                self.kept_parts += 1;
                if finished || self.kept_parts >= PARTS_AT_HAND {
                    // History is settled as it comes: the households of the newest part are enough for the next one.
                    self.land_and(|pipeline| {
                        pipeline.audience.forget(started_ms);
                        pipeline.kept_parts = 0;
                        // The log does not hold it: only the main file does.
                        if finished { pipeline.store.checkpoint().wait() } else { Ok(()) }
                    });
                }
            }
            // What it was worked out on is gone.
            Ok(_) => {
                let _ = done.send(Err(EngineError::Failed("the part before it was not written".into())));
            }
            Err(error) => {
                let outcome = self.read_again().and(Err(error));
                let _ = done.send(outcome);
            }
        }
    }

    fn work_out(&mut self, mut events: Vec<Event>) -> Result<(Additions, Changes), EngineError> {
        let changes = self.absorb(&mut events)?;
        Ok((Additions::of(&events, &changes)?, changes))
    }

    /// Whether a part is being written.
    pub(super) fn is_flying(&mut self) -> bool {
        self.in_flight.as_mut().is_some_and(|part| part.ticket.is_pending())
    }

    /// Waits for what is being written; whether it was written, or there was nothing.
    pub(super) fn land(&mut self) -> bool {
        self.land_and(|_| Ok(()))
    }

    /// The same, and then something that belongs to that part.
    fn land_and(&mut self, then: impl FnOnce(&mut Self) -> Result<(), EngineError>) -> bool {
        let Some(InFlight { ticket, touched, left_out, done }) = self.in_flight.take() else { return true };
        let written = ticket.wait();
        let has_landed = written.is_ok();
        let outcome = match written {
            Ok(()) => {
                self.store.moved(&touched);
                self.note_left_out(&left_out);
                then(self)
            }
            Err(error) => self.read_again().and(Err(error)),
        };
        let _ = done.send(outcome);
        has_landed
    }
}

fn closing() -> EngineError {
    EngineError::Failed("the collector is closing".into())
}
