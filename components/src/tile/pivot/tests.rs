use super::*;
use crate::{
    chart::Reading,
    tile::{Names, sight::Sight},
};
use model::{
    board::{Given, Threshold},
    frame::{Column, Frame, FrameState, OTHER, SmallSamples},
    time::{Calendar, Grain},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn frame(rows: Vec<Vec<Cell>>) -> Frame {
    let number = Column { unit: Some(Unit::Percent), ..Column::new("qoe.ok_pct", ColumnKind::Number) };
    Frame {
        columns: vec![
            Column::new("channel", ColumnKind::Dimension),
            Column::new("view_mode", ColumnKind::Dimension),
            number,
        ],
        rows,
        as_of: None,
        etag: String::new(),
        simulated: false,
        state: FrameState::Ready,
        warnings: Vec::new(),
    }
}

fn pivot(frame: &Frame, look: &Look) -> Result<Pivot, Unfit> {
    let names = Names::default();
    let reading = Reading { names: &names, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None };
    let hidden = BTreeSet::new();
    Pivot::read(&Source { frame, look, grain: Grain::Day, reading, rise_is_red: true, hidden: &hidden })
}

fn small_frame() -> Frame {
    frame(vec![
        vec![text("CCTV-1"), text("live"), Cell::Number(98.0)],
        vec![text("CCTV-1"), text("<b>"), Cell::Number(91.0)],
        vec![text(OTHER), text("live"), Cell::Null],
        vec![text("浙江卫视"), text("live"), Cell::Number(99.5)],
    ])
}

#[test]
fn names_meet_in_numbers_and_the_rest_comes_last() {
    let pivot = pivot(&small_frame(), &Look::default()).unwrap();
    let names: Vec<&str> = pivot.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["CCTV-1", "浙江卫视", "其他"]);
    let headings: Vec<String> = pivot.headings().into_iter().map(|heading| heading.name).collect();
    assert_eq!(headings, ["channel × view_mode", "live", "<b>"]);
    let texts = |row: usize| pivot.rows[row].cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(0), ["98.00", "91.00"]);
    assert_eq!(texts(1), ["99.50", ""], "nothing was counted there");
    assert_eq!(texts(2), ["—", ""], "undefined");
    assert_eq!(pivot.rows.iter().map(|row| row.place).collect::<Vec<_>>(), [Some((0, 0)), Some((3, 0)), None]);
}

#[test]
fn every_column_sorts_with_the_undefined_last() {
    let pivot = pivot(&small_frame(), &Look::default()).unwrap();
    let order = |column, is_descending| pivot.order(Some(Sorting { column, is_descending }));
    assert_eq!(order(1, true), [1, 0, 2]);
    assert_eq!(order(1, false), [0, 1, 2]);
    assert_eq!(order(2, true)[0], 0);
    assert_eq!(order(0, false)[0], 0);
    assert_eq!(pivot.order(None), [0, 1, 2]);
}

#[test]
fn cells_are_shaded_by_their_size_or_else_by_tones_that_are_said() {
    let mut frame = small_frame();
    frame.columns[2].small = Some(SmallSamples { minimum: 30, rows: vec![1] });
    let drawn = |look: &Look| {
        let pivot = pivot(&frame, look).unwrap();
        pivot.markup(&pivot.order(None), Sight::AtFirst, true)
    };
    let html = drawn(&Look::default());
    for part in [
        r#"<td class="table__number cell--step-7" title="浙江卫视 · live · 99.5%">99.50</td>"#,
        r#"class="table__number table__small cell--step-1""#,
        r#"<button type="button" class="table__pick" data-key="3.0">浙江卫视</button>"#,
        "&lt;b&gt;",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("style=") && !html.contains("<b>"), "{html}");
    let threshold = |from: f64, tone| Threshold { from: Given::new(from).unwrap(), tone };
    let thresholds = vec![threshold(0.0, Tone::Danger), threshold(97.0, Tone::Good)];
    let html = drawn(&Look { thresholds, ..Look::default() });
    assert!(!html.contains("cell--step"), "{html}");
    assert_eq!((html.matches("告警").count(), html.matches("良好").count()), (2, 4), "{html}");
}

#[test]
fn equal_numbers_are_not_told_apart_and_one_thing_makes_no_pivot_table() {
    let row = |name: &str| vec![text(name), text("live"), Cell::Number(5.0)];
    let equal = pivot(&frame(vec![row("a"), row("b")]), &Look::default()).unwrap();
    assert!(equal.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.shade == Shade::Plain));
    let mut flat = small_frame();
    flat.columns.remove(1);
    flat.rows.iter_mut().for_each(|row| drop(row.remove(1)));
    assert_eq!(pivot(&flat, &Look::default()), Err(Unfit::Shape));
}

proptest! {
    #[test]
    fn each_number_stands_once_where_its_names_meet(
        numbers in prop::collection::btree_map((0_u8..12, 0_u8..6), -1e6_f64..1e6, 1..40),
    ) {
        let row = |((one, other), number): (&(u8, u8), &f64)| {
            vec![text(&format!("r{one}")), text(&format!("c{other}")), Cell::Number(*number)]
        };
        let frame = frame(numbers.iter().map(row).collect());
        let pivot = pivot(&frame, &Look::default()).unwrap();
        let mut found = 0;
        for row in &pivot.rows {
            prop_assert_eq!(row.cells.len(), pivot.columns.len());
            for (cell, (column, _)) in row.cells.iter().zip(&pivot.columns) {
                let at = (row.name[1..].parse().unwrap(), column[1..].parse().unwrap());
                prop_assert_eq!(cell.value, numbers.get(&at).copied());
                found += usize::from(cell.value.is_some());
                if let Shade::Step(step) = cell.shade {
                    prop_assert!((1..=STEPS).contains(&step));
                }
            }
        }
        prop_assert_eq!(found, numbers.len());
    }
}
