//! How single sessions were found, told statement by statement.

use super::{
    super::{
        admission::Lane,
        ask::Asker,
        catalogues::Edition,
        explain::{Trace, counted_rows, counting_rows, millis},
        waiters::Waiters,
    },
    LookedInto,
};
use crate::{access::Scope, events::EventEngine};
use model::{
    explanation::{Explanation, StatementExplained},
    metric::MetricQuery,
    problem::Problem,
    time::Timestamp,
};
use std::time::Instant;

/// What is read, one statement after the other, as explanations name it.
const READ: [&str; 2] = ["view", "event"];

impl<E: EventEngine> Asker<E> {
    /// Looks into the sessions as [`Self::sessions`] does, and tells how instead of what. The plays among which they were
    /// found are counted within the scope; their events lie in no fact, and are not counted beyond those that came.
    pub(in crate::metrics) async fn explain_sessions(
        &self,
        edition: &Edition,
        lane: Lane,
        scope: &Scope,
        query: &MetricQuery,
        now: Timestamp,
    ) -> Result<Explanation, Problem> {
        let began = Instant::now();
        let Some(request) = self.planned_sessions(edition, scope, query, now)? else {
            return Ok(Explanation { statements: Vec::new(), took_ms: millis(began.elapsed()) });
        };
        let counting = counting_rows(request.base.clone());
        let LookedInto { statements, .. } = self.look_into(lane, request).await?;
        let took_ms = millis(began.elapsed());
        let counted = self.run(std::iter::once(counting.clone()).collect(), &mut Trace::of(Waiters::of(lane))).await;
        let mut rows = counted_rows(&counted, &counting);
        let told = READ.into_iter().zip(statements).map(|(fact, (interval, traced))| StatementExplained {
            fact: fact.to_owned(),
            from: interval.from(),
            to: interval.to(),
            joins_programmes: false,
            rows: rows.take(),
            groups: traced.groups as u64,
            days_added_up: traced.days_added_up,
            merged_with: 0,
            kept_ms: traced.kept.map(|kept| kept.as_millis() as u64),
            took_ms: millis(traced.took),
        });
        Ok(Explanation { statements: told.collect(), took_ms })
    }
}
