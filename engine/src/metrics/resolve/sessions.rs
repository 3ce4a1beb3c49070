//! What a query of single sessions may speak of.

use super::{ResolvedMetric, invalid};
use crate::{
    events::Fact,
    metrics::catalogue::{Catalogue, Source},
};
use model::{
    metric::{MAX_SESSION_DAYS, MetricQuery},
    problem::{Problem, ProblemCode},
    time::{Grain, Interval},
};

/// One metric made of sessions, filtered by what sessions know, over a few days: and nothing that is about numbers.
pub(super) fn must_be_of_sessions(
    catalogue: &Catalogue,
    query: &MetricQuery,
    metrics: &[ResolvedMetric],
    interval: Interval,
) -> Result<(), Problem> {
    let about_numbers = [
        ("by", !query.by.is_empty()),
        ("compare", query.compare.is_some()),
        ("top", query.top.is_some()),
        ("order", !query.order.is_empty()),
    ];
    if let Some((field, _)) = about_numbers.into_iter().find(|(_, is_there)| *is_there) {
        return Err(invalid(format!("single sessions are not numbers: take out “{field}”")));
    }
    let [asked] = metrics else {
        return Err(invalid("single sessions are behind one metric: name one"));
    };
    let metric = &asked.metric;
    if !metric.has_sessions() {
        let detail = format!("“{}” is not made of the quality of play sessions: none are behind it", metric.id);
        return Err(invalid(detail).with("metric", &metric.id));
    }
    if asked.calculation.is_some() {
        return Err(invalid("no calculation has sessions behind it: name the metric alone").with("metric", &metric.id));
    }
    let sessions = catalogue.fact(Source::Fact(Fact::View));
    let unknown = query
        .filters
        .iter()
        .find(|filter| !sessions.is_some_and(|table| table.dimensions.contains_key(&filter.dimension)));
    if let Some(filter) = unknown {
        let detail = format!("play sessions can't be filtered by “{}”", filter.dimension);
        return Err(Problem::new(ProblemCode::DimensionNotOfMetric, detail)
            .with("metric", &metric.id)
            .with("dimension", &filter.dimension));
    }
    // Whole days, and the one that is running.
    let days = interval.length_ms().div_euclid(Grain::Day.shortest_ms());
    if days > MAX_SESSION_DAYS {
        let detail =
            format!("Single sessions are read over {MAX_SESSION_DAYS} days at most, and the range has {days}.");
        return Err(Problem::new(ProblemCode::RangeTooLong, detail)
            .with("days", days)
            .with("limit_days", MAX_SESSION_DAYS));
    }
    Ok(())
}
