//! What one version of an own metric changed against another.

use super::{ComposedTerm, Composition, OwnMetric, TermSource};
use crate::{
    metric::{Filter, FilterValues, Unit},
    text::LocalText,
};
use serde::{Deserialize, Serialize};

/// A part of an own metric that people tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    NameZh,
    NameEn,
    DefinitionZh,
    DefinitionEn,
    Unit,
    Owner,
    Source,
    Formula,
}

/// A part that became another; pages put it into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    pub part: Part,
    pub before: String,
    pub after: String,
}

impl Difference {
    /// All parts in which `after` is another than `before`, in the order of the page.
    pub fn between(before: &OwnMetric, after: &OwnMetric) -> Vec<Self> {
        let unit = |unit: Option<Unit>| unit.map(|unit| unit.name().to_owned()).unwrap_or_default();
        let texts = |LocalText { zh, en }: &LocalText| (zh.clone(), en.clone());
        let parts = |metric: &OwnMetric| {
            let ((name_zh, name_en), (definition_zh, definition_en)) = (texts(&metric.name), texts(&metric.definition));
            [
                (Part::NameZh, name_zh),
                (Part::NameEn, name_en),
                (Part::DefinitionZh, definition_zh),
                (Part::DefinitionEn, definition_en),
                (Part::Unit, unit(metric.unit)),
                (Part::Owner, metric.owner.clone()),
                (Part::Source, metric.source.clone()),
                (Part::Formula, metric.value.to_string()),
            ]
        };
        let pairs = parts(before).into_iter().zip(parts(after));
        pairs
            .filter(|((_, before), (_, after))| before != after)
            .map(|((part, before), (_, after))| Self { part, before, after })
            .collect()
    }
}

/// In names and signs, as formulas are printed: `(a + b) ÷ c × 100`.
impl std::fmt::Display for Composition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let inner = |composition: &Self| match composition {
            Self::Term(_) => composition.to_string(),
            Self::Plus { .. } | Self::Less { .. } | Self::Ratio { .. } | Self::Divided { .. } => {
                format!("({composition})")
            }
        };
        match self {
            Self::Term(term) => term.fmt(f),
            Self::Plus { of, and } => write!(f, "{} + {}", inner(of), inner(and)),
            Self::Less { of, less } => write!(f, "{} − {}", inner(of), inner(less)),
            Self::Ratio { of, to, scale } if (scale - 1.0).abs() < f64::EPSILON => {
                write!(f, "{} ÷ {}", inner(of), inner(to))
            }
            Self::Ratio { of, to, scale } => write!(f, "{} ÷ {} × {scale}", inner(of), inner(to)),
            Self::Divided { of, by } => write!(f, "{} ÷ {by}", inner(of)),
        }
    }
}

impl std::fmt::Display for ComposedTerm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.source {
            TermSource::Measure { id, ignoring } => {
                write!(f, "{id}")?;
                for dimension in ignoring {
                    write!(f, "[∀{dimension}]")?;
                }
            }
            TermSource::Metric { id, stat, profile } => {
                write!(f, "{id}")?;
                if let Some(stat) = stat {
                    write!(f, ":{stat}")?;
                }
                if let Some(profile) = profile {
                    write!(f, ":{profile}")?;
                }
            }
        }
        for Filter { dimension, values } in &self.filters {
            let (sign, values) = match values {
                FilterValues::In(values) => ("=", values),
                FilterValues::NotIn(values) => ("≠", values),
            };
            let values: Vec<&str> = values.iter().flatten().map(String::as_str).collect();
            write!(f, "[{dimension} {sign} {}]", values.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(value: &str, name: &str) -> OwnMetric {
        serde_json::from_str(&format!(
            r#"{{"id":"own.a","owner":"ops","source":"us","name":{{"zh":"甲","en":"{name}"}},
            "definition":{{"zh":"…","en":"…"}},"value":{value}}}"#
        ))
        .unwrap()
    }

    #[test]
    fn only_what_became_another_is_told() {
        let before = metric(r#"{"metric":"content.plays"}"#, "A");
        assert_eq!(Difference::between(&before, &before), []);
        let after = metric(
            r#"{"ratio":{"scale":100,"of":{"plus":{"of":{"measure":"stalls"},"and":{"metric":"qoe.startup_s","stat":"p95"}}},
            "to":{"metric":"content.plays","where":[{"dim":"view_mode","not_in":["vod","live"]}]}}}"#,
            "B",
        );
        let told: Vec<_> = Difference::between(&before, &after).into_iter().map(|it| (it.part, it.after)).collect();
        assert_eq!(
            told,
            [
                (Part::NameEn, "B".to_owned()),
                (Part::Formula, "(stalls + qoe.startup_s:p95) ÷ content.plays[view_mode ≠ vod, live] × 100".to_owned())
            ]
        );
    }
}
