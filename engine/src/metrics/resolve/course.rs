//! The course of each row's numbers: the same question once more, split by steps of its range as well.

use super::{Axis, Resolved, ResolvedMetric, invalid, must_step};
use crate::metrics::timeline::Timeline;
use model::{
    metric::{Calculation, MAX_COURSE_ROWS, MAX_COURSE_STEPS, MetricQuery},
    problem::{Problem, ProblemCode},
    time::Grain,
};

/// What the courses beside the rows of an answer are made of.
pub(super) fn course_of(query: &MetricQuery, resolved: &Resolved, step: Grain) -> Result<Resolved, Problem> {
    must_have_room(query, resolved, step)?;
    let metrics: Vec<ResolvedMetric> = resolved.metrics.iter().filter_map(along_time).collect();
    metrics.iter().try_for_each(|metric| must_step(&metric.metric, step))?;
    let Timeline { interval, now, calendar, .. } = resolved.timeline;
    Ok(Resolved {
        metrics,
        axes: resolved.axes.iter().cloned().chain([Axis::Time]).collect(),
        timeline: Timeline::new(interval, now, calendar, Some(step)),
        compare: None,
        order: Vec::new(),
        ..resolved.clone()
    })
}

/// Curves stand beside values of dimensions, not too many of them, and none has more steps than are seen.
fn must_have_room(query: &MetricQuery, resolved: &Resolved, step: Grain) -> Result<(), Problem> {
    let wrong = if resolved.axes.contains(&Axis::Time) {
        "“course” does not go with a step of time in “by”: rows that are steps have no course".to_owned()
    } else if resolved.axes.is_empty() {
        "“course” needs a dimension in “by”: it is the course of each of its values".to_owned()
    } else if resolved.top.is_some() {
        "“course” does not go with “top”: keep the largest rows by “order” and “limit”".to_owned()
    } else if query.limit > MAX_COURSE_ROWS {
        format!("“limit” is {}: expected {MAX_COURSE_ROWS} at most with “course”. Take fewer rows.", query.limit)
    } else {
        let steps = query.time.most_steps(step);
        if steps <= MAX_COURSE_STEPS {
            return Ok(());
        }
        let detail = format!(
            "“course” has up to {steps} steps of a {}: {MAX_COURSE_STEPS} at most. Take a longer step or a shorter range.",
            step.name()
        );
        let problem = Problem::new(ProblemCode::TooManySteps, detail);
        return Err(problem.with("steps", steps).with("limit", MAX_COURSE_STEPS));
    };
    Err(invalid(wrong))
}

/// The metric as it goes along time; `None` where it has no course.
pub(super) fn along_time(metric: &ResolvedMetric) -> Option<ResolvedMetric> {
    let calculation = match metric.calculation {
        // What chance may have moved stands beside the number and not in its curve.
        None | Some(Calculation::Confidence) => None,
        Some(calculation @ (Calculation::Share | Calculation::Tgi)) => Some(calculation),
        // Places are told among all rows, of which only some are shown; all others go along time and need it in “by”.
        Some(
            Calculation::Rank
            | Calculation::RankChange
            | Calculation::Cumulative
            | Calculation::MovingMean(_)
            | Calculation::Anomaly,
        ) => return None,
    };
    Some(ResolvedMetric { calculation, ..metric.clone() })
}
