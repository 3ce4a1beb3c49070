//! From the log into the event store: one thread, one transaction per batch.
//!
//! A batch is what waits when the one before it is done, so it is small when it is quiet and large under load. Events,
//! the facts that follow, and the sequence up to which the log is applied are written together. Where writing fails,
//! everything at hand is forgotten, read again, and tried again: the log keeps what was accepted. Only a stop ends that:
//! then nothing more is applied, since the sequence must not pass over what was not, and the next start applies it.

mod columns;
mod import;
mod lookup;
mod session_events;
mod write;

pub(super) use import::{ImportChunk, import_progress};

use super::{
    admission::{Checkpointed, Pending},
    stopping::Stopping,
};
use crate::{
    clock::SharedClock,
    events::{EngineError, Event, EventStore},
    facts::{
        FactSettings,
        audience::{Audience, Changes, LeftOut, Needed, Places},
        session::MOST_EVENTS,
    },
    postgres::Failure,
};
use crossbeam_channel::{Receiver, RecvTimeoutError};
use import::InFlight;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tokio::sync::oneshot;
use write::{Additions, Mark, write};

/// How long the first event of a batch waits for others.
const LINGER: Duration = Duration::from_millis(30);
/// How long it may take to settle a session whose time has come.
const TICK: Duration = Duration::from_millis(500);
/// How often is looked whether a part of a bulk load has been written, while no other one has come.
const GLANCE: Duration = Duration::from_millis(10);
const BATCH_EVENTS: usize = 40_000;
/// How often the store is checkpointed and the log trimmed, while events come.
const CHECKPOINT_EVERY: Duration = Duration::from_mins(1);
/// How long a household without a session stays at hand.
const AT_HAND_MS: i64 = 5 * 60_000;

pub(super) enum Work {
    Batch { sequence: u64, events: Vec<Event> },
    Import(ImportChunk),
    Flush(oneshot::Sender<()>),
    Stop(oneshot::Sender<()>),
}

pub(super) struct Pipeline {
    store: EventStore,
    clock: SharedClock,
    audience: Audience,
    pending: Arc<Pending>,
    /// Events that are in no session, because theirs has too many.
    left_out: Arc<AtomicU64>,
    stopping: Arc<Stopping>,
    /// The store did not take a batch and there was no more time: nothing behind it may be applied.
    gave_up: bool,
    applied: u64,
    /// Up to here the main file of the store holds the log.
    checkpointed: u64,
    last_checkpoint: Instant,
    /// A part of a bulk load that is being written while the next one is worked out.
    in_flight: Option<InFlight>,
    /// Parts written since what they needed was forgotten.
    kept_parts: u32,
}

impl Pipeline {
    /// Reads what goes on in the store. `applied` is what the store holds of the log.
    pub(super) fn open(
        store: EventStore,
        clock: SharedClock,
        pending: Arc<Pending>,
        left_out: Arc<AtomicU64>,
        stopping: Arc<Stopping>,
        applied: u64,
    ) -> Result<Self, Failure> {
        let mut pipeline = Self::over(store, clock, Places::OfAccounts);
        (pipeline.pending, pipeline.left_out, pipeline.stopping) = (pending, left_out, stopping);
        pipeline.applied = applied;
        pipeline.read_again()?;
        Ok(pipeline)
    }

    /// With nothing at hand.
    fn over(store: EventStore, clock: SharedClock, places: Places) -> Self {
        let settings = FactSettings { cleaning: store.rules(), ..FactSettings::default() };
        let audience = Audience::new(store.calendar(), settings, places);
        Self {
            store,
            clock,
            audience,
            pending: Arc::default(),
            left_out: Arc::default(),
            stopping: Arc::default(),
            gave_up: false,
            applied: 0,
            checkpointed: 0,
            last_checkpoint: Instant::now(),
            in_flight: None,
            kept_parts: 0,
        }
    }

    /// For events that were counted before, into a store that has none of them yet.
    pub(super) fn again(store: EventStore, clock: SharedClock) -> Self {
        Self::over(store, clock, Places::Kept)
    }

    /// Counts the next of such events.
    pub(super) fn count_again(&mut self, mut events: Vec<Event>) -> Result<(), EngineError> {
        let started_ms = self.clock.now().millis();
        self.apply(&mut events, &Mark::Nothing)?;
        self.audience.forget(started_ms);
        Ok(())
    }

    /// Settles the sessions whose time came while nobody looked.
    pub(super) fn settle_due(store: EventStore, clock: SharedClock) -> Result<(), EngineError> {
        let mut pipeline = Self::over(store, clock, Places::OfAccounts);
        pipeline.read_again()?;
        pipeline.apply(&mut [], &Mark::Nothing)
    }

    /// Applies an entry that the log still had at the start.
    pub(super) fn replay(&mut self, sequence: u64, mut events: Vec<Event>) -> Result<(), Failure> {
        self.apply(&mut events, &Mark::Sequence(sequence))?;
        self.applied = sequence;
        Ok(())
    }

    pub(super) fn start(mut self, work: Receiver<Work>, log: Arc<Checkpointed>) -> Result<(), Failure> {
        thread::Builder::new().name("ingest-apply".to_owned()).spawn(move || {
            let mut waiting = None;
            loop {
                let next = match waiting.take() {
                    Some(next) => Ok(next),
                    None => work.recv_timeout(if self.in_flight.is_some() { GLANCE } else { TICK }),
                };
                match &next {
                    Ok(Work::Import(_)) => {}
                    Err(RecvTimeoutError::Timeout) if self.is_flying() => continue,
                    // Whatever else comes stands on what is being written.
                    Ok(Work::Batch { .. } | Work::Flush(_) | Work::Stop(_)) | Err(_) => {
                        self.land();
                    }
                }
                match next {
                    Ok(Work::Batch { sequence, events }) => {
                        waiting = self.batch(sequence, events, &work);
                    }
                    Ok(Work::Import(chunk)) => self.import(chunk),
                    Ok(Work::Flush(done)) => {
                        let _ = done.send(());
                    }
                    Ok(Work::Stop(done)) => {
                        let _ = done.send(());
                        return;
                    }
                    Err(RecvTimeoutError::Timeout) => self.settle(),
                    // Dropped without a stop: what was accepted is in the log.
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                self.keep_house(&log);
            }
        })?;
        Ok(())
    }

    /// Applies a batch with what arrives right behind it; returns the next work that is something else.
    fn batch(&mut self, mut sequence: u64, mut events: Vec<Event>, work: &Receiver<Work>) -> Option<Work> {
        let until = Instant::now() + LINGER;
        let mut batches = 1;
        let mut next = None;
        while events.len() < BATCH_EVENTS {
            match work.recv_deadline(until) {
                Ok(Work::Batch { sequence: later, events: more }) => {
                    sequence = later;
                    events.extend(more);
                    batches += 1;
                }
                Ok(other) => {
                    next = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        self.apply_until_done(events, &Mark::Sequence(sequence));
        if !self.gave_up {
            self.applied = sequence;
            self.pending.applied(batches);
        }
        next
    }

    fn settle(&mut self) {
        let now_ms = self.clock.now().millis();
        if self.audience.next_due_ms().is_some_and(|due_ms| due_ms <= now_ms) {
            self.apply_until_done(Vec::new(), &Mark::Nothing);
        }
    }

    fn apply_until_done(&mut self, mut events: Vec<Event>, mark: &Mark) {
        let mut pause = Duration::from_millis(100);
        while !self.gave_up {
            let started = Instant::now();
            match self.apply(&mut events, mark) {
                Ok(()) => {
                    tracing::debug!(events = events.len(), duration_ms = started.elapsed().as_millis(), "applied");
                    return;
                }
                Err(error) => {
                    tracing::error!(error = %error, source = ?std::error::Error::source(&error),
                        "the event store does not take events: they stay in the ingest log and are tried again");
                    self.gave_up = self.stopping.pause(pause);
                    pause = (pause * 2).min(Duration::from_secs(10));
                    if let Err(error) = self.read_again() {
                        tracing::error!(error = %error, "the event store does not say what goes on in it");
                    }
                }
            }
        }
    }

    /// One transaction: events, facts, and how far it got.
    fn apply(&mut self, events: &mut [Event], mark: &Mark) -> Result<(), EngineError> {
        let mut changes = self.absorb(events)?;
        // A bulk load may end with a chunk of nothing, and is to be known as finished all the same.
        if events.is_empty() && changes.is_empty() && matches!(mark, Mark::Nothing) {
            return Ok(());
        }
        let left_out = std::mem::take(&mut changes.left_out);
        let additions = Additions::of(events, &changes)?;
        let (mark, touched) = (mark.clone(), changes.touched.clone());
        self.store.write(move |transaction| write(transaction, &additions, &changes, &mark)).wait()?;
        self.store.moved(&touched);
        self.note_left_out(&left_out);
        Ok(())
    }

    /// Works out what the events change, with what the store has of their sessions, households and accounts.
    fn absorb(&mut self, events: &mut [Event]) -> Result<Changes, EngineError> {
        loop {
            let needed = self.audience.needed(events);
            if needed.is_empty() {
                break;
            }
            self.look_up(needed)?;
        }
        Ok(self.audience.absorb(events, self.clock.now().millis()))
    }

    fn note_left_out(&self, left_out: &[LeftOut]) {
        for LeftOut { session: (organisation, sid), events, is_first } in left_out {
            self.left_out.fetch_add(*events, Ordering::Relaxed);
            if *is_first {
                tracing::warn!(organisation = organisation.0, %sid,
                    "this play session has more than {MOST_EVENTS} events: later ones are kept, but no view and no minute counts them; \
                     does the player send the same sid for several plays?");
            }
        }
    }

    fn look_up(&mut self, needed: Needed) -> Result<(), EngineError> {
        let found = self.store.look_up(|transaction| lookup::look_up(transaction, &needed))?;
        self.audience.admit(needed, found);
        Ok(())
    }

    /// Forgets everything at hand, and reads the sessions that go on.
    fn read_again(&mut self) -> Result<(), EngineError> {
        self.audience = self.audience.emptied();
        let needed = self.store.write(lookup::going_on).wait()?;
        if !needed.is_empty() {
            self.look_up(needed)?;
        }
        Ok(())
    }

    fn keep_house(&mut self, log: &Checkpointed) {
        if self.last_checkpoint.elapsed() < CHECKPOINT_EVERY {
            return;
        }
        self.last_checkpoint = Instant::now();
        let now = self.clock.now();
        self.audience.forget(now.millis() - AT_HAND_MS);
        if self.checkpointed == self.applied {
            return;
        }
        match self.store.checkpoint().wait() {
            Ok(()) => {
                self.checkpointed = self.applied;
                let today = self.store.calendar().day_of(now);
                log.set(self.checkpointed, today);
            }
            Err(error) => {
                tracing::warn!(error = %error, "the event store could not be checkpointed; it is tried again");
            }
        }
    }
}
