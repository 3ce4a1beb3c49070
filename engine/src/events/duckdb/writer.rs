//! The one thread that writes, transaction after transaction.

use super::outbox::{Notes, Recording};
use crate::{
    events::{EngineError, rows::TableRow},
    postgres::Failure,
};
use ::duckdb::{Connection, Params, arrow::record_batch::RecordBatch};
use crossbeam_channel::Sender;
use model::time::Day;
use std::{cell::Cell, thread};
use tokio::sync::oneshot::{self, error::TryRecvError};

/// How many rows become one Arrow batch: a multiple of DuckDB's vectors, small enough to stay in the processor's cache.
const ROWS_PER_BATCH: usize = 8_192;

enum Work {
    Run(Box<dyn FnOnce(&Connection) + Send>),
    Stop(oneshot::Sender<Result<(), EngineError>>),
}

/// The queue of the writing thread.
pub(super) struct Writer {
    queue: Sender<Work>,
    recording: Recording,
}

/// What is to come of a write.
#[derive(Debug)]
pub(crate) struct Ticket<T> {
    outcome: oneshot::Receiver<Result<T, EngineError>>,
    /// Taken out of the channel by a look at it.
    arrived: Option<Result<T, EngineError>>,
}

impl<T> Ticket<T> {
    /// Waits on a thread that may block.
    pub(crate) fn wait(self) -> Result<T, EngineError> {
        self.arrived.unwrap_or_else(|| self.outcome.blocking_recv().unwrap_or_else(|_| Err(stopped())))
    }

    pub(crate) async fn arrives(self) -> Result<T, EngineError> {
        match self.arrived {
            Some(arrived) => arrived,
            None => self.outcome.await.unwrap_or_else(|_| Err(stopped())),
        }
    }

    /// Whether the write is still under way.
    pub(crate) fn is_pending(&mut self) -> bool {
        if self.arrived.is_none() {
            self.arrived = match self.outcome.try_recv() {
                Ok(outcome) => Some(outcome),
                Err(TryRecvError::Closed) => Some(Err(stopped())),
                Err(TryRecvError::Empty) => None,
            };
        }
        self.arrived.is_none()
    }
}

fn stopped() -> EngineError {
    EngineError::Failed("the event store is closed".into())
}

/// Rows of a table, laid out column by column as the store takes them in. There is one thread that writes, so whoever has
/// the rows does this before it is their turn.
#[derive(Debug, Clone)]
pub(crate) struct Columns(Vec<RecordBatch>);

impl Columns {
    pub(crate) fn of<R: TableRow>(rows: &[R]) -> Result<Self, EngineError> {
        let batches: Result<_, _> = rows.chunks(ROWS_PER_BATCH).map(R::record_batch).collect();
        batches.map(Self).map_err(|error| EngineError::Failed(Box::new(error)))
    }

    /// Rows that came from another store with the same columns.
    pub(crate) fn from_batches(batches: Vec<RecordBatch>) -> Self {
        Self(batches.into_iter().filter(|batch| batch.num_rows() > 0).collect())
    }
}

/// The connection inside of a transaction.
pub(crate) struct Transaction<'c> {
    connection: &'c Connection,
    /// What it changes, where a cluster is to be told.
    notes: Option<Notes>,
    /// The cluster is not told, and must be copied to anew.
    leaves_gap: Cell<bool>,
}

impl Transaction<'_> {
    /// For statements with binds; their text is a constant of this program. What removes or changes rows goes through
    /// [`Self::remove`] and [`Self::change`], so that a cluster hears of it.
    pub(crate) fn connection(&self) -> &Connection {
        self.connection
    }

    /// For what is too much for the outbox, or can't be said in it: a cluster that follows is told nothing of this
    /// transaction, and knows by the gap in the count that it must be copied to anew (`lingdong migrate-events`). Says
    /// whether there is, or was, such a cluster.
    pub(crate) fn leave_gap(&self) -> bool {
        self.leaves_gap.set(true);
        self.notes.is_some()
    }

    pub(crate) fn append<R: TableRow>(&self, table: &'static str, rows: &[R]) -> Result<(), EngineError> {
        self.append_columns(table, &Columns::of(rows)?)
    }

    pub(crate) fn append_columns(&self, table: &'static str, Columns(batches): &Columns) -> Result<(), EngineError> {
        if batches.is_empty() {
            return Ok(());
        }
        let mut appender = self.connection.appender(table)?;
        for batch in batches {
            appender.append_record_batch(batch.clone())?;
            if let Some(notes) = self.noting() {
                notes.added(table, batch.clone());
            }
        }
        // A drop would swallow the error.
        appender.flush()?;
        Ok(())
    }

    /// Runs a `delete` from that table.
    pub(crate) fn remove(&self, table: &'static str, delete: &str, binds: impl Params) -> Result<(), EngineError> {
        self.returning(table, delete, binds, Notes::removed)
    }

    /// Removes whole days, those before one, of a table that has days; a cluster drops them by itself. Nothing else may change
    /// in the same transaction. Says how many rows there were.
    pub(crate) fn forget(&self, table: &'static str, before: Day) -> Result<u64, EngineError> {
        let gone = self.connection.execute(&format!("delete from {table} where day < $1"), [before.0])?;
        if let Some(notes) = self.noting() {
            notes.forgotten(table, before);
        }
        Ok(gone as u64)
    }

    /// Runs an `update` of that table, of other columns than those by which its rows are known to be the same
    /// (`events::clickhouse::tables`).
    pub(crate) fn change(&self, table: &'static str, update: &str, binds: impl Params) -> Result<(), EngineError> {
        self.returning(table, update, binds, Notes::added)
    }

    fn noting(&self) -> Option<&Notes> {
        self.notes.as_ref().filter(|_| !self.leaves_gap.get())
    }

    fn returning(
        &self,
        table: &'static str,
        statement: &str,
        binds: impl Params,
        note: impl Fn(&Notes, &'static str, RecordBatch),
    ) -> Result<(), EngineError> {
        let Some(notes) = self.noting() else {
            self.connection.execute(statement, binds)?;
            return Ok(());
        };
        let mut statement = self.connection.prepare_cached(&format!("{statement} returning {table}.*"))?;
        for rows in statement.query_arrow(binds)? {
            note(notes, table, rows);
        }
        Ok(())
    }
}

/// Runs `work` in one transaction, and rolls it back where it fails.
pub(super) fn in_transaction<T>(
    connection: &Connection,
    recording: &Recording,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    connection.execute_batch("begin")?;
    let notes = recording.notes().then(Notes::default);
    let transaction = Transaction { connection, notes, leaves_gap: Cell::new(false) };
    let outcome = work(&transaction).and_then(|value| {
        if transaction.leaves_gap.get() {
            recording.leave_gap(connection)?;
            return Ok((value, None));
        }
        let changed = transaction.notes.map(Notes::into_changed).unwrap_or_default();
        Ok((value, recording.keep(connection, &changed)?))
    });
    match outcome {
        Ok((value, kept)) => {
            connection.execute_batch("commit")?;
            recording.kept(kept);
            Ok(value)
        }
        Err(error) => {
            // Where the failure ended the transaction already, there is nothing to roll back.
            let _ = connection.execute_batch("rollback");
            Err(error)
        }
    }
}

impl Writer {
    pub(super) fn start(connection: Connection, recording: Recording) -> Result<Self, Failure> {
        let (queue, inbox) = crossbeam_channel::unbounded();
        thread::Builder::new().name("events-write".to_owned()).spawn(move || {
            while let Ok(work) = inbox.recv() {
                match work {
                    Work::Run(work) => work(&connection),
                    Work::Stop(done) => {
                        let _ = done.send(connection.execute_batch("checkpoint").map_err(EngineError::from));
                        break;
                    }
                }
            }
        })?;
        Ok(Self { queue, recording })
    }

    pub(super) fn submit<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, EngineError> + Send + 'static,
    ) -> Ticket<T> {
        let recording = self.recording.clone();
        self.enqueue(move |connection| in_transaction(connection, &recording, work))
    }

    pub(super) fn checkpoint(&self) -> Ticket<()> {
        self.enqueue(|connection| Ok(connection.execute_batch("checkpoint")?))
    }

    fn enqueue<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, EngineError> + Send + 'static,
    ) -> Ticket<T> {
        let (done, ticket) = oneshot::channel();
        // A closed queue drops `done`, and the ticket then says that the store is closed.
        let _ = self.queue.send(Work::Run(Box::new(move |connection| {
            let _ = done.send(work(connection));
        })));
        Ticket { outcome: ticket, arrived: None }
    }

    pub(super) async fn close(&self) -> Result<(), EngineError> {
        let (done, ticket) = oneshot::channel();
        if self.queue.send(Work::Stop(done)).is_err() {
            return Ok(()); // closed before
        }
        ticket.await.unwrap_or(Ok(()))
    }
}
