use super::{
    super::tests::{
        assert_bears_hard_frames, assert_sound, dimension, drawn, frame, hard_by_one, metric, source, text, time,
    },
    *,
};
use crate::chart::{Source, Unfit};
use model::{
    frame::{Cell, Frame},
    metric::{SessionColumns, Unit},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Session, title, state, beginning and length in milliseconds.
type Row<'a> = (&'a str, Option<&'a str>, &'a str, f64, f64);

fn sessions(rows: &[Row<'_>]) -> Frame {
    let row = |(session, title, state, from, length): &Row<'_>| {
        let start = Timestamp::parse("2026-11-21T20:00:00+08:00").unwrap();
        let at = start.plus_millis(if from.is_finite() { *from as i64 } else { 0 });
        vec![
            text(session),
            title.map_or(Cell::Null, text),
            text("stb"),
            text("ZJ"),
            at.to_rfc3339(480).map_or(Cell::Null, Cell::Text),
            text(state),
            Cell::Number(*from),
            Cell::Number(*length),
            text("hz-7"),
        ]
    };
    let columns = vec![
        dimension(SessionColumns::SESSION),
        dimension("content"),
        dimension("platform"),
        dimension("province"),
        time(),
        dimension(SessionColumns::STATE),
        metric(SessionColumns::OFFSET, Unit::Milliseconds),
        metric(SessionColumns::LENGTH, Unit::Milliseconds),
        dimension("cdn_node"),
    ];
    frame(columns, rows.iter().map(row).collect())
}

const EVENING: [Row<'static>; 12] = [
    ("a1", Some("山海情 第 12 集"), "starting", 0.0, 6_000.0),
    ("a1", Some("山海情 第 12 集"), "playing", 6_000.0, 64_000.0),
    ("a1", Some("山海情 第 12 集"), "stalled", 70_000.0, 21_400.0),
    ("a1", Some("山海情 第 12 集"), "playing", 91_400.0, 30_000.0),
    ("a1", Some("山海情 第 12 集"), "seeking", 121_400.0, 0.0),
    ("a1", Some("山海情 第 12 集"), "playing", 121_400.0, 10_000.0),
    ("a1", Some("山海情 第 12 集"), "failed", 131_400.0, 0.0),
    ("b2", None, "starting", 0.0, 900.0),
    ("b2", None, "playing", 900.0, 40_000.0),
    ("b2", None, "paused", 40_900.0, 20_000.0),
    ("b2", None, "playing", 60_900.0, 5_000.0),
    ("b2", None, "left", 65_900.0, 0.0),
];

#[test]
fn an_evening_of_two_sessions() {
    let frame = sessions(&EVENING);
    let spec = SessionTimelineSpec::read(&source(&frame)).unwrap();
    insta::assert_snapshot!(drawn(&spec, 520.0, 180.0));
    assert_eq!(spec.summary(), "会话时间线：2 个会话，1 个失败，最多卡顿 21.4秒");
    let names: Vec<String> = spec.legend().into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, ["起播", "播放", "卡顿", "暂停", "拖动", "退出", "失败"]);
    assert_eq!(
        spec.readout(0).spoken(),
        "山海情 第 12 集, 开始时间 2026年11月21日 星期六 20:00, 时长 2:11.4, 卡顿 21.4秒, platform stb, 省份 浙江, 会话 a1"
    );
    assert_eq!(spec.readout(3).spoken(), "山海情 第 12 集 · 卡顿, 距开始 1:10 – 1:31.4, 时长 21.4秒, cdn_node hz-7");
    assert_eq!(spec.readout(7).spoken(), "山海情 第 12 集 · 失败, 距开始 2:11.4, cdn_node hz-7");
}

#[test]
fn what_is_pointed_at_is_what_lies_there() {
    let frame = sessions(&EVENING);
    let spec = SessionTimelineSpec::read(&source(&frame)).unwrap();
    let scene = spec.scene(Size { w: 520.0, h: 180.0 });
    assert_eq!(scene.hit_count(), EVENING.len() + 2, "each session has its name");
    for hit in 0..scene.hit_count() {
        let area = scene.hit(hit).unwrap().area;
        let picked = scene.pick(super::super::super::Point { x: area.x + area.w * 0.9, y: area.centre().y });
        assert_eq!(picked, Some(hit), "{:?}", spec.readout(hit).spoken());
    }
}

#[test]
fn a_state_that_is_taken_out_is_neither_drawn_nor_pointed_at() {
    let frame = sessions(&EVENING);
    let hidden = BTreeSet::from(["播放".to_owned()]);
    let spec = SessionTimelineSpec::read(&Source { hidden: &hidden, ..source(&frame) }).unwrap();
    let size = Size { w: 520.0, h: 180.0 };
    assert_eq!(spec.scene(size).hit_count(), EVENING.len() + 2 - 5);
    let playing = Ink::Series(SeriesColour::FIRST);
    let is_playing =
        |mark: &crate::chart::Mark| matches!(mark, crate::chart::Mark::Rect { ink, .. } if *ink == playing);
    assert!(!spec.scene(size).marks.iter().any(is_playing));
    let entry = spec.legend().into_iter().find(|entry| entry.name == "播放").unwrap();
    assert!(entry.is_hidden, "it can be put back");
    let whole = SessionTimelineSpec::read(&source(&frame)).unwrap();
    assert!(whole.scene(size).marks.iter().any(is_playing));
}

#[test]
fn hard_frames_are_borne() {
    let long = "长".repeat(500);
    let names: Vec<String> = (0..20).map(|index| format!("{index:x}")).collect();
    let many: Vec<Row<'_>> = (0..5_000_u32)
        .map(|at| {
            let state = SessionState::ALL[at as usize % 8].name();
            (names[at as usize % 20].as_str(), Some("x"), state, f64::from(at) * 700.0, 700.0)
        })
        .collect();
    let one = ("a", Some("片"), "playing", 0.0, 60_000.0);
    let mut frames = vec![
        ("empty", sessions(&[])),
        ("one", sessions(&[one])),
        ("all equal", sessions(&[one, one, one])),
        ("a moment", sessions(&[("a", None, "failed", 0.0, 0.0)])),
        (
            "not finite",
            sessions(&[one, ("a", None, "stalled", f64::NAN, 1.0), ("a", None, "left", f64::INFINITY, 0.0)]),
        ),
        ("negative", sessions(&[("a", None, "stalled", -5_000.0, -3.0), one])),
        ("huge", sessions(&[one, ("b", None, "paused", 1e15, 1e18)])),
        ("tiny", sessions(&[("a", None, "starting", 0.0, 0.000_1)])),
        ("markup", sessions(&[("<b>", Some("<script>alert(1)</script>&\"'"), "playing", 0.0, 5.0)])),
        ("a long name", sessions(&[(long.as_str(), Some(long.as_str()), "playing", 0.0, 5_000.0)])),
        ("an unknown state", sessions(&[one, ("a", None, "dancing", 0.0, 1.0)])),
        ("5,000 spans", sessions(&many)),
    ];
    frames.extend(hard_by_one().into_iter().filter(|(what, _)| matches!(*what, "another shape" | "no columns")));
    assert_bears_hard_frames(frames, SessionTimelineSpec::read);
}

#[test]
fn what_is_no_frame_of_sessions_is_unfit() {
    let nothing_known = sessions(&[("a", None, "dancing", 0.0, 1.0)]);
    assert_eq!(SessionTimelineSpec::read(&source(&nothing_known)), Err(Unfit::AllUndefined));
    for (what, frame) in hard_by_one() {
        assert_eq!(SessionTimelineSpec::read(&source(&frame)), Err(Unfit::Shape), "{what}");
    }
}

proptest! {
    #[test]
    fn any_sessions_are_drawn_soundly(
        rows in prop::collection::vec((0_usize..24, 0_usize..8, 0.0_f64..9e6, 0.0_f64..6e5), 1..80),
        w in 20.0_f64..900.0,
        h in 12.0_f64..600.0,
    ) {
        let names: Vec<String> = (0..24).map(|index| format!("会话 {index}")).collect();
        let rows: Vec<Row<'_>> = rows
            .iter()
            .map(|(session, state, from, length)| {
                let name = names[*session].as_str();
                (name, Some(name), SessionState::ALL[*state].name(), *from, *length)
            })
            .collect();
        let frame = sessions(&rows);
        let spec = SessionTimelineSpec::read(&source(&frame)).unwrap();
        let scene = assert_sound(&spec, Size { w, h });
        prop_assert!(scene.hit_count() <= rows.len() + 24);
    }
}
