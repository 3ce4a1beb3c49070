//! The collector as requests, commands and the demo use it.

use super::{
    Acceptance, Backlog, Envelope, Figures, Source,
    admission::{self, Checkpointed, Pending, Request},
    ledger::{Ledger, Submission},
    loading::Loads,
    not_kept,
    pipeline::{Pipeline, Work},
    records::{Arrival, Records, SegmentKind, parse_body, parse_lines},
    sources::Sources,
    stopping::Stopping,
};
use crate::{
    clock::SharedClock,
    events::{EngineError, EventStore},
    postgres::{Databases, Failure},
};
use crossbeam_channel::Sender;
use model::{
    geo::Province,
    problem::{Problem, ProblemCode},
    time::Calendar,
};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::oneshot;

/// How many accepted events may wait for the event store; more are refused, and the client keeps them.
const MOST_PENDING: usize = 400_000;
/// More rejections than this are counted and not listed.
const MOST_LISTED: usize = 100;
/// How many bytes of lines are parsed before other tasks get their turn.
const BYTES_PER_TURN: usize = 256 * 1_024;

/// Takes events from clients; cheap to clone.
#[derive(Clone)]
pub struct Collector {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    sources: Option<Sources>,
    pub(super) store: EventStore,
    clock: SharedClock,
    pub(super) calendar: Calendar,
    requests: Sender<Request>,
    pub(super) pipeline: Sender<Work>,
    pub(super) loads: Loads,
    pending: Arc<Pending>,
    stopping: Arc<Stopping>,
    accepted: AtomicU64,
    duplicates: AtomicU64,
    rejected: AtomicU64,
    left_out: Arc<AtomicU64>,
}

impl Collector {
    /// Opens log and seen-set under `data_dir`, replays what the store has not applied, starts the batcher.
    pub async fn open(
        data_dir: &Path,
        databases: &Databases,
        store: EventStore,
        clock: SharedClock,
    ) -> Result<Self, Failure> {
        Self::open_with(data_dir, Some(Sources::new(databases)), store, clock).await
    }

    /// `sources` is missing where a test has no PostgreSQL.
    pub(super) async fn open_with(
        data_dir: &Path,
        sources: Option<Sources>,
        store: EventStore,
        clock: SharedClock,
    ) -> Result<Self, Failure> {
        let (requests, inbox) = crossbeam_channel::unbounded();
        let (pipeline, work) = crossbeam_channel::unbounded();
        let pending = Arc::new(Pending::default());
        let left_out = Arc::new(AtomicU64::new(0));
        let stopping = Arc::new(Stopping::default());
        let opening = {
            let (data_dir, store, clock) = (data_dir.to_owned(), store.clone(), clock.clone());
            let (pipeline, pending) = (pipeline.clone(), pending.clone());
            let (left_out, stopping) = (left_out.clone(), stopping.clone());
            let checkpointed = Arc::new(Checkpointed::default());
            tokio::task::spawn_blocking(move || {
                let applied = applied_sequence(&store)?;
                let ledger = Ledger::open(&data_dir, applied)?;
                let mut batcher = Pipeline::open(store, clock, pending.clone(), left_out, stopping, applied)?;
                let mut replayed = 0;
                for entry in ledger.entries_after(applied) {
                    let (sequence, events) = entry?;
                    replayed += events.len();
                    batcher.replay(sequence, events)?;
                }
                if replayed > 0 {
                    tracing::info!(events = replayed, "applied what the last run had accepted, but not applied");
                }
                batcher.start(work, checkpointed.clone())?;
                admission::start(ledger, inbox, pipeline, pending, checkpointed)
            })
        };
        opening.await??;
        let calendar = store.calendar();
        let shared = Shared {
            sources,
            store,
            clock,
            calendar,
            requests,
            pipeline,
            loads: Loads::default(),
            pending,
            stopping,
            accepted: AtomicU64::new(0),
            duplicates: AtomicU64::new(0),
            rejected: AtomicU64::new(0),
            left_out,
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    pub async fn source_of_write_key(&self, key: &str) -> Result<Source, Problem> {
        self.sources()?.of_write_key(key).await
    }

    /// Creates a source and returns its write key, shown once.
    pub async fn create_source(
        &self,
        name: &str,
        province: Option<Province>,
        simulated: bool,
    ) -> Result<String, Problem> {
        self.sources()?.create(name, province, simulated).await
    }

    fn sources(&self) -> Result<&Sources, Problem> {
        let missing = || Problem::new(ProblemCode::Unavailable, "there is no database of sources");
        self.shared.sources.as_ref().ok_or_else(missing)
    }

    /// Native NDJSON. Returns after the accepted events are durable.
    pub async fn accept_native(&self, envelope: &Envelope, body: &[u8]) -> Result<Acceptance, Problem> {
        self.check_room()?;
        let arrival = Arrival::new(envelope, self.shared.clock.now(), self.shared.calendar);
        let mut records = Records::default();
        let (mut rest, mut line) = (body, 1);
        while !rest.is_empty() {
            // Whole lines only.
            let turn = rest.get(BYTES_PER_TURN..).and_then(|later| later.iter().position(|byte| *byte == b'\n'));
            let (part, later) = match turn {
                Some(end) => rest.split_at(BYTES_PER_TURN + end + 1),
                None => (rest, &[][..]),
            };
            let parsed = parse_lines(part, line, &arrival);
            line += part.split(|byte| *byte == b'\n').count() - 1;
            records.append(parsed);
            records.check_count()?;
            rest = later;
            if !rest.is_empty() {
                tokio::task::yield_now().await;
            }
        }
        self.admit(envelope, records).await
    }

    /// A Segment batch `{"batch": […], "sentAt": …}`, or a single record of the given kind.
    pub async fn accept_segment(
        &self,
        envelope: &Envelope,
        kind: Option<SegmentKind>,
        body: &[u8],
    ) -> Result<Acceptance, Problem> {
        self.check_room()?;
        let arrival = Arrival::new(envelope, self.shared.clock.now(), self.shared.calendar);
        self.admit(envelope, parse_body(body, kind, &arrival)?).await
    }

    fn check_room(&self) -> Result<(), Problem> {
        if self.shared.pending.events() < MOST_PENDING {
            return Ok(());
        }
        Err(Problem::new(ProblemCode::Overloaded, "too many events are waiting to be stored; send these again later"))
    }

    async fn admit(&self, envelope: &Envelope, records: Records) -> Result<Acceptance, Problem> {
        let Records { parsed, refused, refused_count } = records;
        let rejected = refused.iter().take(MOST_LISTED).map(|refused| refused.rejection.clone()).collect();
        let unavailable = |detail: String| {
            tracing::error!(reason = %detail, "events could not be accepted");
            Problem::new(ProblemCode::Unavailable, "the events could not be stored; send them again later")
        };
        let received = self.shared.clock.now();
        let source = &envelope.source;
        let sender = not_kept::Sender {
            organisation: source.organisation,
            source_id: source.id,
            province: source.province,
            simulated: source.simulated,
            received,
            day: self.shared.calendar.day_of(received),
        };
        let unlisted = refused_count.saturating_sub(refused.len());
        let submission =
            Submission::new(sender, parsed, refused, unlisted).map_err(|error| unavailable(error.to_string()))?;
        let (answer, arrives) = oneshot::channel();
        self.shared
            .requests
            .send(Request::Admit(submission, answer))
            .map_err(|_| unavailable("the collector is closed".to_owned()))?;
        let counts = arrives.await.map_err(|_| unavailable("the collector is closed".to_owned()))?;
        let (accepted, duplicates) = counts.map_err(unavailable)?;
        self.shared.accepted.fetch_add(accepted as u64, Ordering::Relaxed);
        self.shared.duplicates.fetch_add(duplicates as u64, Ordering::Relaxed);
        self.shared.rejected.fetch_add(refused_count as u64, Ordering::Relaxed);
        Ok(Acceptance { accepted, duplicates, rejected_count: refused_count, rejected })
    }

    pub(super) fn clock(&self) -> &SharedClock {
        &self.shared.clock
    }

    pub(super) fn calendar(&self) -> Calendar {
        self.shared.calendar
    }

    /// Everything accepted so far is applied to the store (tests, shutdown, CLI).
    pub async fn flush(&self) -> Result<(), Problem> {
        self.behind_all(Request::Flush).await
    }

    /// Applies what was accepted, and takes nothing any more. What the store does not take stays in the log.
    pub async fn close(&self) -> Result<(), Problem> {
        self.shared.stopping.tell();
        self.behind_all(Request::Stop).await
    }

    async fn behind_all(&self, request: impl FnOnce(oneshot::Sender<()>) -> Request) -> Result<(), Problem> {
        let closed = || Problem::new(ProblemCode::Unavailable, "the collector is closed");
        let (done, arrives) = oneshot::channel();
        self.shared.requests.send(request(done)).map_err(|_| closed())?;
        arrives.await.map_err(|_| closed())
    }

    /// What was taken since the start.
    pub fn figures(&self) -> Figures {
        Figures {
            accepted: self.shared.accepted.load(Ordering::Relaxed),
            duplicates: self.shared.duplicates.load(Ordering::Relaxed),
            rejected: self.shared.rejected.load(Ordering::Relaxed),
            left_out: self.shared.left_out.load(Ordering::Relaxed),
        }
    }

    /// What is durable, but not in the event store yet.
    pub fn backlog(&self) -> Backlog {
        let oldest = self.shared.pending.oldest();
        Backlog {
            events: self.shared.pending.events() as u64,
            oldest_ms: oldest.map_or(0, |since| since.elapsed().as_millis() as u64),
        }
    }
}

fn applied_sequence(store: &EventStore) -> Result<u64, EngineError> {
    let sql = "select max(sequence) from applied";
    let read =
        store.write(move |transaction| Ok(transaction.connection().query_row(sql, [], |row| row.get::<_, i64>(0))?));
    Ok(u64::try_from(read.wait()?).unwrap_or(0))
}
