//! What is wrong with an own metric, and where.

use crate::metric::Unit;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing that is wrong. Pages show it beside its field, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mistake {
    /// As a file names it: `name.zh`, `value.ratio.to`, `value.ratio.of.where[0]`.
    pub field: String,
    #[serde(flatten)]
    pub rule: Rule,
    /// Where it stands in a file; counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The metric that it is about, where a file has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
}

/// A kind of value in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    Text,
    Number,
    TrueOrFalse,
    List,
    /// Fields with values.
    Table,
    Nothing,
}

impl ValueKind {
    const fn in_words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::TrueOrFalse => "true or false",
            Self::List => "a list",
            Self::Table => "a table of fields",
            Self::Nothing => "nothing",
        }
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileForm {
    Toml,
    Json,
}

impl FileForm {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
        }
    }
}

/// What an own metric has to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Rule {
    /// A field that can't be empty.
    Missing,
    TooLong {
        limit: usize,
    },
    /// No name that an id could be made of.
    NoName {
        given: String,
    },
    /// There is such a metric already.
    Taken {
        id: String,
    },
    /// The file can't be read there.
    Unreadable {
        reason: String,
    },
    /// What stands there is not the language of the file.
    NotInForm {
        form: FileForm,
        reason: String,
    },
    /// A field that has to be there.
    FieldMissing {
        name: String,
    },
    FieldUnknown {
        given: String,
        expected: Vec<String>,
    },
    /// A word that is none of those it may be.
    WordUnknown {
        given: String,
        expected: Vec<String>,
    },
    WrongKind {
        found: ValueKind,
        expected: ValueKind,
    },
    /// A formula is exactly one of a measure, a metric and the operations.
    NotOneFormula,
    /// `where`, `ignoring`, `stat` and `profile` narrow a term; nothing else has them.
    NotBesideATerm {
        name: String,
    },
    TooMany {
        limit: usize,
    },
    /// Twice in one file.
    Twice {
        id: String,
    },
    UnknownMeasure {
        id: String,
    },
    /// It does not exist, or nothing of it is granted: both look the same.
    UnknownMetric {
        id: String,
    },
    /// A metric that was retired.
    Retired {
        id: String,
    },
    /// A metric that can't be worked out any more.
    Broken {
        id: String,
    },
    /// Another metric that is made of this one would not be right any more.
    Breaks {
        id: String,
        reason: String,
    },
    UnknownStat {
        id: String,
    },
    UnknownProfile {
        id: String,
    },
    UnknownDimension {
        dimension: String,
    },
    /// The term can't be narrowed by it.
    NotADimension {
        of: String,
        dimension: String,
    },
    /// Provinces are chosen by scope and filters, and programmes are joined when a query is asked.
    NotForNarrowing {
        dimension: String,
    },
    FilterTwice {
        dimension: String,
    },
    NoValues {
        dimension: String,
    },
    TooManyValues {
        dimension: String,
        limit: usize,
    },
    UnknownValue {
        dimension: String,
        value: String,
    },
    /// A number that is neither 0 nor infinite is needed.
    NotANumber,
    /// What is counted in different units can't be added up.
    DifferentUnits {
        one: Unit,
        other: Unit,
    },
    UnitDoesNotFit {
        given: Unit,
        derived: Unit,
    },
    TooDeep {
        limit: usize,
    },
    TooManyTerms {
        limit: usize,
    },
    /// It would be made of itself.
    Cycle {
        through: String,
    },
    /// No step of time that all terms have.
    NoStep,
    /// Nothing is granted to the composer for all its kinds of data together.
    NothingGranted,
}

impl Mistake {
    pub fn new(field: impl Into<String>, rule: Rule) -> Self {
        Self { field: field.into(), rule, line: None, metric: None }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "this can't be empty"),
            Self::TooLong { limit } => write!(f, "at most {limit} characters"),
            Self::NoName { given } => write!(
                f,
                "“{given}” can't be the id of an own metric: expected own. and up to 40 of a–z, 0–9 and “_”, beginning with a letter"
            ),
            Self::Taken { id } => write!(f, "there is a metric “{id}” already"),
            Self::Unreadable { reason } => f.write_str(reason),
            Self::NotInForm { form, reason } => write!(f, "this is no {}: {reason}", form.name()),
            Self::FieldMissing { name } => write!(f, "the field “{name}” is missing"),
            Self::FieldUnknown { given, expected } if expected.is_empty() => {
                write!(f, "there is no field “{given}” here")
            }
            Self::FieldUnknown { given, expected } => {
                write!(f, "there is no field “{given}” here: expected {}", expected.join(", "))
            }
            Self::WordUnknown { given, expected } => {
                write!(f, "“{given}” is none of {}", expected.join(", "))
            }
            Self::WrongKind { found, expected } => {
                write!(f, "expected {}, found {}", expected.in_words(), found.in_words())
            }
            Self::NotOneFormula => {
                write!(f, "a formula is exactly one of measure, metric, plus, less, ratio and divided")
            }
            Self::NotBesideATerm { name } => write!(f, "“{name}” belongs beside a measure or a metric"),
            Self::TooMany { limit } => write!(f, "at most {limit} metrics in one file"),
            Self::Twice { id } => write!(f, "“{id}” stands in the file twice"),
            Self::UnknownMeasure { id } => write!(f, "there is no measure “{id}” to compose with"),
            Self::UnknownMetric { id } => write!(f, "there is no metric “{id}”"),
            Self::Retired { id } => write!(f, "the metric “{id}” was retired"),
            Self::Broken { id } => write!(f, "the metric “{id}” can't be worked out any more"),
            Self::Breaks { id, reason } => write!(f, "“{id}” is made of it and would break: {reason}"),
            Self::UnknownStat { id } => write!(f, "the metric “{id}” has no such statistic"),
            Self::UnknownProfile { id } => write!(f, "the metric “{id}” has no such profile"),
            Self::UnknownDimension { dimension } => write!(f, "there is no dimension “{dimension}”"),
            Self::NotADimension { of, dimension } => write!(f, "“{of}” can't be narrowed by “{dimension}”"),
            Self::NotForNarrowing { dimension } => {
                write!(
                    f,
                    "no metric is narrowed by “{dimension}”: boards filter by it, within the scope of each reader"
                )
            }
            Self::FilterTwice { dimension } => write!(f, "“{dimension}” is filtered twice"),
            Self::NoValues { dimension } => write!(f, "choose at least one value of “{dimension}”"),
            Self::TooManyValues { dimension, limit } => write!(f, "at most {limit} values of “{dimension}”"),
            Self::UnknownValue { dimension, value } => write!(f, "“{value}” is no value of “{dimension}”"),
            Self::NotANumber => write!(f, "a number other than 0 is needed"),
            Self::DifferentUnits { one, other } => {
                write!(f, "{} and {} can't be added up: they are different units", one.name(), other.name())
            }
            Self::UnitDoesNotFit { given, derived } => {
                write!(f, "the formula is counted in {}, not in {}", derived.name(), given.name())
            }
            Self::TooDeep { limit } => write!(f, "at most {limit} operations stand in one another"),
            Self::TooManyTerms { limit } => write!(f, "at most {limit} terms, with those of the metrics it is made of"),
            Self::Cycle { through } => write!(f, "it would be made of itself, through “{through}”"),
            Self::NoStep => write!(f, "its terms have no step of time in common"),
            Self::NothingGranted => {
                write!(f, "nothing is granted to you for all these kinds of data together")
            }
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}, ")?;
        }
        if let Some(metric) = &self.metric {
            write!(f, "{metric}: ")?;
        }
        write!(f, "{}: {}", self.field, self.rule)
    }
}
