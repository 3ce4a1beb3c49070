//! Every component in every state on one page, with made-up numbers, for looking at.
//!
//! `cargo run -p components --example gallery --features ssr -- en dark > gallery.html`

use components::{
    arranging::{ArrangingTiles, Selection},
    controls::{Button, ButtonKind, Choice, Combobox, Icon, IconButton, IconName, SelectField, Switch, TextField},
    grid::{GridBoard, GridEditing, GridView},
    palette::{DragSpace, PaletteItem},
    tile::{Names, TileCard, TileState},
};
use leptos::prelude::*;
use model::{
    board::{
        Bound, CategoryBinding, CategoryKind, ComponentKind, FilterDisplay, FrameStyle, GeoBinding, GeoKind, Given,
        Look, MatrixBinding, MatrixKind, ScalarBinding, ScalarKind, SeriesBinding, SeriesKind, Still, TableBinding,
        TableKind, Target, Threshold, Tile, TileContent, TileId, Title, Tone,
    },
    formatting::Locale,
    frame::{Cell, Column, ColumnKind, Frame, FrameState, Warning},
    geo::{Province, Region},
    layout::{DeskLayout, GridRect, PhoneLayout},
    metric::{DimensionId, GroupBy, MetricRef, Unit},
    problem::{Problem, ProblemCode},
    time::{Calendar, Compare, Grain, TimeRange, Timestamp},
};
use std::sync::Arc;

#[allow(clippy::disallowed_methods)] // a page to look at, not the program
fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    let locale = if has("en") { Locale::En } else { Locale::ZhCn };
    let theme = if has("dark") { "dark" } else { "light" };
    let editing = has("editing");
    let body = Owner::new().with(|| page(locale, editing).to_html());
    println!(
        "<!doctype html><html lang=\"{}\" data-theme=\"{theme}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Gallery</title><style>{}</style></head>\
         <body>{body}</body></html>",
        locale.tag(),
        style()
    );
}

fn style() -> String {
    let sheets = [
        include_str!("../../style/tokens.css"),
        include_str!("../../style/base.css"),
        include_str!("../../style/controls.css"),
        include_str!("../../style/card.css"),
        include_str!("../../style/charts.css"),
        include_str!("../../style/table.css"),
        include_str!("../../style/filters.css"),
        include_str!("../../style/grid.css"),
        include_str!("../../style/wall.css"),
        include_str!("../../style/still.css"),
        include_str!("../../style/filter-tile.css"),
    ];
    let page = "body { padding: var(--space-8); } .gallery { display: grid; gap: var(--space-6); } \
                .gallery__row { display: flex; flex-wrap: wrap; gap: var(--space-3); align-items: end; } \
                .gallery__fields { display: grid; grid-template-columns: repeat(4, 1fr) ; gap: var(--space-4); } \
                .gallery__palette { display: grid; grid-template-columns: repeat(6, 110px); gap: var(--space-2); } \
                @media (max-width: 719px) { body { padding: var(--space-3); } .gallery__fields { grid-template-columns: 1fr; } \
                .gallery__palette { grid-template-columns: repeat(3, 1fr); } }";
    sheets.concat() + page
}

/// The tiles of the page, and what each of them shows.
fn tiles(locale: Locale) -> Vec<(Tile, GridRect, TileState)> {
    let title = |zh: &str, en: &str| match locale {
        Locale::ZhCn => zh.to_owned(),
        Locale::En => en.to_owned(),
    };
    let mut tiles = Vec::new();
    let mut add = |name: String, content: TileContent, (x, y, w, h): (i32, i32, i32, i32), state: TileState| {
        let id = TileId::from_u128(tiles.len() as u128 + 1);
        let tile = Tile::new(id, Title::parse(&name).unwrap_or_default(), content);
        tiles.push((tile, GridRect::clamped(x, y, w, h), state));
    };
    let metric = || MetricRef::plain("content.plays".parse().unwrap_or_else(|_| unreachable!("a valid id")));
    let dimension = |id: &str| -> DimensionId { id.parse().unwrap_or_else(|_| unreachable!("a valid id")) };
    let time =
        || -> TimeRange { serde_json::from_str(r#"{"last":"24h"}"#).unwrap_or_else(|_| unreachable!("a valid range")) };
    let scalar_binding = || ScalarBinding {
        metric: metric(),
        filters: Vec::new(),
        time: time(),
        compare: Some(Compare::PreviousPeriod),
    };
    let kpi = || TileContent::Scalar(Bound::to(ScalarKind::Kpi, scalar_binding()));
    let figure = |kind, look| TileContent::Scalar(Bound { look, ..Bound::to(kind, scalar_binding()) });
    let line = |grain: Grain| {
        let binding = SeriesBinding { metric: metric(), grain, split: None, filters: Vec::new(), time: time() };
        TileContent::Series(Bound::to(SeriesKind::Line, binding))
    };
    let by_channel = |kind| {
        let binding = CategoryBinding {
            metric: metric(),
            by: dimension("channel"),
            top: 10,
            filters: Vec::new(),
            time: time(),
            compare: None,
        };
        TileContent::Category(Bound::to(kind, binding))
    };
    let bar = || by_channel(CategoryKind::Bar);
    let table = |look| {
        let binding = TableBinding {
            metric: metric(),
            more_metrics: Vec::new(),
            by: vec![dimension("channel")],
            grain: None,
            filters: Vec::new(),
            time: time(),
            compare: None,
            course: None,
            limit: 100,
        };
        TileContent::Table(Bound { look, ..Bound::to(TableKind::Table, binding) })
    };
    let pivot = |look| {
        let binding = MatrixBinding {
            metric: metric(),
            by: GroupBy::Dimension(dimension("channel")),
            across: Some(GroupBy::Dimension(dimension("view_mode"))),
            top: 20,
            filters: Vec::new(),
            time: time(),
        };
        TileContent::Matrix(Bound { look, ..Bound::to(MatrixKind::Pivot, binding) })
    };
    let map = || {
        let binding = GeoBinding { metric: metric(), by: dimension("province"), filters: Vec::new(), time: time() };
        TileContent::Geo(Bound::to(GeoKind::ProvinceMap, binding))
    };
    let ready = |frame: Frame, age: i64| TileState::Ready { frame: Arc::new(frame), age_seconds: Some(age) };

    add(title("播放次数", "Plays"), kpi(), (0, 0, 3, 3), ready(scalar(12_845_032.0, Unit::Count, Some(3.24)), 2));
    add(title("开机率", "Power-on rate"), kpi(), (3, 0, 3, 3), ready(scalar(61.37, Unit::Percent, Some(-0.8)), 2));
    add(title("观看时长", "Watch hours"), kpi(), (6, 0, 3, 3), ready(scalar(418_220.5, Unit::Hours, Some(0.01)), 200));
    add(title("订购收入", "Revenue"), kpi(), (9, 0, 3, 3), ready(scalar(98_765_432.0, Unit::Fen, None), 2));
    add(
        title("各收看方式收视户数", "Households by way of viewing"),
        line(Grain::Hour),
        (0, 3, 8, 6),
        ready(series(true), 2),
    );
    add(title("频道收视排行", "Channels by audience"), bar(), (8, 3, 4, 8), ready(ranking(), 2));
    add(title("每日播放", "Plays per day"), line(Grain::Day), (0, 9, 4, 5), ready(days(), 2));
    add(title("分省播放", "Plays by province"), map(), (4, 9, 4, 8), ready(provinces(), 2));
    add(title("频道明细", "Channels in detail"), table(Look::default()), (8, 11, 4, 8), ready(details(), 2));
    let text = title(
        "# 本周要点\n收视整体平稳，周末回看**明显上升**，见[收视总览](/boards/1)。\n\n- 浙江、广东贡献四成播放\n- 卡顿率连续三日下降\n\n*口径*：`tv.ama` 与 [标准文本](https://example.org)。",
        "# This week\nAudiences are *steady*; catch-up **rose** at the weekend, by `tv.ama` of [the overview](/boards/1).\n\n- Zhejiang and Guangdong make up 40 %\n- Stalls fell three days in a row",
    );
    add(String::new(), TileContent::Still(Still::Text { text }), (0, 14, 4, 5), TileState::Unbound);
    add(title("单位时间", "Unbound"), ComponentKind::Line.blank(), (0, 19, 3, 4), TileState::Unbound);
    add(title("加载中", "Loading"), bar(), (3, 19, 3, 4), TileState::Loading);
    add(
        title("空", "Empty"),
        bar(),
        (6, 19, 3, 4),
        ready(Frame { state: FrameState::Empty, rows: Vec::new(), ..ranking() }, 2),
    );
    add(
        title("范围外", "Outside"),
        map(),
        (9, 19, 3, 4),
        ready(Frame { state: FrameState::OutsideScope, rows: Vec::new(), ..provinces() }, 2),
    );
    let problem = |code| Problem { incident: Some("01JD-7K3Q".to_owned()), ..Problem::new(code, "") };
    add(
        title("出错", "Failed"),
        bar(),
        (0, 23, 4, 5),
        TileState::Failed { problem: problem(ProblemCode::Internal), last: None },
    );
    add(
        title("出错但有旧数据", "Failed with the last good"),
        line(Grain::Hour),
        (4, 23, 4, 5),
        TileState::Failed { problem: problem(ProblemCode::Overloaded), last: Some(Arc::new(series(false))) },
    );
    add(title("指标", "Loading figure"), kpi(), (8, 23, 2, 3), TileState::Loading);
    add(title("未设", "Unbound figure"), ComponentKind::Kpi.blank(), (10, 23, 2, 3), TileState::Unbound);

    let given = |value: f64| Given::new(value).unwrap_or_else(|| unreachable!("a finite number"));
    let target = |value: f64| Some(Target { value: given(value), label: Title::default() });
    let thresholds = |steps: &[(f64, Tone)]| -> Vec<Threshold> {
        steps.iter().map(|(from, tone)| Threshold { from: given(*from), tone: *tone }).collect()
    };
    let health = || thresholds(&[(0.0, Tone::Danger), (95.0, Tone::Warning), (98.0, Tone::Good)]);
    let audience = || thresholds(&[(0.0, Tone::Danger), (100_000.0, Tone::Warning), (300_000.0, Tone::Good)]);
    let flip = |look| figure(ScalarKind::FlipCounter, look);
    let percent = |value: f64| ready(scalar(value, Unit::Percent, Some(0.4)), 2);
    add(
        title("达成目标", "On target"),
        figure(
            ScalarKind::Kpi,
            Look { target: target(97.0), thresholds: health(), decimals: Some(2), ..Look::default() },
        ),
        (0, 28, 3, 3),
        percent(98.3),
    );
    add(
        title("低于目标", "Under target"),
        figure(ScalarKind::Kpi, Look { target: target(97.0), thresholds: health(), ..Look::default() }),
        (3, 28, 3, 3),
        percent(95.35),
    );
    add(
        title("全数", "In full"),
        figure(ScalarKind::Kpi, Look { in_full: true, target: target(2e7), ..Look::default() }),
        (6, 28, 3, 4),
        ready(scalar(12_845_032.0, Unit::Count, Some(3.24)), 2),
    );
    add(
        title("告警", "Alert"),
        figure(ScalarKind::Kpi, Look { thresholds: health(), ..Look::default() }),
        (9, 28, 2, 2),
        percent(81.2),
    );
    add(
        title("今日播放", "Plays today"),
        flip(Look::default()),
        (0, 31, 4, 3),
        ready(scalar(12_845_032.0, Unit::Count, Some(3.24)), 2),
    );
    add(
        title("在线户数", "Households"),
        flip(Look { decimals: Some(0), ..Look::default() }),
        (4, 31, 2, 2),
        ready(scalar(418_220.0, Unit::Households, None), 2),
    );
    add(
        title("收入", "Revenue"),
        flip(Look { decimals: Some(2), ..Look::default() }),
        (6, 32, 6, 4),
        ready(scalar(98_765_432.0, Unit::Fen, None), 2),
    );
    add(title("频道排行", "Ranking"), by_channel(CategoryKind::Ticker), (0, 36, 12, 1), ready(ranking(), 2));
    add(String::new(), by_channel(CategoryKind::Ticker), (0, 37, 6, 1), ready(ranking(), 2));
    add(title("收看方式", "By way of viewing"), pivot(Look::default()), (0, 38, 6, 7), ready(crossed(), 2));
    add(
        title("收看方式达标", "Judged"),
        pivot(Look { thresholds: audience(), ..Look::default() }),
        (6, 38, 6, 7),
        ready(crossed(), 2),
    );
    add(
        title("频道达标", "Channels judged"),
        table(Look { thresholds: audience(), ..Look::default() }),
        (0, 45, 4, 7),
        ready(details(), 2),
    );
    add(title("长表", "A long table"), table(Look::default()), (4, 45, 4, 7), ready(long(), 2));
    let still = TileContent::Still;
    add(String::new(), still(Still::Clock), (8, 45, 3, 2), TileState::Unbound);
    add(String::new(), still(Still::Clock), (11, 45, 1, 1), TileState::Unbound);
    add(
        title("扫码查看", "Scan"),
        still(Still::QrCode { text: "https://example.org/boards/1".to_owned() }),
        (8, 47, 3, 5),
        TileState::Unbound,
    );
    let picture = "/picture.svg".parse().ok();
    add(
        String::new(),
        still(Still::Image { address: picture.clone(), description: Title::default() }),
        (0, 52, 3, 4),
        TileState::Unbound,
    );
    add(
        title("机房", "Room"),
        still(Still::Video { address: picture, description: Title::default() }),
        (3, 52, 3, 4),
        TileState::Unbound,
    );
    for (index, style) in FrameStyle::ALL.into_iter().enumerate() {
        let name = if style == FrameStyle::Rule { String::new() } else { title("播控概况", "On air") };
        add(
            name,
            still(Still::Frame { style }),
            (6 + 3 * (index as i32 % 2), 52 + 2 * (index as i32 / 2), 3, 2),
            TileState::Unbound,
        );
    }
    for (index, display) in FilterDisplay::ALL.into_iter().enumerate() {
        let about = "province".parse().ok();
        add(String::new(), still(Still::Filter { about, display }), (6 * index as i32, 59, 5, 1), TileState::Unbound);
    }
    for (index, kind) in
        [ComponentKind::Image, ComponentKind::Video, ComponentKind::QrCode, ComponentKind::Text].into_iter().enumerate()
    {
        add(String::new(), kind.blank(), (3 * index as i32, 56, 3, 3), TileState::Unbound);
    }
    tiles
}

fn column(name: &str, kind: ColumnKind, unit: Option<Unit>) -> Column {
    let scope = if unit.is_some() {
        Region::all().filter(|region| *region != Region::Province(Province::TW)).collect()
    } else {
        Vec::new()
    };
    Column { unit, scope, ..Column::new(name, kind) }
}

fn frame(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Frame {
    Frame {
        columns,
        rows,
        as_of: Timestamp::parse("2026-11-21T20:34:10+08:00").ok(),
        etag: String::new(),
        simulated: true,
        state: FrameState::Ready,
        warnings: Vec::new(),
    }
}

fn scalar(value: f64, unit: Unit, change: Option<f64>) -> Frame {
    let columns = vec![
        column("content.plays", ColumnKind::Number, Some(unit)),
        column("content.plays@previous_period", ColumnKind::Number, Some(unit)),
        column("content.plays@previous_period_pct", ColumnKind::Number, Some(Unit::Percent)),
    ];
    let change = change.map_or(Cell::Null, Cell::Number);
    frame(columns, vec![vec![Cell::Number(value), Cell::Number(value * 0.97), change]])
}

fn wave(step: i64, period: f64, low: f64, high: f64) -> f64 {
    low + (high - low) * (0.5 + 0.5 * ((step as f64) * std::f64::consts::TAU / period - 1.3).sin())
}

fn series(is_split: bool) -> Frame {
    let start = Timestamp::parse("2026-11-20T21:00:00+08:00").map_or(0, Timestamp::millis);
    let modes: &[(&str, f64)] = if is_split {
        &[("直播", 620_000.0), ("回看", 210_000.0), ("点播", 180_000.0), ("时移", 60_000.0)]
    } else {
        &[("直播", 620_000.0)]
    };
    let mut rows = Vec::new();
    for hour in 0..24 {
        let moment = Timestamp::from_millis(start + hour * 3_600_000).to_rfc3339(480).unwrap_or_default();
        for (index, (mode, high)) in modes.iter().enumerate() {
            // Two hours of one series are missing: a gap.
            let gap = index == 1 && (9..11).contains(&hour);
            let value =
                if gap { Cell::Null } else { Cell::Number(wave(hour + index as i64, 24.0, high * 0.1, *high).round()) };
            rows.push(vec![Cell::Text(moment.clone()), Cell::Text((*mode).to_owned()), value]);
        }
    }
    let mut columns = vec![
        column("time", ColumnKind::Time, None),
        column("view_mode", ColumnKind::Dimension, None),
        column("content.plays", ColumnKind::Number, Some(Unit::Households)),
    ];
    if !is_split {
        columns.remove(1);
        for row in &mut rows {
            row.remove(1);
        }
    }
    frame(columns, rows)
}

fn days() -> Frame {
    let start = Timestamp::parse("2026-10-26T00:00:00+08:00").map_or(0, Timestamp::millis);
    let at = |day: i64| Timestamp::from_millis(start + day * 86_400_000).to_rfc3339(480).unwrap_or_default();
    let rows = (0..27).map(|day| vec![Cell::Text(at(day)), Cell::Number(wave(day, 7.0, 9_100_000.0, 12_800_000.0))]);
    let mut number = column("content.plays", ColumnKind::Number, Some(Unit::Count));
    number.missing = (27..30).map(at).collect();
    let mut days = frame(vec![column("time", ColumnKind::Time, None), number], rows.collect());
    days.warnings = vec![Warning::SmallSample { minimum: 30 }];
    days
}

const CHANNELS: [(&str, f64); 11] = [
    ("CCTV-1 综合", 412_300.0),
    ("浙江卫视", 388_120.0),
    ("湖南卫视", 352_800.0),
    ("CCTV-13 新闻", 298_400.0),
    ("中央广播电视总台体育赛事频道", 251_020.0),
    ("东方卫视", 214_700.0),
    ("江苏卫视", 188_330.0),
    ("北京卫视", 97_400.0),
    ("CCTV-6 电影", 61_200.0),
    ("金鹰卡通", 8_210.0),
    ("__other__", 143_000.0),
];

fn ranking() -> Frame {
    let columns = vec![
        column("channel", ColumnKind::Dimension, None),
        column("tv.ama", ColumnKind::Number, Some(Unit::Households)),
    ];
    frame(
        columns,
        CHANNELS.iter().map(|(name, value)| vec![Cell::Text((*name).to_owned()), Cell::Number(*value)]).collect(),
    )
}

fn details() -> Frame {
    let columns = vec![
        column("channel", ColumnKind::Dimension, None),
        column("tv.ama", ColumnKind::Number, Some(Unit::Households)),
        column("tv.ama@day_pct", ColumnKind::Number, Some(Unit::Percent)),
    ];
    let row = |(index, (name, value)): (usize, &(&str, f64))| {
        vec![Cell::Text((*name).to_owned()), Cell::Number(*value), Cell::Number(index as f64 * 1.7 - 6.0)]
    };
    frame(columns, CHANNELS.iter().enumerate().map(row).collect())
}

fn crossed() -> Frame {
    let columns = vec![
        column("channel", ColumnKind::Dimension, None),
        column("view_mode", ColumnKind::Dimension, None),
        column("tv.ama", ColumnKind::Number, Some(Unit::Households)),
    ];
    let modes =
        [("直播", 1.0), ("回看", 0.42), ("点播", 0.31), ("时移", 0.08), ("投屏", 0.02), ("小屏", 0.13), ("互动", 0.05)];
    let rows = CHANNELS.iter().flat_map(|(name, value)| {
        let cell = move |(mode, share): (&str, f64)| {
            vec![Cell::Text((*name).to_owned()), Cell::Text(mode.to_owned()), Cell::Number((value * share).round())]
        };
        // What nobody watched so has no row.
        modes.into_iter().filter(|(mode, _)| *mode != "投屏" || *value > 200_000.0).map(cell)
    });
    frame(columns, rows.collect())
}

fn long() -> Frame {
    let mut long = details();
    let row = |at: i32| {
        let number = Cell::Number(f64::from((at * 7_919) % 400_000));
        vec![Cell::Text(format!("频道 {at}")), number, Cell::Number(f64::from(at % 90) - 45.0)]
    };
    long.rows = (1..=30_000).map(row).collect();
    long
}

fn provinces() -> Frame {
    let mut number = column("content.plays", ColumnKind::Number, Some(Unit::Count));
    number.scope.retain(|region| !matches!(region, Region::Province(Province::HK | Province::MO | Province::XZ)));
    let columns = vec![column("province", ColumnKind::Dimension, None), number];
    let inside = Province::ALL.iter().filter(|province| {
        !matches!(province, Province::TW | Province::HK | Province::MO | Province::XZ | Province::QH)
    });
    let rows = inside.map(|province| {
        vec![Cell::Text(province.code().to_owned()), Cell::Number(f64::from(province.facts().population) / 97.0)]
    });
    frame(columns, rows.collect())
}

fn page(locale: Locale, is_editing: bool) -> impl IntoView {
    let _ = DragSpace::provide();
    let tiles = tiles(locale);
    let layout: DeskLayout =
        tiles.iter().fold(DeskLayout::default(), |layout, (tile, rect, _)| layout.place(tile.id, *rect));
    let kinds: Vec<(TileId, ComponentKind)> = tiles.iter().map(|(tile, _, _)| (tile.id, tile.content.kind())).collect();
    let kind_of =
        move |id: TileId| kinds.iter().find(|(tile, _)| *tile == id).map_or(ComponentKind::Text, |(_, kind)| *kind);
    let tiles_by_hand = ArrangingTiles {
        selected: RwSignal::new(Selection::of([TileId::from_u128(5)])),
        is_held: RwSignal::new(false),
        label_of: Callback::new(|id: TileId| id.to_string()),
        is_locked: Callback::new(|id: TileId| id == TileId::from_u128(3)),
        colleague_at: Callback::new(|_| None),
        together_with: Callback::new(|id: TileId| vec![id]),
        takes_in: Callback::new(|_| false),
        may_enter: Callback::new(|_| false),
        on_enter: Callback::new(|_| ()),
        on_remove: Callback::new(|_| ()),
        on_open: Callback::new(|_| ()),
    };
    let editing =
        GridEditing { tiles: tiles_by_hand, kind_of: Callback::new(kind_of), on_place: Callback::new(|_| ()) };
    let render_tile = Callback::new(move |id: TileId| {
        let found = tiles.iter().find(|(tile, _, _)| tile.id == id).cloned();
        found.map_or_else(
            || ().into_any(),
            |(tile, _, state)| {
                view! {
                    <TileCard
                        tile=Signal::stored(tile)
                        title_fallback=""
                        state=Signal::stored(state)
                        locale=Signal::stored(locale)
                        names=Signal::stored(Names::default())
                        calendar=Signal::stored(Calendar::CHINA)
                    />
                }
                .into_any()
            },
        )
    });
    let choices = vec![
        Choice::new("a", "收视率").with_detail("Rating · tv.rating_pct"),
        Choice::new("b", "播放次数").with_detail("Plays"),
    ];
    let phone = Signal::stored(PhoneLayout::draft(&layout, |_| ComponentKind::Line));
    let (layout, reader) = (Signal::stored(layout), Signal::stored(locale));
    let board = if is_editing {
        view! { <GridBoard layout phone locale=reader render_tile editing /> }.into_any()
    } else {
        view! { <GridView layout phone locale=reader render_tile /> }.into_any()
    };
    view! {
        <main class="gallery">
            {board}
            <div class="gallery__palette">
                {ComponentKind::ALL.map(|kind| view! { <PaletteItem kind locale=Signal::stored(locale) on_add=Callback::new(|_| ()) /> }).collect_view()}
            </div>
            <div class="gallery__row">
                <Button kind=ButtonKind::Primary icon=IconName::Publish>"发布"</Button>
                <Button icon=IconName::Undo>"撤销"</Button>
                <Button kind=ButtonKind::Quiet>"取消"</Button>
                <Button kind=ButtonKind::Danger icon=IconName::Trash>"移除"</Button>
                <Button kind=ButtonKind::Primary busy=true>"保存中"</Button>
                <Button disabled=true>"不可用"</Button>
                <IconButton icon=IconName::Moon label="深色" on_click=|()| () />
                <Switch label="显示其他" checked=true on_change=|_| () />
                <Switch label="关闭" checked=false on_change=|_| () />
            </div>
            <div class="gallery__fields">
                <TextField name="title" label="标题" value="收视总览".to_owned() hint="最多 120 字" />
                <TextField name="email" label="邮箱" error="邮箱或密码不对，请再试一次" value="a@b".to_owned() />
                <SelectField name="grain" label="粒度" choices=Signal::stored(choices.clone()) value="b".to_owned() on_change=|_| () />
                <Combobox name="metric" label="指标" choices=Signal::stored(choices) value="a".to_owned() locale=Signal::stored(locale) on_change=|_| () />
            </div>
            <div class="gallery__row">{IconName::ALL.iter().map(|name| view! { <Icon name=*name /> }).collect_view()}</div>
        </main>
    }
}
