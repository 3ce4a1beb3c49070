//! What reading a board does to the binding of one tile.

use super::Drill;
use crate::{
    board::{
        Bound, CategoryBinding, CategoryKind, GeoBinding, MatrixBinding, PairBinding, PointsBinding, ScalarBinding,
        SeriesBinding, SessionsBinding, SpreadBinding, TableBinding, TileContent,
    },
    metric::{CatalogueView, DimensionId, Filter, FilterValues, GroupBy, MAX_AXES, MAX_LIMIT, MetricRef},
    time::{Compare, Grain, Interval, TimeRange},
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
    /// The step of the courses beside numbers.
    course: Option<&'a mut Option<Grain>>,
    /// Whether numbers are split by lines beside time.
    is_split: bool,
}

/// The step of a group along time.
fn grain_of_groups<'a>(by: &'a mut GroupBy, across: Option<&'a mut GroupBy>) -> Option<&'a mut Grain> {
    std::iter::once(by).chain(across).find_map(|group| match group {
        GroupBy::Time(grain) => Some(grain),
        GroupBy::Dimension(_) => None,
    })
}

impl TileContent {
    fn parts(&mut self) -> Option<Parts<'_>> {
        let bare = |metric, filters, time| Parts {
            metrics: vec![metric],
            filters,
            time,
            grain: None,
            course: None,
            is_split: true,
        };
        match self {
            Self::Scalar(bound) => bound.binding.as_mut().map(|ScalarBinding { metric, filters, time, .. }| Parts {
                is_split: false,
                ..bare(metric, filters, time)
            }),
            Self::Series(bound) => {
                bound.binding.as_mut().map(|SeriesBinding { metric, grain, split, filters, time }| Parts {
                    grain: Some(grain),
                    is_split: split.is_some(),
                    ..bare(metric, filters, time)
                })
            }
            Self::Category(bound) => {
                bound.binding.as_mut().map(|CategoryBinding { metric, filters, time, .. }| bare(metric, filters, time))
            }
            Self::Matrix(bound) => {
                bound.binding.as_mut().map(|MatrixBinding { metric, by, across, filters, time, .. }| Parts {
                    grain: grain_of_groups(by, across.as_mut()),
                    ..bare(metric, filters, time)
                })
            }
            Self::Pair(bound) => {
                bound.binding.as_mut().map(|PairBinding { metric, second, grain, filters, time }| Parts {
                    metrics: vec![metric, second],
                    grain: Some(grain),
                    is_split: false,
                    ..bare(metric, filters, time)
                })
            }
            Self::Points(bound) => {
                bound.binding.as_mut().map(|PointsBinding { metric, second, third, filters, time, .. }| Parts {
                    metrics: [&*metric, &*second].into_iter().chain(third.as_ref()).collect(),
                    ..bare(metric, filters, time)
                })
            }
            Self::Spread(bound) => {
                bound.binding.as_mut().map(|SpreadBinding { metric, filters, time, .. }| bare(metric, filters, time))
            }
            Self::Table(bound) => {
                let TableBinding { metric, more_metrics, grain, course, filters, time, .. } = bound.binding.as_mut()?;
                Some(Parts {
                    metrics: std::iter::once(&*metric).chain(more_metrics.iter()).collect(),
                    grain: grain.as_mut(),
                    course: Some(course),
                    ..bare(metric, filters, time)
                })
            }
            Self::Geo(bound) => {
                bound.binding.as_mut().map(|GeoBinding { metric, filters, time, .. }| bare(metric, filters, time))
            }
            Self::Sessions(bound) => {
                bound.binding.as_mut().map(|SessionsBinding { metric, filters, time, .. }| bare(metric, filters, time))
            }
            Self::Still(_) | Self::Tabs { .. } | Self::Carousel { .. } => None,
        }
    }

    /// The dimensions it is split by.
    pub fn dimensions(&self) -> Vec<DimensionId> {
        let of_group = |group: &GroupBy| match group {
            GroupBy::Dimension(dimension) => Some(dimension.clone()),
            GroupBy::Time(_) => None,
        };
        match self {
            Self::Series(Bound { binding: Some(binding), .. }) => binding.split.iter().cloned().collect(),
            Self::Category(Bound { binding: Some(binding), .. }) => vec![binding.by.clone()],
            Self::Matrix(Bound { binding: Some(binding), .. }) => {
                std::iter::once(&binding.by).chain(&binding.across).filter_map(of_group).collect()
            }
            Self::Points(Bound { binding: Some(binding), .. }) => vec![binding.by.clone()],
            Self::Spread(Bound { binding: Some(binding), .. }) => binding.by.iter().cloned().collect(),
            Self::Table(Bound { binding: Some(binding), .. }) => binding.by.clone(),
            Self::Geo(Bound { binding: Some(binding), .. }) => vec![binding.by.clone()],
            Self::Scalar(_)
            | Self::Series(_)
            | Self::Category(_)
            | Self::Matrix(_)
            | Self::Pair(_)
            | Self::Points(_)
            | Self::Spread(_)
            | Self::Table(_)
            | Self::Geo(_)
            | Self::Sessions(_)
            | Self::Still(_)
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

    /// What it is compared with; `None` where it is compared with nothing, or can't be.
    fn comparison(&mut self) -> Option<&mut Compare> {
        match self {
            Self::Scalar(bound) => bound.binding.as_mut()?.compare.as_mut(),
            Self::Category(bound) => bound.binding.as_mut()?.compare.as_mut(),
            Self::Table(bound) => bound.binding.as_mut()?.compare.as_mut(),
            Self::Series(_)
            | Self::Matrix(_)
            | Self::Pair(_)
            | Self::Points(_)
            | Self::Spread(_)
            | Self::Geo(_)
            | Self::Sessions(_)
            | Self::Still(_)
            | Self::Tabs { .. }
            | Self::Carousel { .. } => None,
        }
    }

    /// Takes another comparison in the place of its own; what is compared with nothing stays so.
    pub(super) fn compare_with(&mut self, compare: Compare) {
        if let Some(own) = self.comparison() {
            *own = compare;
        }
    }

    /// Whether it is compared with something.
    pub fn is_compared(&self) -> bool {
        self.query().is_some_and(|query| query.compare.is_some())
    }

    /// Takes another time range, and the step that fits it best.
    pub(super) fn read_over(&mut self, time: TimeRange, catalogue: &CatalogueView) {
        let Some(parts) = self.parts() else { return };
        *parts.time = time;
        let offered = |grain: &Grain| {
            parts
                .metrics
                .iter()
                .all(|metric| catalogue.metric(&metric.id).is_none_or(|metric| metric.grains.contains(grain)))
        };
        let offered: Vec<Grain> = Grain::ALL.into_iter().filter(offered).collect();
        if let Some(grain) = parts.grain {
            let fits = |grain: Grain| {
                let rows = SeriesBinding::most_rows(time, grain, parts.is_split);
                time.most_steps(grain) <= MOST_STEPS && rows <= i64::from(MAX_LIMIT)
            };
            *grain = fitting(*grain, time, &offered, fits).unwrap_or(*grain);
        }
        if let Some(course) = parts.course {
            // Where no step of the range is long enough, the numbers stand alone.
            let fits = |step: Grain| TableBinding::course_fits(time, step);
            *course = course.and_then(|own| fitting(own, time, &offered, fits));
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
                    Self::Series(Bound { binding: Some(binding), .. }) => {
                        binding.split = Some(by.clone());
                        true
                    }
                    Self::Category(Bound { binding: Some(binding), .. }) => {
                        binding.by = by.clone();
                        true
                    }
                    Self::Matrix(Bound { binding: Some(binding), .. }) => {
                        let groups = std::iter::once(&mut binding.by).chain(&mut binding.across);
                        exchange(groups, dim, by)
                    }
                    Self::Points(Bound { binding: Some(binding), .. }) => {
                        binding.by = by.clone();
                        true
                    }
                    Self::Spread(Bound { binding: Some(binding), .. }) => {
                        binding.by = Some(by.clone());
                        true
                    }
                    Self::Table(Bound { binding: Some(binding), .. }) if binding.by.len() <= MAX_AXES => {
                        if let Some(own) = binding.by.iter_mut().find(|own| *own == dim) {
                            own.clone_from(by);
                        }
                        true
                    }
                    Self::Geo(Bound { binding: Some(binding), .. }) => {
                        // Only provinces lie on a map.
                        let binding = CategoryBinding {
                            metric: binding.metric.clone(),
                            by: by.clone(),
                            top: TOP_OF_A_MAP,
                            filters: binding.filters.clone(),
                            time: binding.time,
                            compare: None,
                        };
                        *self = Self::Category(Bound::to(CategoryKind::Bar, binding));
                        true
                    }
                    Self::Scalar(_)
                    | Self::Series(_)
                    | Self::Category(_)
                    | Self::Matrix(_)
                    | Self::Pair(_)
                    | Self::Points(_)
                    | Self::Spread(_)
                    | Self::Table(_)
                    | Self::Geo(_)
                    | Self::Sessions(_)
                    | Self::Still(_)
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

/// Puts a dimension in the place of another. `false` where there is none such.
fn exchange<'a>(mut groups: impl Iterator<Item = &'a mut GroupBy>, from: &DimensionId, to: &DimensionId) -> bool {
    let place = groups.find(|group| matches!(group, GroupBy::Dimension(dimension) if dimension == from));
    match place {
        Some(place) => {
            *place = GroupBy::Dimension(to.clone());
            true
        }
        None => false,
    }
}

/// The bars that stand where a map was drilled into.
const TOP_OF_A_MAP: u16 = 10;

/// The own step where it has neither too few nor too many points over that range; else the finest that has not too many.
/// `None` where all have too many.
fn fitting(own: Grain, time: TimeRange, offered: &[Grain], fits: impl Fn(Grain) -> bool) -> Option<Grain> {
    // Two begun steps are counted at the ends.
    if fits(own) && time.most_steps(own) - 2 >= FEWEST_STEPS {
        return Some(own);
    }
    let enough = |grain: &Grain| fits(*grain) && time.most_steps(*grain) - 2 >= FEWEST_STEPS;
    // The coarsest that still has enough points, near the number of points the own step was made for.
    let found = if fits(own) {
        offered.iter().rev().find(|grain| **grain < own && enough(grain))
    } else {
        offered.iter().find(|grain| **grain > own && fits(**grain))
    };
    found.or_else(|| offered.iter().find(|grain| fits(**grain))).copied()
}
