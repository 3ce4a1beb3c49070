//! An own metric as it is written, and many of them as a file.

use super::{Composition, Mistake, Rule};
use crate::{
    metric::{MetricId, Unit},
    text::LocalText,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The most metrics that one file may hold.
pub const MAX_IN_FILE: usize = 200;
/// The longest note about a change.
pub const MAX_NOTE_CHARS: usize = 300;
const MAX_NAME_CHARS: usize = 60;
const MAX_DEFINITION_CHARS: usize = 600;
const MAX_OWNER_CHARS: usize = 120;
const MAX_ID_NAME: usize = 40;

/// The id of an own metric: `own.` and a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OwnMetricId(MetricId);

impl OwnMetricId {
    pub const PREFIX: &'static str = "own.";

    pub const fn metric(&self) -> &MetricId {
        &self.0
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The part after the prefix.
    pub fn name(&self) -> &str {
        self.as_str().strip_prefix(Self::PREFIX).unwrap_or_default()
    }
}

impl FromStr for OwnMetricId {
    type Err = Rule;

    fn from_str(text: &str) -> Result<Self, Rule> {
        let wrong = || Rule::NoName { given: text.chars().take(80).collect() };
        let name = text.strip_prefix(Self::PREFIX).ok_or_else(wrong)?;
        let fits = (1..=MAX_ID_NAME).contains(&name.len())
            && name.starts_with(|first: char| first.is_ascii_lowercase())
            && !name.contains('.');
        if !fits {
            return Err(wrong());
        }
        text.parse().map(Self).map_err(|_| wrong())
    }
}

impl TryFrom<String> for OwnMetricId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|rule: Rule| rule.to_string())
    }
}

impl TryFrom<&MetricId> for OwnMetricId {
    type Error = Rule;

    fn try_from(id: &MetricId) -> Result<Self, Rule> {
        id.as_str().parse()
    }
}

impl From<OwnMetricId> for String {
    fn from(id: OwnMetricId) -> Self {
        id.0.as_str().to_owned()
    }
}

impl fmt::Display for OwnMetricId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// An own metric. What can be derived (additivity, dimensions, domains, steps) is derived and never written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnMetric {
    pub id: OwnMetricId,
    /// What it is counted in, which has to be what the formula gives; taken from the formula where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Who answers for it.
    pub owner: String,
    /// Where the definition comes from.
    pub source: String,
    pub name: LocalText,
    pub definition: LocalText,
    pub value: Composition,
}

/// The texts of an own metric.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    pub name: &'a LocalText,
    pub definition: &'a LocalText,
    pub owner: &'a str,
    pub source: &'a str,
}

impl Texts<'_> {
    /// Those that are empty or too long.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let texts = [
            ("name.zh", self.name.zh.as_str(), MAX_NAME_CHARS),
            ("name.en", self.name.en.as_str(), MAX_NAME_CHARS),
            ("definition.zh", self.definition.zh.as_str(), MAX_DEFINITION_CHARS),
            ("definition.en", self.definition.en.as_str(), MAX_DEFINITION_CHARS),
            ("owner", self.owner, MAX_OWNER_CHARS),
            ("source", self.source, MAX_OWNER_CHARS),
        ];
        let texts = texts.into_iter().filter_map(|(field, text, limit)| {
            let rule = if text.trim().is_empty() {
                Rule::Missing
            } else if text.chars().count() > limit {
                Rule::TooLong { limit }
            } else {
                return None;
            };
            Some(Mistake::new(field, rule))
        });
        texts.collect()
    }
}

impl OwnMetric {
    /// What is wrong with it, whatever the catalogue holds.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let Self { name, definition, owner, source, .. } = self;
        let mut mistakes = Texts { name, definition, owner, source }.mistakes();
        mistakes.extend(self.value.mistakes("value"));
        mistakes
    }
}

/// Own metrics as a file, JSON or TOML.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnMetricFile {
    pub metric: Vec<OwnMetric>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const METRIC: &str = r#"{"id":"own.vod_share","owner":"ops","source":"us","name":{"zh":"点播占比","en":"Share of VOD"},
        "definition":{"zh":"…","en":"…"},"value":{"metric":"content.plays"}}"#;

    #[test]
    fn ids_are_own_and_a_name() {
        let parse = |text: &str| text.parse::<OwnMetricId>().ok().map(|id| id.name().to_owned());
        assert_eq!(parse("own.vod_share"), Some("vod_share".to_owned()));
        for wrong in
            ["own.", "vod_share", "own.Vod", "own.1st", "own.a.b", "own.点播", &format!("own.{}", "a".repeat(41))]
        {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_derived_can_not_be_claimed() {
        let claimed = METRIC.replace("\"owner\"", "\"additivity\":\"additive\",\"owner\"");
        let error = serde_json::from_str::<OwnMetric>(&claimed).unwrap_err().to_string();
        assert!(error.contains("unknown field `additivity`"), "{error}");
    }

    #[test]
    fn every_text_that_is_empty_or_too_long_is_named() {
        let mut metric: OwnMetric = serde_json::from_str(METRIC).unwrap();
        assert_eq!(metric.mistakes(), []);
        metric.name.en = "  ".to_owned();
        metric.owner = "长".repeat(MAX_OWNER_CHARS + 1);
        let found: Vec<String> = metric.mistakes().iter().map(ToString::to_string).collect();
        assert_eq!(found, ["name.en: this can't be empty", "owner: at most 120 characters"]);
    }
}
