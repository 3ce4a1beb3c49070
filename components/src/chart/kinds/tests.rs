//! What the tests of all these charts share: frames to be drawn, and what must hold of every drawing.

use super::super::{
    Chart, Reading, Scene, Size, Source, Unfit,
    scene::{Mark, tests::assert_labels_stand_apart},
    svg,
};
use crate::tile::Names;
use model::{
    board::Look,
    formatting::Locale,
    frame::{Cell, Column, ColumnKind, Frame, FrameState},
    metric::Unit,
    time::{Calendar, Grain, Timestamp},
};
use std::{collections::BTreeSet, sync::LazyLock};

pub(super) fn dimension(name: &str) -> Column {
    Column::new(name, ColumnKind::Dimension)
}

pub(super) fn time() -> Column {
    Column::new("time", ColumnKind::Time)
}

pub(super) fn metric(name: &str, unit: Unit) -> Column {
    Column { unit: Some(unit), ..Column::new(name, ColumnKind::Number) }
}

pub(super) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub(super) fn frame(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Frame {
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

/// A frame of plays by the values of one dimension. A number that is not finite is kept as it is: drawings must bear it.
pub(super) fn by_genre(values: &[(&str, Option<f64>)]) -> Frame {
    let row = |(name, value): &(&str, Option<f64>)| vec![text(name), value.map_or(Cell::Null, Cell::Number)];
    frame(vec![dimension("genre"), metric("content.plays", Unit::Count)], values.iter().map(row).collect())
}

/// A frame of plays by two dimensions.
pub(super) fn by_two(one: &str, other: &str, cells: &[(&str, &str, Option<f64>)]) -> Frame {
    let row = |(first, second, value): &(&str, &str, Option<f64>)| {
        vec![text(first), text(second), value.map_or(Cell::Null, Cell::Number)]
    };
    let columns = vec![dimension(one), dimension(other), metric("content.plays", Unit::Count)];
    frame(columns, cells.iter().map(row).collect())
}

static NO_NAMES: LazyLock<Names> = LazyLock::new(Names::default);
static PLAIN: LazyLock<Look> = LazyLock::new(Look::default);
static NOTHING_HIDDEN: BTreeSet<String> = BTreeSet::new();

/// A frame to be drawn as it is, in Chinese.
pub(super) fn source(frame: &Frame) -> Source<'_> {
    let reading = Reading { names: &NO_NAMES, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None };
    Source { frame, look: &PLAIN, grain: Grain::Day, reading, rise_is_red: true, hidden: &NOTHING_HIDDEN }
}

/// The same, drawn as the look says.
pub(super) fn source_with<'a>(frame: &'a Frame, look: &'a Look) -> Source<'a> {
    Source { look, ..source(frame) }
}

/// The drawing, one element a line, for snapshots.
pub(super) fn drawn(chart: &dyn Chart, w: f64, h: f64) -> String {
    svg(&chart.scene(Size { w, h })).replace("><", ">\n<")
}

/// What must hold of every drawing, whatever it is drawn of: it is made twice alike, no number in it is undefined, nothing
/// lies far outside, labels stand apart, every hit is read, and something is said of it.
pub(super) fn assert_sound(chart: &dyn Chart, size: Size) -> Scene {
    let scene = chart.scene(size);
    assert_eq!(scene, chart.scene(size), "the same each time");
    let text = svg(&scene);
    for wrong in ["NaN", "inf", "style="] {
        assert!(!text.contains(wrong), "{wrong} in {text}");
    }
    assert_labels_stand_apart(&scene);
    for mark in &scene.marks {
        for point in points(mark) {
            assert!(point.x.is_finite() && point.y.is_finite(), "{mark:?}");
            let (x, y) = (-2.0..=size.w + 2.0, -2.0..=size.h + 2.0);
            assert!(x.contains(&point.x) && y.contains(&point.y), "{mark:?} leaves {size:?}");
        }
    }
    for hit in 0..scene.hit_count() {
        assert!(scene.hit(hit).is_some(), "hit {hit}");
        assert!(!chart.readout(hit).spoken().trim().is_empty(), "hit {hit} says nothing");
    }
    assert!(!chart.summary().is_empty());
    scene
}

fn points(mark: &Mark) -> Vec<super::super::Point> {
    match mark {
        Mark::Line { points, .. } | Mark::Polygon { points, .. } => points.clone(),
        Mark::Rect { area, .. } | Mark::Picture { area, .. } => {
            assert!(area.w >= 0.0 && area.h >= 0.0, "{area:?}");
            vec![
                super::super::Point { x: area.x, y: area.y },
                super::super::Point { x: area.right(), y: area.bottom() },
            ]
        }
        Mark::Disc { centre, .. } => vec![*centre],
        Mark::Label { .. } => Vec::new(),
    }
}

/// Frames by one dimension that are hard to draw, each with what is hard about it.
pub(super) fn hard_by_one() -> Vec<(&'static str, Frame)> {
    let long = "长".repeat(500);
    let many: Vec<(String, f64)> = (0..5_000).map(|index| (format!("频道{index}"), f64::from(index % 97))).collect();
    let many: Vec<(&str, Option<f64>)> = many.iter().map(|(name, value)| (name.as_str(), Some(*value))).collect();
    vec![
        ("empty", by_genre(&[])),
        ("one", by_genre(&[("drama", Some(3.0))])),
        ("all equal", by_genre(&[("a", Some(5.0)), ("b", Some(5.0)), ("c", Some(5.0))])),
        ("all undefined", by_genre(&[("a", None), ("b", None)])),
        ("some undefined", by_genre(&[("a", Some(2.0)), ("b", None), ("c", Some(1.0))])),
        ("negative", by_genre(&[("a", Some(-4.0)), ("b", Some(9.0)), ("c", Some(-0.5))])),
        ("zero", by_genre(&[("a", Some(0.0)), ("b", Some(0.0))])),
        ("huge and tiny", by_genre(&[("a", Some(1e15)), ("b", Some(1e-9)), ("c", Some(1.0))])),
        ("not finite", by_genre(&[("a", Some(f64::NAN)), ("b", Some(f64::INFINITY)), ("c", Some(2.0))])),
        ("markup", by_genre(&[("<script>alert(1)</script>&\"'", Some(2.0)), ("b", Some(1.0))])),
        ("a long name", by_genre(&[(long.as_str(), Some(2.0)), ("b", Some(1.0))])),
        ("5,000 values", by_genre(&many)),
        ("another shape", frame(vec![metric("content.plays", Unit::Count)], vec![vec![Cell::Integer(1)]])),
        ("no columns", frame(Vec::new(), Vec::new())),
    ]
}

/// Draws every hard frame in several sizes: each is sound, or said to be unfit.
pub(super) fn assert_bears_hard_frames<C: Chart>(
    frames: Vec<(&'static str, Frame)>,
    read: impl Fn(&Source) -> Result<C, Unfit>,
) {
    let sizes = [(320.0, 240.0), (120.0, 80.0), (900.0, 420.0), (60.0, 400.0), (20.0, 12.0)];
    for (what, frame) in frames {
        for locale in [Locale::ZhCn, Locale::En] {
            let plain = source(&frame);
            let source = Source { reading: Reading { locale, ..plain.reading }, ..plain };
            match read(&source) {
                Ok(chart) => {
                    for (w, h) in sizes {
                        let label = format!("{what} at {w} × {h}");
                        let scene = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                            assert_sound(&chart, Size { w, h })
                        }));
                        assert!(scene.is_ok(), "{label}");
                    }
                }
                Err(unfit) => assert!(what != "one" && what != "all equal", "{what} is unfit: {unfit:?}"),
            }
        }
    }
}
