//! Bulk loads: files and the demo's history go past the log, and each of them counts once.

use super::{
    Collector, Source,
    accepting::Shared,
    pipeline::{ImportChunk, Work, import_progress},
};
use crate::events::{EngineError, Event, GeoSource, Protocol, dropped};
use model::{
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use std::{collections::VecDeque, sync::Arc};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard, oneshot};

/// How many events go into one transaction: one row group of DuckDB, which is then written to the file at once, and not
/// first to its log and once more with the rest of the row group (half the processor time per event).
pub(super) const CHUNK_EVENTS: usize = 122_880;

/// Chunks that may be on their way to the store at a time.
const MOST_ON_THEIR_WAY: usize = 2;

/// The labels that are being loaded.
#[derive(Default)]
pub(super) struct Loads(Mutex<FxHashMap<String, Arc<Turn<()>>>>);

impl Loads {
    /// Waits until nobody else loads this label. Who comes second then finds it loaded, or goes on where the first ended.
    async fn turn(&self, label: &str) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock();
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            turns.entry(label.to_owned()).or_default().clone()
        };
        turn.lock_owned().await
    }
}

/// How the events of a load reached whoever loads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// Together, as a file: when it is loaded says nothing of how late anything came.
    Together,
    /// Those received from that moment on one by one, and each says when: of them arrivals are told, as of the present.
    OneByOne { from: Timestamp },
}

impl Came {
    fn protocol(self, event: &Event) -> Protocol {
        match self {
            Self::OneByOne { from } if event.ts_received >= from => Protocol::Native,
            Self::Together | Self::OneByOne { .. } => Protocol::File,
        }
    }
}

/// What a bulk load came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Loaded {
    /// All that the label has.
    pub events: u64,
    /// Those that were there before this load began.
    pub before: u64,
    /// Those of days that were dropped for their age, or of the first days behind them. They are left out: the play
    /// sessions they belong to may have more events, which are gone.
    pub too_old: u64,
}

impl Collector {
    /// Bulk load of events past the log (files, demo history): no horizon, facts included. A label is loaded once; a
    /// load that was interrupted goes on where it was, so a label must always give the same events. Returns how many
    /// events the label has. `progress` is told how many there are so far.
    pub async fn import(
        &self,
        source: &Source,
        label: &str,
        came: Came,
        events: impl Iterator<Item = Event> + Send + 'static,
        progress: impl Fn(u64) + Send + 'static,
    ) -> Result<u64, Problem> {
        Ok(self.load(source, label, came, events, progress).await?.events)
    }

    /// The same, telling apart what was there before.
    pub(super) async fn load(
        &self,
        source: &Source,
        label: &str,
        came: Came,
        events: impl Iterator<Item = Event> + Send + 'static,
        progress: impl Fn(u64) + Send + 'static,
    ) -> Result<Loaded, Problem> {
        let turn = self.shared.loads.turn(label).await;
        let before = import_progress(&self.shared.store, label).await.map_err(|error| failed(label, &error))?;
        if before.finished {
            return Ok(Loaded { events: before.events, before: before.events, too_old: 0 });
        }
        let (source, label, shared) = (source.clone(), label.to_owned(), self.shared.clone());
        let loading = tokio::task::spawn_blocking(move || {
            // Kept on this thread: a caller who waits no longer does not end the load.
            let _turn = turn;
            let events = shared.load(&source, &label, came, events, before.events, progress);
            events.map_err(|error| failed(&label, &error))
        });
        loading.await.unwrap_or_else(|error| Err(Problem::new(ProblemCode::Internal, error.to_string())))
    }
}

impl Shared {
    fn load(
        &self,
        source: &Source,
        label: &str,
        came: Came,
        events: impl Iterator<Item = Event>,
        skipped: u64,
        progress: impl Fn(u64),
    ) -> Result<Loaded, EngineError> {
        let kept_from = self.store.look_up(dropped)?.sessions_whole_from();
        let mut events = events.skip(skipped as usize);
        let (mut loaded, mut too_old) = (skipped, 0);
        // While one chunk is written and the next one worked out, the one after that is made.
        let mut on_their_way: VecDeque<(u64, oneshot::Receiver<Result<(), EngineError>>)> = VecDeque::new();
        loop {
            // With its room from the start: an event is large, and moving a growing chunk costs more than making it.
            let mut chunk: Vec<Event> = Vec::with_capacity(CHUNK_EVENTS);
            chunk.extend(events.by_ref().take(CHUNK_EVENTS));
            for event in &mut chunk {
                self.stamp(source, came, event);
            }
            let finished = chunk.len() < CHUNK_EVENTS;
            let (before, made) = (loaded, chunk.len());
            loaded += made as u64;
            chunk.retain(|event| kept_from.is_none_or(|kept_from| event.day >= kept_from));
            too_old += (made - chunk.len()) as u64;
            while on_their_way.len() >= MOST_ON_THEIR_WAY {
                settle(&mut on_their_way, &progress)?;
            }
            let (done, arrives) = oneshot::channel();
            let chunk = ImportChunk { label: label.to_owned(), before, loaded, finished, events: chunk, done };
            let closed = |_| EngineError::Failed("the collector is closed".into());
            self.pipeline.send(Work::Import(chunk)).map_err(closed)?;
            on_their_way.push_back((loaded, arrives));
            if finished {
                break;
            }
        }
        while !on_their_way.is_empty() {
            settle(&mut on_their_way, &progress)?;
        }
        Ok(Loaded { events: loaded, before: skipped, too_old })
    }

    fn stamp(&self, source: &Source, came: Came, event: &mut Event) {
        event.org = source.organisation;
        event.source_id = source.id;
        event.simulated = source.simulated;
        event.source_protocol = came.protocol(event);
        event.day = self.calendar.day_of(event.ts_event);
        event.household = event.household_named();
        event.geo_source = event.province.map(|_| GeoSource::Event);
        if let Some(province) = source.province {
            event.province = Some(province);
            event.geo_source = Some(GeoSource::Key);
        }
    }
}

/// Waits for the oldest chunk on its way, and tells how far the load has come with it.
fn settle(
    on_their_way: &mut VecDeque<(u64, oneshot::Receiver<Result<(), EngineError>>)>,
    progress: impl Fn(u64),
) -> Result<(), EngineError> {
    if let Some((loaded, arrives)) = on_their_way.pop_front() {
        arrives.blocking_recv().unwrap_or_else(|_| Err(EngineError::Failed("the collector is closed".into())))?;
        progress(loaded);
    }
    Ok(())
}

fn failed(label: &str, error: &EngineError) -> Problem {
    let incident = uuid::Uuid::now_v7().to_string();
    tracing::error!(incident, label, error = ?error, "a bulk load failed");
    let mut problem = Problem::new(
        ProblemCode::Unavailable,
        format!("“{label}” could not be loaded whole; load it again, and it goes on where it was"),
    );
    problem.incident = Some(incident);
    problem
}
