//! `MetricQuery → Resolved`: a wish becomes names of the catalogue, or a problem that says which name is wrong.

mod course;
mod names;
mod problems;
mod sessions;
#[cfg(test)]
mod tests;
mod time;

pub(super) use names::{definition_of, dimension_of, must_have};

use super::{
    catalogue::{Catalogue, Formula, Metric, Term},
    timeline::Timeline,
};
use course::course_of;
use model::{
    metric::{
        Calculation, DimensionId, DimensionKind, Filter, FilterValues, GroupBy, MAX_AXES, MAX_LIMIT, MAX_METRICS,
        MetricQuery, OrderKey, SessionChoice, Unit,
    },
    problem::{Problem, ProblemCode},
    time::{Calendar, Compare, Timestamp},
};
use names::metric_of;
use std::sync::Arc;
use time::{must_step, timeline_of};

const MAX_TOP: u16 = 1_000;
const MAX_FILTER_VALUES: usize = 1_000;

/// One way in which the rows are split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Axis {
    Dimension(DimensionId),
    Time,
}

/// A metric with its definition chosen.
#[derive(Debug, Clone)]
pub(super) struct ResolvedMetric {
    pub column: String,
    pub metric: Arc<Metric>,
    pub formula: Formula<Term>,
    pub calculation: Option<Calculation>,
}

impl ResolvedMetric {
    /// Whether a comparison also says by how many percent it has changed: the seventh place is not so many percent of the
    /// eighth.
    pub(super) fn changes_in_percent(&self) -> bool {
        self.calculation != Some(Calculation::Rank)
    }

    /// Whether what it is compared with has a column: a change of places says it already.
    pub(super) fn is_compared(&self) -> bool {
        self.calculation != Some(Calculation::RankChange)
    }

    /// The columns beside its own.
    pub(super) fn beside(&self) -> &'static [&'static str] {
        self.calculation.map_or(&[], Calculation::beside)
    }

    /// What its column is counted in.
    pub(super) fn unit(&self) -> Unit {
        match self.calculation {
            Some(Calculation::Share) => Unit::Percent,
            Some(Calculation::Tgi) => Unit::Ratio,
            Some(Calculation::Rank | Calculation::RankChange) => Unit::Count,
            Some(
                Calculation::Cumulative | Calculation::MovingMean(_) | Calculation::Confidence | Calculation::Anomaly,
            )
            | None => self.metric.unit,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum SortBy {
    /// Index into the metrics.
    Metric(usize),
    /// Index into the axes.
    Axis(usize),
}

/// The largest values of one axis.
#[derive(Debug, Clone)]
pub(super) struct ResolvedTop {
    pub axis: usize,
    pub dimension: DimensionId,
    pub n: usize,
    pub by: ResolvedMetric,
    pub other: bool,
}

/// A query that only speaks of what exists and can be answered.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub metrics: Vec<ResolvedMetric>,
    pub axes: Vec<Axis>,
    /// On provinces: these narrow the scope and never become SQL of their own.
    pub province_filters: Vec<FilterValues>,
    /// On all other dimensions, in a fixed order.
    pub filters: Vec<Filter>,
    pub timeline: Timeline,
    pub compare: Option<(Compare, Option<Timeline>)>,
    pub top: Option<ResolvedTop>,
    pub order: Vec<(SortBy, bool)>,
    pub limit: u32,
    /// What the courses beside the rows are made of: the same metrics, as far as they have one, along time.
    pub course: Option<Box<Resolved>>,
    /// Single sessions behind the metric are asked for, and not the number.
    pub sessions: Option<SessionChoice>,
}

pub(super) fn resolve(
    catalogue: &Catalogue,
    query: &MetricQuery,
    now: Timestamp,
    calendar: Calendar,
) -> Result<Resolved, Problem> {
    check_size(query)?;
    let metrics = query.metrics.iter().map(|metric| metric_of(catalogue, metric)).collect::<Result<Vec<_>, _>>()?;
    if let Some(twice) = metrics
        .iter()
        .enumerate()
        .find(|(index, metric)| metrics.iter().take(*index).any(|other| other.column == metric.column))
    {
        return Err(invalid(format!("the metric “{}” is asked for twice", twice.1.column)));
    }
    let axes = axes_of(catalogue, query)?;
    let top = top_of(catalogue, query, &axes)?;
    let everywhere = || metrics.iter().chain(top.iter().map(|top| &top.by));
    for axis in &axes {
        if let Axis::Dimension(id) = axis {
            everywhere().try_for_each(|metric| must_have(catalogue, &metric.metric, id))?;
        }
    }
    let (province_filters, filters) = filters_of(catalogue, query, &everywhere)?;
    let grain = query.grain();
    if let Some(grain) = grain {
        everywhere().try_for_each(|metric| must_step(&metric.metric, grain))?;
    }
    metrics.iter().try_for_each(|metric| must_mean_something(metric, &axes, query.compare))?;
    let timeline = timeline_of(query, now, calendar, grain)?;
    let compare = query.compare.map(|compare| {
        let earlier = |passed| {
            let interval = compare.interval(query.time, timeline.interval, passed, calendar);
            if compare.moves_steps() { timeline.moved_onto(interval) } else { timeline.compared_over(interval) }
        };
        (compare, timeline.elapsed.map(earlier))
    });
    let order = order_of(query, &metrics, &axes)?;
    if query.sessions.is_some() {
        sessions::must_be_of_sessions(catalogue, query, &metrics, timeline.interval)?;
    }
    let (limit, sessions) = (query.limit, query.sessions);
    let rows = Resolved {
        metrics,
        axes,
        province_filters,
        filters,
        timeline,
        compare,
        top,
        order,
        limit,
        course: None,
        sessions,
    };
    let course = query.course.map(|step| course_of(query, &rows, step)).transpose()?;
    Ok(Resolved { course: course.map(Box::new), ..rows })
}

/// A calculation needs what it goes along or sets against each other, and numbers that it means something for.
fn must_mean_something(metric: &ResolvedMetric, axes: &[Axis], compare: Option<Compare>) -> Result<(), Problem> {
    let Some(calculation) = metric.calculation else {
        return Ok(());
    };
    let id = &metric.metric.id;
    let dimensions = axes.iter().filter(|axis| **axis != Axis::Time).count();
    let is_share_of_cases = metric.formula.is_share_of_cases();
    let missing = if calculation == Calculation::Confidence && !is_share_of_cases {
        format!("“{id}” has no “{calculation}”: it is no share of cases that each count or don't")
    } else if !calculation.is_meant_for(metric.metric.additivity, is_share_of_cases) {
        format!("“{id}” has no “{calculation}”: its numbers can't be added up so")
    } else if calculation.needs_time() && !axes.contains(&Axis::Time) {
        format!("the “{calculation}” of “{id}” goes along time: split by a step of time")
    } else if !calculation.suits_dimensions(dimensions) {
        let wanted = if calculation == Calculation::Tgi { "two dimensions, part and group" } else { "a dimension" };
        format!("the “{calculation}” of “{id}” is one of parts: split by {wanted}")
    } else if calculation.needs_comparison() && compare.is_none() {
        format!("the “{calculation}” of “{id}” needs something to be compared with: add “compare”")
    } else {
        return Ok(());
    };
    Err(invalid(missing).with("metric", id))
}

fn check_size(query: &MetricQuery) -> Result<(), Problem> {
    if query.metrics.is_empty() {
        return Err(invalid("a query needs at least one metric"));
    }
    if query.metrics.len() > MAX_METRICS {
        return Err(invalid(format!(
            "{} metrics are too many for one query: ask for {MAX_METRICS} at most",
            query.metrics.len()
        )));
    }
    if query.by.len() > MAX_AXES {
        return Err(invalid(format!("“by” has {} entries: {MAX_AXES} at most", query.by.len())));
    }
    if query.limit > MAX_LIMIT && query.grain().is_some() {
        let detail = format!(
            "The range has up to {} rows by its steps and lines: {MAX_LIMIT} at most. Take a shorter range, a longer \
             step or fewer lines.",
            query.limit
        );
        return Err(Problem::new(ProblemCode::TooManySteps, detail)
            .with("steps", query.limit)
            .with("limit", MAX_LIMIT));
    }
    if query.limit == 0 || query.limit > MAX_LIMIT {
        return Err(invalid(format!("“limit” is {}: expected 1 to {MAX_LIMIT}", query.limit)));
    }
    Ok(())
}

fn axes_of(catalogue: &Catalogue, query: &MetricQuery) -> Result<Vec<Axis>, Problem> {
    let mut axes = Vec::with_capacity(query.by.len());
    for by in &query.by {
        let axis = match by {
            GroupBy::Dimension(id) => Axis::Dimension(dimension_of(catalogue, id)?.id.clone()),
            GroupBy::Time(_) => Axis::Time,
        };
        if axes.contains(&axis) {
            let name = match axis {
                Axis::Dimension(id) => id.to_string(),
                Axis::Time => "time".to_owned(),
            };
            return Err(invalid(format!("“by” names “{name}” twice")));
        }
        axes.push(axis);
    }
    Ok(axes)
}

fn filters_of<'a, I: Iterator<Item = &'a ResolvedMetric>>(
    catalogue: &Catalogue,
    query: &MetricQuery,
    metrics: &impl Fn() -> I,
) -> Result<(Vec<FilterValues>, Vec<Filter>), Problem> {
    let (mut provinces, mut others) = (Vec::new(), Vec::new());
    for filter in &query.filters {
        let dimension = dimension_of(catalogue, &filter.dimension)?;
        metrics().try_for_each(|metric| must_have(catalogue, &metric.metric, &dimension.id))?;
        let count = match &filter.values {
            FilterValues::In(values) | FilterValues::NotIn(values) => values.len(),
        };
        if count > MAX_FILTER_VALUES {
            return Err(invalid(format!(
                "the filter on “{}” has {count} values: {MAX_FILTER_VALUES} at most",
                dimension.id
            )));
        }
        match dimension.kind {
            DimensionKind::Province => provinces.push(filter.values.clone()),
            DimensionKind::Text | DimensionKind::Number => others.push(canonical(filter)),
        }
    }
    others.sort_by(|one, two| one.dimension.cmp(&two.dimension));
    Ok((provinces, others))
}

/// The same filter in one way of writing, so that equal questions are equal SQL.
fn canonical(filter: &Filter) -> Filter {
    let sorted = |values: &[Option<String>]| {
        let mut values = values.to_vec();
        values.sort_unstable();
        values.dedup();
        values
    };
    let values = match &filter.values {
        FilterValues::In(values) => FilterValues::In(sorted(values)),
        FilterValues::NotIn(values) => FilterValues::NotIn(sorted(values)),
    };
    Filter { dimension: filter.dimension.clone(), values }
}

fn top_of(catalogue: &Catalogue, query: &MetricQuery, axes: &[Axis]) -> Result<Option<ResolvedTop>, Problem> {
    let Some(top) = &query.top else {
        return Ok(None);
    };
    let dimension = dimension_of(catalogue, &top.dim)?.id.clone();
    let axis = axes.iter().position(|axis| *axis == Axis::Dimension(dimension.clone())).ok_or_else(|| {
        invalid(format!("“top” is about “{dimension}”, which is not in “by”")).with("dimension", &dimension)
    })?;
    if top.n == 0 || top.n > MAX_TOP {
        return Err(invalid(format!("“top” asks for {}: expected 1 to {MAX_TOP}", top.n)));
    }
    Ok(Some(ResolvedTop {
        axis,
        dimension,
        n: usize::from(top.n),
        by: metric_of(catalogue, &top.by.without_calculation())?,
        other: top.other,
    }))
}

fn order_of(query: &MetricQuery, metrics: &[ResolvedMetric], axes: &[Axis]) -> Result<Vec<(SortBy, bool)>, Problem> {
    let axis_of = |axis: &Axis| axes.iter().position(|other| other == axis).map(SortBy::Axis);
    query
        .order
        .iter()
        .map(|order| {
            let (found, name) = match &order.key {
                OrderKey::Metric(metric) => {
                    let column = metric.column_name();
                    (metrics.iter().position(|other| other.column == column).map(SortBy::Metric), column)
                }
                OrderKey::Dimension(id) => (axis_of(&Axis::Dimension(id.clone())), id.to_string()),
                OrderKey::Time => (axis_of(&Axis::Time), "time".to_owned()),
            };
            let sort = found.ok_or_else(|| invalid(format!("“order” names “{name}”, which is not in the answer")))?;
            Ok((sort, order.descending))
        })
        .collect()
}

fn invalid(detail: impl Into<String>) -> Problem {
    Problem::new(ProblemCode::InvalidQuery, detail)
}
