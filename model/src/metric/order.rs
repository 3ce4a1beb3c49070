//! Which rows of an answer are kept, and in which order they stand.

use super::{DimensionId, MetricRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Only the largest values of a dimension, the rest as "other" if wished. Apart from the row limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Top {
    pub dim: DimensionId,
    pub n: u16,
    pub by: MetricRef,
    #[serde(default)]
    pub other: bool,
}

/// What rows are sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OrderKey {
    Metric(MetricRef),
    Dimension(DimensionId),
    Time,
}

/// One key of the sort order. Ties are broken by the dimensions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Order {
    pub key: OrderKey,
    pub descending: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOrder {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    metric: Option<MetricRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dim: Option<DimensionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time: Option<bool>,
    #[serde(default)]
    desc: bool,
}

impl Serialize for Order {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (metric, dim, time) = match &self.key {
            OrderKey::Metric(metric) => (Some(metric.clone()), None, None),
            OrderKey::Dimension(dim) => (None, Some(dim.clone()), None),
            OrderKey::Time => (None, None, Some(true)),
        };
        WrittenOrder { metric, dim, time, desc: self.descending }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = WrittenOrder::deserialize(deserializer)?;
        let key = match (written.metric, written.dim, written.time) {
            (Some(metric), None, None) => OrderKey::Metric(metric),
            (None, Some(dim), None) => OrderKey::Dimension(dim),
            (None, None, Some(true)) => OrderKey::Time,
            _ => {
                return Err(de::Error::custom("an order needs one of “metric”, “dim” and “time”"));
            }
        };
        Ok(Self { key, descending: written.desc })
    }
}
