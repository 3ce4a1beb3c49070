//! What the menus offer: only what all metrics of a tile have and the server can answer. Pure.

#[cfg(test)]
mod tests;

use super::choice::{Choices, DimensionNeed, GrainNeed, ROWS, dimension_need, grain_need, made_for_grain, usual_range};
use crate::pages::time_ranges::offered_ranges;
use model::{
    board::{ComponentKind, SeriesBinding, Shape},
    metric::{
        Calculation, CatalogueView, DimensionId, MAX_AXES, MAX_COURSE_ROWS, MAX_LIMIT, MAX_METRICS, MAX_SESSION_DAYS,
        MAX_STEPS, MetricInfo, MetricRef, Stat,
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

    /// The step that a component is made for, where the metrics have it.
    fn made_for(&self, kind: ComponentKind) -> Option<Grain> {
        made_for_grain(kind).filter(|grain| self.grains.contains(grain))
    }

    /// The steps that the menu offers.
    pub(crate) fn offered_grains(&self, kind: ComponentKind, choices: &Choices) -> Vec<Grain> {
        let has_room = match dimension_need(kind) {
            DimensionNeed::Several => choices.grain.is_some() || may_have_more_axes(choices),
            DimensionNeed::None
            | DimensionNeed::Optional
            | DimensionNeed::One
            | DimensionNeed::Two
            | DimensionNeed::Province => true,
        };
        let is_split = choices.is_split_curve(kind);
        if has_room { self.grains_for(choices.time, is_split).collect() } else { Vec::new() }
    }

    /// The steps of the curves that the menu offers: none where a table has no room for any.
    pub(crate) fn offered_courses(&self, choices: &Choices) -> Vec<Grain> {
        self.grains.iter().copied().filter(|step| choices.may_have_course(*step)).collect()
    }

    /// The ranges that the menu offers.
    pub(crate) fn offered_ranges(&self, kind: ComponentKind) -> Vec<TimeRange> {
        let mut ranges = offered_ranges();
        // A curve needs steps, also if it is split; and those it is made for, if it is made for some.
        let made_for = self.made_for(kind);
        let is_drawn = |grain: Grain| made_for.is_none_or(|made_for| made_for == grain);
        ranges.retain(|range| is_short_enough(kind, *range));
        ranges.retain(|range| grain_need(kind) != GrainNeed::Needed || self.grains_for(*range, true).any(is_drawn));
        ranges
    }
}

/// Whether a component can be asked over so long a range: single sessions only over a few days.
fn is_short_enough(kind: ComponentKind, range: TimeRange) -> bool {
    // Two begun days are counted at the ends.
    kind.shape() != Shape::Sessions || range.most_steps(Grain::Day) - 2 <= MAX_SESSION_DAYS
}

/// Whether a table may be split by one thing more.
pub(crate) fn may_have_more_axes(choices: &Choices) -> bool {
    choices.by.len() + usize::from(choices.grain.is_some()) < MAX_AXES
}

/// The numbers of rows that the menu offers: with curves beside the numbers no more than may have them.
pub(crate) fn offered_rows(choices: &Choices) -> Vec<u32> {
    let fits = |rows: &u32| choices.course.is_none() || *rows <= MAX_COURSE_ROWS;
    ROWS.into_iter().filter(fits).collect()
}

/// Whether a component can draw a metric at all.
pub(crate) fn draws(kind: ComponentKind, metric: &MetricInfo) -> bool {
    let has_province = || metric.dimensions.iter().any(|dimension| dimension.as_str() == "province");
    let has_dimension = match dimension_need(kind) {
        DimensionNeed::None | DimensionNeed::Optional | DimensionNeed::Several => true,
        DimensionNeed::One | DimensionNeed::Two => !metric.dimensions.is_empty(),
        DimensionNeed::Province => has_province(),
    };
    let has_grain = match (grain_need(kind), made_for_grain(kind)) {
        (GrainNeed::None, _) | (GrainNeed::Optional, None) => true,
        (GrainNeed::Needed, None) => !metric.grains.is_empty(),
        (GrainNeed::Needed | GrainNeed::Optional, Some(grain)) => metric.grains.contains(&grain),
    };
    // How values are spread is told by quantiles.
    let is_spread = kind.shape() != Shape::Spread || metric.stats.iter().any(|stat| matches!(stat, Stat::Quantile(_)));
    let has_sessions = kind.shape() != Shape::Sessions || metric.has_sessions;
    has_dimension && has_grain && is_spread && has_sessions
}

/// Whether a metric can be drawn beside what is chosen: it knows all that is split and filtered by.
pub(crate) fn fits_beside(metric: &MetricInfo, choices: &Choices) -> bool {
    let filtered = choices.filters.iter().map(|filter| &filter.dimension);
    choices.by.iter().chain(filtered).all(|dimension| metric.dimensions.contains(dimension))
        && choices.grain.iter().chain(&choices.course).all(|step| metric.grains.contains(step))
}

/// The metrics that may be added to a table as it is split and filtered now.
pub(crate) fn offered_more<'a>(choices: &Choices, catalogue: &'a CatalogueView) -> Vec<&'a MetricInfo> {
    let is_new = |metric: &MetricInfo| {
        metric.id != choices.metric.id && choices.more_metrics.iter().all(|other| other.id != metric.id)
    };
    let has_room = choices.more_metrics.len() + 1 < MAX_METRICS;
    catalogue.metrics.iter().filter(|metric| has_room && is_new(metric) && fits_beside(metric, choices)).collect()
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
        if kind.shape() == Shape::Table {
            self.more_metrics.retain(|other| other.id != metric.id);
        }
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

    /// Another step, or none.
    pub(crate) fn change_grain(&mut self, kind: ComponentKind, grain: Option<Grain>, common: &Common) {
        self.grain = grain;
        self.fit(kind, common);
    }

    /// Puts a dimension in the so-manieth place of a matrix, or takes it from there.
    pub(crate) fn put_dimension(&mut self, place: usize, dimension: Option<DimensionId>) {
        match dimension {
            Some(dimension) => {
                // The other place does without it: a matrix of a thing by itself says nothing.
                if let Some(other) = self.by.iter().position(|own| *own == dimension).filter(|other| *other != place) {
                    self.by.remove(other);
                }
                let place = place.min(self.by.len());
                self.by.splice(place..(place + 1).min(self.by.len()), [dimension]);
            }
            None if place > 0 => self.by.truncate(place),
            None => {}
        }
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
            DimensionNeed::One | DimensionNeed::Two | DimensionNeed::Several => {
                if self.by.is_empty() {
                    self.by.extend(usual_dimension(kind, common));
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
        match grain_need(kind) {
            GrainNeed::Needed => {
                let is_split = self.is_split_curve(kind);
                let made_for = common.made_for(kind);
                let is_drawn = |grain: Grain| made_for.is_none_or(|made_for| made_for == grain);
                if !common.grains_for(self.time, is_split).any(is_drawn) {
                    self.time = usual_range(kind);
                }
                let own = self.fitting_grain(common, is_split).or_else(|| usual_grain(common, self.time, is_split));
                self.grain = made_for.or(own);
            }
            GrainNeed::Optional => {
                let own = self.fitting_grain(common, true);
                let is_split = self.is_split_curve(kind);
                let is_possible =
                    |made_for: &Grain| common.grains_for(self.time, is_split).any(|grain| grain == *made_for);
                self.grain = common.made_for(kind).filter(is_possible).or(own);
                // Two things make a matrix.
                if dimension_need(kind) == DimensionNeed::Two {
                    self.by.truncate(if self.grain.is_some() { 1 } else { 2 });
                }
            }
            GrainNeed::None => {
                self.grain = None;
                if !is_short_enough(kind, self.time) {
                    self.time = usual_range(kind);
                }
            }
        }
        // The step as it is, or the next longer one; none where the range is too long for all of them.
        let offered = if kind.shape() == Shape::Table { common.offered_courses(self) } else { Vec::new() };
        self.course = self.course.and_then(|chosen| offered.into_iter().filter(|step| *step >= chosen).min());
    }

    /// The grain as it is, or the next longer one that the metrics have and the range allows.
    fn fitting_grain(&self, common: &Common, is_split: bool) -> Option<Grain> {
        let chosen = self.grain?;
        common.grains_for(self.time, is_split).filter(|grain| *grain >= chosen).min()
    }
}

/// What a component is split by before anybody has chosen: what it is made for, or else the first.
fn usual_dimension(kind: ComponentKind, common: &Common) -> Option<DimensionId> {
    const MADE_FOR: [(ComponentKind, &[&str]); 4] = [
        (ComponentKind::Retention, &["day_number", "week_number"]),
        (ComponentKind::Sankey, &["from_channel", "state_before", "previous_page", "page"]),
        (ComponentKind::Funnel, &["guide_step", "web_step", "order_step", "interaction_step"]),
        (ComponentKind::PageHeat, &["slot"]),
    ];
    let made_for = MADE_FOR.iter().find(|(made, _)| *made == kind).map_or(&[][..], |(_, names)| *names);
    let found = made_for.iter().find_map(|name| common.dimensions.iter().find(|dimension| dimension.as_str() == *name));
    found.or_else(|| common.dimensions.first()).cloned()
}

/// Hours where the metrics have them, else their finest step.
fn usual_grain(common: &Common, range: TimeRange, is_split: bool) -> Option<Grain> {
    let hour = common.grains_for(range, is_split).find(|grain| *grain == Grain::Hour);
    hour.or_else(|| common.grains_for(range, is_split).min())
}
