//! The numbers on the page about a metric: the last thirty days as a whole, day by day, and where.

use model::{
    board::{CategoryBinding, ScalarBinding, SeriesBinding, Tile, TileContent, TileId, Title},
    layout::GridSize,
    metric::{DimensionId, MetricInfo, MetricRef},
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
