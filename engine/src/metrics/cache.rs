//! Answers that are still true.
//!
//! A result is kept under its statement, whose binds hold the scope, and under the versions of the facts and days it
//! read. There is nothing else in the key: whoever may ask the same gets the same, and new data is a new key. Callers of
//! one key at the same moment wait for one run.

use super::{
    admission::{Admission, Lane, Ticket, Turn},
    catalogue::{Catalogue, Relation, Source},
    explain::Traced,
    figures::Counters,
    plan::{Base, Request},
    sql::Sql,
};
use crate::events::{EngineError, EngineLimits, EventEngine, Fact, ResultSet};
use futures::{
    FutureExt,
    future::{BoxFuture, Shared, WeakShared},
};
use model::time::Day;
use moka::future::Cache;
use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const RESULT_BYTES: u64 = 48 << 20;
const IDLE: Duration = Duration::from_mins(10);
/// What a cell takes, roughly.
const CELL_BYTES: usize = 40;

/// The version of each fact and range of days that a statement reads.
pub(super) type Versions = Box<[u64]>;

/// The versions of everything that a statement reads, read before it runs: what is committed meanwhile is then at worst
/// read twice, never missed.
pub(super) fn versions(engine: &impl EventEngine, catalogue: &Catalogue, base: &Base) -> Versions {
    let (first, last) = base.interval.days(base.calendar);
    // A programme of the evening before reaches into the day, and so does a minute just before it.
    let version = |fact: Fact| match fact {
        Fact::Programme => engine.version(fact, (first.plus(-1), last)),
        fact => engine.version(fact, (first, last)),
    };
    let programmes = base.programmes.then_some(Fact::Programme);
    match base.source {
        Source::Fact(fact) => std::iter::once(fact).chain(programmes).map(version).collect(),
        Source::Derived(_) => {
            let Some(Relation::Derived(derivation)) = catalogue.fact(base.source).map(|table| &table.relation) else {
                return Versions::default();
            };
            let days = if derivation.reads_history() {
                (Day(0), base.calendar.day_of(base.known_until.unwrap_or(base.interval.to())))
            } else {
                (first.plus(-1), last)
            };
            let facts = derivation.sources().into_iter().filter_map(|source| match source {
                Source::Fact(fact) => Some(fact),
                Source::Derived(_) => None,
            });
            facts.map(|fact| engine.version(fact, days)).collect()
        }
    }
}

/// A result, and how it came about.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub result: Arc<ResultSet>,
    arrived: Instant,
    took: Duration,
    /// Whether it had been there before it was asked for.
    is_known: bool,
}

impl Kept {
    pub(super) fn traced(&self, requests: Vec<Request>) -> Traced {
        let kept = self.is_known.then(|| self.arrived.elapsed());
        Traced { requests, kept, took: self.took, groups: self.result.rows.len() }
    }
}

/// What makes two statements the same.
type Key = (Sql, Versions);

/// A run that everybody waits for who asked the same meanwhile. It goes on as long as anybody does.
type Run = Shared<BoxFuture<'static, Result<Kept, Arc<EngineError>>>>;

/// A run under way. Holding it keeps nobody waiting.
struct UnderWay {
    number: u64,
    run: WeakShared<BoxFuture<'static, Result<Kept, Arc<EngineError>>>>,
    ticket: Weak<Ticket>,
}

/// Results by statement and versions.
#[derive(Clone)]
pub(super) struct ResultCache {
    results: Cache<Key, Kept>,
    under_way: Arc<Mutex<FxHashMap<Key, UnderWay>>>,
    admission: Admission,
    counters: Arc<Counters>,
    /// How long a statement may wait and run, together.
    deadline: Duration,
}

/// Takes a run off the list, also where it was given up.
struct Listed {
    under_way: Arc<Mutex<FxHashMap<Key, UnderWay>>>,
    key: Key,
    number: u64,
}

impl Drop for Listed {
    fn drop(&mut self) {
        let mut under_way = self.under_way.lock();
        // Somebody may have begun anew meanwhile.
        if under_way.get(&self.key).is_some_and(|run| run.number == self.number) {
            under_way.remove(&self.key);
        }
    }
}

impl ResultCache {
    pub(super) fn new(limits: EngineLimits) -> Self {
        let bytes = |(sql, _): &Key, kept: &Kept| {
            let cells: usize = kept.result.rows.iter().map(Vec::len).sum();
            u32::try_from(cells * CELL_BYTES + sql.text().len() + 256).unwrap_or(u32::MAX)
        };
        Self {
            results: Cache::builder().weigher(bytes).max_capacity(RESULT_BYTES).time_to_idle(IDLE).build(),
            under_way: Arc::default(),
            admission: Admission::new(limits.at_once),
            counters: Arc::default(),
            deadline: limits.deadline,
        }
    }

    /// The result of a statement, from the cache, from a run under way, or from a run of its own.
    ///
    /// A browser that closes its tab does not end it for the others who wait; once nobody waits, it is stopped.
    pub(super) async fn get<E: EventEngine>(
        &self,
        engine: &Arc<E>,
        lane: Lane,
        sql: Sql,
        versions: Versions,
    ) -> Result<Kept, Arc<EngineError>> {
        let (key, asked) = ((sql, versions), Instant::now());
        let kept = match self.results.get(&key).await {
            Some(kept) => {
                self.counters.kept();
                kept
            }
            None => self.run(engine, lane, key)?.await?,
        };
        Ok(Kept { is_known: kept.arrived < asked, ..kept })
    }

    /// What is counted on the way.
    pub(super) fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Joins the run under way, or begins one.
    fn run<E: EventEngine>(&self, engine: &Arc<E>, lane: Lane, key: Key) -> Result<Run, EngineError> {
        let mut under_way = self.under_way.lock();
        if let Some(begun) = under_way.get(&key)
            && let Some(run) = begun.run.upgrade()
        {
            // It may run already, and then there is nothing to wait for.
            if let Some(ticket) = begun.ticket.upgrade() {
                self.admission.join(lane, &ticket)?;
            }
            self.counters.kept();
            return Ok(run);
        }
        let turn = self.admission.queue(lane)?;
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        let ticket = Arc::downgrade(&turn.ticket);
        let listed = Listed { under_way: Arc::clone(&self.under_way), key: key.clone(), number };
        let run = begin(self.clone(), Arc::clone(engine), turn, listed).boxed().shared();
        if let Some(weak) = run.downgrade() {
            under_way.insert(key, UnderWay { number, run: weak, ticket });
        }
        Ok(run)
    }
}

/// Tells one run from another with the same key.
static NUMBERS: AtomicU64 = AtomicU64::new(0);

async fn begin<E: EventEngine>(
    cache: ResultCache,
    engine: Arc<E>,
    turn: Turn,
    listed: Listed,
) -> Result<Kept, Arc<EngineError>> {
    let began = Instant::now();
    // It may have arrived between the look into the cache and here.
    if let Some(kept) = cache.results.get(&listed.key).await {
        cache.counters.kept();
        return Ok(kept);
    }
    let Turn { ticket, called } = turn;
    let run = async {
        let place = called.await.map_err(|_| EngineError::Overloaded)?;
        drop(ticket);
        cache.counters.ran();
        let result = engine.run(listed.key.0.clone()).await;
        drop(place);
        result
    };
    let result = match tokio::time::timeout(cache.deadline, run).await {
        Ok(result) => Arc::new(result?),
        Err(_) => return Err(Arc::new(EngineError::TimedOut(cache.deadline))),
    };
    let kept = Kept { result, arrived: Instant::now(), took: began.elapsed(), is_known: false };
    cache.results.insert(listed.key.clone(), kept.clone()).await;
    Ok(kept)
}
