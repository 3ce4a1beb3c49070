use super::super::tests::{
    assert_bears_hard_frames, assert_sound, by_genre, by_two, drawn, frame, hard_by_one, metric, source, source_with,
    text, time,
};
use super::*;
use model::{
    board::Look,
    frame::{Cell, Frame},
    metric::Unit,
};
use proptest::prelude::*;

fn stacked(stacking: Stacking) -> Look {
    Look { stacking: Some(stacking), ..Look::default() }
}

fn genres() -> Frame {
    by_two(
        "genre",
        "play_kind",
        &[
            ("电视剧", "live", Some(52_000.0)),
            ("电视剧", "vod", Some(31_000.0)),
            ("综艺", "live", Some(40_000.0)),
            ("综艺", "vod", Some(12_500.0)),
            ("体育", "live", Some(33_000.0)),
            ("体育", "vod", Some(-4_000.0)),
        ],
    )
}

#[test]
fn a_stack_of_two_series_with_one_below_zero() {
    let frame = genres();
    let look = stacked(Stacking::Stacked);
    let spec = ColumnsSpec::read(&source_with(&frame, &look)).unwrap();
    insta::assert_snapshot!(drawn(&spec, 360.0, 220.0));
    assert_eq!(spec.readout(0).spoken(), "电视剧, live 52,000, vod 31,000, 合计 83,000");
    assert_eq!(spec.summary(), "柱状图：content.plays，3 项，分 2 类，最高 电视剧 8.30万");
    assert_eq!(spec.legend().len(), 2);
}

#[test]
fn what_is_hidden_stays_in_the_legend() {
    let frame = genres();
    let hidden = std::collections::BTreeSet::from(["vod".to_owned()]);
    let plain = source(&frame);
    let spec = ColumnsSpec::read(&super::super::super::Source { hidden: &hidden, ..plain }).unwrap();
    assert_eq!(spec.series.len(), 1);
    assert_eq!(spec.legend().iter().map(|entry| entry.is_hidden).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn negative_numbers_are_no_shares() {
    let frame = genres();
    let look = stacked(Stacking::Share);
    assert_eq!(ColumnsSpec::read(&source_with(&frame, &look)), Err(super::super::super::Unfit::Negative));
}

/// A round share is as wide as the others beside it: either all have room for theirs, or none.
#[test]
fn shares_are_written_in_all_columns_or_in_none() {
    let names: Vec<String> = (0..8).map(|column| format!("c{column}")).collect();
    let parts = |column: usize| if column == 3 { (30.0, 70.0) } else { (29.7, 70.3) };
    let rows: Vec<(&str, &str, Option<f64>)> = names
        .iter()
        .enumerate()
        .flat_map(|(column, name)| {
            let (live, vod) = parts(column);
            [(name.as_str(), "live", Some(live)), (name.as_str(), "vod", Some(vod))]
        })
        .collect();
    let frame = by_two("genre", "play_kind", &rows);
    let look = stacked(Stacking::Share);
    let spec = ColumnsSpec::read(&source_with(&frame, &look)).unwrap();
    let written: Vec<usize> = (300..700).map(|w| drawn(&spec, f64::from(w), 240.0).matches("30%").count()).collect();
    assert!(written.contains(&0) && written.contains(&8), "{written:?}");
    assert!(written.iter().all(|count| [0, 8].contains(count)), "{written:?}");
}

#[test]
fn a_hit_of_one_group_is_a_row() {
    let frame = by_genre(&[("a", Some(2.0)), ("b", None)]);
    let spec = ColumnsSpec::read(&source(&frame)).unwrap();
    assert_eq!(spec.row(1), Some(1));
    assert_eq!(spec.readout(1).rows[0].value, "—");
}

#[test]
fn hard_frames_are_borne_in_every_look() {
    for stacking in [Stacking::Beside, Stacking::Stacked, Stacking::Share] {
        for direction in [Direction::Upright, Direction::Level] {
            let target = serde_json::from_str(r#"{"value":7,"label":"年度目标"}"#).unwrap();
            let look =
                Look { stacking: Some(stacking), direction: Some(direction), target: Some(target), ..Look::default() };
            assert_bears_hard_frames(hard_by_one(), |source| {
                ColumnsSpec::read(&super::super::super::Source { look: &look, ..*source })
            });
        }
    }
}

#[test]
fn many_steps_of_time_stay_few_marks() {
    let minute = |index: i64| Timestamp::from_millis(1_795_000_000_000 + index * 60_000).to_rfc3339(480).unwrap();
    let rows = (0..5_000).map(|index| vec![text(&minute(index)), Cell::Number((index % 37) as f64)]);
    let frame = frame(vec![time(), metric("content.plays", Unit::Count)], rows.collect());
    let spec = ColumnsSpec::read(&source(&frame)).unwrap();
    assert!(assert_sound(&spec, Size { w: 560.0, h: 320.0 }).marks.len() < 100);
}

proptest! {
    #[test]
    fn sums_hold_and_labels_stand_apart(
        cells in prop::collection::vec((0_usize..7, 0_usize..4, prop::option::weighted(0.9, -1e6_f64..1e8)), 1..28),
        (w, h) in (20.0_f64..900.0, 12.0_f64..500.0),
        stacking in prop::sample::select(vec![Stacking::Beside, Stacking::Stacked, Stacking::Share]),
        is_level in any::<bool>(),
    ) {
        let names: Vec<String> = (0..7).map(|index| format!("第{index}个频道的名称")).collect();
        let kinds = ["直播", "点播", "回看", "__other__"];
        let cells: Vec<(&str, &str, Option<f64>)> = cells
            .iter()
            .map(|(one, other, value)| (names[*one].as_str(), kinds[*other], *value))
            .collect();
        let frame = by_two("channel", "play_kind", &cells);
        let direction = Some(if is_level { Direction::Level } else { Direction::Upright });
        let look = Look { stacking: Some(stacking), direction, ..Look::default() };
        if let Ok(spec) = ColumnsSpec::read(&source_with(&frame, &look)) {
            assert_sound(&spec, Size { w, h });
            for place in 0..spec.places.len() {
                let known: Vec<f64> = spec.values(place).flatten().collect();
                let length: f64 = spec.spans(place).into_iter().flatten().map(|(from, to)| to - from).sum();
                let expected = match stacking {
                    Stacking::Share if known.iter().sum::<f64>() > 0.0 => 1.0,
                    Stacking::Share => 0.0,
                    Stacking::Beside | Stacking::Stacked => known.iter().sum(),
                };
                prop_assert!((length - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{length} of {expected}");
            }
        }
    }
}
