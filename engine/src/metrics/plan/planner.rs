//! Makes the plan: every term of every metric becomes a request within the scope.

use super::{
    Base, GroupKey, Margin, PlanPart, PlannedMetric, PlannedTable, Request, ScopedMeasure, ScopedPlan, Steps,
    occurrences::{beside, granted, known_until},
};
use crate::{
    access::Scope,
    events::Fact,
    metrics::{
        catalogue::{Aggregate, Catalogue, Condition, DimensionColumn, Source, Term},
        resolve::{Axis, Resolved, ResolvedMetric},
        scoped::ScopedRegions,
        timeline::Timeline,
    },
};
use indexmap::IndexSet;
use model::{
    metric::{Calculation, DimensionId, DimensionKind, Filter},
    problem::Problem,
};
use std::collections::BTreeSet;

const MINUTES: Source = Source::Fact(Fact::MinuteAudience);

/// Plans a query within a scope.
///
/// A metric whose kinds of data are not granted anywhere is a problem. One whose filters leave nothing of what is
/// granted has no part in the plan.
pub(in crate::metrics) fn plan(
    catalogue: &Catalogue,
    scope: &Scope,
    resolved: &Resolved,
) -> Result<ScopedPlan, Problem> {
    let mut planner = Planner { catalogue, scope, resolved, requests: IndexSet::new() };
    let all = || resolved.metrics.iter().map(Some);
    let main = planner.part(all(), &resolved.axes, &resolved.timeline)?;
    let compare = match &resolved.compare {
        Some((_, Some(earlier))) => Some(planner.part(all(), &resolved.axes, earlier)?),
        Some((_, None)) | None => None,
    };
    let ranking = match &resolved.top {
        Some(top) => {
            let whole = Timeline { grain: None, steps: Vec::new(), ..resolved.timeline.clone() };
            let axes = [Axis::Dimension(top.dimension.clone())];
            Some(planner.part(std::iter::once(Some(&top.by)), &axes, &whole)?)
        }
        None => None,
    };
    let is_anomaly = |metric: &&ResolvedMetric| metric.calculation == Some(Calculation::Anomaly);
    let history =
        match resolved.timeline.history().filter(|_| resolved.metrics.iter().any(|metric| is_anomaly(&metric))) {
            Some(before) => {
                let wanted = resolved.metrics.iter().map(|metric| Some(metric).filter(is_anomaly));
                Some(planner.part(wanted, &resolved.axes, &before)?)
            }
            None => None,
        };
    let margins = planner.margins()?;
    Ok(ScopedPlan { requests: planner.requests, main, compare, ranking, history, margins })
}

struct Planner<'a> {
    catalogue: &'a Catalogue,
    scope: &'a Scope,
    resolved: &'a Resolved,
    requests: IndexSet<Request>,
}

/// Where one metric looks.
struct Place<'a> {
    axes: &'a [Axis],
    timeline: &'a Timeline,
    granted: ScopedRegions,
    /// What filters on provinces leave of it.
    regions: ScopedRegions,
    /// Whether the query splits or filters by programme: minutes are then those of the programmes.
    by_programme: bool,
}

impl<'a> Planner<'a> {
    /// What parts are set against: a share against the whole of its step, an index also against the whole of its row and that
    /// of its column.
    fn margins(&mut self) -> Result<Vec<Margin>, Problem> {
        let resolved: &'a Resolved = self.resolved;
        let is_time = |axis: &usize| resolved.axes.get(*axis) == Some(&Axis::Time);
        let (along_time, split): (Vec<usize>, Vec<usize>) = (0..resolved.axes.len()).partition(is_time);
        let uses = |metric: &ResolvedMetric, of_parts: bool| match metric.calculation {
            Some(Calculation::Tgi) => true,
            Some(Calculation::Share) => !of_parts,
            Some(
                Calculation::Rank
                | Calculation::RankChange
                | Calculation::Cumulative
                | Calculation::MovingMean(_)
                | Calculation::Confidence
                | Calculation::Anomaly,
            )
            | None => false,
        };
        let of_parts = split.into_iter().map(|axis| {
            let mut axes: Vec<usize> = along_time.iter().copied().chain([axis]).collect();
            axes.sort_unstable();
            (axes, true)
        });
        let mut margins = Vec::new();
        for (axes, of_parts) in std::iter::once((along_time.clone(), false)).chain(of_parts) {
            // The other metrics keep their places and ask for nothing.
            let wanted = || resolved.metrics.iter().map(|metric| Some(metric).filter(|metric| uses(metric, of_parts)));
            if wanted().all(|metric| metric.is_none()) {
                continue;
            }
            let kept: Vec<Axis> = axes.iter().filter_map(|axis| resolved.axes.get(*axis).cloned()).collect();
            let now = self.part(wanted(), &kept, &resolved.timeline)?;
            let then = match resolved.compare.as_ref().and_then(|(_, earlier)| earlier.as_ref()) {
                Some(earlier) => Some(self.part(wanted(), &kept, earlier)?),
                None => None,
            };
            margins.push(Margin { axes, now, then });
        }
        Ok(margins)
    }

    fn part<'m>(
        &mut self,
        metrics: impl Iterator<Item = Option<&'m ResolvedMetric>>,
        axes: &[Axis],
        timeline: &Timeline,
    ) -> Result<PlanPart, Problem> {
        let mut tables = Vec::new();
        let planned = metrics.map(|metric| match metric {
            Some(metric) => self.metric(metric, axes, timeline, &mut tables),
            None => Ok(None),
        });
        let planned = planned.collect::<Result<_, _>>()?;
        let is_province = |axis: &Axis| match axis {
            Axis::Dimension(id) => {
                self.catalogue.dimension(id).is_some_and(|dimension| dimension.kind == DimensionKind::Province)
            }
            Axis::Time => false,
        };
        let province_axis = axes.iter().position(is_province);
        Ok(PlanPart { timeline: timeline.clone(), axes: axes.to_vec(), province_axis, tables, metrics: planned })
    }

    fn metric(
        &mut self,
        metric: &ResolvedMetric,
        axes: &[Axis],
        timeline: &Timeline,
        tables: &mut Vec<PlannedTable>,
    ) -> Result<Option<PlannedMetric>, Problem> {
        let granted = granted(self.scope, &metric.metric)?;
        let mut regions = Some(granted.clone());
        for filter in &self.resolved.province_filters {
            regions = regions.and_then(|regions| regions.narrowed(filter));
        }
        let Some(regions) = regions else {
            return Ok(None);
        };
        let shown = regions.regions();
        let place = Place { axes, timeline, granted, regions, by_programme: self.speaks_of_programmes(axes) };
        let formula = metric.formula.map(&mut |term| self.table(term, &place, tables));
        self.presence(metric, &place, tables);
        let sample =
            metric.metric.sample.as_ref().map(|sample| sample.map(&mut |term| self.table(term, &place, tables)));
        let airings = place.by_programme.then(|| self.airings(&place, tables));
        Ok(Some(PlannedMetric { formula, sample, airings, regions: shown }))
    }

    /// Where every term ignores a dimension that rows are split by, something must still say which values it has.
    fn presence(&mut self, metric: &ResolvedMetric, place: &Place<'_>, tables: &mut Vec<PlannedTable>) {
        let terms = metric.formula.terms();
        let whole = |term: &&&Term| {
            place.axes.iter().all(|axis| match axis {
                Axis::Dimension(id) => !term.ignoring.contains(id),
                Axis::Time => true,
            })
        };
        let knows = |term: &&&Term| {
            let table = self.catalogue.fact(term.measure.source);
            place.axes.iter().all(|axis| match axis {
                Axis::Dimension(id) => table.is_some_and(|table| table.dimensions.contains_key(id)),
                Axis::Time => true,
            })
        };
        if terms.iter().any(|term| whole(&term)) {
            return;
        }
        if let Some(term) = terms.iter().find(knows) {
            let narrowed = Term { ignoring: BTreeSet::new(), ..(*term).clone() };
            self.table(&narrowed, place, tables);
        }
    }

    fn speaks_of_programmes(&self, axes: &[Axis]) -> bool {
        let joined = |id: &DimensionId| {
            let column = self.catalogue.fact(MINUTES).and_then(|table| table.dimensions.get(id));
            matches!(column, Some(DimensionColumn::Programme { .. }))
        };
        let in_axes = axes.iter().any(|axis| match axis {
            Axis::Dimension(id) => joined(id),
            Axis::Time => false,
        });
        in_axes || self.resolved.filters.iter().any(|filter| joined(&filter.dimension))
    }

    fn table(&mut self, term: &Term, place: &Place<'_>, tables: &mut Vec<PlannedTable>) -> usize {
        let source = term.measure.source;
        let joined = |id: &DimensionId| {
            let column = self.catalogue.fact(source).and_then(|table| table.dimensions.get(id));
            matches!(column, Some(DimensionColumn::Programme { .. }))
        };
        // What ignores the programme is counted over its minutes: they are kept apart and picked out later.
        let minute_by_minute = place.by_programme && source == MINUTES && term.ignoring.iter().any(joined);
        let counts_days = matches!(term.measure.aggregate, Aggregate::Stock(_));
        let mut keys = Vec::new();
        let mut axes = Vec::new();
        for (index, axis) in place.axes.iter().enumerate() {
            let key = match axis {
                Axis::Dimension(id) if term.ignoring.contains(id) => None,
                Axis::Dimension(id) => Some(GroupKey::Dimension(id.clone())),
                Axis::Time if minute_by_minute || counts_days => None,
                Axis::Time => Steps::of(place.timeline).map(GroupKey::Step),
            };
            if let Some(key) = key {
                keys.push(key);
                axes.push(index);
            }
        }
        if minute_by_minute {
            keys.push(GroupKey::Minute);
        }
        match &term.measure.aggregate {
            Aggregate::Stock(_) => keys.extend([GroupKey::OpenedDay, GroupKey::ClosedDay]),
            Aggregate::Buckets { of, .. } | Aggregate::Amounts(of) | Aggregate::Values(of) => {
                keys.push(GroupKey::Bucket(of.clone()));
            }
            Aggregate::Count
            | Aggregate::Sum(_)
            | Aggregate::Distinct(_)
            | Aggregate::DistinctByDay(_)
            | Aggregate::Largest(_)
            | Aggregate::Decaying { .. } => {}
        }
        keys.sort_unstable();
        let filters: Vec<Filter> =
            self.resolved.filters.iter().filter(|filter| !term.ignoring.contains(&filter.dimension)).cloned().collect();
        let programmes = keys.iter().filter_map(GroupKey::dimension).any(joined)
            || filters.iter().any(|filter| joined(&filter.dimension));
        let runs = term.measure.conditions.iter().any(|condition| matches!(condition, Condition::UnbrokenMinutes(_)));
        let decays = matches!(term.measure.aggregate, Aggregate::Decaying { .. });
        let measure = ScopedMeasure {
            aggregate: term.measure.aggregate.clone(),
            conditions: term.measure.conditions.clone(),
            within: if runs || decays { Steps::of(place.timeline) } else { None },
        };
        let interval = if term.from_day_before { place.timeline.with_day_before() } else { place.timeline.interval };
        let base = Base {
            source,
            regions: place.regions.clone(),
            beside: beside(source, &place.granted),
            interval,
            calendar: place.timeline.calendar,
            filters,
            programmes,
            known_until: if decays {
                Some(place.timeline.known_until(false))
            } else {
                known_until(self.catalogue, source, place.timeline)
            },
        };
        self.planned(Request { base, keys, measure }, axes, tables)
    }

    /// When the programmes ran that the query speaks of.
    fn airings(&mut self, place: &Place<'_>, tables: &mut Vec<PlannedTable>) -> usize {
        let known = |id: &DimensionId| matches!(id.as_str(), "channel" | "programme");
        let mut keys = vec![GroupKey::AiringChannel, GroupKey::AiringStart, GroupKey::AiringStop];
        let mut axes = Vec::new();
        for (index, axis) in place.axes.iter().enumerate() {
            match axis {
                Axis::Dimension(id) if known(id) => {
                    keys.push(GroupKey::Dimension(id.clone()));
                    axes.push(index);
                }
                Axis::Dimension(_) | Axis::Time => {}
            }
        }
        keys.sort_unstable();
        let base = Base {
            source: Source::Fact(Fact::Programme),
            regions: place.regions.clone(),
            beside: None,
            interval: place.timeline.interval,
            calendar: place.timeline.calendar,
            filters: self.resolved.filters.iter().filter(|filter| known(&filter.dimension)).cloned().collect(),
            programmes: false,
            known_until: None,
        };
        let measure = ScopedMeasure { aggregate: Aggregate::Count, conditions: Vec::new(), within: None };
        self.planned(Request { base, keys, measure }, axes, tables)
    }

    fn planned(&mut self, request: Request, axes: Vec<usize>, tables: &mut Vec<PlannedTable>) -> usize {
        let (request, _) = self.requests.insert_full(request);
        let table = PlannedTable { request, axes };
        tables.iter().position(|other| *other == table).unwrap_or_else(|| {
            tables.push(table);
            tables.len() - 1
        })
    }
}
