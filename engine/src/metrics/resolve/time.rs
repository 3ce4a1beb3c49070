//! The time of a query: which steps it may have, and how many.

use super::invalid;
use crate::metrics::{catalogue::Metric, timeline::Timeline};
use model::{
    metric::{MAX_STEPS, MetricQuery},
    problem::{Problem, ProblemCode},
    time::{Calendar, Grain, TimeRange, Timestamp},
};

/// Not every metric has a meaning by every step.
pub(super) fn must_step(metric: &Metric, grain: Grain) -> Result<(), Problem> {
    if metric.grains.contains(&grain) {
        return Ok(());
    }
    let offered: Vec<&str> = metric.grains.iter().map(|grain| grain.name()).collect();
    let detail =
        format!("The metric “{}” has no meaning by {}: expected {}", metric.id, grain.name(), offered.join(", "));
    Err(invalid(detail).with("metric", &metric.id).with("expected", offered.join(", ")))
}

/// Without a time axis, a sliding range is cut as a curve over it would usually be, so that the one number and the
/// curve beside it are about the same time, and the range moves no oftener than a reader could tell.
fn usual_grain(time: TimeRange) -> Grain {
    match time {
        TimeRange::Last(span) if span.minutes() >= 7 * 1_440 => Grain::Day,
        TimeRange::Last(span) if span.minutes() >= 360 => Grain::Hour,
        TimeRange::Last(_) | TimeRange::Between(_) | TimeRange::Word(_) => Grain::Minute,
    }
}

/// The time of a query at one moment, if its steps are not too many.
pub(super) fn timeline_of(
    query: &MetricQuery,
    now: Timestamp,
    calendar: Calendar,
    grain: Option<Grain>,
) -> Result<Timeline, Problem> {
    let interval = query.time.interval(now, calendar, grain.unwrap_or_else(|| usual_grain(query.time)));
    let shortest_step_ms = grain.map_or(i64::MAX, |grain| grain.least_minutes() * 60_000);
    // Checked before the steps are listed: a range of years by minutes would be a long list.
    let steps = interval.length_ms() / shortest_step_ms;
    if steps > MAX_STEPS {
        let name = grain.map_or("", Grain::name);
        let detail = format!(
            "The range has {steps} steps of a {name}: {MAX_STEPS} at most. Take a shorter range or a longer step."
        );
        return Err(Problem::new(ProblemCode::TooManySteps, detail).with("steps", steps).with("limit", MAX_STEPS));
    }
    Ok(Timeline::new(interval, now, calendar, grain))
}
