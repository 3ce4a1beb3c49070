//! Answers that are still true.
//!
//! A result is kept under its statement, whose binds hold the scope, and under the versions of the facts and days it
//! read. There is nothing else in the key: whoever may ask the same gets the same, and new data is a new key. Callers of
//! one key at the same moment wait for one run.

use super::{
    admission::{Admission, Ticket, Turn},
    catalogue::{Catalogue, Relation, Source},
    explain::Traced,
    figures::Counters,
    plan::{Base, Request},
    slices::Division,
    sql::Sql,
    under_way::{Run, UnderWay},
    waiters::Waiters,
};
use crate::events::{EngineError, EngineLimits, EventEngine, Fact, ResultSet};
use model::time::Day;
use moka::future::Cache;
use std::{
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

const RESULT_BYTES: u64 = 128 << 20;
const IDLE: Duration = Duration::from_mins(10);

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
                (first.plus(-1), last.plus(derivation.days_read_ahead()))
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
    /// Rows that belong together, in one part or in several.
    pub parts: Arc<[Arc<ResultSet>]>,
    arrived: Instant,
    /// How long it ran, without the wait for its turn.
    took: Duration,
    /// Whether it had been there before it was asked for.
    is_known: bool,
    /// How many days of it were read from what is added up beforehand.
    days_added_up: u32,
}

impl Kept {
    pub(super) fn traced(&self, requests: Vec<Request>) -> Traced {
        let kept = self.is_known.then(|| self.arrived.elapsed());
        let Self { took, days_added_up, .. } = *self;
        Traced { requests, kept, took, groups: self.rows(), days_added_up }
    }

    pub(super) const fn took(&self) -> Duration {
        self.took
    }

    pub(super) fn rows(&self) -> usize {
        self.parts.iter().map(|part| part.row_count()).sum()
    }

    /// Several results as one: as old as the oldest of them.
    pub(super) fn of_parts(kept: Vec<Self>) -> Self {
        let now = Instant::now();
        Self {
            arrived: kept.iter().map(|kept| kept.arrived).min().unwrap_or(now),
            took: kept.iter().filter(|kept| !kept.is_known).map(|kept| kept.took).max().unwrap_or_default(),
            is_known: kept.iter().all(|kept| kept.is_known),
            days_added_up: kept.iter().map(|kept| kept.days_added_up).sum(),
            parts: kept.iter().flat_map(|kept| kept.parts.iter().cloned()).collect(),
        }
    }
}

/// What makes two statements the same.
pub(super) type Key = (Sql, Versions);

/// Days that follow one another, each with the key of its own result.
pub(super) struct Days {
    pub first: Day,
    pub keys: Vec<Key>,
}

impl Days {
    /// The day behind the last one.
    pub(super) fn next(&self) -> Day {
        self.first.plus(i32::try_from(self.keys.len()).unwrap_or(i32::MAX))
    }
}

/// What is kept of a run.
enum Keeping {
    Whole(Key),
    /// The rows of each day by themselves.
    Days(Division, Days),
}

/// What comes of a run.
type Outcome = Result<Kept, Arc<EngineError>>;

/// Results by statement and versions.
#[derive(Clone)]
pub(super) struct ResultCache {
    results: Cache<Key, Kept>,
    under_way: UnderWay<Key, Outcome, Weak<Ticket>>,
    admission: Admission,
    counters: Arc<Counters>,
    /// How long a statement may wait and run, together.
    deadline: Duration,
}

impl ResultCache {
    pub(super) fn new(limits: EngineLimits) -> Self {
        let bytes = |(sql, _): &Key, kept: &Kept| {
            let parts: usize = kept.parts.iter().map(|part| part.bytes()).sum();
            u32::try_from(parts + sql.text().len() + 512).unwrap_or(u32::MAX)
        };
        Self {
            results: Cache::builder().weigher(bytes).max_capacity(RESULT_BYTES).time_to_idle(IDLE).build(),
            under_way: UnderWay::default(),
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
        waiters: &Waiters,
        sql: Sql,
        versions: Versions,
    ) -> Result<Kept, Arc<EngineError>> {
        let (key, asked) = ((sql, versions), Instant::now());
        let kept = match self.results.get(&key).await {
            Some(kept) => {
                self.counters.kept();
                kept
            }
            None => self.run(engine, waiters, key.clone(), Keeping::Whole(key))?.await?,
        };
        Ok(Kept { is_known: kept.arrived < asked, ..kept })
    }

    /// A result, where it is kept.
    pub(super) async fn kept(&self, key: &Key) -> Option<Kept> {
        let kept = self.results.get(key).await?;
        Some(Kept { is_known: true, ..kept })
    }

    /// The results of several days from one statement, of which each is kept by itself.
    pub(super) async fn get_days<E: EventEngine>(
        &self,
        engine: &Arc<E>,
        waiters: &Waiters,
        key: Key,
        division: Division,
        days: Days,
    ) -> Outcome {
        let asked = Instant::now();
        let kept = self.run(engine, waiters, key, Keeping::Days(division, days))?.await?;
        Ok(Kept { is_known: kept.arrived < asked, ..kept })
    }

    /// What is counted on the way.
    pub(super) fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Who lets people in to the statements that wait.
    pub(super) const fn admission(&self) -> &Admission {
        &self.admission
    }

    /// Joins the run under way, or begins one.
    fn run<E: EventEngine>(
        &self,
        engine: &Arc<E>,
        waiters: &Waiters,
        key: Key,
        keeping: Keeping,
    ) -> Result<Run<Outcome>, EngineError> {
        // It may run already, and then there is nothing to wait for.
        let join = |ticket: &Weak<Ticket>| match ticket.upgrade() {
            Some(ticket) => waiters.join(&self.admission, &ticket),
            None => Ok(()),
        };
        let begin = || {
            let turn = waiters.queue(&self.admission)?;
            let ticket = Arc::downgrade(&turn.ticket);
            Ok((ticket, ask(self.clone(), Arc::clone(engine), turn, key.0.clone(), keeping)))
        };
        let (run, joined) = self.under_way.join_or_begin(key.clone(), join, begin)?;
        if joined {
            self.counters.kept();
        }
        Ok(run)
    }
}

async fn ask<E: EventEngine>(cache: ResultCache, engine: Arc<E>, turn: Turn, sql: Sql, keeping: Keeping) -> Outcome {
    // It may have arrived between the look into the cache and here.
    if let Keeping::Whole(key) = &keeping
        && let Some(kept) = cache.results.get(key).await
    {
        cache.counters.kept();
        return Ok(kept);
    }
    let Turn { ticket, called } = turn;
    let run = async {
        let place = called.await.map_err(|_| EngineError::Overloaded)?;
        drop(ticket);
        cache.counters.ran();
        let (began, days_added_up) = (Instant::now(), sql.days_added_up());
        let result = engine.run(sql).await;
        drop(place);
        result.map(|result| (result, began.elapsed(), days_added_up))
    };
    let (result, took, days_added_up) = match tokio::time::timeout(cache.deadline, run).await {
        Ok(result) => result?,
        Err(_) => return Err(Arc::new(EngineError::TimedOut(cache.deadline))),
    };
    let kept = |result: ResultSet| Kept {
        parts: [Arc::new(result)].into(),
        arrived: Instant::now(),
        took,
        is_known: false,
        days_added_up,
    };
    match keeping {
        Keeping::Whole(key) => {
            let kept = kept(result);
            cache.results.insert(key, kept.clone()).await;
            Ok(kept)
        }
        Keeping::Days(division, Days { first, keys }) => {
            let apart = division.apart(&result, first, keys.len()).into_iter().map(kept);
            let mut parts = Vec::with_capacity(keys.len());
            for (key, kept) in keys.into_iter().zip(apart) {
                cache.results.insert(key, kept.clone()).await;
                parts.push(kept);
            }
            Ok(Kept::of_parts(parts))
        }
    }
}
