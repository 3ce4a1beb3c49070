//! How queries are answered, told statement by statement.
//!
//! Nothing is asked that the person could not ask: the rows that a statement reads are counted by another one over the same
//! base, which holds the scope.

use super::{
    admission::Lane,
    ask::Asker,
    catalogue::Aggregate,
    catalogues::Edition,
    plan::{Base, Request, ScopedMeasure},
    prepared::Answers,
    waiters::Waiters,
};
use crate::{
    access::Scope,
    events::{EventEngine, Value},
};
use model::{
    explanation::{Explanation, StatementExplained},
    metric::MetricQuery,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

/// One statement that was run for a request, or whose answer was kept.
pub(super) struct Traced {
    /// What it answers.
    pub requests: Vec<Request>,
    /// How old its answer was, where it had been kept.
    pub kept: Option<Duration>,
    pub took: Duration,
    pub groups: usize,
    /// Days of its range that were added up beforehand.
    pub days_added_up: u32,
}

/// One asking: who waits for it, its statements, and what each query had of them.
pub(super) struct Trace {
    pub waiters: Waiters,
    pub statements: Vec<Traced>,
    /// Of each query, what it asked for only once its top values or its rows were known.
    pub deferred: Vec<Vec<Request>>,
}

impl Trace {
    pub(super) fn of(waiters: Waiters) -> Self {
        Self { waiters, statements: Vec::new(), deferred: Vec::new() }
    }
}

impl<E: EventEngine> Asker<E> {
    /// Answers many queries as [`Self::ask_many`] does, and tells how instead of the answers.
    pub(super) async fn explain_many(
        &self,
        lane: Lane,
        scope: &Scope,
        queries: &[MetricQuery],
    ) -> Vec<Result<Explanation, Problem>> {
        let (now, edition) = (self.this_minute(), self.edition(scope));
        let numbers: Vec<&MetricQuery> = queries.iter().filter(|query| query.sessions.is_none()).collect();
        let mut numbers = self.explain_numbers(&edition, lane, scope, &numbers, now).await.into_iter();
        let mut explained = Vec::with_capacity(queries.len());
        for query in queries {
            explained.push(if query.sessions.is_some() {
                self.explain_sessions(&edition, lane, scope, query, now).await
            } else {
                numbers.next().unwrap_or_else(lost)
            });
        }
        explained
    }

    async fn explain_numbers(
        &self,
        edition: &Edition,
        lane: Lane,
        scope: &Scope,
        queries: &[&MetricQuery],
        now: Timestamp,
    ) -> Vec<Result<Explanation, Problem>> {
        let began = Instant::now();
        let mut prepared = Vec::with_capacity(queries.len());
        for query in queries {
            prepared.push(self.prepare(edition, scope, query, now).await);
        }
        let planned: Vec<_> = prepared.iter().filter_map(|prepared| prepared.as_ref().ok().map(Arc::clone)).collect();
        let mut trace = Trace::of(Waiters::of(lane));
        let frames = match self.frames_of(planned.clone(), &mut trace).await {
            Ok(frames) => frames,
            Err(problem) => return queries.iter().map(|_| Err(problem.clone())).collect(),
        };
        let took_ms = millis(began.elapsed());
        // Of every query: which of the statements it had something of.
        let asked = planned.iter().zip(&trace.deferred).map(|(prepared, deferred)| {
            let of_query = |request: &Request| prepared.plan.requests.contains(request) || deferred.contains(request);
            let statements = trace.statements.iter().enumerate();
            statements.filter(|(_, traced)| traced.requests.iter().any(of_query)).map(|(index, _)| index).collect()
        });
        let asked: Vec<BTreeSet<usize>> = asked.collect();
        let counted =
            self.run(trace.statements.iter().filter_map(counting).collect(), &mut Trace::of(Waiters::of(lane))).await;
        let explained = |asked: &BTreeSet<usize>, index: usize, others: &[BTreeSet<usize>]| {
            let traced = trace.statements.get(index).filter(|_| asked.contains(&index))?;
            let base = &traced.requests.first()?.base;
            let sharing = others.iter().filter(|other| other.contains(&index)).count().saturating_sub(1);
            Some(StatementExplained {
                // Programme lists are no fact.
                fact: self
                    .catalogues
                    .shipped()
                    .fact(base.source)
                    .map_or("programme", |table| table.name.as_str())
                    .to_owned(),
                from: base.interval.from(),
                to: base.interval.to(),
                joins_programmes: base.programmes,
                rows: rows_of(&counted, traced),
                groups: traced.groups as u64,
                days_added_up: traced.days_added_up,
                merged_with: u32::try_from(sharing).unwrap_or(u32::MAX),
                kept_ms: traced.kept.map(|kept| kept.as_millis() as u64),
                took_ms: millis(traced.took),
            })
        };
        let mut answered = asked.iter().zip(frames).map(|(of_query, frame)| {
            frame.map(|_| {
                let statements = of_query.iter().filter_map(|index| explained(of_query, *index, &asked)).collect();
                Explanation { statements, took_ms }
            })
        });
        prepared
            .iter()
            .map(|prepared| match prepared {
                Ok(_) => answered.next().unwrap_or_else(lost),
                Err(problem) => Err(problem.clone()),
            })
            .collect()
    }
}

fn lost() -> Result<Explanation, Problem> {
    Err(Problem::new(ProblemCode::Internal, "the query was not answered"))
}

/// Counts the rows that a statement reads.
fn counting(traced: &Traced) -> Option<Request> {
    traced.requests.first().map(|request| counting_rows(request.base.clone()))
}

/// Counts the rows of a base.
pub(super) fn counting_rows(base: Base) -> Request {
    let measure = ScopedMeasure { aggregate: Aggregate::Count, conditions: Vec::new(), within: None };
    Request { base, keys: Vec::new(), measure }
}

fn rows_of(counted: &Answers, traced: &Traced) -> Option<u64> {
    counted_rows(counted, &counting(traced)?)
}

/// What was counted.
pub(super) fn counted_rows(counted: &Answers, counting: &Request) -> Option<u64> {
    let (answer, parts) = counted.get(counting)?.as_ref().ok()?;
    let rows = parts.iter().flat_map(|part| part.rows());
    let counts = rows.map(|row| match row.get(answer.measure) {
        Some(Value::Integer(rows)) => u64::try_from(*rows).ok(),
        Some(Value::Null | Value::Bool(_) | Value::Float(_) | Value::Text(_)) | None => None,
    });
    counts.sum()
}

pub(super) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
