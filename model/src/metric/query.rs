//! The metric query: metrics × dimensions × filters × time. The one contract of API, command line, boards and tests.

use super::{Filter, GroupBy, MetricRef, Order, SessionChoice, Top};
use crate::time::{Compare, Grain, TimeRange};
use serde::{Deserialize, Deserializer, Serialize, de};

/// The most rows one query may ask for: two days of minutes, nine lines.
pub const MAX_LIMIT: u32 = 30_000;
/// The most metrics one query may ask for.
pub const MAX_METRICS: usize = 20;
/// The most ways to split in one query, time among them.
pub const MAX_AXES: usize = 4;
/// The most steps of a time axis: a week of minutes, with those begun at both ends.
pub const MAX_STEPS: i64 = 10_082;
/// The most rows of an answer with courses: a curve for each of them.
pub const MAX_COURSE_ROWS: u32 = 200;
/// The most steps of a course, with those begun at both ends: more are not seen in the width of a cell.
pub const MAX_COURSE_STEPS: i64 = 202;
/// The most queries one request may hold.
pub const MAX_QUERIES: usize = 100;

/// What a client wishes to know. Names are checked against the catalogue later; nothing here reaches SQL as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// By which step the course of each row's numbers over the range stands beside them. Needs a dimension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Grain>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<Top>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<Order>,
    #[serde(default = "default_limit", skip_serializing_if = "is_default_limit")]
    pub limit: u32,
    /// Not the number, but single play sessions behind it, span by span. Such a query has one metric, and neither groups nor
    /// an order of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<SessionChoice>,
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
            course: None,
            top: None,
            order: Vec::new(),
            limit: default_limit(),
            sessions: None,
        }
    }

    /// A query of single sessions behind a metric.
    pub fn of_sessions(metric: MetricRef, time: TimeRange, sessions: SessionChoice) -> Self {
        Self { sessions: Some(sessions), ..Self::of(metric, time) }
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

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{
        "metrics": ["tv.rating_pct", {"id": "qoe.startup_s", "stat": "p95", "profile": "cta2066"},
            {"id": "content.plays", "calculation": "mean7"}],
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
        assert_eq!(query.metrics[2].column_name(), "content.plays~mean7");
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
            (r#"{"metrics":[{"id":"a","calculation":"sum"}],"time":"today"}"#, "no calculation"),
            (r#"{"metrics":["a"],"time":"today","where":[{"dim":"b"}]}"#, "needs one of"),
            (r#"{"metrics":["a"],"time":"today","by":[7]}"#, "a dimension's name"),
            (r#"{"metrics":["a"],"time":"today","course":"5m"}"#, "unknown variant `5m`, expected one of `minute`"),
            (r#"{"time":"today"}"#, "metrics"),
            (r#"{"metrics":["a"],"time":"today","sessions":{"limit":99}}"#, "expected 1 to 20"),
            (r#"{"queries":[{"metrics":["a"]}]}"#, "time"),
        ] {
            let error = serde_json::from_str::<QueryRequest>(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{json}: {error}");
        }
    }
}
