//! The metric query: metrics × dimensions × filters × time. The one contract of API, command line, boards and tests.

use super::{DimensionId, InvalidId, MetricId, ProfileId};
use crate::time::{Compare, Grain, TimeRange};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// The most rows one query may ask for: two days of minutes, nine lines.
pub const MAX_LIMIT: u32 = 30_000;
/// The most metrics one query may ask for.
pub const MAX_METRICS: usize = 20;
/// The most ways to split in one query, time among them.
pub const MAX_AXES: usize = 4;
/// The most steps of a time axis: a week of minutes, with those begun at both ends.
pub const MAX_STEPS: i64 = 10_082;
/// The most queries one request may hold.
pub const MAX_QUERIES: usize = 100;

/// What a client wishes to know. Names are checked against the catalogue later; nothing here reaches SQL as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricQuery {
    pub metrics: Vec<MetricRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<GroupBy>,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    pub time: TimeRange,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Compare>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<Top>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<Order>,
    #[serde(default = "default_limit", skip_serializing_if = "is_default_limit")]
    pub limit: u32,
}

const fn default_limit() -> u32 {
    1_000
}

#[allow(clippy::trivially_copy_pass_by_ref)] // the shape serde asks for
const fn is_default_limit(limit: &u32) -> bool {
    *limit == default_limit()
}

impl MetricQuery {
    /// A query of one metric over a time range, ungrouped.
    pub fn of(metric: MetricRef, time: TimeRange) -> Self {
        Self {
            metrics: vec![metric],
            by: Vec::new(),
            filters: Vec::new(),
            time,
            compare: None,
            top: None,
            order: Vec::new(),
            limit: default_limit(),
        }
    }

    /// The step of the time axis, where the query has one.
    pub fn grain(&self) -> Option<Grain> {
        self.by.iter().find_map(|by| match by {
            GroupBy::Time(grain) => Some(*grain),
            GroupBy::Dimension(_) => None,
        })
    }
}

/// One query, or many at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryRequest {
    One(Box<MetricQuery>),
    Many(Vec<MetricQuery>),
}

impl<'de> Deserialize<'de> for QueryRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Many {
            queries: Vec<MetricQuery>,
        }
        // Decided by the key and not by trying, so that the message is about what the client meant.
        let value = serde_json::Value::deserialize(deserializer)?;
        if value.get("queries").is_some() {
            serde_json::from_value::<Many>(value).map(|many| Self::Many(many.queries)).map_err(de::Error::custom)
        } else {
            serde_json::from_value(value).map(|query| Self::One(Box::new(query))).map_err(de::Error::custom)
        }
    }
}

/// A metric, which statistic of it, and by whose definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetricRef {
    pub id: MetricId,
    pub stat: Option<Stat>,
    pub profile: Option<ProfileId>,
}

impl MetricRef {
    pub const fn plain(id: MetricId) -> Self {
        Self { id, stat: None, profile: None }
    }

    /// The name of its result column: `qoe.startup_s`, `qoe.startup_s:p95`, `qoe.startup_s:p95:mux`.
    pub fn column_name(&self) -> String {
        let mut name = self.id.to_string();
        let stat = self.stat.map(|stat| stat.to_string());
        let profile = self.profile.as_ref().map(ToString::to_string);
        for part in [stat, profile].into_iter().flatten() {
            name.push(':');
            name.push_str(&part);
        }
        name
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMetricRef {
    id: MetricId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stat: Option<Stat>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<ProfileId>,
}

impl Serialize for MetricRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.stat.is_none() && self.profile.is_none() {
            return self.id.serialize(serializer);
        }
        WrittenMetricRef { id: self.id.clone(), stat: self.stat, profile: self.profile.clone() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for MetricRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = MetricRef;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a metric's name, or {\"id\": …, \"stat\": …, \"profile\": …}")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<MetricRef, E> {
                text.parse().map(MetricRef::plain).map_err(E::custom)
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<MetricRef, A::Error> {
                let written = WrittenMetricRef::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(MetricRef { id: written.id, stat: written.stat, profile: written.profile })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A quantile in whole percent, 1 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantile(u8);

impl Quantile {
    pub const MEDIAN: Self = Self(50);
    pub const P95: Self = Self(95);

    pub fn new(percent: u8) -> Option<Self> {
        (1..=99).contains(&percent).then_some(Self(percent))
    }

    /// Between 0 and 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// Which statistic of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stat {
    Mean,
    Quantile(Quantile),
}

impl fmt::Display for Stat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mean => formatter.write_str("mean"),
            Self::Quantile(quantile) => write!(formatter, "p{}", quantile.0),
        }
    }
}

impl FromStr for Stat {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let quantile = || Quantile::new(text.strip_prefix('p')?.parse().ok()?).map(Self::Quantile);
        if text == "mean" { Ok(Self::Mean) } else { quantile().ok_or_else(|| InvalidId(text.to_owned())) }
    }
}

impl Serialize for Stat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom(format!("“{text}” is no statistic: expected mean or p1 to p99")))
    }
}

/// One way the numbers are split: `"channel"` or `{"time": "minute"}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GroupBy {
    Dimension(DimensionId),
    Time(Grain),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTime {
    time: Grain,
}

impl Serialize for GroupBy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Dimension(id) => id.serialize(serializer),
            Self::Time(grain) => WrittenTime { time: *grain }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for GroupBy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = GroupBy;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(
                    "a dimension's name, or {\"time\": \"minute\" | \"hour\" | \"day\" | \"week\" | \"month\"}",
                )
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<GroupBy, E> {
                text.parse().map(GroupBy::Dimension).map_err(E::custom)
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<GroupBy, A::Error> {
                WrittenTime::deserialize(de::value::MapAccessDeserializer::new(map))
                    .map(|written| GroupBy::Time(written.time))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Which values of a dimension count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    pub dimension: DimensionId,
    pub values: FilterValues,
}

/// The values of a filter; `None` stands for "unknown".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FilterValues {
    In(Vec<Option<String>>),
    NotIn(Vec<Option<String>>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFilter {
    dim: DimensionId,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    within: Option<Vec<Option<String>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_in: Option<Vec<Option<String>>>,
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (within, not_in) = match &self.values {
            FilterValues::In(values) => (Some(values.clone()), None),
            FilterValues::NotIn(values) => (None, Some(values.clone())),
        };
        WrittenFilter { dim: self.dimension.clone(), within, not_in }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = WrittenFilter::deserialize(deserializer)?;
        let values = match (written.within, written.not_in) {
            (Some(values), None) => FilterValues::In(values),
            (None, Some(values)) => FilterValues::NotIn(values),
            (None, None) | (Some(_), Some(_)) => {
                return Err(de::Error::custom(format!(
                    "the filter on “{}” needs one of “in” and “not_in”",
                    written.dim
                )));
            }
        };
        Ok(Self { dimension: written.dim, values })
    }
}

/// Only the largest values of a dimension, the rest as "other" if wished. Apart from the row limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{
        "metrics": ["tv.rating_pct", {"id": "qoe.startup_s", "stat": "p95", "profile": "cta2066"}],
        "by": ["channel", {"time": "minute"}],
        "where": [{"dim": "province", "in": ["ZJ", "GD"]}, {"dim": "view_mode", "not_in": ["vod", null]}],
        "time": {"last": "24h"},
        "compare": "year",
        "top": {"dim": "channel", "n": 10, "by": "tv.rating_pct", "other": true},
        "order": [{"metric": "tv.rating_pct", "desc": true}],
        "limit": 500
    }"#;

    #[test]
    fn the_whole_contract_is_read_and_written() {
        let query: MetricQuery = serde_json::from_str(WHOLE).unwrap();
        assert_eq!(query.metrics[1].column_name(), "qoe.startup_s:p95:cta2066");
        assert_eq!(query.grain(), Some(Grain::Minute));
        let again: MetricQuery = serde_json::from_str(&serde_json::to_string(&query).unwrap()).unwrap();
        assert_eq!(again, query);
    }

    #[test]
    fn wrong_queries_say_where_they_are_wrong() {
        for (json, expected) in [
            (r#"{"metrics":["a"],"time":"today","limits":3}"#, "limits"),
            (r#"{"metrics":["A;drop"],"time":"today"}"#, "can't be an id"),
            (r#"{"metrics":[{"id":"a","stat":"p100"}],"time":"today"}"#, "no statistic"),
            (r#"{"metrics":["a"],"time":"today","where":[{"dim":"b"}]}"#, "needs one of"),
            (r#"{"metrics":["a"],"time":"today","by":[7]}"#, "a dimension's name"),
            (r#"{"time":"today"}"#, "metrics"),
            (r#"{"queries":[{"metrics":["a"]}]}"#, "time"),
        ] {
            let error = serde_json::from_str::<QueryRequest>(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{json}: {error}");
        }
    }
}
