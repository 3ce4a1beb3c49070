//! The numbers on the page about a metric: the last thirty days as a whole, day by day, and where.

use model::{
    board::{
        Bound, CategoryBinding, CategoryKind, ComponentKind, ScalarBinding, ScalarKind, SeriesBinding, SeriesKind,
        Tile, TileContent, TileId, Title,
    },
    layout::GridSize,
    metric::{
        DimensionId, Filter, FilterValues, MetricInfo, MetricRef,
        own::{Derived, OwnMetric},
    },
    time::{Compare, Grain, Span, TimeRange},
};

/// How many parts a picture shows.
const TOP: u16 = 10;
/// The dimensions it is split by here; most metrics have them, and all readers know them.
const SPLITS: [&str; 2] = ["province", "isp"];
/// Those that a metric which knows one of them is about: how far a funnel goes, which state, which page.
const TELLING: [&str; 12] = [
    "guide_step",
    "web_step",
    "order_step",
    "interaction_step",
    "state",
    "page",
    "next_page",
    "from_channel",
    "to_channel",
    "seen_tenth",
    "status_class",
    "option",
];
/// How many days after the first one, for metrics that say who comes back.
const DAY_NUMBER: &str = "day_number";
const FIRST_DAYS: [&str; 3] = ["1", "3", "7"];
/// The day itself, on which all of them came, is left out.
const DAYS: [&str; 10] = ["1", "2", "3", "4", "5", "6", "7", "14", "21", "28"];

/// A tile, and how much room it has.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    pub(crate) tile: Tile,
    pub(super) size: GridSize,
}

/// How a metric is best shown.
struct Shape {
    /// What it is narrowed by where it is not split: who comes back does so on some day.
    narrowed: Vec<Filter>,
    /// Whether it says something without a split.
    has_whole: bool,
    /// What the line by day is split by, of which values.
    lines: Option<(DimensionId, Vec<Filter>)>,
    /// What bars stand for, of which values.
    bars: Vec<(DimensionId, Vec<Filter>)>,
}

fn only(dimension: &DimensionId, values: &[&str]) -> Filter {
    let values = values.iter().map(|value| Some((*value).to_owned())).collect();
    Filter { dimension: dimension.clone(), values: FilterValues::In(values) }
}

impl Shape {
    fn of(metric: &MetricInfo) -> Self {
        let knows = |id: &DimensionId| metric.dimensions.contains(id);
        let listed = |names: &[&str]| -> Vec<DimensionId> {
            names.iter().filter_map(|name| name.parse().ok()).filter(knows).collect()
        };
        if let Some(day) = listed(&[DAY_NUMBER]).pop() {
            let narrowed = vec![only(&day, &FIRST_DAYS[..1])];
            let places = listed(&SPLITS).into_iter().map(|place| (place, narrowed.clone()));
            return Self {
                has_whole: true,
                lines: Some((day.clone(), vec![only(&day, &FIRST_DAYS)])),
                bars: std::iter::once((day.clone(), vec![only(&day, &DAYS)])).chain(places).collect(),
                narrowed,
            };
        }
        // The whole of a whole is 100 %, wherever it is looked at.
        let is_part = !metric.parts_by.is_empty();
        let mut by = listed(&TELLING);
        if is_part {
            by.retain(|id| metric.parts_by.contains(id));
            by.extend(metric.parts_by.iter().filter(|id| !by.contains(id)).take(2).cloned().collect::<Vec<_>>());
        }
        let lines = if is_part { by.first().map(|id| (id.clone(), Vec::new())) } else { None };
        if !is_part {
            by.extend(listed(&SPLITS));
        }
        let bars = by.into_iter().map(|id| (id, Vec::new())).collect();
        Self { narrowed: Vec::new(), has_whole: !is_part, lines, bars }
    }
}

/// The tiles about a metric, in the order in which they are asked for and drawn.
pub(crate) fn numbers_of(metric: &MetricInfo) -> Vec<Numbers> {
    let shape = Shape::of(metric);
    let reference = MetricRef { stat: metric.stats.first().copied(), ..MetricRef::plain(metric.id.clone()) };
    let time = TimeRange::Last(Span::days(30));
    let mut contents = Vec::new();
    if shape.has_whole {
        let whole = ScalarBinding {
            metric: reference.clone(),
            filters: shape.narrowed.clone(),
            time,
            compare: Some(Compare::PreviousPeriod),
        };
        contents.push((TileContent::Scalar(Bound::to(ScalarKind::Kpi, whole)), GridSize { w: 3, h: 4 }));
    }
    if metric.grains.contains(&Grain::Day) {
        let (split, filters) = shape.lines.map_or((None, shape.narrowed), |(by, of)| (Some(by), of));
        let by_day = SeriesBinding { metric: reference.clone(), grain: Grain::Day, split, filters, time };
        contents.push((TileContent::Series(Bound::to(SeriesKind::Line, by_day)), GridSize { w: 9, h: 6 }));
    }
    let parts = shape.bars.into_iter().map(|(by, filters)| {
        let binding = CategoryBinding { metric: reference.clone(), by, top: TOP, filters, time, compare: None };
        (TileContent::Category(Bound::to(CategoryKind::Bar, binding)), GridSize { w: 6, h: 7 })
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
        has_sessions: false,
        minimum_sample: 0,
        owner: metric.owner.clone(),
        source: metric.source.clone(),
        version: 0,
        sounds: String::new(),
        // Nothing is calculated from it while it is composed.
        is_share_of_cases: false,
        parts_by: Vec::new(),
    }
}

/// What is shown of it while it is composed: the number, and how it went day by day.
pub(crate) fn preview_numbers_of(metric: &OwnMetric, derived: &Derived) -> Vec<Numbers> {
    let numbers = numbers_of(&info_of(metric, derived));
    let is_shown = |numbers: &Numbers| matches!(numbers.tile.content.kind(), ComponentKind::Kpi | ComponentKind::Line);
    numbers.into_iter().filter(is_shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(dimensions: &[&str], parts_by: &[&str]) -> Vec<String> {
        let text = serde_json::json!({ "zh": "", "en": "" });
        let info: MetricInfo = serde_json::from_value(serde_json::json!({
            "id": "a.metric", "name": text, "definition": text, "formula": text, "unit": "percent", "additivity": "ratio",
            "domains": [], "dimensions": dimensions, "grains": ["day"], "stats": [], "profiles": [], "parts_by": parts_by,
            "minimum_sample": 0, "owner": "", "source": "", "version": 1,
        }))
        .unwrap();
        let query = |numbers: &Numbers| {
            let query = numbers.tile.content.query().unwrap();
            let by: Vec<String> = query.by.iter().map(|by| serde_json::to_string(by).unwrap()).collect();
            let filters = serde_json::to_string(&query.filters).unwrap();
            format!("{} {} {filters}", numbers.tile.content.kind().name(), by.join(" "))
        };
        numbers_of(&info).iter().map(query).collect()
    }

    #[test]
    fn a_number_is_shown_as_a_whole_day_by_day_and_by_place() {
        assert_eq!(
            told(&["province", "channel"], &[]),
            ["kpi  []", r#"line {"time":"day"} []"#, r#"bar "province" []"#]
        );
    }

    #[test]
    fn who_comes_back_does_so_on_some_day() {
        let told = told(&["day_number", "province"], &[]);
        assert_eq!(told[0], r#"kpi  [{"dim":"day_number","in":["1"]}]"#);
        assert_eq!(told[1], r#"line {"time":"day"} "day_number" [{"dim":"day_number","in":["1","3","7"]}]"#);
        assert!(told[2].starts_with(r#"bar "day_number" [{"dim":"day_number","in":["1","2""#), "{}", told[2]);
        assert_eq!(told[3], r#"bar "province" [{"dim":"day_number","in":["1"]}]"#);
    }

    #[test]
    fn a_part_is_never_shown_as_its_whole() {
        let funnel = told(&["province", "guide_step"], &["guide_step"]);
        assert_eq!(funnel, [r#"line {"time":"day"} "guide_step" []"#, r#"bar "guide_step" []"#]);
        let share = told(&["province", "channel", "genre"], &["channel", "genre"]);
        assert_eq!(share, [r#"line {"time":"day"} "channel" []"#, r#"bar "channel" []"#, r#"bar "genre" []"#]);
    }

    #[test]
    fn states_and_pages_are_what_a_metric_is_about() {
        assert_eq!(
            told(&["province", "page", "next_page"], &[])[2..],
            [r#"bar "page" []"#, r#"bar "next_page" []"#, r#"bar "province" []"#]
        );
    }
}
