use super::*;
use crate::{
    board::{
        Bound, CategoryBinding, CategoryKind, GeoBinding, GeoKind, Operation, SeriesBinding, SeriesKind, TableBinding,
        TableKind, Tile, TileContent, Title,
    },
    metric::{Additivity, MetricInfo, MetricRef, Unit},
    text::LocalText,
    time::{CalendarWord, Grain},
};
use proptest::prelude::*;

const BAR: TileId = TileId::from_u128(1);
const LINE: TileId = TileId::from_u128(2);
const MAP: TileId = TileId::from_u128(3);

fn dimension(name: &str) -> DimensionId {
    name.parse().unwrap()
}

fn some(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|value| Some((*value).to_owned())).collect()
}

/// Plays know province, channel and programme; orders know only the province.
fn catalogue() -> CatalogueView {
    let text = || LocalText { zh: String::new(), en: String::new() };
    let metric = |id: &str, dimensions: &[&str]| MetricInfo {
        id: id.parse().unwrap(),
        name: text(),
        definition: text(),
        formula: text(),
        unit: Unit::Count,
        additivity: Additivity::Additive,
        domains: Vec::new(),
        dimensions: dimensions.iter().copied().map(dimension).collect(),
        grains: Grain::ALL.to_vec(),
        stats: Vec::new(),
        profiles: Vec::new(),
        is_share_of_cases: false,
        parts_by: Vec::new(),
        has_sessions: false,
        minimum_sample: 0,
        owner: String::new(),
        source: String::new(),
        version: 1,
        sounds: String::new(),
    };
    CatalogueView {
        metrics: vec![
            metric("content.plays", &["province", "channel", "programme"]),
            metric("order.count", &["province"]),
        ],
        dimensions: Vec::new(),
    }
}

fn plays() -> MetricRef {
    MetricRef::plain("content.plays".parse().unwrap())
}

fn board() -> Board {
    let time = TimeRange::Word(CalendarWord::Today);
    let bar = CategoryBinding {
        metric: plays(),
        by: dimension("channel"),
        top: 10,
        filters: Vec::new(),
        time,
        compare: None,
    };
    let line = SeriesBinding {
        metric: MetricRef::plain("order.count".parse().unwrap()),
        grain: Grain::Hour,
        split: None,
        filters: Vec::new(),
        time,
    };
    let map = GeoBinding { metric: plays(), by: dimension("province"), filters: Vec::new(), time };
    let contents = [
        (BAR, TileContent::Category(Bound::to(CategoryKind::Bar, bar))),
        (LINE, TileContent::Series(Bound::to(SeriesKind::Line, line))),
        (MAP, TileContent::Geo(Bound::to(GeoKind::ProvinceMap, map))),
    ];
    let board = contents.into_iter().fold(Board::default(), |board, (id, content)| {
        board.apply(&board.adding(Tile::new(id, Title::default(), content), None)).unwrap().board
    });
    let filters = vec![
        BoardFilter::Time { usual: None },
        BoardFilter::Values { dim: dimension("channel"), usual: some(&["CCTV-1"]) },
    ];
    board.apply(&Operation::SetFilters { filters }).unwrap().board
}

fn filters(board: &Board, tile: TileId) -> Vec<Filter> {
    board.tile(tile).unwrap().content.query().unwrap().filters
}

fn only(name: &str, values: &[&str]) -> Filter {
    Filter { dimension: dimension(name), values: FilterValues::In(some(values)) }
}

#[test]
fn a_board_begins_with_what_is_usual() {
    let read = board().read_with(&Reading::default(), &catalogue());
    assert_eq!(filters(&read, BAR), [only("channel", &["CCTV-1"])]);
    assert_eq!(filters(&read, LINE), [], "orders know no channel");
    let all = Reading::default().choosing(dimension("channel"), Vec::new(), None);
    assert_eq!(filters(&board().read_with(&all, &catalogue()), BAR), [], "the reader lets all in");
}

#[test]
fn a_tile_follows_what_it_knows_and_does_not_ignore() {
    let board = board();
    let ignore = Operation::IgnoreFilters {
        tile: MAP,
        ignores: vec![FilterSubject::Time, FilterSubject::Dimension(dimension("channel"))],
    };
    let board = board.apply(&ignore).unwrap().board;
    let reading = Reading { time: Some("30d".parse().unwrap()), ..Reading::default() };
    let read = board.read_with(&reading, &catalogue());
    let time = |tile| read.tile(tile).unwrap().content.query().unwrap().time;
    assert_eq!(time(BAR), "30d".parse().unwrap());
    assert_eq!(time(MAP), TimeRange::Word(CalendarWord::Today));
    assert_eq!(filters(&read, MAP), []);
}

#[test]
fn a_click_narrows_all_but_the_tile_it_was_on_and_a_second_lets_go() {
    let picked = Reading::default().picking(MAP, dimension("province"), Some("ZJ".to_owned()));
    let read = board().read_with(&picked, &catalogue());
    assert_eq!(filters(&read, LINE), [only("province", &["ZJ"])]);
    assert_eq!(filters(&read, MAP), [only("channel", &["CCTV-1"])]);
    assert!(picked.picking(MAP, dimension("province"), Some("ZJ".to_owned())).is_empty());
}

#[test]
fn the_tiles_own_filter_stays_a_limit() {
    let mut board = board();
    board.map_tiles(|tile| tile.content.narrow(only("channel", &["CCTV-1", "CCTV-2"])));
    let reading = Reading::default().choosing(dimension("channel"), some(&["CCTV-2", "CCTV-3"]), None);
    assert_eq!(filters(&board.read_with(&reading, &catalogue()), BAR), [only("channel", &["CCTV-2"])]);
}

#[test]
fn the_step_fits_the_range() {
    let grain = |time: &str| {
        let reading = Reading { time: Some(time.parse().unwrap()), ..Reading::default() };
        board().read_with(&reading, &catalogue()).tile(LINE).unwrap().content.query().unwrap().grain().unwrap()
    };
    assert_eq!(grain("24h"), Grain::Hour);
    assert_eq!(grain("7d"), Grain::Hour);
    assert_eq!(grain("365d"), Grain::Day, "8,760 hours are not seen");
    assert_eq!(grain("1h"), Grain::Minute, "one point is no line");
}

#[test]
fn the_step_of_courses_fits_the_range_or_there_are_none() {
    let read = |grains: &[Grain], time: &str| {
        let binding = TableBinding {
            metric: plays(),
            more_metrics: Vec::new(),
            by: vec![dimension("channel")],
            grain: None,
            filters: Vec::new(),
            time: "24h".parse().unwrap(),
            compare: None,
            course: Some(Grain::Hour),
            limit: 20,
        };
        let mut catalogue = catalogue();
        for metric in &mut catalogue.metrics {
            metric.grains = grains.to_vec();
        }
        let mut content = TileContent::Table(Bound::to(TableKind::Table, binding));
        content.read_over(time.parse().unwrap(), &catalogue);
        // What is read is what could be written.
        let again: TileContent = serde_json::from_str(&serde_json::to_string(&content).unwrap()).unwrap();
        assert_eq!(again, content);
        content.query().unwrap().course
    };
    let grains = Grain::ALL;
    assert_eq!(read(&grains, "48h"), Some(Grain::Hour));
    assert_eq!(read(&grains, "90d"), Some(Grain::Day), "2,160 hours are not seen in a cell");
    assert_eq!(read(&grains, "1h"), Some(Grain::Minute), "one point is no curve");
    assert_eq!(read(&[Grain::Minute, Grain::Hour], "90d"), None);
}

#[test]
fn a_number_is_drilled_into_and_out_of() {
    let into = |value: &str| Drill::Value {
        dim: dimension("channel"),
        value: Some(value.to_owned()),
        by: dimension("programme"),
    };
    let reading = Reading::default().drilling(BAR, into("CCTV-1"));
    let read = board().read_with(&reading, &catalogue());
    assert_eq!(read.tile(BAR).unwrap().content.dimensions(), [dimension("programme")]);
    assert_eq!(filters(&read, BAR), [only("channel", &["CCTV-1"])]);
    assert!(reading.clone().drilled_up(BAR, 0).is_empty());
    // Of no use where it does not fit: the tile is not split by a province, and orders have no programmes.
    let wrong = Reading::default().drilling(LINE, into("CCTV-1"));
    assert_eq!(board().read_with(&wrong, &catalogue()), board().read_with(&Reading::default(), &catalogue()));
    let map = Drill::Value { dim: dimension("province"), value: Some("ZJ".to_owned()), by: dimension("channel") };
    let read = board().read_with(&Reading::default().drilling(MAP, map), &catalogue());
    assert!(matches!(read.tile(MAP).unwrap().content, TileContent::Category(_)));
}

#[test]
fn an_address_asks_for_nothing_that_a_click_could_not() {
    let board = board();
    let pairs = [("isp", "ct"), ("province", "ZJ"), ("time", "7d"), ("channel", "A"), ("version", "3")];
    let accepted = board.accepted(Reading::from_pairs(pairs));
    let names: Vec<&str> = accepted.values.keys().map(DimensionId::as_str).collect();
    assert_eq!(names, ["channel", "province"], "the one is a filter of the board, by the other a tile is split");
    assert!(accepted.time.is_some());
    let many = (0..=MAX_CHOSEN).map(|_| ("channel", "x"));
    assert_eq!(board.accepted(Reading::from_pairs(many)).values.len(), 1, "the same value counts once");
}

#[test]
fn what_an_address_says_wrongly_is_left_out() {
    let pairs = [("time", "soon"), ("Province", "ZJ"), ("drill", "x!y!z"), ("province.from", "nobody"), ("", "")];
    assert_eq!(Reading::from_pairs(pairs), Reading::default());
    assert_eq!(Reading::from_pairs([("province", "")]).values[&dimension("province")].values, [None]);
}

fn a_value() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[a-zA-Z0-9一-龥!&=?,. %+-]{1,8}".prop_filter("stands for all", |text| text != "*"))
}

fn a_reading() -> impl Strategy<Value = Reading> {
    let tile = (1_u128..5).prop_map(TileId::from_u128);
    let name = prop::sample::select(vec!["province", "channel", "isp"]).prop_map(dimension);
    let chosen = (prop::collection::vec(a_value(), 0..4), prop::option::of(tile.clone())).prop_map(|(values, from)| {
        let mut unique = Vec::new();
        for value in values {
            if !unique.contains(&value) {
                unique.push(value);
            }
        }
        Chosen { values: unique, from }
    });
    let drill = prop_oneof![
        (name.clone(), a_value(), name.clone()).prop_map(|(dim, value, by)| Drill::Value { dim, value, by }),
        (0_i64..9_000_000, 1_i64..9_000_000).prop_map(|(from, length)| Drill::Step {
            from: Timestamp::from_millis(from),
            to: Timestamp::from_millis(from + length),
        }),
    ];
    let time = prop::option::of(prop::sample::select(vec!["7d", "24h", "today", "last_month"]));
    let compare = prop::option::of(prop::sample::select(Compare::ALL.to_vec()));
    (
        (time, compare),
        prop::collection::btree_map(name, chosen, 0..3),
        prop::collection::btree_map(tile, prop::collection::vec(drill, 1..3), 0..3),
    )
        .prop_map(|((time, compare), values, drills)| Reading {
            time: time.map(|time| time.parse().unwrap()),
            compare,
            values,
            drills,
        })
}

#[test]
fn another_comparison_is_taken_where_there_is_one() {
    let bound = |compare| {
        let binding = CategoryBinding {
            metric: plays(),
            by: dimension("channel"),
            top: 10,
            filters: Vec::new(),
            time: TimeRange::Word(CalendarWord::Today),
            compare,
        };
        TileContent::Category(Bound::to(CategoryKind::Bar, binding))
    };
    let compared = |content: &TileContent| content.query().unwrap().compare;
    let tile = |id, compare| Tile::new(id, Title::default(), bound(compare));
    let ignoring = Tile { ignores: vec![FilterSubject::Compare], ..tile(MAP, Some(Compare::Day)) };
    let board = [tile(BAR, Some(Compare::Day)), tile(LINE, None), ignoring]
        .into_iter()
        .fold(Board::default(), |board, tile| board.apply(&board.adding(tile, None)).unwrap().board);
    let asked = Reading { compare: Some(Compare::Week), ..Reading::default() };
    assert_eq!(board.accepted(asked.clone()), Reading::default(), "only where the board lets readers choose it");
    let filters = vec![BoardFilter::Compare { usual: Some(Compare::Year) }];
    let board = board.apply(&Operation::SetFilters { filters }).unwrap().board;
    assert_eq!(board.accepted(asked.clone()), asked);
    let after = |reading: &Reading| {
        let read = board.read_with(reading, &catalogue());
        [BAR, LINE, MAP].map(|tile| compared(&read.tile(tile).unwrap().content))
    };
    assert_eq!(after(&asked), [Some(Compare::Week), None, Some(Compare::Day)]);
    assert_eq!(after(&Reading::default()), [Some(Compare::Year), None, Some(Compare::Day)]);
}

proptest! {
    #[test]
    fn an_address_says_the_whole_reading(reading in a_reading()) {
        let pairs = reading.pairs();
        let borrowed = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        prop_assert_eq!(Reading::from_pairs(borrowed), reading);
    }

    #[test]
    fn reading_never_shows_more_than_the_board(reading in a_reading()) {
        let board = board();
        let read = board.read_with(&board.accepted(reading), &catalogue());
        for tile in board.tiles() {
            let (before, after) = (tile.content.query().unwrap(), read.tile(tile.id).unwrap().content.query().unwrap());
            prop_assert_eq!(&before.metrics, &after.metrics);
            for filter in before.filters {
                prop_assert!(after.filters.contains(&filter), "a tile's own filter is lost");
            }
        }
        prop_assert_eq!(board.layouts(), read.layouts());
    }
}
