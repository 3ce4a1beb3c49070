//! DuckDB: one thread writes, a fixed set of threads reads, each with a connection of its own.
//!
//! No connection is ever held across an `.await`, and none is used by two threads: that is where DuckDB crashes.

mod comparing;
mod lists;
mod noted_days;
mod open;
mod outbox;
mod readers;
mod reading;
mod retention;
mod rewriting;
mod rolling_up;
mod settings;
mod sorting;
mod writer;

pub(crate) use comparing::{Counts, Since, Tally};
pub(crate) use lists::joined;
pub(crate) use outbox::{Outbox, Waiting, oldest, put_in_step, waiting};
pub(crate) use retention::{Dropped, drop_days, dropped, lost, may_change_from};
#[cfg(test)]
pub(crate) use rolling_up::roll_up_days_of;
pub(crate) use rolling_up::{RollUp, no_longer_rolled_up, roll_up_days};
pub use settings::StoreSettings;
pub(crate) use sorting::{Rewritten, out_of_order, sort_days, sort_running_days};
pub(crate) use writer::{Columns, Ticket, Transaction};

use super::{EngineError, EngineLimits, EventEngine, Fact, ResultSet, SqlWords, Touched, versions::Versions};
use crate::{
    facts::CleaningRules,
    metrics::{RolledUpDays, Sql},
    postgres::Failure,
};
use ::duckdb::Connection;
use model::time::{Calendar, Day};
use outbox::Recording;
use parking_lot::Mutex;
use readers::Readers;
use rolling_up::RollUps;
use std::{path::Path, sync::Arc};
use writer::Writer;

/// The events and facts in an embedded DuckDB file; cheap to clone.
#[derive(Clone)]
pub struct EventStore {
    shared: Arc<Shared>,
}

struct Shared {
    calendar: Calendar,
    rules: CleaningRules,
    limits: EngineLimits,
    readers: Readers,
    writer: Writer,
    /// For whoever works out what is to be written next: it reads while the writer writes.
    lookups: Mutex<Connection>,
    versions: Versions,
    roll_ups: RollUps,
    outbox: Option<Outbox>,
    /// What was touched by transactions up to that number of the outbox, until the cluster has them.
    touched: Mutex<Vec<(u64, Touched)>>,
}

impl EventStore {
    /// Opens `event-store.duckdb` under the data directory, and creates it where there is none.
    pub async fn open(data_dir: &Path, calendar: Calendar) -> Result<Self, Failure> {
        Self::open_with(data_dir, calendar, StoreSettings::default()).await
    }

    pub async fn open_with(data_dir: &Path, calendar: Calendar, settings: StoreSettings) -> Result<Self, Failure> {
        let data_dir = data_dir.to_owned();
        let limits = EngineLimits { at_once: settings.readers(), deadline: settings.deadline };
        let rules = settings.rules;
        let opened = tokio::task::spawn_blocking(move || {
            let (connection, applied) = open::open(&data_dir, &settings)?;
            let readers = Readers::start(&connection, &settings)?;
            let lookups = Mutex::new(open::another(&connection)?);
            let recording = Recording::of(settings.outbox.as_ref(), outbox::captured(&connection)?);
            let writer = Writer::start(connection, recording)?;
            Ok::<_, Failure>((readers, writer, lookups, applied, settings.outbox))
        });
        let (readers, writer, lookups, applied, outbox) = opened.await??;
        let versions = Versions::starting_at(applied);
        let touched = Mutex::default();
        Ok(Self {
            shared: Arc::new(Shared {
                calendar,
                rules,
                limits,
                readers,
                writer,
                lookups,
                versions,
                roll_ups: RollUps::default(),
                outbox,
                touched,
            }),
        })
    }

    /// How the organisation cuts time into days.
    pub fn calendar(&self) -> Calendar {
        self.shared.calendar
    }

    /// What its facts take for watching, and for a script's doing.
    pub fn rules(&self) -> CleaningRules {
        self.shared.rules
    }

    /// Asks the store something, as a health check must: an open file alone says nothing.
    pub async fn ready(&self) -> Result<(), EngineError> {
        self.shared.readers.run("select sequence from applied".to_owned(), Vec::new()).await.map(|_| ())
    }

    /// Waits for what is being written, then checkpoints; later writes fail.
    pub async fn close(&self) -> Result<(), EngineError> {
        self.shared.writer.close().await
    }

    /// Runs `work` in one transaction after all the writes before it, and rolls it back where it fails.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, EngineError> + Send + 'static,
    ) -> Ticket<T> {
        self.shared.writer.submit(work)
    }

    /// Runs `work` on what has been committed by now, on the calling thread; a write that is under way is not seen.
    pub(crate) fn look_up<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        writer::in_transaction(&self.shared.lookups.lock(), &Recording::None, work)
    }

    /// Brings everything written so far into the main file.
    pub(crate) fn checkpoint(&self) -> Ticket<()> {
        self.shared.writer.checkpoint()
    }

    /// Moves the versions of what a committed batch touched.
    pub(crate) fn moved(&self, touched: &Touched) {
        self.shared.roll_ups.touched(touched);
        self.shared.versions.moved(touched);
        if let Some(outbox) = &self.shared.outbox {
            self.shared.touched.lock().push((outbox.newest(), touched.clone()));
            outbox.tell();
        }
    }

    /// The first day on which the fact was touched by a batch after that one, and the newest batch.
    pub(crate) fn first_day_touched_since(&self, fact: Fact, batch: u64) -> (Option<Day>, u64) {
        self.shared.versions.first_day_since(fact, batch)
    }

    /// What transactions touched up to that number of the outbox, told once.
    pub(crate) fn touched_until(&self, sequence: u64) -> Option<Touched> {
        let mut waiting = self.shared.touched.lock();
        let (arrived, rest) = std::mem::take(&mut *waiting).into_iter().partition(|(number, _)| *number <= sequence);
        *waiting = rest;
        let arrived: Vec<(u64, Touched)> = arrived;
        let mut touched: Option<Touched> = None;
        for (_, more) in arrived {
            touched.get_or_insert_default().absorb(more);
        }
        touched
    }

    /// Where what is written is kept for a cluster.
    pub(crate) fn outbox(&self) -> Option<&Outbox> {
        self.shared.outbox.as_ref()
    }
}

impl EventEngine for EventStore {
    fn words(&self) -> SqlWords {
        SqlWords::DuckDb
    }

    async fn run(&self, sql: Sql) -> Result<ResultSet, EngineError> {
        self.shared.readers.run(sql.text().to_owned(), sql.binds().to_vec()).await
    }

    fn limits(&self) -> EngineLimits {
        self.shared.limits
    }

    fn version(&self, fact: Fact, days: (Day, Day)) -> u64 {
        self.shared.versions.of(fact, days)
    }

    fn rolled_up_days(&self) -> Arc<RolledUpDays> {
        self.shared.roll_ups.days()
    }

    fn applied(&self) -> u64 {
        self.shared.versions.newest()
    }
}

impl From<::duckdb::Error> for EngineError {
    fn from(error: ::duckdb::Error) -> Self {
        // DuckDB has no codes; its errors begin with the name of their kind.
        if error.to_string().starts_with("Out of Memory Error") {
            return Self::TooMuchMemory;
        }
        Self::Failed(Box::new(error))
    }
}

#[cfg(test)]
impl EventStore {
    /// Asks with a text of the test's own; outside of tests only a `Sql` can.
    pub(crate) async fn ask(&self, text: &str) -> Vec<Vec<super::Value>> {
        self.shared.readers.run(text.to_owned(), Vec::new()).await.unwrap().rows().collect()
    }
}

#[cfg(test)]
mod tests;
