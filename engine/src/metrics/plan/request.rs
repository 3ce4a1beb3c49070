//! Requests and statements: what is asked of one fact.

use crate::metrics::{
    catalogue::{Aggregate, Condition, Identifier, Source},
    scoped::ScopedRegions,
    timeline::Timeline,
};
use model::{
    metric::{DimensionId, Filter, FilterValues},
    time::{Calendar, Grain, Interval, Timestamp},
};

/// How time is cut into steps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) struct Steps {
    pub grain: Grain,
    /// Milliseconds to add so that whole hours are the wall clock's.
    pub wall_ms: i64,
    /// Milliseconds to add so that whole days are the organisation's.
    pub day_ms: i64,
    /// Starts of the steps after the first, for those that have no fixed length or begin on no day of the calendar.
    pub months: Vec<Timestamp>,
    pub count: usize,
}

impl Steps {
    pub(in crate::metrics) fn of(timeline: &Timeline) -> Option<Self> {
        let grain = timeline.grain?;
        let calendar = timeline.calendar;
        let months = match grain {
            Grain::Month => timeline.month_starts(),
            Grain::Minute | Grain::Hour | Grain::Day | Grain::Week => Vec::new(),
        };
        let wall_ms = i64::from(calendar.offset_minutes) * 60_000;
        Some(Self { grain, wall_ms, day_ms: calendar.shift_ms(), months, count: timeline.steps.len() })
    }
}

/// One thing that rows are grouped by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) enum GroupKey {
    Dimension(DimensionId),
    Step(Steps),
    /// Bucket of the histogram in that column, or its value.
    Bucket(Identifier),
    /// Minute of the broadcast.
    Minute,
    /// First day counted within the range.
    OpenedDay,
    /// First day no longer counted, where it lies in the range.
    ClosedDay,
    AiringChannel,
    AiringStart,
    AiringStop,
}

impl GroupKey {
    /// The dimension that rows are grouped by, where it is one.
    pub(in crate::metrics) const fn dimension(&self) -> Option<&DimensionId> {
        match self {
            Self::Dimension(id) => Some(id),
            Self::Step(_)
            | Self::Bucket(_)
            | Self::Minute
            | Self::OpenedDay
            | Self::ClosedDay
            | Self::AiringChannel
            | Self::AiringStart
            | Self::AiringStop => None,
        }
    }
}

/// Rows that requests have in common: one scan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::metrics) struct Base {
    pub source: Source,
    pub regions: ScopedRegions,
    /// Of derived rows: all that is granted, whatever filters leave of it. What stands beside the rows that are asked for, as
    /// an account's activity beside its contract, is read there: its own province says nothing of theirs.
    pub beside: Option<ScopedRegions>,
    pub interval: Interval,
    pub calendar: Calendar,
    /// On dimensions of the fact, sorted.
    pub filters: Vec<Filter>,
    /// Whether the programme list is joined.
    pub programmes: bool,
    /// For derived rows: up to when is known what they are made of. For what decays: the latest moment to count ages at.
    pub known_until: Option<Timestamp>,
}

/// A measure as one query needs it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) struct ScopedMeasure {
    pub aggregate: Aggregate,
    pub conditions: Vec<Condition>,
    /// Steps that a run of minutes must not cross, or at whose ends ages are counted, where there are such.
    pub within: Option<Steps>,
}

/// One measure over one base, grouped.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::metrics) struct Request {
    pub base: Base,
    /// Sorted, each once.
    pub keys: Vec<GroupKey>,
    pub measure: ScopedMeasure,
}

impl Request {
    /// Whether numbers of parts add up to the number of the whole.
    pub(in crate::metrics) const fn adds_up(&self) -> bool {
        match self.measure.aggregate {
            Aggregate::Count
            | Aggregate::Sum(_)
            | Aggregate::Buckets { .. }
            | Aggregate::Values(_)
            | Aggregate::Stock(_)
            | Aggregate::Decaying { .. } => true,
            Aggregate::Distinct(_) | Aggregate::DistinctByDay(_) | Aggregate::Largest(_) | Aggregate::Amounts(_) => {
                false
            }
        }
    }

    /// The same, not split by the filter's dimension but narrowed by it; `None` where no region is left.
    pub(in crate::metrics) fn without(&self, filter: &Filter) -> Option<Self> {
        let mut request = self.narrowed(filter)?;
        request.keys.retain(|key| *key != GroupKey::Dimension(filter.dimension.clone()));
        Some(request)
    }

    /// The same, narrowed by one more filter; `None` where no region is left.
    pub(in crate::metrics) fn narrowed(&self, filter: &Filter) -> Option<Self> {
        let mut request = self.clone();
        if filter.dimension.as_str() == "province" {
            request.base.regions = request.base.regions.narrowed(&filter.values)?;
        } else {
            let mut values = match &filter.values {
                FilterValues::In(values) | FilterValues::NotIn(values) => values.clone(),
            };
            values.sort_unstable();
            let values = match &filter.values {
                FilterValues::In(_) => FilterValues::In(values),
                FilterValues::NotIn(_) => FilterValues::NotIn(values),
            };
            request.base.filters.push(Filter { dimension: filter.dimension.clone(), values });
            request.base.filters.sort_by(|one, two| one.dimension.cmp(&two.dimension));
        }
        Some(request)
    }
}

/// Several measures from one scan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::metrics) struct Statement {
    pub base: Base,
    pub keys: Vec<GroupKey>,
    pub measures: Vec<ScopedMeasure>,
}
