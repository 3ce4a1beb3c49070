//! Single play sessions behind a number, span by span.
//!
//! Two statements within one scope: which sessions, and their events. The sessioniser then works out their spans, so that
//! they agree with the numbers.

mod events;
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
    plan::plan_sessions,
    resolve::resolve,
    running::problem,
    shared_frame::SharedFrame,
    sql::{compile_session_events, compile_sessions},
    waiters::Waiters,
};
use crate::{access::Scope, events::EventEngine};
use model::{metric::MetricQuery, time::Timestamp};

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
        let resolved = resolve(&edition.catalogue, query, now, self.calendar)?;
        let Some(request) = plan_sessions(scope, &resolved)? else {
            return Ok(written::outside_scope().into());
        };
        let (catalogue, words) = (self.catalogues.shipped(), self.engine.words());
        // An event moves the row of its session, so what holds for the rows holds for the events.
        let versions = versions(self.engine.as_ref(), catalogue, &request.base);
        let waiters = Waiters::of(lane);
        let run = async |sql| {
            let kept = self.results.get(&self.engine, &waiters, sql, versions.clone()).await;
            kept.map(|kept| kept.parts).map_err(|error| problem(&error))
        };
        let found = found::read(&run(compile_sessions(catalogue, &request, words)).await?);
        let moments = found.iter().map(|session| (session.sid.as_str(), session.start, session.end));
        let Some(asked) = request.events_of(moments) else {
            return Ok(written::empty(&request).into());
        };
        // One more tells whether there are more.
        let events = run(compile_session_events(catalogue, &asked, MOST_EVENTS + 1, words)).await?;
        let rows = events.iter().map(|part| part.row_count()).sum();
        let names = self.session_names.clone();
        let working_out = move || {
            let timelines = events::timelines(&found, &events, MOST_EVENTS);
            SharedFrame::from(written::frame(&request, &found, &timelines, &names))
        };
        apart(rows, working_out).await
    }
}
