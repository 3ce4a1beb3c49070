//! Single play sessions within a scope: which of them, and their events.

use super::{Base, occurrences::granted};
use crate::{
    access::Scope,
    events::Fact,
    metrics::{catalogue::Source, resolve::Resolved},
};
use model::{
    metric::SessionChoice,
    problem::{Problem, ProblemCode},
    time::{Day, Interval, Timestamp},
};
use std::collections::BTreeSet;

/// Which sessions are wanted. Made by [`plan_sessions`] only, which needs a scope that has a right to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) struct SessionsRequest {
    pub base: Base,
    pub choice: SessionChoice,
}

/// The events of sessions. Made from the request that found these, so that they are read within the same regions: the id of
/// a session elsewhere gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) struct SessionEventsRequest {
    pub base: Base,
    /// Rising, each once; never empty.
    pub sids: Vec<String>,
    /// The days of the calendar on which they were under way.
    pub days: BTreeSet<Day>,
}

/// Plans the sessions of a query. `None` where its filters leave nothing of what is granted.
///
/// # Errors
/// [`ProblemCode::Forbidden`] for those who may see numbers and no single sessions, [`ProblemCode::EmptyScope`] where
/// nothing is granted for the metric.
pub(in crate::metrics) fn plan_sessions(
    scope: &Scope,
    resolved: &Resolved,
) -> Result<Option<SessionsRequest>, Problem> {
    if !scope.sees_sessions() {
        let detail = "Single play sessions are shown to editors only: they stay below every minimum of cases.";
        return Err(Problem::new(ProblemCode::Forbidden, detail).with("right", "sessions"));
    }
    let (Some(asked), Some(choice)) = (resolved.metrics.first(), resolved.sessions) else {
        return Err(Problem::new(ProblemCode::InvalidQuery, "the query asks for no single sessions"));
    };
    let granted = granted(scope, &asked.metric)?;
    let left = resolved.province_filters.iter().try_fold(granted, |left, values| left.narrowed(values));
    Ok(left.map(|regions| SessionsRequest {
        base: Base {
            source: Source::Fact(Fact::View),
            regions,
            beside: None,
            interval: resolved.timeline.interval,
            calendar: resolved.timeline.calendar,
            filters: resolved.filters.clone(),
            programmes: false,
            known_until: None,
        },
        choice,
    }))
}

impl SessionsRequest {
    /// The events of sessions, each with its first and its last moment. `None` for no sessions.
    pub(in crate::metrics) fn events_of<'a>(
        &self,
        sessions: impl Iterator<Item = (&'a str, Timestamp, Timestamp)> + Clone,
    ) -> Option<SessionEventsRequest> {
        let first = sessions.clone().map(|(_, first, _)| first).min()?;
        let last = sessions.clone().map(|(_, _, last)| last).max()?;
        let sids: BTreeSet<&str> = sessions.clone().map(|(sid, ..)| sid).collect();
        let calendar = self.base.calendar;
        let days = |(_, first, last)| (calendar.day_of(first).0..=calendar.day_of(last).0).map(Day);
        Some(SessionEventsRequest {
            base: Base {
                interval: Interval::new(first, last.plus_millis(1))?,
                // A session was picked by what is known of the whole of it.
                filters: Vec::new(),
                ..self.base.clone()
            },
            sids: sids.into_iter().map(str::to_owned).collect(),
            days: sessions.flat_map(days).collect(),
        })
    }
}
