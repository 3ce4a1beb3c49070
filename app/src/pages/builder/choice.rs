//! What the inspector lets one choose, in one shape for all components, and back into each component's own binding.
//! Pure.

use super::fit::Common;
use model::{
    board::{
        Bound, ByShape, CategoryBinding, ComponentKind, GeoBinding, Look, MatrixBinding, MatrixKind, PairBinding,
        PointsBinding, ScalarBinding, SeriesBinding, SessionsBinding, Shape, SpreadBinding, TableBinding, TileContent,
    },
    metric::{
        Calculation, DimensionId, Filter, GroupBy, MAX_METRICS, MetricInfo, MetricRef, SessionCount, SessionOrder,
    },
    time::{CalendarWord, Compare, Grain, TimeRange},
};

/// How many bars a new bar tile has.
const USUAL_TOP: u16 = 10;
/// How many rows a new table has.
const USUAL_ROWS: u32 = 100;
/// The numbers of bars to choose from.
pub(crate) const TOPS: [u16; 5] = [5, 10, 15, 20, 30];
/// The numbers of rows to choose from.
pub(crate) const ROWS: [u32; 5] = [20, 50, 100, 200, 500];

/// The numbers of sessions to choose from.
pub(crate) const SESSIONS: [u32; 4] = [5, 8, 12, 20];

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
    /// By which step a curve stands beside each number of a table.
    pub course: Option<Grain>,
    pub top: u16,
    pub rows: u32,
    /// Which sessions, and how many.
    pub session_order: SessionOrder,
    pub sessions: SessionCount,
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
    /// It draws a mark for each pair of two things, of which one may be time.
    Two,
    /// It has a column for each.
    Several,
    /// It draws provinces.
    Province,
}

/// How a kind of component uses dimensions.
pub(crate) const fn dimension_need(kind: ComponentKind) -> DimensionNeed {
    match kind.shape() {
        Shape::Scalar | Shape::Pair | Shape::Sessions | Shape::None => DimensionNeed::None,
        Shape::Series | Shape::Spread => DimensionNeed::Optional,
        Shape::Category | Shape::Points => DimensionNeed::One,
        Shape::Matrix => DimensionNeed::Two,
        Shape::Table => DimensionNeed::Several,
        Shape::Geo => DimensionNeed::Province,
    }
}

/// How a kind of component uses time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GrainNeed {
    None,
    Optional,
    Needed,
}

pub(crate) const fn grain_need(kind: ComponentKind) -> GrainNeed {
    match kind.shape() {
        Shape::Series | Shape::Pair => GrainNeed::Needed,
        Shape::Table | Shape::Matrix => GrainNeed::Optional,
        Shape::Scalar
        | Shape::Category
        | Shape::Points
        | Shape::Spread
        | Shape::Geo
        | Shape::Sessions
        | Shape::None => GrainNeed::None,
    }
}

/// How many metrics a kind of component draws beside the first: at least and at most.
pub(crate) const fn more_metrics_need(kind: ComponentKind) -> (usize, usize) {
    match kind.shape() {
        Shape::Pair => (1, 1),
        Shape::Points => (1, 2),
        Shape::Table => (0, MAX_METRICS - 1),
        Shape::Scalar
        | Shape::Series
        | Shape::Category
        | Shape::Matrix
        | Shape::Spread
        | Shape::Geo
        | Shape::Sessions
        | Shape::None => (0, 0),
    }
}

/// Whether a kind of component shows a comparison.
pub(crate) const fn compares(kind: ComponentKind) -> bool {
    matches!(kind.shape(), Shape::Scalar | Shape::Table) || matches!(kind, ComponentKind::RankList)
}

/// Whether steps of time come first, before the values of a dimension.
const fn time_comes_first(kind: MatrixKind) -> bool {
    match kind {
        MatrixKind::Columns | MatrixKind::Retention => true,
        MatrixKind::Sunburst | MatrixKind::Heatmap | MatrixKind::Sankey | MatrixKind::Radar | MatrixKind::Pivot => {
            false
        }
    }
}

impl Choices {
    /// The first choices after a metric was picked for a blank tile.
    pub(crate) fn usual(kind: ComponentKind, metric: &MetricInfo) -> Self {
        let plain = MetricRef { stat: metric.stats.last().copied(), ..MetricRef::plain(metric.id.clone()) };
        let (least_more, _) = more_metrics_need(kind);
        let mut choices = Self {
            // Something to be drawn beside it; the same until another is chosen.
            more_metrics: vec![plain.clone(); least_more],
            metric: plain,
            by: Vec::new(),
            filters: Vec::new(),
            time: usual_range(kind),
            grain: None,
            compare: (kind == ComponentKind::Kpi).then_some(Compare::PreviousPeriod),
            course: None,
            top: USUAL_TOP,
            rows: USUAL_ROWS,
            session_order: SessionOrder::default(),
            sessions: SessionCount::USUAL,
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
            course: None,
            top: USUAL_TOP,
            rows: USUAL_ROWS,
            session_order: SessionOrder::default(),
            sessions: SessionCount::USUAL,
        };
        match content {
            TileContent::Scalar(bound) => bound.binding.as_ref().map(|binding| Self {
                compare: binding.compare,
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Series(bound) => bound.binding.as_ref().map(|binding| Self {
                grain: Some(binding.grain),
                by: binding.split.iter().cloned().collect(),
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Category(bound) => bound.binding.as_ref().map(|binding| Self {
                by: vec![binding.by.clone()],
                top: binding.top,
                compare: binding.compare,
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Matrix(bound) => bound.binding.as_ref().map(|binding| {
                let groups = || std::iter::once(&binding.by).chain(&binding.across);
                let dimension = |group: &GroupBy| match group {
                    GroupBy::Dimension(dimension) => Some(dimension.clone()),
                    GroupBy::Time(_) => None,
                };
                let grain = |group: &GroupBy| match group {
                    GroupBy::Time(grain) => Some(*grain),
                    GroupBy::Dimension(_) => None,
                };
                Self {
                    by: groups().filter_map(dimension).collect(),
                    grain: groups().find_map(grain),
                    top: binding.top,
                    ..bare(&binding.metric, &binding.filters, binding.time)
                }
            }),
            TileContent::Pair(bound) => bound.binding.as_ref().map(|binding| Self {
                more_metrics: vec![binding.second.clone()],
                grain: Some(binding.grain),
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Points(bound) => bound.binding.as_ref().map(|binding| Self {
                more_metrics: std::iter::once(&binding.second).chain(&binding.third).cloned().collect(),
                by: vec![binding.by.clone()],
                top: binding.top,
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Spread(bound) => bound.binding.as_ref().map(|binding| Self {
                by: binding.by.iter().cloned().collect(),
                top: binding.top,
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Table(bound) => bound.binding.as_ref().map(|binding| Self {
                more_metrics: binding.more_metrics.clone(),
                by: binding.by.clone(),
                grain: binding.grain,
                compare: binding.compare,
                course: binding.course,
                rows: binding.limit,
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Geo(bound) => bound.binding.as_ref().map(|binding| Self {
                by: vec![binding.by.clone()],
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Sessions(bound) => bound.binding.as_ref().map(|binding| Self {
                session_order: binding.order,
                sessions: binding.limit,
                ..bare(&binding.metric, &binding.filters, binding.time)
            }),
            TileContent::Still(_) | TileContent::Tabs { .. } | TileContent::Carousel { .. } => None,
        }
    }

    /// Whether a component with these choices can show a calculation.
    pub(crate) fn may_calculate(&self, kind: ComponentKind, calculation: Calculation) -> bool {
        let is_drawn = match kind.shape() {
            // What is worked out of quantiles would be none.
            Shape::Scalar | Shape::Spread | Shape::Sessions | Shape::None => false,
            Shape::Series | Shape::Category | Shape::Geo | Shape::Matrix | Shape::Pair | Shape::Points => {
                match calculation {
                    // A longer bar or a higher point for a lower place would be read the wrong way round.
                    Calculation::Rank => kind.shape() == Shape::Geo,
                    // Only a curve draws a range.
                    Calculation::Confidence => kind == ComponentKind::Line,
                    Calculation::Share
                    | Calculation::Tgi
                    | Calculation::RankChange
                    | Calculation::Cumulative
                    | Calculation::MovingMean(_)
                    | Calculation::Anomaly => true,
                }
            }
            Shape::Table => true,
        };
        let has_comparison = compares(kind) && self.compare.is_some();
        is_drawn
            && (!calculation.needs_time() || self.grain.is_some())
            && (!calculation.needs_comparison() || has_comparison)
            && calculation.suits_dimensions(self.by.len())
    }

    /// Whether a table of these choices has room for curves of that step beside its numbers.
    pub(crate) fn may_have_course(&self, step: Grain) -> bool {
        TableBinding::has_room_for_courses(&self.by, self.grain, self.rows)
            && TableBinding::course_fits(self.time, step)
    }

    /// The metric without a calculation that the component can't show as it is split now.
    fn shown(&self, kind: ComponentKind, metric: &MetricRef) -> MetricRef {
        let calculation = metric.calculation.filter(|calculation| self.may_calculate(kind, *calculation));
        MetricRef { calculation, ..metric.clone() }
    }

    /// The tile's content, looking as it did; blank where the component still lacks something.
    pub(crate) fn content(&self, kind: ComponentKind, look: &Look) -> TileContent {
        let mut content = self.bound(kind).unwrap_or_else(|| kind.blank());
        if let Some(own) = content.look_mut() {
            own.clone_from(look);
        }
        content
    }

    fn bound(&self, kind: ComponentKind) -> Option<TileContent> {
        let (metric, filters, time) = (self.shown(kind, &self.metric), self.filters.clone(), self.time);
        let more = |index: usize| self.more_metrics.get(index).map(|more| self.shown(kind, more));
        let first = || self.by.first().cloned();
        Some(match kind.by_shape() {
            ByShape::Scalar(of) => {
                TileContent::Scalar(Bound::to(of, ScalarBinding { metric, filters, time, compare: self.compare }))
            }
            ByShape::Series(of) => {
                let binding = SeriesBinding { metric, grain: self.grain?, split: first(), filters, time };
                TileContent::Series(Bound::to(of, binding))
            }
            ByShape::Category(of) => {
                let compare = self.compare.filter(|_| compares(kind));
                let binding = CategoryBinding { metric, by: first()?, top: self.top, filters, time, compare };
                TileContent::Category(Bound::to(of, binding))
            }
            ByShape::Matrix(of) => {
                let (by, across) = self.groups(of)?;
                TileContent::Matrix(Bound::to(of, MatrixBinding { metric, by, across, top: self.top, filters, time }))
            }
            ByShape::Pair(of) => {
                let binding = PairBinding { metric, second: more(0)?, grain: self.grain?, filters, time };
                TileContent::Pair(Bound::to(of, binding))
            }
            ByShape::Points(of) => {
                let (second, third, by) = (more(0)?, more(1), first()?);
                let binding = PointsBinding { metric, second, third, by, top: self.top, filters, time };
                TileContent::Points(Bound::to(of, binding))
            }
            ByShape::Spread(of) => {
                TileContent::Spread(Bound::to(of, SpreadBinding { metric, by: first(), top: self.top, filters, time }))
            }
            ByShape::Table(of) => {
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
                    course: self.course.filter(|step| self.may_have_course(*step)),
                    limit: self.rows,
                };
                TileContent::Table(Bound::to(of, binding))
            }
            ByShape::Geo(of) => TileContent::Geo(Bound::to(of, GeoBinding { metric, by: first()?, filters, time })),
            ByShape::Sessions(of) => {
                let (order, limit) = (self.session_order, self.sessions);
                TileContent::Sessions(Bound::to(of, SessionsBinding { metric, order, limit, filters, time }))
            }
            ByShape::Still(_) | ByShape::Container(_) => return None,
        })
    }

    /// The two things that a matrix is made of, the second where there is one.
    fn groups(&self, kind: MatrixKind) -> Option<(GroupBy, Option<GroupBy>)> {
        let time = self.grain.map(GroupBy::Time);
        let mut dimensions = self.by.iter().cloned().map(GroupBy::Dimension);
        match time {
            Some(time) if time_comes_first(kind) => Some((time, dimensions.next())),
            Some(time) => Some((dimensions.next()?, Some(time))),
            None => Some((dimensions.next()?, dimensions.next())),
        }
    }
}

/// The range of a new tile.
pub(crate) fn usual_range(kind: ComponentKind) -> TimeRange {
    let last = |span: &str| span.parse().map_or(TimeRange::Word(CalendarWord::Today), TimeRange::Last);
    if matches!(kind, ComponentKind::WeekHeat | ComponentKind::Retention) {
        return last("14d");
    }
    if kind == ComponentKind::CalendarHeat {
        return last("90d");
    }
    if kind == ComponentKind::RankRace {
        return last("7d");
    }
    match kind.shape() {
        Shape::Series | Shape::Pair | Shape::Sessions => last("24h"),
        Shape::Scalar
        | Shape::Category
        | Shape::Matrix
        | Shape::Points
        | Shape::Spread
        | Shape::Table
        | Shape::Geo
        | Shape::None => TimeRange::Word(CalendarWord::Today),
    }
}

/// The step that a component is made for, where it is made for one.
pub(crate) const fn made_for_grain(kind: ComponentKind) -> Option<Grain> {
    if matches!(kind, ComponentKind::MinuteCurve) {
        Some(Grain::Minute)
    } else if matches!(kind, ComponentKind::WeekHeat) {
        Some(Grain::Hour)
    } else if matches!(kind, ComponentKind::CalendarHeat | ComponentKind::Retention | ComponentKind::RankRace) {
        Some(Grain::Day)
    } else {
        None
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
            has_sessions: false,
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
            let content = Choices::usual(kind, &plays).content(kind, &Look::default());
            assert_eq!(content.kind(), kind);
            assert_eq!(content.query().is_some(), kind.shape() != Shape::None, "{}", kind.name());
        }
    }

    #[test]
    fn choices_are_read_back_from_what_they_made() {
        let startup = metric("qoe.startup_s", &["province", "isp"], &[Grain::Hour, Grain::Day], &["mean", "p95"]);
        for kind in ComponentKind::ALL.into_iter().filter(|kind| kind.shape() != Shape::None) {
            let choices = Choices::usual(kind, &startup);
            assert_eq!(
                Choices::of(&choices.content(kind, &Look::default())).as_ref(),
                Some(&choices),
                "{}",
                kind.name()
            );
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
        let content =
            Choices::usual(ComponentKind::ProvinceMap, &by_genre).content(ComponentKind::ProvinceMap, &Look::default());
        assert_eq!(content, ComponentKind::ProvinceMap.blank());
    }
}
