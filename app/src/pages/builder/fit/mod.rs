//! What the menus offer: only what all metrics of a tile have and the server can answer. Pure.

#[cfg(test)]
mod tests;

use super::choice::{Choices, DimensionNeed, dimension_need, usual_range};
use crate::pages::time_ranges::offered_ranges;
use model::{
    board::{ComponentKind, SeriesBinding, Shape},
    metric::{
        Calculation, CatalogueView, DimensionId, MAX_AXES, MAX_LIMIT, MAX_METRICS, MAX_STEPS, MetricInfo, MetricRef,
    },
    time::{Grain, TimeRange},
};

/// What several metrics have in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Common {
    /// In the order of the first metric.
    pub dimensions: Vec<DimensionId>,
    pub grains: Vec<Grain>,
}

impl Common {
    /// Nothing where there is no metric.
    pub(crate) fn of<'a>(metrics: impl IntoIterator<Item = &'a MetricInfo>) -> Self {
        let mut metrics = metrics.into_iter();
        let first = metrics.next();
        let mut common = first.map_or_else(Self::default, |metric| Self {
            dimensions: metric.dimensions.clone(),
            grains: metric.grains.clone(),
        });
        for metric in metrics {
            common.dimensions.retain(|dimension| metric.dimensions.contains(dimension));
            common.grains.retain(|grain| metric.grains.contains(grain));
        }
        common
    }

    /// What the chosen metrics have in common; nothing where the first is not this person's to choose.
    pub(crate) fn of_choices(choices: &Choices, catalogue: &CatalogueView) -> Self {
        catalogue.metric(&choices.metric.id).map_or_else(Self::default, |first| {
            let more = choices.more_metrics.iter().filter_map(|metric| catalogue.metric(&metric.id));
            Self::of(std::iter::once(first).chain(more))
        })
    }

    /// The steps that a range may be cut into, for one curve or for one split into several.
    fn grains_for(&self, range: TimeRange, is_split: bool) -> impl Iterator<Item = Grain> {
        let is_short_enough = move |grain: &Grain| {
            let rows = SeriesBinding::most_rows(range, *grain, is_split);
            range.most_steps(*grain) <= MAX_STEPS && rows <= i64::from(MAX_LIMIT)
        };
        self.grains.iter().copied().filter(is_short_enough)
    }

    /// The steps that the menu offers.
    pub(crate) fn offered_grains(&self, kind: ComponentKind, choices: &Choices) -> Vec<Grain> {
        let has_room = kind != ComponentKind::Table || choices.grain.is_some() || may_have_more_axes(choices);
        let is_split = choices.is_split_curve(kind);
        if has_room { self.grains_for(choices.time, is_split).collect() } else { Vec::new() }
    }

    /// The ranges that the menu offers.
    pub(crate) fn offered_ranges(&self, kind: ComponentKind) -> Vec<TimeRange> {
        let mut ranges = offered_ranges();
        // A curve needs steps, also if it is split.
        ranges.retain(|range| kind.shape() != Shape::Series || self.grains_for(*range, true).next().is_some());
        ranges
    }
}

/// Whether a table may be split by one thing more.
pub(crate) fn may_have_more_axes(choices: &Choices) -> bool {
    choices.by.len() + usize::from(choices.grain.is_some()) < MAX_AXES
}

/// Whether a component can draw a metric at all.
pub(crate) fn draws(kind: ComponentKind, metric: &MetricInfo) -> bool {
    let has_province = || metric.dimensions.iter().any(|dimension| dimension.as_str() == "province");
    let has_dimension = match dimension_need(kind) {
        DimensionNeed::None | DimensionNeed::Optional | DimensionNeed::Several => true,
        DimensionNeed::One => !metric.dimensions.is_empty(),
        DimensionNeed::Province => has_province(),
    };
    let has_grain = match kind.shape() {
        Shape::Series => !metric.grains.is_empty(),
        Shape::Scalar | Shape::Category | Shape::Table | Shape::Geo | Shape::None => true,
    };
    has_dimension && has_grain
}

/// The metrics that may be added to a table as it is split and filtered now.
pub(crate) fn offered_more<'a>(choices: &Choices, catalogue: &'a CatalogueView) -> Vec<&'a MetricInfo> {
    let is_new = |metric: &MetricInfo| {
        metric.id != choices.metric.id && choices.more_metrics.iter().all(|other| other.id != metric.id)
    };
    let fits = |metric: &MetricInfo| {
        let filtered = choices.filters.iter().map(|filter| &filter.dimension);
        choices.by.iter().chain(filtered).all(|dimension| metric.dimensions.contains(dimension))
            && choices.grain.is_none_or(|grain| metric.grains.contains(&grain))
    };
    let has_room = choices.more_metrics.len() + 1 < MAX_METRICS;
    catalogue.metrics.iter().filter(|metric| has_room && is_new(metric) && fits(metric)).collect()
}

/// What can be worked out from the metrics of a table, to stand beside them: not what a column shows already.
pub(crate) fn offered_beside(choices: &Choices, catalogue: &CatalogueView) -> Vec<MetricRef> {
    let has_room = choices.more_metrics.len() + 1 < MAX_METRICS;
    let columns = || std::iter::once(&choices.metric).chain(&choices.more_metrics);
    let mut offered: Vec<MetricRef> = Vec::new();
    for metric in columns().filter(|_| has_room) {
        let Some(known) = catalogue.metric(&metric.id) else { continue };
        let fits = |calculation: &Calculation| {
            calculation.is_meant_for(known.additivity, known.is_share_of_cases)
                && choices.may_calculate(ComponentKind::Table, *calculation)
        };
        for calculation in Calculation::OFFERED.into_iter().filter(fits) {
            let beside = MetricRef { calculation: Some(calculation), ..metric.clone() };
            if columns().all(|column| *column != beside) && !offered.contains(&beside) {
                offered.push(beside);
            }
        }
    }
    offered
}

impl Choices {
    /// Another metric for the same tile: what the metrics don't have in common then is dropped, or replaced by what
    /// they have.
    pub(crate) fn change_metric(&mut self, kind: ComponentKind, metric: &MetricInfo, catalogue: &CatalogueView) {
        self.metric = MetricRef { stat: metric.stats.last().copied(), ..MetricRef::plain(metric.id.clone()) };
        self.more_metrics.retain(|other| other.id != metric.id);
        let more = self.more_metrics.iter().filter_map(|other| catalogue.metric(&other.id));
        let common = Common::of(std::iter::once(metric).chain(more));
        self.fit(kind, &common);
    }

    /// Another range; the steps become longer where they would be too many.
    pub(crate) fn change_time(&mut self, kind: ComponentKind, range: TimeRange, common: &Common) {
        self.time = range;
        self.fit_grain(kind, common);
    }

    /// What the numbers are split by; a curve split into several may need longer steps.
    pub(crate) fn split_by(&mut self, kind: ComponentKind, dimension: Option<DimensionId>, common: &Common) {
        self.by = dimension.into_iter().collect();
        self.fit_grain(kind, common);
    }

    fn is_split_curve(&self, kind: ComponentKind) -> bool {
        kind.shape() == Shape::Series && !self.by.is_empty()
    }

    /// A column of a table, on or off.
    pub(crate) fn switch_column(&mut self, dimension: &DimensionId, on: bool) {
        self.by.retain(|other| other != dimension);
        if on {
            self.by.push(dimension.clone());
        }
    }

    /// Drops what the metrics don't have.
    pub(crate) fn fit(&mut self, kind: ComponentKind, common: &Common) {
        let has = |dimension: &DimensionId| common.dimensions.contains(dimension);
        self.by.retain(has);
        self.filters.retain(|filter| has(&filter.dimension));
        match dimension_need(kind) {
            DimensionNeed::None => self.by.clear(),
            DimensionNeed::Optional => self.by.truncate(1),
            DimensionNeed::One | DimensionNeed::Several => {
                if self.by.is_empty() {
                    self.by.extend(common.dimensions.first().cloned());
                }
            }
            DimensionNeed::Province => {
                let provinces = common.dimensions.iter().filter(|dimension| dimension.as_str() == "province");
                self.by = provinces.cloned().collect();
            }
        }
        self.fit_grain(kind, common);
    }

    fn fit_grain(&mut self, kind: ComponentKind, common: &Common) {
        match kind.shape() {
            Shape::Series => {
                let is_split = self.is_split_curve(kind);
                if common.grains_for(self.time, is_split).next().is_none() {
                    self.time = usual_range(kind);
                }
                self.grain = self.fitting_grain(common, is_split).or_else(|| usual_grain(common, self.time, is_split));
            }
            Shape::Table => self.grain = self.fitting_grain(common, false),
            Shape::Scalar | Shape::Category | Shape::Geo | Shape::None => self.grain = None,
        }
    }

    /// The grain as it is, or the next longer one that the metrics have and the range allows.
    fn fitting_grain(&self, common: &Common, is_split: bool) -> Option<Grain> {
        let chosen = self.grain?;
        common.grains_for(self.time, is_split).filter(|grain| *grain >= chosen).min()
    }
}

/// Hours where the metrics have them, else their finest step.
fn usual_grain(common: &Common, range: TimeRange, is_split: bool) -> Option<Grain> {
    let hour = common.grains_for(range, is_split).find(|grain| *grain == Grain::Hour);
    hour.or_else(|| common.grains_for(range, is_split).min())
}
