//! Names of the catalogue, and what to say where there is no such name.

use super::ResolvedMetric;
use crate::metrics::catalogue::{Catalogue, Dimension, Metric, Term, Unusable, Value, formula_of, nearest};
use model::{
    metric::{DimensionId, MetricId, MetricRef},
    problem::{Problem, ProblemCode},
};
use std::{fmt::Write as _, sync::Arc};

/// The dimension of that name, or which ones there are.
pub(in crate::metrics) fn dimension_of<'a>(
    catalogue: &'a Catalogue,
    id: &DimensionId,
) -> Result<&'a Dimension, Problem> {
    catalogue.dimension(id).ok_or_else(|| {
        let near = nearest(id.as_str(), catalogue.dimensions().map(|dimension| dimension.id.as_str()));
        let detail = format!("There is no dimension “{id}”{}", did_you_mean(&near));
        suggesting(Problem::new(ProblemCode::UnknownDimension, detail).with("dimension", id), &near)
    })
}

/// The metric of that name, or which ones are near it.
pub(in crate::metrics) fn definition_of<'a>(
    catalogue: &'a Catalogue,
    id: &MetricId,
) -> Result<&'a Arc<Metric>, Problem> {
    catalogue.metric(id).ok_or_else(|| {
        let gone = |code, what: &str| Problem::new(code, format!("The metric “{id}” {what}")).with("metric", id);
        match catalogue.unusable(id) {
            Some(Unusable::Retired) => {
                return gone(ProblemCode::MetricRetired, "was retired. Choose another one, or have it brought back.");
            }
            Some(Unusable::Broken(_)) => {
                return gone(
                    ProblemCode::MetricBroken,
                    "can't be worked out any more: its definition has to be mended.",
                );
            }
            None => {}
        }
        let near = nearest(id.as_str(), catalogue.metrics().map(|metric| metric.id.as_str()));
        let detail = format!("There is no metric “{id}”{}", did_you_mean(&near));
        suggesting(Problem::new(ProblemCode::UnknownMetric, detail).with("metric", id), &near)
    })
}

/// A metric can be split and filtered by its own dimensions only: by any other one, some term of its formula could
/// neither be narrowed nor be left whole on purpose.
pub(in crate::metrics) fn must_have(catalogue: &Catalogue, metric: &Metric, id: &DimensionId) -> Result<(), Problem> {
    dimension_of(catalogue, id)?;
    if metric.dimensions.contains(id) {
        return Ok(());
    }
    let offered: Vec<&str> = metric.dimensions.iter().map(DimensionId::as_str).collect();
    let mut detail = format!("The metric “{}” can't be split or filtered by “{id}”", metric.id);
    let terms: Vec<&Term> = metric.value.values().into_iter().flat_map(Value::terms).collect();
    let lost = terms.iter().find(|term| {
        let knows = catalogue.fact(term.measure.source).is_some_and(|table| table.dimensions.contains_key(id));
        !knows && !term.ignoring.contains(id)
    });
    if let Some(term) = lost {
        let _ = write!(detail, ": its term “{}” neither knows nor ignores it", term.measure.id);
    }
    let _ = write!(detail, ". It may be split by {}.", offered.join(", "));
    let problem =
        Problem::new(ProblemCode::DimensionNotOfMetric, detail).with("metric", &metric.id).with("dimension", id);
    Err(problem.with("expected", offered.join(", ")))
}

/// A metric by its definition: profile and statistic chosen.
pub(super) fn metric_of(catalogue: &Catalogue, wanted: &MetricRef) -> Result<ResolvedMetric, Problem> {
    let metric = definition_of(catalogue, &wanted.id)?;
    let formula = formula_of(metric, wanted.stat, wanted.profile.as_ref())?;
    let calculation = wanted.calculation;
    Ok(ResolvedMetric { column: wanted.column_name(), metric: Arc::clone(metric), formula, calculation })
}

fn did_you_mean(near: &[&str]) -> String {
    if near.is_empty() { ".".to_owned() } else { format!("; did you mean {}?", near.join(", ")) }
}

fn suggesting(problem: Problem, near: &[&str]) -> Problem {
    if near.is_empty() { problem } else { problem.with("suggestions", near.join(", ")) }
}
