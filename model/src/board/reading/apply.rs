//! What reading a board does to the binding of one tile.

use super::Drill;
use crate::{
    board::{CategoryBinding, GeoBinding, ScalarBinding, SeriesBinding, TableBinding, TileContent},
    metric::{CatalogueView, DimensionId, Filter, FilterValues, MAX_AXES, MAX_LIMIT, MetricRef},
    time::{Grain, Interval, TimeRange},
};

/// A line with fewer steps says nothing.
const FEWEST_STEPS: i64 = 3;
/// With more steps a finer one is no longer seen.
const MOST_STEPS: i64 = 1_600;

/// The parts of a binding that reading changes.
struct Parts<'a> {
    metrics: Vec<&'a MetricRef>,
    filters: &'a mut Vec<Filter>,
    time: &'a mut TimeRange,
    grain: Option<&'a mut Grain>,
    /// Whether numbers are split by lines beside time.
    is_split: bool,
}

impl TileContent {
    fn parts(&mut self) -> Option<Parts<'_>> {
        match self {
            Self::Kpi { binding } => binding.as_mut().map(|ScalarBinding { metric, filters, time, .. }| Parts {
                metrics: vec![metric],
                filters,
                time,
                grain: None,
                is_split: false,
            }),
            Self::Line { binding } => binding.as_mut().map(|SeriesBinding { metric, grain, split, filters, time }| {
                Parts { metrics: vec![metric], filters, time, grain: Some(grain), is_split: split.is_some() }
            }),
            Self::Bar { binding } => binding.as_mut().map(|CategoryBinding { metric, filters, time, .. }| Parts {
                metrics: vec![metric],
                filters,
                time,
                grain: None,
                is_split: true,
            }),
            Self::Table { binding } => {
                binding.as_mut().map(|TableBinding { metric, more_metrics, grain, filters, time, .. }| Parts {
                    metrics: std::iter::once(&*metric).chain(more_metrics.iter()).collect(),
                    filters,
                    time,
                    grain: grain.as_mut(),
                    is_split: true,
                })
            }
            Self::ProvinceMap { binding } => binding.as_mut().map(|GeoBinding { metric, filters, time, .. }| Parts {
                metrics: vec![metric],
                filters,
                time,
                grain: None,
                is_split: true,
            }),
            Self::Text { .. } | Self::Tabs { .. } | Self::Carousel { .. } => None,
        }
    }

    /// The metrics it shows.
    pub fn metrics(&self) -> Vec<&MetricRef> {
        match self {
            Self::Table { binding: Some(binding) } => {
                std::iter::once(&binding.metric).chain(&binding.more_metrics).collect()
            }
            Self::Kpi { .. }
            | Self::Line { .. }
            | Self::Bar { .. }
            | Self::Table { binding: None }
            | Self::ProvinceMap { .. }
            | Self::Text { .. }
            | Self::Tabs { .. }
            | Self::Carousel { .. } => self.first_metric().into_iter().collect(),
        }
    }

    /// The dimensions it is split by.
    pub fn dimensions(&self) -> Vec<DimensionId> {
        match self {
            Self::Line { binding: Some(binding) } => binding.split.iter().cloned().collect(),
            Self::Bar { binding: Some(binding) } => vec![binding.by.clone()],
            Self::Table { binding: Some(binding) } => binding.by.clone(),
            Self::ProvinceMap { binding: Some(binding) } => vec![binding.by.clone()],
            Self::Kpi { .. }
            | Self::Line { binding: None }
            | Self::Bar { binding: None }
            | Self::Table { binding: None }
            | Self::ProvinceMap { binding: None }
            | Self::Text { .. }
            | Self::Tabs { .. }
            | Self::Carousel { .. } => Vec::new(),
        }
    }

    /// Whether all its metrics may be split and filtered by that dimension.
    pub fn knows(&self, dimension: &DimensionId, catalogue: &CatalogueView) -> bool {
        let metrics = self.metrics();
        let knows = |metric: &&MetricRef| {
            catalogue.metric(&metric.id).is_some_and(|metric| metric.dimensions.contains(dimension))
        };
        !metrics.is_empty() && metrics.iter().all(knows)
    }

    /// Lets in what the filter lets in, and no more than before.
    pub(super) fn narrow(&mut self, filter: Filter) {
        let Some(parts) = self.parts() else { return };
        // One way of writing the same, so that equal questions are asked once.
        let same = parts.filters.iter_mut().find_map(|own| match (&mut own.values, &filter.values) {
            (FilterValues::In(own_values), FilterValues::In(values)) if own.dimension == filter.dimension => {
                Some((own_values, values))
            }
            (FilterValues::In(_) | FilterValues::NotIn(_), FilterValues::In(_) | FilterValues::NotIn(_)) => None,
        });
        match same {
            Some((own, values)) => own.retain(|value| values.contains(value)),
            None => parts.filters.push(filter),
        }
    }

    /// Takes another time range, and the step that fits it best.
    pub(super) fn read_over(&mut self, time: TimeRange, catalogue: &CatalogueView) {
        let Some(parts) = self.parts() else { return };
        *parts.time = time;
        if let Some(grain) = parts.grain {
            let offered = |grain: &Grain| {
                parts
                    .metrics
                    .iter()
                    .all(|metric| catalogue.metric(&metric.id).is_none_or(|metric| metric.grains.contains(grain)))
            };
            let offered: Vec<Grain> = Grain::ALL.into_iter().filter(offered).collect();
            *grain = fitting(*grain, time, parts.is_split, &offered);
        }
    }

    /// Goes one step deeper. What does not fit the tile, as in an address for a board that was changed since, does nothing.
    pub(super) fn drill(&mut self, drill: &Drill, catalogue: &CatalogueView) {
        match drill {
            Drill::Step { from, to } => {
                if let Some(interval) = Interval::new(*from, *to) {
                    self.read_over(TimeRange::Between(interval), catalogue);
                }
            }
            Drill::Value { dim, value, by } => {
                if !self.dimensions().contains(dim) || !self.knows(by, catalogue) || self.dimensions().contains(by) {
                    return;
                }
                let is_drilled = match self {
                    Self::Line { binding: Some(binding) } => {
                        binding.split = Some(by.clone());
                        true
                    }
                    Self::Bar { binding: Some(binding) } => {
                        binding.by = by.clone();
                        true
                    }
                    Self::Table { binding: Some(binding) } if binding.by.len() <= MAX_AXES => {
                        if let Some(own) = binding.by.iter_mut().find(|own| *own == dim) {
                            own.clone_from(by);
                        }
                        true
                    }
                    Self::ProvinceMap { binding: Some(binding) } => {
                        // Only provinces lie on a map.
                        let binding = CategoryBinding {
                            metric: binding.metric.clone(),
                            by: by.clone(),
                            top: TOP_OF_A_MAP,
                            filters: binding.filters.clone(),
                            time: binding.time,
                        };
                        *self = Self::Bar { binding: Some(binding) };
                        true
                    }
                    Self::Kpi { .. }
                    | Self::Line { binding: None }
                    | Self::Bar { binding: None }
                    | Self::Table { .. }
                    | Self::ProvinceMap { binding: None }
                    | Self::Text { .. }
                    | Self::Tabs { .. }
                    | Self::Carousel { .. } => false,
                };
                if is_drilled {
                    self.narrow(Filter { dimension: dim.clone(), values: FilterValues::In(vec![value.clone()]) });
                }
            }
        }
    }
}

/// The bars that stand where a map was drilled into.
const TOP_OF_A_MAP: u16 = 10;

/// The own step where it has neither too few nor too many points over that range; else the finest that has not too many.
fn fitting(own: Grain, time: TimeRange, is_split: bool, offered: &[Grain]) -> Grain {
    let fits = |grain: Grain| {
        let steps = time.most_steps(grain);
        steps <= MOST_STEPS && SeriesBinding::most_rows(time, grain, is_split) <= i64::from(MAX_LIMIT)
    };
    // Two begun steps are counted at the ends.
    if fits(own) && time.most_steps(own) - 2 >= FEWEST_STEPS {
        return own;
    }
    let enough = |grain: &Grain| fits(*grain) && time.most_steps(*grain) - 2 >= FEWEST_STEPS;
    // The coarsest that still has enough points, near the number of points the own step was made for.
    let found = if fits(own) {
        offered.iter().rev().find(|grain| **grain < own && enough(grain))
    } else {
        offered.iter().find(|grain| **grain > own && fits(**grain))
    };
    found.or_else(|| offered.iter().find(|grain| fits(**grain))).copied().unwrap_or(own)
}
