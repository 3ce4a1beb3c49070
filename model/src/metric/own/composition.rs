//! How an own metric is made of measures and other metrics.

use super::{Mistake, Rule};
use crate::metric::{DimensionId, Filter, FilterValues, MeasureId, MetricId, ProfileId, Stat};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How many operations may stand in one another.
pub const MAX_DEPTH: usize = 5;
/// The most values that one filter may name.
pub const MAX_FILTER_VALUES: usize = 50;

/// What a term takes its numbers from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermSource {
    /// An aggregate over the rows of a fact; splits and filters of the ignored dimensions pass it by.
    Measure { id: MeasureId, ignoring: BTreeSet<DimensionId> },
    /// A metric of the catalogue, whose formula is taken over.
    Metric { id: MetricId, stat: Option<Stat>, profile: Option<ProfileId> },
}

/// A term of a composition, and what narrows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposedTerm {
    pub source: TermSource,
    pub filters: Vec<Filter>,
}

/// How the number is made. It is written as the shipped files write formulas.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Written", into = "Written")]
pub enum Composition {
    Term(ComposedTerm),
    Plus {
        of: Box<Self>,
        and: Box<Self>,
    },
    Less {
        of: Box<Self>,
        less: Box<Self>,
    },
    /// `of × scale ÷ to`.
    Ratio {
        of: Box<Self>,
        to: Box<Self>,
        scale: f64,
    },
    Divided {
        of: Box<Self>,
        by: f64,
    },
}

impl Composition {
    /// All terms with the field that each stands in, from left to right. `field` is that of the whole.
    pub fn terms(&self, field: &str) -> Vec<(String, &ComposedTerm)> {
        match self {
            Self::Term(term) => vec![(field.to_owned(), term)],
            Self::Plus { of, and: with } | Self::Less { of, less: with } | Self::Ratio { of, to: with, .. } => {
                let (first, second) = self.fields(field);
                of.terms(&first).into_iter().chain(with.terms(&second)).collect()
            }
            Self::Divided { of, .. } => of.terms(&self.fields(field).0),
        }
    }

    /// The fields of its operands, as a file names them.
    pub fn fields(&self, field: &str) -> (String, String) {
        let at = |path: &str| format!("{field}.{path}");
        match self {
            Self::Term(_) => (field.to_owned(), field.to_owned()),
            Self::Plus { .. } => (at("plus.of"), at("plus.and")),
            Self::Less { .. } => (at("less.of"), at("less.less")),
            Self::Ratio { .. } => (at("ratio.of"), at("ratio.to")),
            Self::Divided { .. } => (at("divided.of"), at("divided.by")),
        }
    }

    /// The metrics that it is made of.
    pub fn metrics(&self) -> BTreeSet<&MetricId> {
        let terms = self.terms("");
        terms
            .into_iter()
            .filter_map(|(_, term)| match &term.source {
                TermSource::Metric { id, .. } => Some(id),
                TermSource::Measure { .. } => None,
            })
            .collect()
    }

    /// How many operations stand in one another; a single term is none.
    pub fn depth(&self) -> usize {
        match self {
            Self::Term(_) => 0,
            Self::Plus { of, and: with } | Self::Less { of, less: with } | Self::Ratio { of, to: with, .. } => {
                1 + of.depth().max(with.depth())
            }
            Self::Divided { of, .. } => 1 + of.depth(),
        }
    }

    /// What is wrong with it, whatever the catalogue holds.
    pub(super) fn mistakes(&self, field: &str) -> Vec<Mistake> {
        if self.depth() > MAX_DEPTH {
            return vec![Mistake::new(field, Rule::TooDeep { limit: MAX_DEPTH })];
        }
        let mut mistakes = Vec::new();
        self.find_mistakes(field, &mut mistakes);
        mistakes
    }

    fn find_mistakes(&self, field: &str, mistakes: &mut Vec<Mistake>) {
        let number = |value: f64, field: String| {
            (!value.is_finite() || value == 0.0).then(|| Mistake::new(field, Rule::NotANumber))
        };
        let (first, second) = self.fields(field);
        match self {
            Self::Term(term) => mistakes.extend(term.filters.iter().enumerate().filter_map(|(index, filter)| {
                let rule = filter_mistake(term, index, filter)?;
                Some(Mistake::new(format!("{field}.where[{index}]"), rule))
            })),
            Self::Plus { of, and: with } | Self::Less { of, less: with } => {
                of.find_mistakes(&first, mistakes);
                with.find_mistakes(&second, mistakes);
            }
            Self::Ratio { of, to, scale } => {
                of.find_mistakes(&first, mistakes);
                to.find_mistakes(&second, mistakes);
                mistakes.extend(number(*scale, format!("{field}.ratio.scale")));
            }
            Self::Divided { of, by } => {
                of.find_mistakes(&first, mistakes);
                mistakes.extend(number(*by, second));
            }
        }
    }
}

fn filter_mistake(term: &ComposedTerm, index: usize, filter: &Filter) -> Option<Rule> {
    let (FilterValues::In(values) | FilterValues::NotIn(values)) = &filter.values;
    let dimension = || filter.dimension.to_string();
    if term.filters.iter().take(index).any(|other| other.dimension == filter.dimension) {
        return Some(Rule::FilterTwice { dimension: dimension() });
    }
    if values.is_empty() {
        return Some(Rule::NoValues { dimension: dimension() });
    }
    if values.len() > MAX_FILTER_VALUES {
        return Some(Rule::TooManyValues { dimension: dimension(), limit: MAX_FILTER_VALUES });
    }
    let is_wrong = |value: &Option<String>| value.as_ref().is_none_or(|value| value.is_empty() || value.len() > 200);
    let wrong = values.iter().find(|value| is_wrong(value))?;
    Some(Rule::UnknownValue { dimension: dimension(), value: wrong.clone().unwrap_or_default() })
}

/// A composition as it is written: exactly one of measure, metric and the operations is there.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    measure: Option<MeasureId>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    ignoring: BTreeSet<DimensionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    metric: Option<MetricId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stat: Option<Stat>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<ProfileId>,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    filters: Vec<Filter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plus: Option<Plus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    less: Option<Less>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ratio: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    divided: Option<Divided>,
}

#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Plus {
    of: Box<Composition>,
    and: Box<Composition>,
}

#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Less {
    of: Box<Composition>,
    less: Box<Composition>,
}

#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Ratio {
    // Tables come last where a file is written as TOML.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    scale: f64,
    of: Box<Composition>,
    to: Box<Composition>,
}

#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Divided {
    by: f64,
    of: Box<Composition>,
}

const fn one() -> f64 {
    1.0
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands it over so
fn is_one(scale: &f64) -> bool {
    (*scale - 1.0).abs() < f64::EPSILON
}

/// A text that is no composition.
#[derive(Debug, Clone, Copy, thiserror::Error)]
enum Unreadable {
    #[error("a formula is exactly one of measure, metric, plus, less, ratio and divided")]
    NotOne,
    #[error("“where” belongs beside a measure or a metric")]
    Where,
    #[error("“ignoring” belongs beside a measure")]
    Ignoring,
    #[error("“stat” and “profile” belong beside a metric")]
    Choice,
}

impl TryFrom<Written> for Composition {
    type Error = Unreadable;

    fn try_from(written: Written) -> Result<Self, Unreadable> {
        let Written { measure, ignoring, metric, stat, profile, filters, plus, less, ratio, divided } = written;
        if measure.is_none() && !ignoring.is_empty() {
            return Err(Unreadable::Ignoring);
        }
        if metric.is_none() && (stat.is_some() || profile.is_some()) {
            return Err(Unreadable::Choice);
        }
        if measure.is_none() && metric.is_none() && !filters.is_empty() {
            return Err(Unreadable::Where);
        }
        let term = |source| Self::Term(ComposedTerm { source, filters });
        match (measure, metric, plus, less, ratio, divided) {
            (Some(id), None, None, None, None, None) => Ok(term(TermSource::Measure { id, ignoring })),
            (None, Some(id), None, None, None, None) => Ok(term(TermSource::Metric { id, stat, profile })),
            (None, None, Some(Plus { of, and }), None, None, None) => Ok(Self::Plus { of, and }),
            (None, None, None, Some(Less { of, less }), None, None) => Ok(Self::Less { of, less }),
            (None, None, None, None, Some(Ratio { of, to, scale }), None) => Ok(Self::Ratio { of, to, scale }),
            (None, None, None, None, None, Some(Divided { of, by })) => Ok(Self::Divided { of, by }),
            _ => Err(Unreadable::NotOne),
        }
    }
}

impl From<Composition> for Written {
    fn from(composition: Composition) -> Self {
        match composition {
            Composition::Term(ComposedTerm { source: TermSource::Measure { id, ignoring }, filters }) => {
                Self { measure: Some(id), ignoring, filters, ..Self::default() }
            }
            Composition::Term(ComposedTerm { source: TermSource::Metric { id, stat, profile }, filters }) => {
                Self { metric: Some(id), stat, profile, filters, ..Self::default() }
            }
            Composition::Plus { of, and } => Self { plus: Some(Plus { of, and }), ..Self::default() },
            Composition::Less { of, less } => Self { less: Some(Less { of, less }), ..Self::default() },
            Composition::Ratio { of, to, scale } => Self { ratio: Some(Ratio { scale, of, to }), ..Self::default() },
            Composition::Divided { of, by } => Self { divided: Some(Divided { by, of }), ..Self::default() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(json: &str) -> Result<Composition, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn it_is_written_as_the_shipped_files_write_formulas() {
        let json = r#"{"ratio":{"scale":100.0,"of":{"measure":"effective_plays","where":[{"dim":"view_mode","in":["vod"]}]},"to":{"metric":"content.plays"}}}"#;
        let read = read(json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
        let fields: Vec<String> = read.terms("value").into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["value.ratio.of", "value.ratio.to"]);
        assert_eq!((read.depth(), read.metrics().len()), (1, 1));
    }

    #[test]
    fn what_is_no_composition_is_refused_with_its_reason() {
        for (json, reason) in [
            ("{}", "exactly one"),
            (r#"{"measure":"a","metric":"b"}"#, "exactly one"),
            (r#"{"metric":"b","ignoring":["channel"]}"#, "beside a measure"),
            (r#"{"measure":"a","stat":"p95"}"#, "beside a metric"),
            (r#"{"where":[],"divided":{"by":2,"of":{"measure":"a"}},"sql":"select 1"}"#, "unknown field `sql`"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(reason), "{json}: {error}");
        }
    }

    #[test]
    fn mistakes_name_their_fields() {
        let json = r#"{"ratio":{"scale":0,"of":{"measure":"a","where":[{"dim":"isp","in":[]}]},
            "to":{"divided":{"by":0,"of":{"measure":"a","where":[{"dim":"isp","in":["ct"]},{"dim":"isp","in":["cu"]}]}}}}}"#;
        let fields: Vec<String> = read(json).unwrap().mistakes("value").into_iter().map(|it| it.field).collect();
        assert_eq!(
            fields,
            [
                "value.ratio.of.where[0]",
                "value.ratio.to.divided.of.where[1]",
                "value.ratio.to.divided.by",
                "value.ratio.scale"
            ]
        );
    }

    fn compositions() -> impl Strategy<Value = Composition> {
        let term = "[a-z]{1,8}".prop_map(|id| {
            let source = TermSource::Metric { id: id.parse().unwrap(), stat: None, profile: None };
            Composition::Term(ComposedTerm { source, filters: Vec::new() })
        });
        term.prop_recursive(6, 24, 2, |inner| {
            let two = (inner.clone(), inner.clone());
            let boxed = |(of, with)| (Box::new(of), Box::new(with));
            prop_oneof![
                two.clone().prop_map(boxed).prop_map(|(of, and)| Composition::Plus { of, and }),
                two.clone().prop_map(boxed).prop_map(|(of, less)| Composition::Less { of, less }),
                (two, 1..1000_i32).prop_map(move |(two, scale)| {
                    let (of, to) = boxed(two);
                    Composition::Ratio { of, to, scale: f64::from(scale) }
                }),
                (inner, 1..1000_i32).prop_map(|(of, by)| Composition::Divided { of: Box::new(of), by: f64::from(by) }),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(composition in compositions()) {
            let json = serde_json::to_string(&composition).unwrap();
            prop_assert_eq!(read(&json).unwrap(), composition);
        }

        #[test]
        fn only_what_is_too_deep_is_refused_for_its_depth(composition in compositions()) {
            let refused = composition.mistakes("value").iter().any(|it| matches!(it.rule, Rule::TooDeep { .. }));
            prop_assert_eq!(refused, composition.depth() > MAX_DEPTH);
        }
    }
}
