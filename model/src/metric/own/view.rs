//! What pages and programs are told about own metrics.

use super::{Difference, Mistake, OwnMetric, OwnMetricId};
use crate::{
    board::BoardLink,
    metric::{Additivity, CatalogueView, DimensionId, Domain, MeasureId, Unit},
    text::LocalText,
    time::{Grain, Timestamp},
};
use serde::{Deserialize, Serialize};

/// A measure that metrics may be composed of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureInfo {
    pub id: MeasureId,
    pub name: LocalText,
    pub unit: Unit,
    pub domain: Domain,
    /// What it may be narrowed by.
    pub dimensions: Vec<DimensionId>,
    /// How its Chinese name sounds.
    #[serde(default)]
    pub sounds: String,
}

/// What a person may compose with: only what something is granted of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composable {
    pub catalogue: CatalogueView,
    pub measures: Vec<MeasureInfo>,
}

/// What a formula gives; never claimed by whoever writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Derived {
    pub unit: Unit,
    pub additivity: Additivity,
    pub domains: Vec<Domain>,
    pub dimensions: Vec<DimensionId>,
    pub grains: Vec<Grain>,
    /// In names and signs.
    pub formula: LocalText,
}

/// What came of looking over a metric that is being composed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checked {
    pub mistakes: Vec<Mistake>,
    /// Where the formula is right.
    pub derived: Option<Derived>,
}

/// One version, and what it changed against the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VersionNote {
    pub version: u32,
    pub at: Timestamp,
    pub by: String,
    /// What its author said about the change; may be empty.
    pub note: String,
    /// None for the first.
    pub differences: Vec<Difference>,
}

/// An own metric in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnMetricLine {
    pub id: OwnMetricId,
    pub name: LocalText,
    pub version: u32,
    pub is_retired: bool,
    /// It can't be worked out any more.
    pub is_broken: bool,
}

/// An own metric with its history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnMetricView {
    pub metric: OwnMetric,
    pub version: u32,
    pub retired_at: Option<Timestamp>,
    /// Why it can't be worked out any more, where the catalogue has changed under it.
    pub mistakes: Vec<Mistake>,
    /// Newest first.
    pub versions: Vec<VersionNote>,
    /// The boards that show it, draft or published.
    pub boards: Vec<BoardLink>,
}

/// What came of keeping a metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Saved {
    /// The version that it is now. The same content as before makes no new one.
    Kept {
        id: OwnMetricId,
        version: u32,
    },
    Refused {
        mistakes: Vec<Mistake>,
    },
}

/// What a file did to one metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ImportedAs {
    New,
    NewVersion,
    Unchanged,
}

/// One metric of an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportLine {
    pub id: OwnMetricId,
    pub version: u32,
    pub imported: ImportedAs,
}

/// What came of a file: all of it, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Imported {
    Done { metrics: Vec<ImportLine> },
    Refused { mistakes: Vec<Mistake> },
}
