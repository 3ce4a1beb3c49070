use super::{
    super::{
        super::{Chart, Ink, Mark, Reading, Size, Source, scene::tests::assert_labels_stand_apart},
        tests::{
            assert_bears_hard_frames, assert_sound, dimension, drawn, frame, hard_by_one, metric, source, source_with,
            text, time,
        },
    },
    MinuteCurveSpec,
};
use model::{
    board::Look,
    formatting::Locale,
    frame::{Cell, Frame},
    metric::Unit,
    time::{Calendar, Grain, Timestamp},
};
use proptest::prelude::*;

fn minute(index: usize) -> Cell {
    let start = Timestamp::parse("2026-11-21T19:00:00+08:00").unwrap().plus_millis(index as i64 * 60_000);
    Cell::Text(start.to_rfc3339(Calendar::CHINA.offset_minutes).unwrap())
}

/// An evening of three hours: news, weather, a drama with breaks, and a gap.
fn evening(count: usize) -> Frame {
    let row = |index: usize| {
        let programme = match index {
            0..30 => text("新闻联播"),
            30..35 => text("天气预报"),
            35..38 => Cell::Null,
            70..74 | 110..114 => text("广告"),
            38..150 => text("黄金剧场：长河落日 第十二集"),
            _ => text("晚间新闻"),
        };
        let wave = (index * 37 % 23) as f64 * 60.0;
        let level = match index {
            0..30 => 24_000.0 + 500.0 * index as f64,
            30..38 => 26_000.0,
            70..74 => 24_500.0,
            110..114 => 27_500.0,
            38..150 => {
                33_000.0 + 110.0 * (index - 38) as f64 - if index > 120 { 160.0 * (index - 120) as f64 } else { 0.0 }
            }
            _ => 21_000.0 - 60.0 * (index - 150) as f64,
        };
        let value = if index == 90 { Cell::Null } else { Cell::Number(level + wave) };
        vec![minute(index), programme, value]
    };
    frame(
        vec![time(), dimension("programme"), metric("tv.audience_households", Unit::Households)],
        (0..count).map(row).collect(),
    )
}

fn by_minute(frame: &Frame) -> Source<'_> {
    Source { grain: Grain::Minute, ..source(frame) }
}

/// The frames by one dimension, with minutes for its values.
fn hard_along_time() -> Vec<(&'static str, Frame)> {
    let along = |(what, mut frame): (&'static str, Frame)| {
        if let [first, _] = frame.columns.as_mut_slice() {
            *first = time();
            for (index, row) in frame.rows.iter_mut().enumerate() {
                row[0] = minute(index);
            }
        }
        (what, frame)
    };
    let mut frames: Vec<_> = hard_by_one().into_iter().map(along).collect();
    for (what, mut frame) in hard_by_one() {
        if let [_, _] = frame.columns.as_mut_slice() {
            frame.columns.insert(0, time());
            for (index, row) in frame.rows.iter_mut().enumerate() {
                row.insert(0, minute(index));
            }
            frames.push((what, frame));
        }
    }
    frames
}

#[test]
fn an_evening_with_its_programmes() {
    let frame = evening(180);
    let look: Look =
        serde_json::from_str(r#"{"annotations":[{"at":"2026-11-21T19:50:00+08:00","text":"直播间抽奖"}]}"#).unwrap();
    let spec = MinuteCurveSpec::read(&Source { grain: Grain::Minute, ..source_with(&frame, &look) }).unwrap();
    insta::assert_snapshot!(drawn(&spec, 900.0, 360.0));
    assert_eq!(
        spec.readout(39).spoken(),
        "11月21日 周六 19:39, programme 黄金剧场：长河落日 第十二集, tv.audience_households 34,130户, 较前一分钟 +950户"
    );
    assert_eq!(spec.row(39), Some(39));
    assert!(spec.summary().starts_with("逐分钟曲线：tv.audience_households，180 个时点，9 段节目，峰值 11月21日"));
}

#[test]
fn the_largest_turns_are_marked_and_lie_apart() {
    let spec = MinuteCurveSpec::read(&by_minute(&evening(180))).unwrap();
    let gains: Vec<usize> = spec.turns.iter().filter(|turn| turn.change > 0.0).map(|turn| turn.at).collect();
    let losses: Vec<usize> = spec.turns.iter().filter(|turn| turn.change < 0.0).map(|turn| turn.at).collect();
    assert!(gains.contains(&38) && gains.len() <= 3, "{gains:?}");
    assert!(losses.contains(&150) && losses.len() <= 3, "{losses:?}");
    let scene = spec.scene(Size { w: 900.0, h: 360.0 });
    let triangles = scene.marks.iter().filter(|mark| matches!(mark, Mark::Polygon { ink: Ink::Tone(_), .. })).count();
    assert_eq!(triangles, spec.turns.len());
}

#[test]
fn a_calm_course_has_no_turns() {
    let rows = (0..60).map(|index| vec![minute(index), Cell::Number(1_000.0 + index as f64)]).collect();
    let frame = frame(vec![time(), metric("tv.audience_households", Unit::Households)], rows);
    let spec = MinuteCurveSpec::read(&by_minute(&frame)).unwrap();
    assert!(spec.turns.is_empty());
    assert!(spec.programmes.is_empty());
}

#[test]
fn of_two_rows_of_one_minute_the_larger_counts() {
    let row = |at: usize, name: &str, value: f64| vec![minute(at), text(name), Cell::Number(value)];
    let rows = vec![row(0, "a", 5.0), row(1, "a", 2.0), row(1, "b", 9.0), row(3, "b", 8.0)];
    let frame = frame(vec![time(), dimension("programme"), metric("m", Unit::Households)], rows);
    let spec = MinuteCurveSpec::read(&by_minute(&frame)).unwrap();
    assert_eq!(spec.row(1), Some(2));
    // Minute 2 is not there, so neither curve nor band runs through it.
    let runs: Vec<_> = spec.programmes.iter().map(|one| (one.name.as_str(), one.first, one.last)).collect();
    assert_eq!(runs, [("a", 0, 0), ("b", 1, 1), ("b", 2, 2)]);
}

#[test]
fn hard_frames_are_borne() {
    assert_bears_hard_frames(hard_along_time(), |source| {
        MinuteCurveSpec::read(&Source { grain: Grain::Minute, ..*source })
    });
}

#[test]
fn a_day_of_minutes_has_few_marks() {
    let scene = assert_sound(&MinuteCurveSpec::read(&by_minute(&evening(1_440))).unwrap(), Size { w: 900.0, h: 360.0 });
    assert!(scene.marks.len() < 300, "{}", scene.marks.len());
}

proptest! {
    #[test]
    fn labels_stand_apart(
        values in prop::collection::vec((prop::option::weighted(0.95, 0.0_f64..1e6), 0_usize..4), 1..200),
        w in 20.0_f64..900.0,
        h in 12.0_f64..500.0,
        english in any::<bool>(),
    ) {
        let names = ["新闻联播", "The Long River at Sunset", "体育", "x"];
        let row = |(index, (value, name)): (usize, &(Option<f64>, usize))| {
            vec![minute(index), text(names[*name]), value.map_or(Cell::Null, Cell::Number)]
        };
        let columns = vec![time(), dimension("programme"), metric("m", Unit::Households)];
        let frame = frame(columns, values.iter().enumerate().map(row).collect());
        let plain = by_minute(&frame);
        let locale = if english { Locale::En } else { Locale::ZhCn };
        let source = Source { reading: Reading { locale, ..plain.reading }, ..plain };
        if let Ok(spec) = MinuteCurveSpec::read(&source) {
            assert_labels_stand_apart(&spec.scene(Size { w, h }));
        }
    }
}
