//! What is granted for a metric, and which values of a dimension occur there.

use super::{Base, GroupKey, Request, ScopedMeasure};
use crate::{
    access::Scope,
    metrics::{
        catalogue::{Aggregate, Catalogue, DimensionColumn, Metric, Relation, Source, Value},
        scoped::ScopedRegions,
        timeline::Timeline,
    },
};
use model::{
    metric::{DimensionId, Filter},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};

/// Up to when is known what derived rows are made of; facts need no such moment.
pub(super) fn known_until(catalogue: &Catalogue, source: Source, timeline: &Timeline) -> Option<Timestamp> {
    match &catalogue.fact(source)?.relation {
        Relation::Table(_) => None,
        Relation::Derived(derivation) => Some(timeline.known_until(derivation.reads_history())),
    }
}

/// Where rows are read that stand beside derived ones.
pub(super) fn beside(source: Source, granted: &ScopedRegions) -> Option<ScopedRegions> {
    match source {
        Source::Derived(_) => Some(granted.clone()),
        Source::Fact(_) => None,
    }
}

/// The regions of a metric, or the problem that nothing is granted for it.
pub(super) fn granted(scope: &Scope, metric: &Metric) -> Result<ScopedRegions, Problem> {
    ScopedRegions::of(scope, &metric.domains).ok_or_else(|| {
        let domains: Vec<&str> = metric.domains.iter().map(|domain| domain.name()).collect();
        let detail = format!(
            "No province is granted to you for the data behind “{}” ({}). Ask an admin for a grant.",
            metric.id,
            domains.join(" and "),
        );
        Problem::new(ProblemCode::EmptyScope, detail).with("metric", &metric.id).with("domain", domains.join(", "))
    })
}

/// Counts rows by the values of a dimension, within what is granted for a metric and let in by `filters` on dimensions that
/// its fact has; `None` where no term knows the dimension, or nothing is let in.
pub(in crate::metrics) fn occurrences(
    catalogue: &Catalogue,
    scope: &Scope,
    metric: &Metric,
    dimension: &DimensionId,
    filters: &[Filter],
    timeline: &Timeline,
) -> Result<Option<Request>, Problem> {
    let regions = granted(scope, metric)?;
    let terms = metric.value.values().into_iter().flat_map(Value::terms);
    let known = terms.filter(|term| !term.ignoring.contains(dimension)).find_map(|term| {
        let column = catalogue.fact(term.measure.source)?.dimensions.get(dimension)?;
        Some((term.measure.source, matches!(column, DimensionColumn::Programme { .. })))
    });
    let Some((source, programmes)) = known else { return Ok(None) };
    let columns = |dimension: &DimensionId| catalogue.fact(source).and_then(|fact| fact.dimensions.get(dimension));
    let filters = filters.iter().filter(|filter| columns(&filter.dimension).is_some());
    let joins = |filter: &&Filter| matches!(columns(&filter.dimension), Some(DimensionColumn::Programme { .. }));
    let all = Request {
        base: Base {
            source,
            beside: beside(source, &regions),
            regions,
            interval: timeline.interval,
            calendar: timeline.calendar,
            filters: Vec::new(),
            programmes: programmes || filters.clone().any(|filter| joins(&filter)),
            known_until: known_until(catalogue, source, timeline),
        },
        keys: vec![GroupKey::Dimension(dimension.clone())],
        measure: ScopedMeasure { aggregate: Aggregate::Count, conditions: Vec::new(), within: None },
    };
    let mut filters = filters;
    Ok(filters.try_fold(all, |request, filter| request.narrowed(filter)))
}
