//! `Resolved → ScopedPlan`: which rows of which facts a query needs, within a scope.
//!
//! A plan has parts that are asked at once: the query itself, the same query earlier (comparison), what was before it
//! (anomalies), the ranking behind a top-N, and the margins that shares are of, now and earlier. Each part is a list of
//! tables and, for every metric, its formula over those tables.

mod merge;
mod occurrences;
mod planner;
mod request;
mod sessions;

pub(super) use merge::{Answer, Merged, merge};
pub(super) use occurrences::occurrences;
pub(super) use planner::plan;
pub(super) use request::{Base, GroupKey, Request, ScopedMeasure, Statement, Steps};
pub(super) use sessions::{SessionEventsRequest, SessionsRequest, plan_sessions};

use super::{catalogue::Formula, resolve::Axis, timeline::Timeline};
use indexmap::IndexSet;
use model::{
    geo::Region,
    metric::{DimensionId, Filter, FilterValues},
};
use std::collections::BTreeSet;

/// Numbers that one request gives, split by some of the axes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedTable {
    /// Index into [`ScopedPlan::requests`].
    pub request: usize,
    /// The axes that its numbers are split by, in ascending order. The others it ignores.
    pub axes: Vec<usize>,
}

/// A metric over the tables of its part.
#[derive(Debug, Clone)]
pub(super) struct PlannedMetric {
    pub formula: Formula<usize>,
    pub sample: Option<Formula<usize>>,
    /// When the programmes ran, where the query speaks of programmes.
    pub airings: Option<usize>,
    pub regions: BTreeSet<Region>,
}

/// One asking of all metrics.
#[derive(Debug, Clone)]
pub(super) struct PlanPart {
    pub timeline: Timeline,
    pub axes: Vec<Axis>,
    /// Which of the axes is that of the provinces.
    pub province_axis: Option<usize>,
    pub tables: Vec<PlannedTable>,
    /// `None` where filters and scope have nothing in common for a metric.
    pub metrics: Vec<Option<PlannedMetric>>,
}

/// What a query needs from the event store. Made by [`plan`] only, which needs a scope.
#[derive(Debug, Clone)]
pub(super) struct ScopedPlan {
    pub requests: IndexSet<Request>,
    pub main: PlanPart,
    pub compare: Option<PlanPart>,
    /// The metric that a top-N goes by, split by its dimension alone.
    pub ranking: Option<PlanPart>,
    /// What a number is expected to be like: the steps before the first one.
    pub history: Option<PlanPart>,
    /// Split by fewer axes, where parts are set against a whole.
    pub margins: Vec<Margin>,
}

/// The same metrics, not split by all of the axes.
#[derive(Debug, Clone)]
pub(super) struct Margin {
    /// The axes of the query that it is split by, in ascending order.
    pub axes: Vec<usize>,
    pub now: PlanPart,
    pub then: Option<PlanPart>,
}

/// A table that is asked for only once the values of a top-N are known.
///
/// Distinct counts are the dearest of all and can't be added up: they are made for the values kept alone, and once more
/// for all the rest together where that is wanted.
#[derive(Debug)]
pub(super) struct Deferred {
    pub table: usize,
    /// Over the values kept; `None` where no region is left.
    pub kept: Option<Request>,
    /// Over all the others.
    pub rest: Option<Request>,
}

impl ScopedPlan {
    /// The parts of which a top-N keeps only some values.
    pub(super) fn topped(&self) -> impl Iterator<Item = &PlanPart> {
        std::iter::once(&self.main).chain(&self.compare).chain(&self.history)
    }

    /// Whether values are ranked by what a request gives.
    fn ranks(&self, request: usize) -> bool {
        self.ranking.as_ref().is_some_and(|part| part.tables.iter().any(|table| table.request == request))
    }

    /// Whether a table has to wait for the ranking.
    fn waits(&self, planned: &PlannedTable, axis: usize) -> bool {
        let adds_up = self.requests.get_index(planned.request).is_none_or(Request::adds_up);
        planned.axes.contains(&axis)
            && !adds_up
            && !self.ranks(planned.request)
            && !self.is_ranked_over(planned.request)
    }

    /// Whether the numbers of all values are needed, to know where those stand that are kept.
    fn is_ranked_over(&self, request: usize) -> bool {
        self.topped().any(|part| {
            let rankings = part.metrics.iter().flatten().flat_map(|metric| metric.formula.rankings());
            let mut tables = rankings.flat_map(Formula::terms);
            tables.any(|table| part.tables.get(*table).is_some_and(|table| table.request == request))
        })
    }

    /// The requests that can be asked at once.
    pub(super) fn at_once(&self, top_axis: Option<usize>) -> impl Iterator<Item = &Request> {
        let margins = self.margins.iter().flat_map(|margin| std::iter::once(&margin.now).chain(&margin.then));
        let whole: BTreeSet<usize> = margins.flat_map(|part| &part.tables).map(|planned| planned.request).collect();
        let waiting: BTreeSet<usize> = self
            .topped()
            .flat_map(|part| &part.tables)
            .filter(|planned| top_axis.is_some_and(|axis| self.waits(planned, axis)))
            .map(|planned| planned.request)
            .filter(|request| !whole.contains(request))
            .collect();
        self.requests.iter().enumerate().filter(move |(index, _)| !waiting.contains(index)).map(|(_, request)| request)
    }

    /// What is asked of a part once it is known which values its rows have on each axis: of the other values nothing.
    pub(super) fn narrowed(&self, part: &PlanPart, filters: &[(usize, Filter)]) -> Vec<Deferred> {
        let deferred = |(table, planned): (usize, &PlannedTable)| {
            let request = self.requests.get_index(planned.request)?;
            let mut filters = filters.iter().filter(|(axis, _)| planned.axes.contains(axis));
            let kept = filters.try_fold(request.clone(), |request, (_, filter)| request.narrowed(filter));
            Some(Deferred { table, kept, rest: None })
        };
        part.tables.iter().enumerate().filter_map(deferred).collect()
    }

    /// What is left to ask for one part once it is known which values a top-N keeps, of which there are so many at most.
    pub(super) fn deferred(
        &self,
        part: &PlanPart,
        axis: usize,
        dimension: &DimensionId,
        kept: &[Option<String>],
        most: usize,
    ) -> Vec<Deferred> {
        let filter = |values| Filter { dimension: dimension.clone(), values };
        let deferred = |(table, planned): (usize, &PlannedTable)| {
            let request = self.requests.get_index(planned.request)?;
            if !planned.axes.contains(&axis) || request.adds_up() {
                return None;
            }
            let narrowed = || request.narrowed(&filter(FilterValues::In(kept.to_vec())));
            // The ranking itself has been asked over all values.
            let of_kept = if self.waits(planned, axis) { narrowed() } else { Some(request.clone()) };
            // Where fewer are kept than might be, the ranking knows no other.
            let has_rest = kept.len() >= most || !self.ranks(planned.request);
            let rest = has_rest.then(|| request.without(&filter(FilterValues::NotIn(kept.to_vec())))).flatten();
            Some(Deferred { table, kept: of_kept, rest })
        };
        part.tables.iter().enumerate().filter_map(deferred).collect()
    }
}
