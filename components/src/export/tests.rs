//! What holds of every sheet.

use super::*;
use crate::{
    chart::{Ink, Reading, Size, Unfit},
    samples::{names, sample},
    tile::Names,
    words,
};
use model::{
    appearance::BaseTheme,
    board::{ComponentKind, Look, Tile, TileContent, TileId, Title, Tone},
    formatting::Locale,
    frame::{Cell, Column, ColumnKind, Frame, FrameState, SmallSamples, Warning},
    geo::Province,
    metric::Unit,
    time::{Calendar, Timestamp},
};
use quick_xml::{Reader, events::Event};
use std::sync::LazyLock;

static NAMES: LazyLock<Names> = LazyLock::new(Names::default);

fn number(name: &str, unit: Unit) -> Column {
    Column { unit: Some(unit), ..Column::new(name, ColumnKind::Number) }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn frame(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Frame {
    Frame {
        columns,
        rows,
        as_of: Timestamp::parse("2026-11-21T10:20:00+08:00").ok(),
        etag: String::new(),
        simulated: false,
        state: FrameState::Ready,
        warnings: Vec::new(),
    }
}

fn ranking() -> Frame {
    let channels =
        ["CCTV-1 综合", "湖南卫视", "浙江卫视", "CCTV-13 新闻", "东方卫视", "江苏卫视", "北京卫视", "广东卫视"];
    let row = |(index, name): (usize, &&str)| vec![text(name), Cell::Integer(1_284_503 / (index as i64 + 1))];
    let columns = vec![Column::new("channel", ColumnKind::Dimension), number("content.plays", Unit::Count)];
    frame(columns, channels.iter().enumerate().map(row).collect())
}

fn days() -> Frame {
    let columns = vec![
        Column::new("time", ColumnKind::Time),
        Column::new("mode", ColumnKind::Dimension),
        number("tv.households", Unit::Households),
    ];
    let row = |day: u32, mode: usize, name: &str| {
        let households = 1_200_000 / (mode as i64 + 1) + i64::from(day * 7_919 * (mode as u32 + 1) % 90_000);
        vec![text(&format!("2026-11-{:02}T00:00:00+08:00", day + 1)), text(name), Cell::Integer(households)]
    };
    let modes = ["直播", "回看", "点播", "时移"];
    let rows = (0..20).flat_map(|day| modes.iter().enumerate().map(move |(mode, name)| row(day, mode, name))).collect();
    frame(columns, rows)
}

fn provinces() -> Frame {
    let columns = vec![Column::new("province", ColumnKind::Dimension), number("content.plays", Unit::Count)];
    let row = |(index, province): (usize, &Province)| {
        vec![text(province.code()), Cell::Integer((index as i64 * 7_919_731) % 9_900_000)]
    };
    frame(columns, Province::ALL.iter().enumerate().map(row).collect())
}

fn course() -> Frame {
    let columns = vec![Column::new("time", ColumnKind::Time), number("tv.households", Unit::Households)];
    let row = |hour: i64| {
        vec![
            text(&format!("2026-11-21T{hour:02}:00:00+08:00")),
            Cell::Integer(11_000_000 + hour * hour * 4_003 - hour * 70_000),
        ]
    };
    frame(columns, (0..24).map(row).collect())
}

fn details() -> Frame {
    let small = Some(SmallSamples { minimum: 30, rows: vec![3] });
    let columns = vec![
        Column::new("channel", ColumnKind::Dimension),
        Column::new("province", ColumnKind::Dimension),
        number("content.plays", Unit::Count),
        number("content.plays@week", Unit::Count),
        number("content.plays@week_pct", Unit::Percent),
        Column { small, ..number("tv.rating_pct", Unit::Percent) },
    ];
    let row = |index: i64| {
        vec![
            text(&format!("频道 {index} 综合")),
            text("ZJ"),
            Cell::Integer(9_000_000 / (index + 1)),
            Cell::Integer(8_700_000 / (index + 1)),
            Cell::Number(3.4 - index as f64),
            Cell::Number(12.5 / (index as f64 + 1.0)),
        ]
    };
    Frame {
        simulated: true,
        warnings: vec![Warning::SmallSample { minimum: 30 }, Warning::Truncated { limit: 60, rows: 812 }],
        ..frame(columns, (0..60).map(row).collect())
    }
}

fn tile(kind: ComponentKind, title: &str) -> Tile {
    Tile::new(TileId::from_u128(1), Title::parse(title).unwrap_or_default(), kind.blank())
}

fn compared() -> Tile {
    let binding = r#"{"metric":"tv.households","time":{"last":"24h"},"compare":"week"}"#;
    let content = serde_json::from_str(&format!(r#"{{"component":"kpi","binding":{binding}}}"#));
    content.map_or_else(|why| panic!("{why}"), |content| Tile::new(TileId::from_u128(1), Title::default(), content))
}

fn sheet<'a>(tile: &'a Tile, frame: &'a Frame) -> Sheet<'a> {
    Sheet {
        tile,
        frame,
        reading: Reading { names: &NAMES, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None },
        rise_is_red: true,
        title_fallback: "",
        subtitle: "2026年11月1日 – 20日 · 浙江、广东",
        theme: Theme::Shipped(BaseTheme::Light),
        size: Size { w: 560.0, h: 320.0 },
    }
}

fn cases() -> [(&'static str, Tile, Frame); 5] {
    [
        ("figure", compared(), course()),
        ("line", tile(ComponentKind::Line, ""), days()),
        ("bar", tile(ComponentKind::Bar, ""), ranking()),
        ("map", tile(ComponentKind::ProvinceMap, ""), provinces()),
        ("table", tile(ComponentKind::Table, ""), details()),
    ]
}

/// Fails where it is no document.
fn assert_well_formed(svg: &str) {
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(why) => panic!("{why}: {svg}"),
        }
    }
    assert!(
        !svg.contains("NaN") && !svg.contains("inf\"") && !svg.contains("class=") && !svg.contains("href"),
        "{svg}"
    );
}

#[test]
fn a_sheet_is_the_same_each_time_in_every_theme_and_size() {
    for (what, tile, frame) in &cases() {
        for theme in BaseTheme::ALL.map(Theme::Shipped) {
            for (w, h) in [(0.0, f64::NAN), (240.0, 160.0), (560.0, 320.0), (1_200.0, 675.0), (9_000.0, 300.0)] {
                let sheet = Sheet { theme, size: Size { w, h }, ..sheet(tile, frame) };
                let svg = sheet.svg().unwrap();
                assert_eq!(svg, sheet.svg().unwrap(), "{what}");
                assert_well_formed(&svg);
                assert!(svg.contains("数据截至 2026年11月21日"), "{what} {svg}");
                assert_eq!(svg.contains("含模拟数据"), frame.simulated, "{what} {svg}");
            }
        }
    }
}

#[test]
fn a_document_bears_hard_names() {
    let names = ["<script>alert(1)</script>&\"'".to_owned(), "长".repeat(500), "\u{0}\u{b}\u{ffff}]]>".to_owned()];
    for name in &names {
        for kind in [ComponentKind::Bar, ComponentKind::Table, ComponentKind::Line] {
            let mut frame = if kind == ComponentKind::Line { days() } else { ranking() };
            for row in &mut frame.rows {
                for cell in row.iter_mut().filter(|cell| cell.as_text().is_some_and(|text| !text.contains("+08"))) {
                    *cell = text(name);
                }
            }
            let tile = tile(kind, "");
            let svg = Sheet { title_fallback: name, subtitle: name, ..sheet(&tile, &frame) }.svg().unwrap();
            assert_well_formed(&svg);
            assert!(!svg.contains("<script"), "{svg}");
        }
    }
}

#[test]
fn what_has_no_numbers_is_not_exported_and_everything_else_is() {
    for kind in ComponentKind::ALL {
        let (tile, frame) = (tile(kind, ""), ranking());
        let drawn = sheet(&tile, &frame).svg();
        assert_eq!(drawn.is_ok(), Sheet::can_be_drawn(&tile), "{kind:?}");
        assert!(drawn.is_ok_and(|svg| svg.contains("<text")) || !Sheet::can_be_drawn(&tile), "{kind:?}");
    }
    let nothing = Frame { state: FrameState::Empty, rows: Vec::new(), ..ranking() };
    let tile = tile(ComponentKind::Bar, "");
    assert!(sheet(&tile, &nothing).svg().unwrap().contains("这段时间内没有数据"));
}

#[test]
fn a_file_of_numbers_is_known_to_be_in_utf_8() {
    let frame = ranking();
    let csv = csv_file(
        &frame,
        Reading { names: &NAMES, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None },
    );
    assert!(csv.starts_with("\u{feff}channel,content.plays\r\nCCTV-1 综合,1284503\r\n"), "{csv}");
}

fn reading(locale: Locale) -> Reading<'static> {
    Reading { names: &NAMES, locale, calendar: Calendar::CHINA, map_approval: None }
}

/// A tile of that kind which looks as written.
fn looking(kind: ComponentKind, look: &Look) -> Tile {
    let mut tile = tile(kind, "");
    if let Some(own) = tile.content.look_mut() {
        own.clone_from(look);
    }
    tile
}

fn look(written: &str) -> Look {
    serde_json::from_str(written).unwrap()
}

const UNFIT: [Unfit; 4] = [Unfit::Shape, Unfit::AllUndefined, Unfit::Negative, Unfit::ZeroTotal];

#[test]
fn every_kind_with_numbers_is_exported_from_its_sample_in_every_theme() {
    let mut count = 0;
    for locale in [Locale::ZhCn, Locale::En] {
        let names = names();
        for kind in ComponentKind::ALL {
            let Some(sample) = sample(kind, locale) else {
                assert!(!Sheet::can_be_drawn(&tile(kind, "")), "{kind:?} has no sample");
                continue;
            };
            let mut tile = looking(kind, &sample.look);
            if let TileContent::Series(bound) = &mut tile.content {
                let grain = serde_json::to_string(&sample.grain).unwrap();
                let binding = format!(r#"{{"metric": "tv.ama", "grain": {grain}, "time": {{"last": "24h"}}}}"#);
                bound.binding = Some(serde_json::from_str(&binding).unwrap());
            }
            for theme in BaseTheme::ALL.map(Theme::Shipped) {
                for (w, h) in [(240.0, 160.0), (560.0, 320.0)] {
                    let reading = Reading { names: &names, ..reading(locale) };
                    let sheet = Sheet {
                        theme,
                        reading,
                        size: Size { w, h },
                        title_fallback: "T",
                        ..sheet(&tile, &sample.frame)
                    };
                    let svg = sheet.svg().unwrap();
                    assert_well_formed(&svg);
                    assert!(!svg.contains("#808080"), "{kind:?} in {theme:?} has an ink without a colour: {svg}");
                    assert!(
                        UNFIT.iter().all(|unfit| !svg.contains(words::unfit(*unfit).0.in_locale(locale))),
                        "{kind:?}"
                    );
                    assert!(svg.matches("<text").count() > 2, "{kind:?}: {svg}");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 34 * 2 * 3 * 2, "{count}");
}

#[test]
fn a_picture_is_not_fetched_but_said_to_be_missing() {
    let places = r#"[{"place": "CCTV-1 综合", "x": 40, "y": 100, "w": 560, "h": 480}]"#;
    let picture = "https://pictures.example/home.png";
    let tile = looking(ComponentKind::PageHeat, &look(&format!(r#"{{"picture": "{picture}", "places": {places}}}"#)));
    let svg = sheet(&tile, &ranking()).svg().unwrap();
    assert_well_formed(&svg);
    assert!(!svg.contains("pictures.example") && !svg.contains("<image"), "{svg}");
    assert!(svg.contains("图片不在文件中"), "{svg}");
}

#[test]
fn a_number_has_its_tone_and_its_target() {
    let frame = frame(vec![number("qoe.ok_pct", Unit::Percent)], vec![vec![Cell::Number(95.35)]]);
    let strict = look(
        r#"{"target": {"value": 97}, "thresholds": [{"from": 0, "tone": "danger"}, {"from": 97, "tone": "good"}]}"#,
    );
    let tile = looking(ComponentKind::Kpi, &strict);
    for size in [Sheet::LEAST, Size { w: 560.0, h: 320.0 }] {
        let svg = Sheet { size, ..sheet(&tile, &frame) }.svg().unwrap();
        assert!(svg.contains("目标 97% · 达成 98.3%") && svg.contains(">告警<"), "{svg}");
        let danger = Theme::Shipped(BaseTheme::Light).colours().of(theme::Role::Ink(Ink::Tone(Tone::Danger)));
        assert!(svg.matches(danger).count() >= 4, "number, sign, word and bar: {svg}");
    }
    let counter = tile_of_counter(&frame);
    assert!(counter.contains(">95.35<"), "{counter}");
}

fn tile_of_counter(frame: &Frame) -> String {
    sheet(&tile(ComponentKind::FlipCounter, ""), frame).svg().unwrap()
}

#[test]
fn a_counter_has_all_its_digits() {
    let frame = frame(vec![number("tv.ama", Unit::Households)], vec![vec![Cell::Integer(12_345_678)]]);
    let counter = tile_of_counter(&frame);
    assert!(counter.contains(">12,345,678<"), "{counter}");
}

#[test]
fn a_pivot_table_is_one_in_a_file_and_one_thing_alone_a_plain_table() {
    let columns = vec![
        Column::new("channel", ColumnKind::Dimension),
        Column::new("view_mode", ColumnKind::Dimension),
        number("content.plays", Unit::Count),
    ];
    let row = |channel: &str, mode: &str, plays| vec![text(channel), text(mode), Cell::Integer(plays)];
    let rows = vec![row("CCTV-1", "直播", 120), row("CCTV-1", "回看", 30), row("浙江卫视", "直播", 75)];
    let frame = frame(columns, rows);
    let tile = tile(ComponentKind::Pivot, "");
    let svg = sheet(&tile, &frame).svg().unwrap();
    assert_eq!((svg.matches(">CCTV-1<").count(), svg.matches(">直播<").count()), (1, 1), "{svg}");
    let most = Theme::Shipped(BaseTheme::Light).colours().of(theme::Role::Ink(Ink::Step(6)));
    assert!(svg.contains(most) && svg.contains(">120<"), "{svg}");
    let plain = sheet(&tile, &ranking()).svg().unwrap();
    assert!(plain.contains(">湖南卫视<") && plain.contains(">642,251<"), "{plain}");
}

#[test]
fn curves_stand_behind_the_numbers_of_a_table() {
    let (tile, sample) = (tile(ComponentKind::Table, ""), sample(ComponentKind::Table, Locale::En).unwrap());
    let drawn = |frame: &Frame| {
        let sheet = Sheet { size: Size { w: 900.0, h: 480.0 }, ..sheet(&tile, frame) };
        sheet.svg().unwrap().matches("<polyline").count()
    };
    let mut plain = sample.frame.clone();
    plain.columns.iter_mut().for_each(|column| column.course = None);
    assert_eq!(drawn(&plain), 0);
    // A gap cuts one of the curves in two.
    assert_eq!(drawn(&sample.frame), 2 * sample.frame.rows.len() + 1);
}
