//! The numbers on the page about a metric: the last thirty days as a whole, day by day, and where.

use model::{
    board::{CategoryBinding, ComponentKind, ScalarBinding, SeriesBinding, Tile, TileContent, TileId, Title},
    layout::GridSize,
    metric::{
        DimensionId, MetricInfo, MetricRef,
        own::{Derived, OwnMetric},
    },
    time::{Compare, Grain, Span, TimeRange},
};

/// How many parts a picture shows.
const TOP: u16 = 10;
/// The dimensions it is split by here; most metrics have them, and all readers know them.
const SPLITS: [&str; 2] = ["province", "isp"];

/// A tile, and how much room it has.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    pub(crate) tile: Tile,
    pub(super) size: GridSize,
}

/// The tiles about a metric, in the order in which they are asked for and drawn.
pub(crate) fn numbers_of(metric: &MetricInfo) -> Vec<Numbers> {
    let reference = MetricRef { stat: metric.stats.first().copied(), ..MetricRef::plain(metric.id.clone()) };
    let time = TimeRange::Last(Span::days(30));
    let whole =
        ScalarBinding { metric: reference.clone(), filters: Vec::new(), time, compare: Some(Compare::PreviousPeriod) };
    let mut contents = vec![(TileContent::Kpi { binding: Some(whole) }, GridSize { w: 3, h: 4 })];
    if metric.grains.contains(&Grain::Day) {
        let by_day =
            SeriesBinding { metric: reference.clone(), grain: Grain::Day, split: None, filters: Vec::new(), time };
        contents.push((TileContent::Line { binding: Some(by_day) }, GridSize { w: 9, h: 6 }));
    }
    let known = |split: &&str| metric.dimensions.iter().any(|dimension| dimension.as_str() == *split);
    let parts = SPLITS.into_iter().filter(known).filter_map(|split| {
        let by: DimensionId = split.parse().ok()?;
        let binding = CategoryBinding { metric: reference.clone(), by, top: TOP, filters: Vec::new(), time };
        Some((TileContent::Bar { binding: Some(binding) }, GridSize { w: 6, h: 7 }))
    });
    contents.extend(parts);
    let numbered = (1_u128..).zip(contents);
    numbered
        .map(|(number, (content, size))| Numbers {
            tile: Tile::new(TileId::from_u128(number), Title::default(), content),
            size,
        })
        .collect()
}

/// A metric that is being composed, as the catalogue would describe it.
pub(crate) fn info_of(metric: &OwnMetric, derived: &Derived) -> MetricInfo {
    MetricInfo {
        id: metric.id.metric().clone(),
        name: metric.name.clone(),
        definition: metric.definition.clone(),
        formula: derived.formula.clone(),
        unit: derived.unit,
        additivity: derived.additivity,
        domains: derived.domains.clone(),
        dimensions: derived.dimensions.clone(),
        grains: derived.grains.clone(),
        stats: Vec::new(),
        profiles: Vec::new(),
        minimum_sample: 0,
        owner: metric.owner.clone(),
        source: metric.source.clone(),
        version: 0,
        sounds: String::new(),
        // Nothing is calculated from it while it is composed.
        is_share_of_cases: false,
    }
}

/// What is shown of it while it is composed: the number, and how it went day by day.
pub(crate) fn preview_numbers_of(metric: &OwnMetric, derived: &Derived) -> Vec<Numbers> {
    let numbers = numbers_of(&info_of(metric, derived));
    let is_shown = |numbers: &Numbers| matches!(numbers.tile.content.kind(), ComponentKind::Kpi | ComponentKind::Line);
    numbers.into_iter().filter(is_shown).collect()
}
