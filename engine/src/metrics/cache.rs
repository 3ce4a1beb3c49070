//! Answers that are still true.
//!
//! A result is kept under its statement, whose binds hold the scope, and under the versions of the facts and days it
//! read. There is nothing else in the key: whoever may ask the same gets the same, and new data is a new key. Callers of
//! one key at the same moment wait for one run.

use super::{
    catalogue::{Catalogue, Relation, Source},
    explain::Traced,
    plan::{Base, Request},
    sql::Sql,
};
use crate::events::{EngineError, EventEngine, Fact, ResultSet};
use model::time::Day;
use moka::future::Cache;
use std::{
    sync::Arc,
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

/// Results by statement and versions.
#[derive(Clone)]
pub(super) struct ResultCache {
    results: Cache<(Sql, Versions), Kept>,
}

impl ResultCache {
    pub(super) fn new() -> Self {
        let bytes = |(sql, _): &(Sql, Versions), kept: &Kept| {
            let cells: usize = kept.result.rows.iter().map(Vec::len).sum();
            u32::try_from(cells * CELL_BYTES + sql.text().len() + 256).unwrap_or(u32::MAX)
        };
        Self { results: Cache::builder().weigher(bytes).max_capacity(RESULT_BYTES).time_to_idle(IDLE).build() }
    }

    /// The result of a statement, from the cache, from a run under way, or from a run of its own.
    ///
    /// The run is a task of its own: a browser that closes its tab does not end it for the others who wait.
    pub(super) async fn get<E: EventEngine>(
        &self,
        engine: &Arc<E>,
        sql: Sql,
        versions: Versions,
    ) -> Result<Kept, Arc<EngineError>> {
        let (results, engine) = (self.results.clone(), Arc::clone(engine));
        let run = tokio::spawn(async move {
            let key = (sql, versions);
            let (sql, asked) = (key.0.clone(), Instant::now());
            let run = async move {
                let result = Arc::new(engine.run(sql).await?);
                Ok(Kept { result, arrived: Instant::now(), took: asked.elapsed(), is_known: false })
            };
            let kept = results.try_get_with(key, run).await?;
            Ok(Kept { is_known: kept.arrived < asked, ..kept })
        });
        match run.await {
            Ok(outcome) => outcome,
            Err(stopped) => Err(Arc::new(EngineError::Failed(Box::new(stopped)))),
        }
    }
}
