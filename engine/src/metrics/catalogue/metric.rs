//! Metrics: named, defined, owned numbers.

use super::{
    CatalogueError, CatalogueFile, Formula, Term, Value,
    check::{self, Known},
    formula_file::WrittenFormula,
    formula_reader::FormulaReader,
};
use indexmap::IndexMap;
use model::{
    metric::{Additivity, DimensionId, Domain, MetricId, ProfileId, Stat, Unit},
    problem::{Problem, ProblemCode},
    text::LocalText,
    time::Grain,
};
use serde::Deserialize;
use std::{ops::Range, sync::Arc};
use toml::Spanned;

/// By whose definition a metric is worked out.
#[derive(Debug, Clone)]
pub(in crate::metrics) enum Definition {
    One(Value),
    /// The first is meant where none is named.
    Profiles(Vec<(ProfileId, Value)>),
}

impl Definition {
    pub(in crate::metrics) fn values(&self) -> Vec<&Value> {
        match self {
            Self::One(value) => vec![value],
            Self::Profiles(profiles) => profiles.iter().map(|(_, value)| value).collect(),
        }
    }

    /// Whether it is a part of a whole that does not know the dimension, by any of its definitions.
    pub(in crate::metrics) fn is_part_by(&self, dimension: &DimensionId) -> bool {
        self.values().iter().any(|value| match value {
            Value::One(formula) => formula.is_part_by(dimension),
            Value::Distribution { .. } => false,
        })
    }

    /// Whether it is a share of cases by all of its definitions.
    pub(in crate::metrics) fn is_share_of_cases(&self) -> bool {
        self.values().iter().all(|value| match value {
            Value::One(formula) => formula.is_share_of_cases(),
            Value::Distribution { .. } => false,
        })
    }
}

/// A metric of the catalogue.
#[derive(Debug, Clone)]
pub(in crate::metrics) struct Metric {
    pub id: MetricId,
    pub name: LocalText,
    pub definition: LocalText,
    /// In words and signs, for people.
    pub formula: LocalText,
    pub unit: Unit,
    pub additivity: Additivity,
    pub domains: Vec<Domain>,
    pub dimensions: Vec<DimensionId>,
    pub grains: Vec<Grain>,
    pub stats: Vec<Stat>,
    pub value: Definition,
    pub minimum_sample: u32,
    /// What is counted against the minimum.
    pub sample: Option<Formula<Term>>,
    pub owner: String,
    pub source: String,
    pub version: u32,
}

/// The formula of a metric with a statistic and a profile chosen, or what it has none of.
pub(in crate::metrics) fn formula_of(
    metric: &Metric,
    stat: Option<Stat>,
    profile: Option<&ProfileId>,
) -> Result<Formula<Term>, Problem> {
    let value = match (&metric.value, profile) {
        (Definition::One(value), None) => value,
        (Definition::Profiles(profiles), wanted) => {
            let found = profiles.iter().find(|(id, _)| wanted.is_none_or(|wanted| wanted == id));
            let names: Vec<&str> = profiles.iter().map(|(id, _)| id.as_str()).collect();
            found.map(|(_, value)| value).ok_or_else(|| unknown_profile(metric, wanted, &names))?
        }
        (Definition::One(_), Some(_)) => return Err(unknown_profile(metric, profile, &[])),
    };
    Ok(match (value, stat) {
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
    })
}

fn unknown_profile(metric: &Metric, wanted: Option<&ProfileId>, names: &[&str]) -> Problem {
    let profile = wanted.map_or_else(String::new, ToString::to_string);
    let offer = if names.is_empty() {
        "it has one definition only".to_owned()
    } else {
        format!("expected {}", names.join(", "))
    };
    let detail = format!("The metric “{}” has no profile “{profile}”: {offer}", metric.id);
    Problem::new(ProblemCode::UnknownProfile, detail)
        .with("metric", &metric.id)
        .with("profile", profile)
        .with("expected", names.join(", "))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricsFile {
    metric: Vec<WrittenMetric>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMetric {
    id: Spanned<MetricId>,
    name: LocalText,
    definition: LocalText,
    formula: LocalText,
    unit: Unit,
    additivity: Additivity,
    domains: Vec<Domain>,
    dimensions: Vec<Spanned<DimensionId>>,
    #[serde(default = "all_grains")]
    grains: Vec<Grain>,
    #[serde(default)]
    stats: Vec<Stat>,
    value: Option<Spanned<WrittenFormula>>,
    #[serde(default)]
    profile: Vec<WrittenProfile>,
    #[serde(default)]
    minimum_sample: u32,
    sample: Option<Spanned<WrittenFormula>>,
    owner: String,
    source: String,
    version: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenProfile {
    id: ProfileId,
    value: Spanned<WrittenFormula>,
}

fn all_grains() -> Vec<Grain> {
    Grain::ALL.to_vec()
}

pub(super) fn read(
    file: CatalogueFile<'_>,
    known: &Known<'_>,
    metrics: &mut IndexMap<MetricId, Arc<Metric>>,
) -> Result<(), CatalogueError> {
    let written: MetricsFile = file.parse()?;
    for metric in written.metric {
        let span = metric.id.span();
        let metric = read_one(file, known, metric)?;
        let id = metric.id.clone();
        if metrics.insert(id.clone(), Arc::new(metric)).is_some() {
            return Err(file.error(span, format!("the metric “{id}” stands in the catalogue twice")));
        }
    }
    Ok(())
}

fn read_one(file: CatalogueFile<'_>, known: &Known<'_>, written: WrittenMetric) -> Result<Metric, CatalogueError> {
    let span = written.id.span();
    let at = |span: Range<usize>| FormulaReader { file, known, span };
    let value = match (written.value, written.profile) {
        (Some(value), profiles) if profiles.is_empty() => {
            let span = value.span();
            Definition::One(at(span).value(value.into_inner())?)
        }
        (None, profiles) if !profiles.is_empty() => {
            let read = |profile: WrittenProfile| {
                let span = profile.value.span();
                Ok((profile.id, at(span).value(profile.value.into_inner())?))
            };
            Definition::Profiles(profiles.into_iter().map(read).collect::<Result<_, CatalogueError>>()?)
        }
        _ => {
            return Err(file.error(span, "a metric has either a value or profiles with a value each"));
        }
    };
    let sample = match written.sample {
        Some(sample) => {
            let span = sample.span();
            Some(at(span).formula(sample.into_inner())?)
        }
        None => None,
    };
    if sample.is_some() != (written.minimum_sample > 0) {
        return Err(file.error(span, "minimum_sample and sample belong together: how many, and of what"));
    }
    let takes_stats = value.values().iter().any(|value| matches!(value, Value::Distribution { .. }));
    if takes_stats == written.stats.is_empty() {
        return Err(file.error(span, "stats are for distributions, and a distribution needs them"));
    }
    if written.domains.is_empty() {
        return Err(file.error(span, "a metric without a domain could be granted to nobody"));
    }
    let metric = Metric {
        id: written.id.into_inner(),
        name: written.name,
        definition: written.definition,
        formula: written.formula,
        unit: written.unit,
        additivity: written.additivity,
        domains: written.domains,
        dimensions: written.dimensions.iter().map(|dimension| dimension.get_ref().clone()).collect(),
        grains: written.grains,
        stats: written.stats,
        value,
        minimum_sample: written.minimum_sample,
        sample,
        owner: written.owner,
        source: written.source,
        version: written.version,
    };
    check::every_term_knows_every_dimension(file, known, &metric, &written.dimensions)?;
    Ok(metric)
}
