//! What pages may say about a metric: its name, definition, unit and what it may be split by.

use super::{DimensionId, Domain, MetricId, ProfileId, Stat};
use crate::{text::LocalText, time::Grain};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a number is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Times something happened: plays, orders, events.
    Count,
    /// Distinct households, accounts or persons.
    Users,
    Households,
    Minutes,
    Hours,
    Seconds,
    Milliseconds,
    Percent,
    /// Integer fen, a hundredth of a yuan.
    Fen,
    Kbps,
    /// A thousand million bytes.
    Gigabytes,
    Ratio,
}

impl Unit {
    pub const ALL: [Self; 12] = [
        Self::Count,
        Self::Users,
        Self::Households,
        Self::Minutes,
        Self::Hours,
        Self::Seconds,
        Self::Milliseconds,
        Self::Percent,
        Self::Fen,
        Self::Kbps,
        Self::Gigabytes,
        Self::Ratio,
    ];

    /// The unit as it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Users => "users",
            Self::Households => "households",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Percent => "percent",
            Self::Fen => "fen",
            Self::Kbps => "kbps",
            Self::Gigabytes => "gigabytes",
            Self::Ratio => "ratio",
        }
    }
}

/// Whether numbers of parts may be added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Additivity {
    /// Over all dimensions.
    Additive,
    /// Not over time: stocks such as registered accounts.
    SemiAdditive,
    /// Distinct counts: nowhere.
    Distinct,
    /// Numerator and denominator are kept; ratios are never averaged.
    Ratio,
    /// Needs the distribution.
    Quantile,
}

/// How the values of a dimension are written and drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DimensionKind {
    Province,
    Text,
    /// Whole numbers, in their order: days since the first one, steps of a funnel.
    Number,
}

/// A metric, as people read about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricInfo {
    pub id: MetricId,
    pub name: LocalText,
    pub definition: LocalText,
    /// The formula in words and signs, as printed on the metric card.
    pub formula: LocalText,
    pub unit: Unit,
    pub additivity: Additivity,
    pub domains: Vec<Domain>,
    pub dimensions: Vec<DimensionId>,
    pub grains: Vec<Grain>,
    /// Statistics that may be asked for; empty where the metric is a single number.
    pub stats: Vec<Stat>,
    pub profiles: Vec<ProfileId>,
    /// Whether it is a share of cases in percent, so that chance alone moves it by a known amount.
    #[serde(default)]
    pub is_share_of_cases: bool,
    /// The dimensions of whose values it is each a part: split or filtered by none of them it is the whole, 100 %.
    #[serde(default)]
    pub parts_by: Vec<DimensionId>,
    /// Whether it is made of play sessions, so that those behind it can be shown one by one.
    #[serde(default)]
    pub has_sessions: bool,
    /// Fewer cases than this are shaded on screen.
    pub minimum_sample: u32,
    pub owner: String,
    pub source: String,
    pub version: u32,
    /// How its Chinese name sounds, for those who type it so: `shoushilv ssl`.
    #[serde(default)]
    pub sounds: String,
}

/// A dimension, as people read about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DimensionInfo {
    pub id: DimensionId,
    pub name: LocalText,
    pub kind: DimensionKind,
    /// How a number is read, with `{}` in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<LocalText>,
    /// Fixed names of its values, where the catalogue knows them all.
    pub values: Vec<(String, LocalText)>,
}

/// The part of the catalogue that one person may choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueView {
    pub metrics: Vec<MetricInfo>,
    pub dimensions: Vec<DimensionInfo>,
}

impl CatalogueView {
    /// Only what is known of these metrics. Dimensions stay: any of them may be a filter.
    #[must_use]
    pub fn of_metrics(mut self, wanted: &BTreeSet<MetricId>) -> Self {
        self.metrics.retain(|metric| wanted.contains(&metric.id));
        self
    }

    pub fn metric(&self, id: &MetricId) -> Option<&MetricInfo> {
        self.metrics.iter().find(|metric| &metric.id == id)
    }

    pub fn dimension(&self, id: &DimensionId) -> Option<&DimensionInfo> {
        self.dimensions.iter().find(|dimension| &dimension.id == id)
    }
}
