//! Asking: many queries at one moment, as few statements as possible.

use super::{
    admission::Lane,
    apart::{apart, size},
    cache::{ResultCache, Versions, versions},
    catalogue::{Catalogue, Source},
    catalogues::{Catalogues, Edition},
    explain::Trace,
    frame::Found,
    plan::{Request, Statement, plan},
    prepared::{PlannedCourse, Prepared, Ranked},
    resolve::resolve,
    running::{AskedBefore, problem},
    sessions::SessionNames,
    shared_frame::SharedFrame,
    sql::{RolledUpDays, Sql, compile},
    under_way::UnderWay,
    waiters::Waiters,
};
use crate::{
    access::Scope,
    clock::SharedClock,
    events::{EventEngine, SqlWords},
};
use futures::future::join_all;
use indexmap::IndexSet;
use model::{
    frame::Course,
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

/// A planned query, and what its frame is kept under.
type Asked = (Arc<Prepared>, Arc<FrameKey>);
/// What everybody asks who asks the same.
type FrameKeys = Arc<[Arc<FrameKey>]>;
/// What comes of it.
pub(super) type Answered = Result<SharedFrame, Problem>;

/// Everything that answers queries, over any engine.
pub(super) struct Asker<E> {
    pub engine: Arc<E>,
    pub catalogues: Catalogues,
    pub calendar: Calendar,
    pub clock: SharedClock,
    pub results: ResultCache,
    prepared: Cache<(MetricQuery, Scope, Timestamp, u64), Arc<Prepared>>,
    frames: Cache<Arc<FrameKey>, SharedFrame>,
    /// Statements that were asked lately, without their ranges.
    pub(super) asked: Cache<Statement, AskedBefore>,
    /// Askings, by all of their frames, and who waits for them.
    under_way: UnderWay<FrameKeys, Arc<[Answered]>, Waiters>,
    pub(super) session_names: SessionNames,
}

impl<E: EventEngine> Asker<E> {
    pub(super) fn new(engine: E, catalogue: Catalogue, calendar: Calendar, clock: SharedClock) -> Self {
        let bytes = |key: &Arc<FrameKey>, frame: &SharedFrame| {
            let courses = frame.columns.iter().filter_map(|column| column.course.as_ref());
            let cells: usize = frame.rows.iter().map(Vec::len).chain(courses.map(Course::len)).sum();
            let text: usize = key.statements.iter().map(|(sql, _)| sql.text().len() + sql.binds().len() * 32).sum();
            u32::try_from(cells * 60 + text + 1_024).unwrap_or(u32::MAX)
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
            asked: Cache::builder().max_capacity(4_000).time_to_idle(Duration::from_mins(30)).build(),
            under_way: UnderWay::default(),
            session_names: SessionNames::random(),
        }
    }

    /// The catalogue of whoever the scope belongs to, as it stands now.
    pub(super) fn edition(&self, scope: &Scope) -> Arc<Edition> {
        self.catalogues.of(scope.organisation())
    }

    /// Answers many queries as of one moment. Equal scans are run once, whichever query they are for.
    pub(super) async fn ask_many(
        self: &Arc<Self>,
        lane: Lane,
        scope: &Scope,
        queries: &[MetricQuery],
    ) -> Vec<Answered> {
        self.ask_many_in(&self.edition(scope), lane, scope, queries).await
    }

    /// The same in an edition of the catalogue that may be in force nowhere.
    pub(super) async fn ask_many_in(
        self: &Arc<Self>,
        edition: &Edition,
        lane: Lane,
        scope: &Scope,
        queries: &[MetricQuery],
    ) -> Vec<Answered> {
        if queries.len() > MAX_QUERIES {
            let detail = format!("{} queries are too many for one request: {MAX_QUERIES} at most", queries.len());
            let problem = Problem::new(ProblemCode::TooManyQueries, detail).with("limit", MAX_QUERIES);
            return queries.iter().map(|_| Err(problem.clone())).collect();
        }
        let now = self.this_minute();
        let numbers: Vec<&MetricQuery> = queries.iter().filter(|query| query.sessions.is_none()).collect();
        let sessions = queries.iter().filter(|query| query.sessions.is_some());
        let sessions = sessions.map(|query| self.sessions(edition, lane, scope, query, now));
        let (numbers, sessions) = tokio::join!(self.numbers(edition, lane, scope, &numbers, now), join_all(sessions));
        let (mut numbers, mut sessions) = (numbers.into_iter(), sessions.into_iter());
        let answers = queries.iter().map(|query| {
            let answer = if query.sessions.is_some() { sessions.next() } else { numbers.next() };
            answer.unwrap_or_else(|| Err(Problem::new(ProblemCode::Internal, "the query was not answered")))
        });
        answers.collect()
    }

    /// The frames of queries of numbers, in their order.
    async fn numbers(
        self: &Arc<Self>,
        edition: &Edition,
        lane: Lane,
        scope: &Scope,
        queries: &[&MetricQuery],
        now: Timestamp,
    ) -> Vec<Answered> {
        let mut outcomes = Vec::with_capacity(queries.len());
        let mut asked = Vec::with_capacity(queries.len());
        for query in queries {
            outcomes.push(match self.prepare(edition, scope, query, now).await {
                Ok(prepared) => {
                    let key = Arc::new(self.frame_key(edition, query, &prepared, now));
                    let frame = self.frames.get(&key).await;
                    asked.push((prepared, key));
                    frame.map(Ok)
                }
                Err(problem) => Some(Err(problem)),
            });
        }
        if outcomes.iter().any(Option::is_none) {
            let answers = self.answer_together(lane, asked).await;
            let unanswered = outcomes.iter_mut().filter(|outcome| !matches!(outcome, Some(Err(_))));
            for (outcome, answer) in unanswered.zip(answers.iter()) {
                *outcome = Some(answer.clone());
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
        let course = resolved.course.as_deref();
        let course = course.map(|course| PlannedCourse::of(&edition.catalogue, scope, course)).transpose()?;
        let mut prepared = Prepared { resolved, plan, course, statements: Vec::new() };
        let derives = |request: &Request| matches!(request.base.source, Source::Derived(_));
        if self.engine.words() == SqlWords::ClickHouseWithoutBinds && prepared.requests().any(derives) {
            let detail = "Funnels, retention, states, flows and paths need ClickHouse 22 or newer: update the cluster.";
            return Err(Problem::new(ProblemCode::Unavailable, detail));
        }
        prepared.statements = prepared.requests().map(|request| self.named(&alone(request))).collect();
        self.results.counters().compiled(began.elapsed());
        let prepared = Arc::new(prepared);
        self.prepared.insert(key, Arc::clone(&prepared)).await;
        Ok(prepared)
    }

    fn frame_key(&self, edition: &Edition, query: &MetricQuery, prepared: &Prepared, now: Timestamp) -> FrameKey {
        let requests = prepared.requests().zip(&prepared.statements);
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

    /// The statement as it stands whatever is added up: what it is known by.
    pub(super) fn named(&self, statement: &Statement) -> Sql {
        compile(self.catalogues.shipped(), statement, self.engine.words(), &RolledUpDays::default())
    }

    /// Answers all of it, once for everybody who asks the same at the same time.
    async fn answer_together(self: &Arc<Self>, lane: Lane, asked: Vec<Asked>) -> Arc<[Answered]> {
        let key: FrameKeys = asked.iter().map(|(_, key)| Arc::clone(key)).collect();
        let admission = self.results.admission();
        let join = |waiters: &Waiters| waiters.let_in(admission, lane);
        let begin = || {
            let waiters = Waiters::of(lane);
            Ok((waiters.clone(), Arc::clone(self).answer(waiters, asked.clone())))
        };
        match self.under_way.join_or_begin(key, join, begin) {
            Ok((run, _)) => run.await,
            Err(error) => asked.iter().map(|_| Err(problem(&error))).collect(),
        }
    }

    async fn answer(self: Arc<Self>, waiters: Waiters, asked: Vec<Asked>) -> Arc<[Answered]> {
        let mut answered: Vec<Option<Answered>> = Vec::with_capacity(asked.len());
        for (_, key) in &asked {
            // Those who asked the same a moment ago may have had it.
            answered.push(self.frames.get(key).await.map(Ok));
        }
        let missing = asked.iter().zip(&answered).filter(|(_, frame)| frame.is_none()).map(|(asked, _)| asked);
        let prepared: Vec<Arc<Prepared>> = missing.map(|(prepared, _)| Arc::clone(prepared)).collect();
        let count = prepared.len();
        let frames = match self.frames_of(prepared, &mut Trace::of(waiters)).await {
            Ok(frames) => frames,
            Err(problem) => vec![Err(problem); count],
        };
        let waiting = asked.iter().zip(&mut answered).filter(|(_, frame)| frame.is_none());
        for (((_, key), slot), frame) in waiting.zip(frames) {
            if let Ok(frame) = &frame {
                self.frames.insert(Arc::clone(key), frame.clone()).await;
            }
            *slot = Some(frame);
        }
        let lost = || Err(Problem::new(ProblemCode::Internal, "the query was not answered"));
        answered.into_iter().map(|frame| frame.unwrap_or_else(lost)).collect()
    }

    /// The frames of planned queries, in their order; `trace` is told what was run for them.
    pub(super) async fn frames_of(
        &self,
        prepared: Vec<Arc<Prepared>>,
        trace: &mut Trace,
    ) -> Result<Vec<Answered>, Problem> {
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
        let finding = move || {
            let found = |(prepared, ranked): (&Arc<Prepared>, Result<Ranked, Problem>)| {
                ranked.and_then(|ranked| prepared.found(ranked, &answers))
            };
            let found: Vec<_> = prepared.iter().zip(ranked).map(found).collect();
            (prepared, answers, found)
        };
        let (prepared, mut answers, found) = apart(work, finding).await?;
        let mut missing = IndexSet::new();
        for (index, (prepared, found)) in prepared.iter().zip(&found).enumerate() {
            let Ok(found) = found else { continue };
            let asked = prepared.course_requests(found);
            missing.extend(asked.iter().filter(|request| !answers.contains_key(*request)).cloned());
            if let Some(deferred) = trace.deferred.get_mut(index) {
                deferred.extend(asked);
            }
        }
        answers.extend(self.run(missing, trace).await);
        let courses =
            prepared.iter().zip(&found).filter_map(|(prepared, found)| Some((prepared, found.as_ref().ok()?)));
        let courses: usize = courses.map(|(prepared, found)| prepared.size_of_courses(found)).sum();
        let work = size(&prepared, &answers) + courses;
        let finishing = move || {
            let finish = |(prepared, found): (Arc<Prepared>, Result<Found, Problem>)| {
                found.and_then(|found| prepared.finish(found, &answers)).map(SharedFrame::from)
            };
            prepared.into_iter().zip(found).map(finish).collect()
        };
        apart(work, finishing).await
    }
}

/// A request as a statement of its own.
fn alone(request: &Request) -> Statement {
    Statement { base: request.base.clone(), keys: request.keys.clone(), measures: vec![request.measure.clone()] }
}
