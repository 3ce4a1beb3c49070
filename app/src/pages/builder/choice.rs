//! What the inspector lets one choose, in one shape for all components, and back into each component's own binding.
//! Pure.

use super::fit::Common;
use model::{
    board::{
        CategoryBinding, ComponentKind, GeoBinding, ScalarBinding, SeriesBinding, Shape, TableBinding, TileContent,
    },
    metric::{Calculation, DimensionId, Filter, MetricInfo, MetricRef},
    time::{CalendarWord, Compare, Grain, TimeRange},
};

/// How many bars a new bar tile has.
const USUAL_TOP: u16 = 10;
/// How many rows a new table has.
const USUAL_ROWS: u32 = 100;
/// The numbers of bars to choose from.
pub(crate) const TOPS: [u16; 5] = [5, 10, 15, 20, 30];
/// The numbers of rows to choose from.
pub(crate) const ROWS: [u32; 4] = [20, 50, 100, 500];

/// What is chosen for a tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choices {
    pub metric: MetricRef,
    pub more_metrics: Vec<MetricRef>,
    pub by: Vec<DimensionId>,
    pub filters: Vec<Filter>,
    pub time: TimeRange,
    pub grain: Option<Grain>,
    pub compare: Option<Compare>,
    pub top: u16,
    pub rows: u32,
}

/// What a component has to be told beside its metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DimensionNeed {
    /// It draws one number.
    None,
    /// It may be split.
    Optional,
    /// It draws one mark for each value.
    One,
    /// It has a column for each.
    Several,
    /// It draws provinces.
    Province,
}

/// How a kind of component uses dimensions.
pub(crate) const fn dimension_need(kind: ComponentKind) -> DimensionNeed {
    match kind.shape() {
        Shape::Scalar | Shape::None => DimensionNeed::None,
        Shape::Series => DimensionNeed::Optional,
        Shape::Category => DimensionNeed::One,
        Shape::Table => DimensionNeed::Several,
        Shape::Geo => DimensionNeed::Province,
    }
}

/// Whether a kind of component shows a comparison.
pub(crate) const fn compares(kind: ComponentKind) -> bool {
    matches!(kind.shape(), Shape::Scalar | Shape::Table)
}

impl Choices {
    /// The first choices after a metric was picked for a blank tile.
    pub(crate) fn usual(kind: ComponentKind, metric: &MetricInfo) -> Self {
        let mut choices = Self {
            metric: MetricRef { stat: metric.stats.last().copied(), ..MetricRef::plain(metric.id.clone()) },
            more_metrics: Vec::new(),
            by: Vec::new(),
            filters: Vec::new(),
            time: usual_range(kind),
            grain: None,
            compare: (kind == ComponentKind::Kpi).then_some(Compare::PreviousPeriod),
            top: USUAL_TOP,
            rows: USUAL_ROWS,
        };
        choices.fit(kind, &Common::of([metric]));
        choices
    }

    /// What a tile is bound to now.
    pub(crate) fn of(content: &TileContent) -> Option<Self> {
        let bare = |metric: &MetricRef, filters: &[Filter], time: TimeRange| Self {
            metric: metric.clone(),
            more_metrics: Vec::new(),
            by: Vec::new(),
            filters: filters.to_vec(),
            time,
            grain: None,
            compare: None,
            top: USUAL_TOP,
            rows: USUAL_ROWS,
        };
        match content {
            TileContent::Kpi { binding } => binding.as_ref().map(|binding| Self {
                compare: binding.compare,
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Line { binding } => binding.as_ref().map(|binding| Self {
                grain: Some(binding.grain),
                by: binding.split.iter().cloned().collect(),
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Bar { binding } => binding.as_ref().map(|binding| Self {
                by: vec![binding.by.clone()],
                top: binding.top,
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Table { binding } => binding.as_ref().map(|binding| Self {
                more_metrics: binding.more_metrics.clone(),
                by: binding.by.clone(),
                grain: binding.grain,
                compare: binding.compare,
                rows: binding.limit,
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::ProvinceMap { binding } => binding.as_ref().map(|binding| Self {
                by: vec![binding.by.clone()],
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Text { .. } | TileContent::Tabs { .. } | TileContent::Carousel { .. } => None,
        }
    }

    /// Whether a component with these choices can show a calculation.
    pub(crate) fn may_calculate(&self, kind: ComponentKind, calculation: Calculation) -> bool {
        let is_drawn = match kind.shape() {
            Shape::Scalar | Shape::None => false,
            Shape::Series | Shape::Category | Shape::Geo => match calculation {
                // A longer bar or a higher point for a lower place would be read the wrong way round.
                Calculation::Rank => kind.shape() == Shape::Geo,
                // Only a curve draws a range.
                Calculation::Confidence => kind.shape() == Shape::Series,
                Calculation::Share
                | Calculation::Tgi
                | Calculation::RankChange
                | Calculation::Cumulative
                | Calculation::MovingMean(_)
                | Calculation::Anomaly => true,
            },
            Shape::Table => true,
        };
        let has_comparison = compares(kind) && self.compare.is_some();
        is_drawn
            && (!calculation.needs_time() || self.grain.is_some())
            && (!calculation.needs_comparison() || has_comparison)
            && calculation.suits_dimensions(self.by.len())
    }

    /// The metric without a calculation that the component can't show as it is split now.
    fn shown(&self, kind: ComponentKind, metric: &MetricRef) -> MetricRef {
        let calculation = metric.calculation.filter(|calculation| self.may_calculate(kind, *calculation));
        MetricRef { calculation, ..metric.clone() }
    }

    /// The tile's content; blank where the component still lacks something.
    pub(crate) fn content(&self, kind: ComponentKind) -> TileContent {
        let (metric, filters, time) = (self.shown(kind, &self.metric), self.filters.clone(), self.time);
        let bound = match kind {
            ComponentKind::Kpi => {
                let binding = ScalarBinding { metric, filters, time, compare: self.compare };
                Some(TileContent::Kpi { binding: Some(binding) })
            }
            ComponentKind::Line => self.grain.map(|grain| {
                let split = self.by.first().cloned();
                TileContent::Line { binding: Some(SeriesBinding { metric, grain, split, filters, time }) }
            }),
            ComponentKind::Bar => self.by.first().cloned().map(|by| {
                let binding = CategoryBinding { metric, by, top: self.top, filters, time };
                TileContent::Bar { binding: Some(binding) }
            }),
            ComponentKind::Table => {
                // Where a calculation can't be shown, the number itself may stand in the table already.
                let mut more_metrics: Vec<MetricRef> = Vec::new();
                for more in self.more_metrics.iter().map(|metric| self.shown(kind, metric)) {
                    if more != metric && !more_metrics.contains(&more) {
                        more_metrics.push(more);
                    }
                }
                let binding = TableBinding {
                    metric,
                    more_metrics,
                    by: self.by.clone(),
                    grain: self.grain,
                    filters,
                    time,
                    compare: self.compare,
                    limit: self.rows,
                };
                Some(TileContent::Table { binding: Some(binding) })
            }
            ComponentKind::ProvinceMap => self.by.first().cloned().map(|by| {
                let binding = GeoBinding { metric, by, filters, time };
                TileContent::ProvinceMap { binding: Some(binding) }
            }),
            ComponentKind::Text | ComponentKind::Tabs | ComponentKind::Carousel => None,
        };
        bound.unwrap_or_else(|| kind.blank())
    }
}

/// The range of a new tile.
pub(crate) fn usual_range(kind: ComponentKind) -> TimeRange {
    match kind.shape() {
        Shape::Series => "24h".parse().map_or(TimeRange::Word(CalendarWord::Today), TimeRange::Last),
        Shape::Scalar | Shape::Category | Shape::Table | Shape::Geo | Shape::None => {
            TimeRange::Word(CalendarWord::Today)
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use model::{
        metric::{Additivity, CatalogueView, Stat, Unit},
        text::LocalText,
    };

    pub(crate) fn metric(id: &str, dimensions: &[&str], grains: &[Grain], stats: &[&str]) -> MetricInfo {
        let text = LocalText { zh: String::new(), en: String::new() };
        MetricInfo {
            id: id.parse().unwrap(),
            name: text.clone(),
            definition: text.clone(),
            formula: text,
            unit: Unit::Count,
            additivity: Additivity::Additive,
            domains: Vec::new(),
            dimensions: dimensions.iter().map(|id| id.parse().unwrap()).collect(),
            grains: grains.to_vec(),
            stats: stats.iter().map(|stat| stat.parse::<Stat>().unwrap()).collect(),
            profiles: Vec::new(),
            is_share_of_cases: false,
            parts_by: Vec::new(),
            minimum_sample: 0,
            owner: String::new(),
            source: String::new(),
            version: 1,
            sounds: String::new(),
        }
    }

    #[test]
    fn a_metric_is_enough_for_every_component_that_can_draw_it() {
        let plays = metric("content.plays", &["province", "genre"], &Grain::ALL, &[]);
        for kind in ComponentKind::ALL {
            let content = Choices::usual(kind, &plays).content(kind);
            assert_eq!(content.kind(), kind);
            assert_eq!(content.query().is_some(), kind.shape() != Shape::None, "{}", kind.name());
        }
    }

    #[test]
    fn choices_are_read_back_from_what_they_made() {
        let startup = metric("qoe.startup_s", &["province", "isp"], &[Grain::Hour, Grain::Day], &["mean", "p95"]);
        for kind in ComponentKind::ALL.into_iter().filter(|kind| kind.shape() != Shape::None) {
            let choices = Choices::usual(kind, &startup);
            assert_eq!(Choices::of(&choices.content(kind)).as_ref(), Some(&choices), "{}", kind.name());
        }
    }

    #[test]
    fn another_metric_keeps_only_what_it_has() {
        let plays = metric("content.plays", &["province", "genre"], &Grain::ALL, &[]);
        let orders = metric("order.count", &["province"], &[Grain::Day], &[]);
        let mut choices = Choices::usual(ComponentKind::Bar, &plays);
        choices.by = vec!["genre".parse().unwrap()];
        choices.change_metric(ComponentKind::Bar, &orders, &CatalogueView::default());
        assert_eq!(choices.by, ["province".parse().unwrap()]);
        let mut choices = Choices::usual(ComponentKind::Line, &plays);
        choices.change_metric(ComponentKind::Line, &orders, &CatalogueView::default());
        assert_eq!(choices.grain, Some(Grain::Day));
    }

    #[test]
    fn a_map_needs_provinces() {
        let by_genre = metric("content.plays", &["genre"], &Grain::ALL, &[]);
        let content = Choices::usual(ComponentKind::ProvinceMap, &by_genre).content(ComponentKind::ProvinceMap);
        assert_eq!(content, ComponentKind::ProvinceMap.blank());
    }
}
