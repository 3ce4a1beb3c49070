//! A binding as it is written: the fields of all shapes, each taken by the shape that has it.

use super::{
    super::{ComponentKind, TableBinding},
    Wrong,
};
use crate::{
    metric::{DimensionId, Filter, GroupBy, MAX_COURSE_ROWS, MAX_COURSE_STEPS, MetricRef, SessionCount, SessionOrder},
    time::{Compare, Grain, TimeRange},
};
use serde::{Deserialize, Serialize};

/// A binding as it is written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenBinding {
    pub(super) metric: MetricRef,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) second: Option<MetricRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) third: Option<MetricRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) more_metrics: Option<Vec<MetricRef>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<OneOrSeveral>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) across: Option<GroupBy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) grain: Option<Grain>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) split: Option<DimensionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) top: Option<u16>,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub(super) filters: Vec<Filter>,
    pub(super) time: TimeRange,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) compare: Option<Compare>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) course: Option<Grain>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) order: Option<SessionOrder>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged, expecting = "a dimension's name, {\"time\": …}, or a list of dimensions' names")]
pub(super) enum OneOrSeveral {
    One(GroupBy),
    Several(Vec<DimensionId>),
}

pub(super) fn missing(kind: ComponentKind, field: &str) -> Wrong {
    format!("the binding of a “{}” needs the field “{field}”", kind.name())
}

impl WrittenBinding {
    pub(super) fn bare(metric: &MetricRef, filters: &[Filter], time: TimeRange) -> Self {
        Self {
            metric: metric.clone(),
            second: None,
            third: None,
            more_metrics: None,
            by: None,
            across: None,
            grain: None,
            split: None,
            top: None,
            filters: filters.to_vec(),
            time,
            compare: None,
            course: None,
            limit: None,
            order: None,
        }
    }

    pub(super) fn take_dimension(&mut self, kind: ComponentKind) -> Result<DimensionId, Wrong> {
        match self.by.take() {
            Some(OneOrSeveral::One(GroupBy::Dimension(dimension))) => Ok(dimension),
            Some(OneOrSeveral::One(GroupBy::Time(_)) | OneOrSeveral::Several(_)) => {
                Err(format!("the field “by” of a “{}” holds the name of one dimension", kind.name()))
            }
            None => Err(missing(kind, "by")),
        }
    }

    pub(super) fn take_dimension_if_any(&mut self, kind: ComponentKind) -> Result<Option<DimensionId>, Wrong> {
        if self.by.is_none() { Ok(None) } else { self.take_dimension(kind).map(Some) }
    }

    pub(super) fn take_group(&mut self, kind: ComponentKind) -> Result<GroupBy, Wrong> {
        match self.by.take() {
            Some(OneOrSeveral::One(group)) => Ok(group),
            Some(OneOrSeveral::Several(_)) => {
                Err(format!("the field “by” of a “{}” holds one dimension or {{\"time\": …}}", kind.name()))
            }
            None => Err(missing(kind, "by")),
        }
    }

    pub(super) fn take_dimensions(&mut self, kind: ComponentKind) -> Result<Vec<DimensionId>, Wrong> {
        match self.by.take() {
            Some(OneOrSeveral::Several(dimensions)) => Ok(dimensions),
            Some(OneOrSeveral::One(_)) => {
                Err(format!("the field “by” of a “{}” holds a list of dimensions' names", kind.name()))
            }
            None => Err(missing(kind, "by")),
        }
    }

    pub(super) fn take_grain(&mut self, kind: ComponentKind) -> Result<Grain, Wrong> {
        self.grain.take().ok_or_else(|| missing(kind, "grain"))
    }

    /// As many as usual where nothing is said.
    pub(super) fn take_session_count(&mut self, kind: ComponentKind) -> Result<SessionCount, Wrong> {
        let Some(limit) = self.limit.take() else { return Ok(SessionCount::USUAL) };
        SessionCount::new(limit).map_err(|error| format!("the field “limit” of a “{}”: {error}", kind.name()))
    }

    pub(super) fn take_second(&mut self, kind: ComponentKind) -> Result<MetricRef, Wrong> {
        self.second.take().ok_or_else(|| missing(kind, "second"))
    }

    pub(super) fn take_limit(&mut self, kind: ComponentKind) -> Result<u32, Wrong> {
        self.limit.take().ok_or_else(|| missing(kind, "limit"))
    }

    /// The step of the course that a table's rows have, which they have room for.
    pub(super) fn take_course(
        &mut self,
        kind: ComponentKind,
        by: &[DimensionId],
        grain: Option<Grain>,
        limit: u32,
    ) -> Result<Option<Grain>, Wrong> {
        let Some(course) = self.course.take() else { return Ok(None) };
        let (name, steps) = (kind.name(), self.time.most_steps(course));
        if by.is_empty() {
            Err(format!(
                "the field “course” of a “{name}” needs a dimension in “by”: it is the course of each of its values"
            ))
        } else if grain.is_some() {
            Err(format!("a “{name}” has the field “course” or the field “grain”: rows that are steps have no course"))
        } else if limit > MAX_COURSE_ROWS {
            Err(format!(
                "the field “limit” of a “{name}” with the field “course” is {limit}: expected {MAX_COURSE_ROWS} at most; \
                 take fewer rows"
            ))
        } else if !TableBinding::course_fits(self.time, course) {
            Err(format!(
                "the field “course” of a “{name}” has up to {steps} steps of a {}: expected {MAX_COURSE_STEPS} at most; \
                 take a longer step or a shorter range",
                course.name()
            ))
        } else {
            Ok(Some(course))
        }
    }

    /// What is left is of other components.
    pub(super) fn finish(&self, kind: ComponentKind) -> Result<(), Wrong> {
        let left = [
            ("second", self.second.is_some()),
            ("third", self.third.is_some()),
            ("more_metrics", self.more_metrics.is_some()),
            ("by", self.by.is_some()),
            ("across", self.across.is_some()),
            ("grain", self.grain.is_some()),
            ("split", self.split.is_some()),
            ("top", self.top.is_some()),
            ("compare", self.compare.is_some()),
            ("course", self.course.is_some()),
            ("limit", self.limit.is_some()),
            ("order", self.order.is_some()),
        ];
        match left.into_iter().find(|(_, is_there)| *is_there) {
            Some((field, _)) => {
                Err(format!("unknown field `{field}`: the binding of a “{}” has none such", kind.name()))
            }
            None => Ok(()),
        }
    }
}
