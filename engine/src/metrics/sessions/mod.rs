//! Single play sessions behind a number, span by span.
//!
//! Two statements within one scope: which sessions, and their events. The sessioniser then works out their spans, so that
//! they agree with the numbers.

mod events;
mod explained;
mod found;
mod names;
mod written;

pub(super) use names::SessionNames;

use super::{
    admission::Lane,
    apart::apart,
    ask::{Answered, Asker},
    cache::versions,
    catalogues::Edition,
    explain::Traced,
    plan::{SessionsRequest, plan_sessions},
    resolve::resolve,
    running::problem,
    shared_frame::SharedFrame,
    sql::{compile_session_events, compile_sessions},
    waiters::Waiters,
};
use crate::{access::Scope, events::EventEngine};
use model::{
    metric::MetricQuery,
    problem::Problem,
    time::{Interval, Timestamp},
};

/// The most events that are read of one session, its earliest: a beat every ten seconds for half a day.
const MOST_EVENTS: usize = 5_000;

impl<E: EventEngine> Asker<E> {
    /// The sessions that a query chooses, a row for each of their spans.
    pub(super) async fn sessions(
        &self,
        edition: &Edition,
        lane: Lane,
        scope: &Scope,
        query: &MetricQuery,
        now: Timestamp,
    ) -> Answered {
        match self.planned_sessions(edition, scope, query, now)? {
            Some(request) => self.look_into(lane, request).await.map(|looked| looked.frame),
            None => Ok(written::outside_scope().into()),
        }
    }

    fn planned_sessions(
        &self,
        edition: &Edition,
        scope: &Scope,
        query: &MetricQuery,
        now: Timestamp,
    ) -> Result<Option<SessionsRequest>, Problem> {
        plan_sessions(scope, &resolve(&edition.catalogue, query, now, self.calendar)?)
    }

    async fn look_into(&self, lane: Lane, request: SessionsRequest) -> Result<LookedInto, Problem> {
        let (catalogue, words) = (self.catalogues.shipped(), self.engine.words());
        // An event moves the row of its session, so what holds for the rows holds for the events.
        let versions = versions(self.engine.as_ref(), catalogue, &request.base);
        let waiters = Waiters::of(lane);
        let run = async |sql| {
            let kept = self.results.get(&self.engine, &waiters, sql, versions.clone()).await;
            kept.map_err(|error| problem(&error))
        };
        let kept = run(compile_sessions(catalogue, &request, words)).await?;
        let mut statements = vec![(request.base.interval, kept.traced(Vec::new()))];
        let found = found::read(&kept.parts);
        let moments = found.iter().map(|session| (session.sid.as_str(), session.start, session.end));
        let Some(asked) = request.events_of(moments) else {
            return Ok(LookedInto { frame: written::empty(&request).into(), statements });
        };
        // One more tells whether there are more.
        let kept = run(compile_session_events(catalogue, &asked, MOST_EVENTS + 1, words)).await?;
        statements.push((asked.base.interval, kept.traced(Vec::new())));
        let (rows, events) = (kept.rows(), kept.parts);
        let names = self.session_names.clone();
        let working_out = move || {
            let timelines = events::timelines(&found, &events, MOST_EVENTS);
            SharedFrame::from(written::frame(&request, &found, &timelines, &names))
        };
        Ok(LookedInto { frame: apart(rows, working_out).await?, statements })
    }
}

/// Sessions, and how they were found: which sessions, then their events, if there were any.
struct LookedInto {
    frame: SharedFrame,
    statements: Vec<(Interval, Traced)>,
}
