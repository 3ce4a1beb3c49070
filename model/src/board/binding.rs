//! Bindings: the metric query of a tile, in the shape its component can draw.
//!
//! Each shape is a type of its own, so a line chart can't hold a KPI's query; each turns into one [`MetricQuery`].

use super::{SeriesKind, SpreadKind};
use crate::{
    metric::{
        Calculation, DimensionId, Filter, GroupBy, MAX_COURSE_ROWS, MAX_COURSE_STEPS, MAX_LIMIT, MetricQuery,
        MetricRef, Order, OrderKey, Quantile, SessionChoice, SessionCount, SessionOrder, Stat, Top,
    },
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
    /// How many values; the rest is "other".
    pub top: u16,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Compare>,
}

/// Numbers by two things: the values of a dimension, or steps of time, by those of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MatrixBinding {
    pub metric: MetricRef,
    pub by: GroupBy,
    /// The second thing; some components can do without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub across: Option<GroupBy>,
    /// How many values of the first dimension; the rest is "other".
    pub top: u16,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
}

/// Two metrics along time, each with an axis of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PairBinding {
    /// Drawn as columns.
    pub metric: MetricRef,
    /// Drawn as a line.
    pub second: MetricRef,
    pub grain: Grain,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
}

/// Two metrics of each value of a dimension, and perhaps a third for its size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PointsBinding {
    /// From left to right.
    pub metric: MetricRef,
    /// From bottom to top.
    pub second: MetricRef,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub third: Option<MetricRef>,
    pub by: DimensionId,
    /// How many values, those with the largest numbers.
    pub top: u16,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
}

/// How the values of single events are spread, told by quantiles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SpreadBinding {
    /// One that has quantiles; which of them is the component's matter.
    pub metric: MetricRef,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DimensionId>,
    /// How many values of the dimension.
    #[serde(default = "usual_top")]
    pub top: u16,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
}

const fn usual_top() -> u16 {
    10
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
    /// By which step the course of each number over the range is drawn beside it. Rows need a dimension then, and no step
    /// of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Grain>,
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

/// Single play sessions behind a number, a line for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionsBinding {
    /// The number that they are behind: one of the quality of plays.
    pub metric: MetricRef,
    /// Which of them come first.
    #[serde(default)]
    pub order: SessionOrder,
    /// How many.
    #[serde(default)]
    pub limit: SessionCount,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
}

/// How many lines a split series draws at the most; the rest is "other".
const MOST_LINES: u16 = 8;
/// How many cells a matrix has at the most.
const MOST_CELLS: u32 = if MAX_LIMIT < 20_000 { MAX_LIMIT } else { 20_000 };

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
    /// What a component of that kind asks for.
    pub fn query(&self, kind: SeriesKind) -> MetricQuery {
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        query.filters.clone_from(&self.filters);
        query.by = vec![GroupBy::Time(self.grain)];
        let is_in_turn = match kind {
            // What is on at one moment is one thing: there is nothing to be cut, and nothing to be "other".
            SeriesKind::MinuteCurve => true,
            SeriesKind::Line
            | SeriesKind::Area
            | SeriesKind::CalendarHeat
            | SeriesKind::WeekHeat
            | SeriesKind::RankRace => false,
        };
        if let Some(dimension) = &self.split {
            query.by.push(GroupBy::Dimension(dimension.clone()));
            let by = self.metric.without_calculation();
            query.top = (!is_in_turn).then(|| Top { dim: dimension.clone(), n: MOST_LINES, by, other: true });
        }
        query.order = vec![Order { key: OrderKey::Time, descending: false }];
        // As many rows as there can be. A smaller limit would cut the end off, and a curve without its newest points
        // looks like one that has stopped; a larger one than may be asked for is refused.
        let rows = Self::most_rows(self.time, self.grain, self.split.is_some() && !is_in_turn);
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
        query.compare = self.compare;
        query.limit = u32::from(self.top) + 1;
        query
    }
}

impl MatrixBinding {
    pub fn query(&self) -> MetricQuery {
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        query.filters.clone_from(&self.filters);
        query.by = std::iter::once(self.by.clone()).chain(self.across.clone()).collect();
        // Of two dimensions the one with more values is cut; time is never cut.
        let dimension = query.by.iter().find_map(|group| match group {
            GroupBy::Dimension(dimension) => Some(dimension.clone()),
            GroupBy::Time(_) => None,
        });
        if let Some(dim) = dimension {
            query.top = Some(Top { dim, n: self.top, by: self.metric.without_calculation(), other: true });
        }
        let is_along_time = query.by.iter().any(|group| matches!(group, GroupBy::Time(_)));
        query.order = if is_along_time {
            vec![Order { key: OrderKey::Time, descending: false }]
        } else {
            largest_first(&self.metric)
        };
        query.limit = MOST_CELLS;
        query
    }
}

impl PairBinding {
    pub fn query(&self) -> MetricQuery {
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        if self.second != self.metric {
            query.metrics.push(self.second.clone());
        }
        query.filters.clone_from(&self.filters);
        query.by = vec![GroupBy::Time(self.grain)];
        query.order = vec![Order { key: OrderKey::Time, descending: false }];
        query.limit = u32::try_from(SeriesBinding::most_rows(self.time, self.grain, false)).unwrap_or(u32::MAX);
        query
    }
}

impl PointsBinding {
    /// The metrics in their order.
    pub fn metrics(&self) -> impl Iterator<Item = &MetricRef> {
        [&self.metric, &self.second].into_iter().chain(&self.third)
    }

    /// A metric that is asked for twice stands in it once.
    pub fn query(&self) -> MetricQuery {
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        query.metrics = Vec::new();
        for metric in self.metrics() {
            if !query.metrics.contains(metric) {
                query.metrics.push(metric.clone());
            }
        }
        query.filters.clone_from(&self.filters);
        query.by = vec![GroupBy::Dimension(self.by.clone())];
        query.order = largest_first(self.third.as_ref().unwrap_or(&self.metric));
        query.limit = u32::from(self.top);
        query
    }
}

fn quantile(percent: u8) -> Option<Stat> {
    Quantile::new(percent).map(Stat::Quantile)
}

/// The quantiles of a histogram, in percent: closer at the ends, where the tails are long.
const HISTOGRAM_PERCENTS: [u8; 13] = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99];
/// The quantiles of a box plot: whiskers, box and median.
const BOX_PERCENTS: [u8; 5] = [5, 25, 50, 75, 95];

impl SpreadBinding {
    /// What a component of that kind asks for.
    pub fn query(&self, kind: SpreadKind) -> MetricQuery {
        let percents: &[u8] = match kind {
            SpreadKind::Histogram => &HISTOGRAM_PERCENTS,
            SpreadKind::BoxPlot => &BOX_PERCENTS,
        };
        let mut query = MetricQuery::of(self.metric.clone(), self.time);
        let of = |percent: &u8| MetricRef { stat: quantile(*percent), ..self.metric.without_calculation() };
        query.metrics = percents.iter().map(of).collect();
        query.filters.clone_from(&self.filters);
        if let Some(dimension) = &self.by {
            query.by = vec![GroupBy::Dimension(dimension.clone())];
            let median = MetricRef { stat: quantile(50), ..self.metric.without_calculation() };
            query.order = largest_first(&median);
            query.limit = u32::from(self.top);
        }
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
        query.course = self.course;
        query.order = largest_first(&self.metric);
        query.limit = self.limit;
        query
    }

    /// Whether a table of these rows may have the course of its numbers beside them, whatever the step.
    pub const fn has_room_for_courses(by: &[DimensionId], grain: Option<Grain>, limit: u32) -> bool {
        !by.is_empty() && grain.is_none() && limit <= MAX_COURSE_ROWS
    }

    /// Whether a range has few enough steps for the width of a cell.
    pub const fn course_fits(time: TimeRange, step: Grain) -> bool {
        time.most_steps(step) <= MAX_COURSE_STEPS
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

impl SessionsBinding {
    pub fn query(&self) -> MetricQuery {
        let sessions = SessionChoice { order: self.order, limit: self.limit };
        let mut query = MetricQuery::of_sessions(self.metric.without_calculation(), self.time, sessions);
        query.filters.clone_from(&self.filters);
        query
    }
}
