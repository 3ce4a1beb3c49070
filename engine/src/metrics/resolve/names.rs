//! Names of the catalogue, and what to say where there is no such name.

use super::ResolvedMetric;
use crate::metrics::catalogue::{Catalogue, Definition, Dimension, Formula, Metric, Term, Value, nearest};
use model::{
    metric::{DimensionId, MetricId, MetricRef, Stat},
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
    let value = match (&metric.value, &wanted.profile) {
        (Definition::One(value), None) => value,
        (Definition::Profiles(profiles), wanted_profile) => {
            let found = profiles.iter().find(|(id, _)| wanted_profile.as_ref().is_none_or(|wanted| wanted == id));
            let names: Vec<&str> = profiles.iter().map(|(id, _)| id.as_str()).collect();
            found.map(|(_, value)| value).ok_or_else(|| unknown_profile(wanted, &names))?
        }
        (Definition::One(_), Some(_)) => return Err(unknown_profile(wanted, &[])),
    };
    let formula = match (value, wanted.stat) {
        (Value::One(formula), None) => formula.clone(),
        (Value::Distribution { sum, count, divided_by, .. }, None | Some(Stat::Mean)) => Formula::Divided {
            of: Box::new(Formula::Ratio {
                of: Box::new(Formula::Term(sum.clone())),
                to: Box::new(Formula::Term(count.clone())),
                scale: 1.0,
            }),
            by: *divided_by,
        },
        (Value::Distribution { buckets, divided_by, .. }, Some(Stat::Quantile(quantile))) => {
            Formula::Quantile { buckets: buckets.clone(), fraction: quantile.fraction(), divided_by: *divided_by }
        }
        (Value::One(_), Some(stat)) => {
            let detail = format!("The metric “{}” is a single number: it has no “{stat}”", metric.id);
            return Err(Problem::new(ProblemCode::UnknownStat, detail).with("metric", &metric.id).with("stat", stat));
        }
    };
    let calculation = wanted.calculation;
    Ok(ResolvedMetric { column: wanted.column_name(), metric: Arc::clone(metric), formula, calculation })
}

fn unknown_profile(wanted: &MetricRef, names: &[&str]) -> Problem {
    let profile = wanted.profile.as_ref().map_or_else(String::new, ToString::to_string);
    let offer = if names.is_empty() {
        "it has one definition only".to_owned()
    } else {
        format!("expected {}", names.join(", "))
    };
    let detail = format!("The metric “{}” has no profile “{profile}”: {offer}", wanted.id);
    Problem::new(ProblemCode::UnknownProfile, detail)
        .with("metric", &wanted.id)
        .with("profile", profile)
        .with("expected", names.join(", "))
}

fn did_you_mean(near: &[&str]) -> String {
    if near.is_empty() { ".".to_owned() } else { format!("; did you mean {}?", near.join(", ")) }
}

fn suggesting(problem: Problem, near: &[&str]) -> Problem {
    if near.is_empty() { problem } else { problem.with("suggestions", near.join(", ")) }
}
