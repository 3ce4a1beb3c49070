//! Asking: many queries at one moment, as few statements as possible.

use super::{
    admission::Lane,
    apart::{apart, size},
    cache::{Kept, ResultCache, Versions, versions},
    catalogue::{Catalogue, Source},
    catalogues::{Catalogues, Edition},
    explain::Trace,
    plan::{Merged, Request, Statement, merge, plan},
    prepared::{Answers, Prepared, Ranked},
    resolve::resolve,
    sql::{Sql, compile},
};
use crate::{
    access::Scope,
    clock::SharedClock,
    events::{EngineError, EventEngine, SqlWords},
};
use futures::future::join_all;
use indexmap::IndexSet;
use model::{
    frame::Frame,
    geo::Region,
    metric::{MAX_QUERIES, MetricQuery},
    problem::{Problem, ProblemCode},
    time::{Calendar, Grain, Timestamp},
};
use moka::future::Cache;
use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

/// What makes two frames the same: the query's own words about rows, the time they are for, and what was read.
#[derive(PartialEq, Eq, Hash)]
struct FrameKey {
    query: MetricQuery,
    /// What the names in the query mean.
    edition: u64,
    statements: Vec<(Sql, Versions)>,
    /// Whether a metric has no part in the answer does not always show in the statements.
    regions: Vec<Option<BTreeSet<Region>>>,
    now: Timestamp,
}

/// Everything that answers queries, over any engine.
pub(super) struct Asker<E> {
    pub engine: Arc<E>,
    pub catalogues: Catalogues,
    pub calendar: Calendar,
    pub clock: SharedClock,
    pub results: ResultCache,
    prepared: Cache<(MetricQuery, Scope, Timestamp, u64), Arc<Prepared>>,
    frames: Cache<FrameKey, Arc<Frame>>,
}

impl<E: EventEngine> Asker<E> {
    pub(super) fn new(engine: E, catalogue: Catalogue, calendar: Calendar, clock: SharedClock) -> Self {
        let bytes = |key: &FrameKey, frame: &Arc<Frame>| {
            let cells: usize = frame.rows.iter().map(Vec::len).sum();
            let text: usize = key.statements.iter().map(|(sql, _)| sql.text().len() + sql.binds().len() * 32).sum();
            u32::try_from(cells * 40 + text + 1_024).unwrap_or(u32::MAX)
        };
        let limits = engine.limits();
        Self {
            engine: Arc::new(engine),
            catalogues: Catalogues::new(catalogue),
            calendar,
            clock,
            results: ResultCache::new(limits),
            prepared: Cache::builder().max_capacity(2_000).time_to_live(Duration::from_mins(2)).build(),
            frames: Cache::builder()
                .weigher(bytes)
                .max_capacity(24 << 20)
                .time_to_idle(Duration::from_mins(10))
                .build(),
        }
    }

    /// The catalogue of whoever the scope belongs to, as it stands now.
    pub(super) fn edition(&self, scope: &Scope) -> Arc<Edition> {
        self.catalogues.of(scope.organisation())
    }

    /// Answers many queries as of one moment. Equal scans are run once, whichever query they are for.
    pub(super) async fn ask_many(
        &self,
        lane: Lane,
        scope: &Scope,
        queries: &[MetricQuery],
    ) -> Vec<Result<Arc<Frame>, Problem>> {
        self.ask_many_in(&self.edition(scope), lane, scope, queries).await
    }

    /// The same in an edition of the catalogue that may be in force nowhere.
    pub(super) async fn ask_many_in(
        &self,
        edition: &Edition,
        lane: Lane,
        scope: &Scope,
        queries: &[MetricQuery],
    ) -> Vec<Result<Arc<Frame>, Problem>> {
        if queries.len() > MAX_QUERIES {
            let detail = format!("{} queries are too many for one request: {MAX_QUERIES} at most", queries.len());
            let problem = Problem::new(ProblemCode::TooManyQueries, detail).with("limit", MAX_QUERIES);
            return queries.iter().map(|_| Err(problem.clone())).collect();
        }
        let now = self.this_minute();
        let mut outcomes: Vec<Option<Result<Arc<Frame>, Problem>>> = Vec::with_capacity(queries.len());
        let mut waiting = Vec::new();
        for (index, query) in queries.iter().enumerate() {
            match self.prepare(edition, scope, query, now).await {
                Err(problem) => outcomes.push(Some(Err(problem))),
                Ok(prepared) => {
                    let key = self.frame_key(edition, query, &prepared, now);
                    let known = self.frames.get(&key).await;
                    if known.is_none() {
                        waiting.push((index, prepared, key));
                    }
                    outcomes.push(known.map(Ok));
                }
            }
        }
        for (index, outcome) in self.answer(lane, waiting).await {
            if let Some(slot) = outcomes.get_mut(index) {
                *slot = Some(outcome);
            }
        }
        let lost = || Err(Problem::new(ProblemCode::Internal, "the query was not answered"));
        outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(lost)).collect()
    }

    /// All that depends on the time of day depends on the minute only, and the running one counts as passed.
    pub(super) fn this_minute(&self) -> Timestamp {
        self.calendar.next(self.clock.now(), Grain::Minute).plus_millis(-1)
    }

    pub(super) async fn prepare(
        &self,
        edition: &Edition,
        scope: &Scope,
        query: &MetricQuery,
        now: Timestamp,
    ) -> Result<Arc<Prepared>, Problem> {
        let key = (query.clone(), scope.clone(), now, edition.number);
        if let Some(prepared) = self.prepared.get(&key).await {
            return Ok(prepared);
        }
        let began = Instant::now();
        let resolved = resolve(&edition.catalogue, query, now, self.calendar)?;
        let plan = plan(&edition.catalogue, scope, &resolved)?;
        let derives = |request: &Request| matches!(request.base.source, Source::Derived(_));
        if self.engine.words() == SqlWords::ClickHouseWithoutBinds && plan.requests.iter().any(derives) {
            let detail = "Funnels, retention, states, flows and paths need ClickHouse 22 or newer: update the cluster.";
            return Err(Problem::new(ProblemCode::Unavailable, detail));
        }
        let statements = plan.requests.iter().map(|request| self.compile(&alone(request))).collect();
        self.results.counters().compiled(began.elapsed());
        let prepared = Arc::new(Prepared { resolved, plan, statements });
        self.prepared.insert(key, Arc::clone(&prepared)).await;
        Ok(prepared)
    }

    fn frame_key(&self, edition: &Edition, query: &MetricQuery, prepared: &Prepared, now: Timestamp) -> FrameKey {
        let requests = prepared.plan.requests.iter().zip(&prepared.statements);
        let statements = requests
            .map(|(request, sql)| {
                (sql.clone(), versions(self.engine.as_ref(), self.catalogues.shipped(), &request.base))
            })
            .collect();
        let regions = prepared
            .plan
            .main
            .metrics
            .iter()
            .map(|metric| metric.as_ref().map(|metric| metric.regions.clone()))
            .collect();
        FrameKey { query: query.clone(), edition: edition.number, statements, regions, now }
    }

    fn compile(&self, statement: &Statement) -> Sql {
        compile(self.catalogues.shipped(), statement, self.engine.words())
    }

    async fn answer(
        &self,
        lane: Lane,
        waiting: Vec<(usize, Arc<Prepared>, FrameKey)>,
    ) -> Vec<(usize, Result<Arc<Frame>, Problem>)> {
        let prepared = waiting.iter().map(|(_, prepared, _)| Arc::clone(prepared)).collect();
        let frames = match self.frames_of(prepared, &mut Trace::of(lane)).await {
            Ok(frames) => frames,
            Err(problem) => waiting.iter().map(|_| Err(problem.clone())).collect(),
        };
        let mut outcomes = Vec::with_capacity(waiting.len());
        for ((index, _, key), frame) in waiting.into_iter().zip(frames) {
            if let Ok(frame) = &frame {
                self.frames.insert(key, Arc::clone(frame)).await;
            }
            outcomes.push((index, frame));
        }
        outcomes
    }

    /// The frames of planned queries, in their order; `trace` is told what was run for them.
    pub(super) async fn frames_of(
        &self,
        prepared: Vec<Arc<Prepared>>,
        trace: &mut Trace,
    ) -> Result<Vec<Result<Arc<Frame>, Problem>>, Problem> {
        let at_once = prepared.iter().flat_map(|prepared| prepared.plan.at_once(prepared.top_axis()).cloned());
        let answers = self.run(at_once.collect(), trace).await;
        let work = size(&prepared, &answers);
        let ranking = move || {
            let ranked: Vec<_> = prepared.iter().map(|prepared| prepared.ranked(&answers)).collect();
            (prepared, answers, ranked)
        };
        let (prepared, mut answers, ranked) = apart(work, ranking).await?;
        let deferred = prepared.iter().zip(&ranked).map(|(prepared, ranked)| {
            ranked.as_ref().map(|ranked| prepared.deferred_requests(&ranked.kept)).unwrap_or_default()
        });
        trace.deferred = deferred.collect();
        let deferred = trace.deferred.iter().flatten();
        let missing: IndexSet<Request> = deferred.filter(|request| !answers.contains_key(*request)).cloned().collect();
        answers.extend(self.run(missing, trace).await);
        let work = size(&prepared, &answers);
        let finishing = move || {
            let finish = |(prepared, ranked): (Arc<Prepared>, Result<Ranked, Problem>)| {
                ranked.and_then(|ranked| prepared.finish(ranked, &answers)).map(Arc::new)
            };
            prepared.into_iter().zip(ranked).map(finish).collect()
        };
        apart(work, finishing).await
    }

    /// Runs requests as few statements.
    pub(super) async fn run(&self, requests: IndexSet<Request>, trace: &mut Trace) -> Answers {
        let requests: Vec<Request> = requests.into_iter().collect();
        let Merged { statements, answers } = merge(self.catalogues.shipped(), &requests);
        let runs = statements.iter().map(|statement| {
            let versions = versions(self.engine.as_ref(), self.catalogues.shipped(), &statement.base);
            self.results.get(&self.engine, trace.lane, self.compile(statement), versions)
        });
        let results: Vec<Result<Kept, Problem>> =
            join_all(runs).await.into_iter().map(|result| result.map_err(|error| problem(&error))).collect();
        for (index, result) in results.iter().enumerate() {
            let of_statement = requests.iter().zip(&answers).filter(|(_, answer)| answer.statement == index);
            let requests: Vec<Request> = of_statement.map(|(request, _)| request.clone()).collect();
            trace.statements.extend(result.as_ref().ok().map(|kept| kept.traced(requests)));
        }
        let answered = requests.into_iter().zip(answers).filter_map(|(request, answer)| {
            let result = results.get(answer.statement)?.clone();
            Some((request, result.map(|kept| (answer, kept.result))))
        });
        answered.collect()
    }
}

/// A request as a statement of its own.
fn alone(request: &Request) -> Statement {
    Statement { base: request.base.clone(), keys: request.keys.clone(), measures: vec![request.measure.clone()] }
}

/// What a failed statement means to whoever asked.
fn problem(error: &EngineError) -> Problem {
    match error {
        EngineError::TimedOut(limit) => {
            let detail =
                format!("The query took longer than {} s and was stopped. Take a shorter range.", limit.as_secs());
            Problem::new(ProblemCode::TimedOut, detail).with("seconds", limit.as_secs())
        }
        EngineError::Overloaded => {
            Problem::new(ProblemCode::Overloaded, "Too many queries are waiting. Try again in a moment.")
        }
        EngineError::TooManyRows(limit) => {
            let detail = format!(
                "The query comes to more than {limit} groups. Split by fewer dimensions, take a longer step or filter more."
            );
            Problem::new(ProblemCode::AnswerTooLarge, detail).with("limit", limit)
        }
        EngineError::TooMuchMemory => {
            let detail = "The query needs more memory than it may have. Take a shorter range or fewer splits.";
            Problem::new(ProblemCode::TooMuchMemory, detail)
        }
        EngineError::Failed(cause) => {
            tracing::error!(error = %cause, "a statement failed in the event store");
            Problem::new(ProblemCode::Internal, "The event store could not answer. The log of the server says why.")
        }
    }
}
