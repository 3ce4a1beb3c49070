//! Bindings: the metric query of a tile, in the shape its component can draw.
//!
//! Each shape is a type of its own, so a line chart can't hold a KPI's query; each turns into one [`MetricQuery`].

use crate::{
    metric::{Calculation, DimensionId, Filter, GroupBy, MetricQuery, MetricRef, Order, OrderKey, Top},
    time::{Compare, Grain, TimeRange},
};
use serde::{Deserialize, Serialize};

/// One number, and what it is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScalarBinding {
    pub metric: MetricRef,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Compare>,
}

/// Numbers along time, one line each; one metric may be split by a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SeriesBinding {
    pub metric: MetricRef,
    pub grain: Grain,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<DimensionId>,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
}

/// Numbers by the values of one dimension, the largest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CategoryBinding {
    pub metric: MetricRef,
    pub by: DimensionId,
    /// How many bars; the rest is "other".
    pub top: u16,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
}

/// Several numbers by several dimensions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TableBinding {
    pub metric: MetricRef,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_metrics: Vec<MetricRef>,
    pub by: Vec<DimensionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grain: Option<Grain>,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Compare>,
    pub limit: u32,
}

/// One number by province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GeoBinding {
    pub metric: MetricRef,
    pub by: DimensionId,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
}

/// How many lines a split series draws at the most; the rest is "other".
const MOST_LINES: u16 = 8;

/// The largest first; the first place is the largest of all.
fn largest_first(metric: &MetricRef) -> Vec<Order> {
    let descending = metric.calculation != Some(Calculation::Rank);
    vec![Order { key: OrderKey::Metric(metric.clone()), descending }]
}

impl ScalarBinding {
    pub fn query(&self) -> MetricQuery {
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        query.filters.clone_from(&self.filters);
        query.compare = self.compare;
        query
    }
}

impl SeriesBinding {
    pub fn query(&self) -> MetricQuery {
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        query.filters.clone_from(&self.filters);
        query.by = vec![GroupBy::Time(self.grain)];
        if let Some(dimension) = &self.split {
            query.by.push(GroupBy::Dimension(dimension.clone()));
            query.top =
                Some(Top { dim: dimension.clone(), n: MOST_LINES, by: self.metric.without_calculation(), other: true });
        }
        query.order = vec![Order { key: OrderKey::Time, descending: false }];
        // As many rows as there can be. A smaller limit would cut the end off, and a curve without its newest points
        // looks like one that has stopped; a larger one than may be asked for is refused.
        let rows = Self::most_rows(self.time, self.grain, self.split.is_some());
        query.limit = u32::try_from(rows).unwrap_or(u32::MAX);
        query
    }

    /// How many rows such a series has at the most, with all its lines and the rest.
    pub const fn most_rows(time: TimeRange, grain: Grain, is_split: bool) -> i64 {
        let lines = if is_split { MOST_LINES as i64 + 1 } else { 1 };
        time.most_steps(grain).saturating_mul(lines)
    }
}

impl CategoryBinding {
    pub fn query(&self) -> MetricQuery {
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        query.filters.clone_from(&self.filters);
        query.by = vec![GroupBy::Dimension(self.by.clone())];
        query.top = Some(Top { dim: self.by.clone(), n: self.top, by: self.metric.without_calculation(), other: true });
        query.order = largest_first(&self.metric);
        query.limit = u32::from(self.top) + 1;
        query
    }
}

impl TableBinding {
    pub fn query(&self) -> MetricQuery {
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        query.metrics.extend(self.more_metrics.iter().cloned());
        query.filters.clone_from(&self.filters);
        query.by = self.by.iter().cloned().map(GroupBy::Dimension).chain(self.grain.map(GroupBy::Time)).collect();
        query.compare = self.compare;
        query.order = largest_first(&self.metric);
        query.limit = self.limit;
        query
    }
}

impl GeoBinding {
    pub fn query(&self) -> MetricQuery {
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        query.filters.clone_from(&self.filters);
        query.by = vec![GroupBy::Dimension(self.by.clone())];
        query.order = largest_first(&self.metric);
        query
    }
}
