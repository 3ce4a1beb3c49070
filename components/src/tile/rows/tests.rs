use super::*;
use crate::tile::Names;
use model::{
    board::{Given, Threshold},
    formatting::Locale,
    frame::{Course, FrameState, SmallSamples},
    time::Calendar,
};

fn danger_from(from: f64) -> Threshold {
    Threshold { from: Given::new(from).unwrap(), tone: Tone::Danger }
}

fn rows<'a>(reading: Reading<'a>, look: &'a Look) -> Rows<'a> {
    Rows { reading, look, bars: InCellBars::None, grain: None, rise_is_red: true, are_picked_from: false }
}

fn frame(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Frame {
    Frame {
        columns,
        rows,
        as_of: None,
        etag: String::new(),
        simulated: false,
        state: FrameState::Ready,
        warnings: Vec::new(),
    }
}

#[test]
fn numbers_of_few_cases_are_shaded_and_say_why_in_whatever_order_they_stand() {
    let small = Some(SmallSamples { minimum: 30, rows: vec![1] });
    let number = Column { small, unit: Some(Unit::Percent), ..Column::new("qoe.fail_pct", ColumnKind::Number) };
    let row = |name: &str, percent: f64| vec![Cell::Text(name.to_owned()), Cell::Number(percent)];
    let frame = frame(
        vec![Column::new("channel", ColumnKind::Dimension), number],
        vec![row("CCTV-1", 2.5), row("CCTV-2", 50.0)],
    );
    let names = Names::default();
    let reading = Reading { names: &names, locale: Locale::En, calendar: Calendar::CHINA, map_approval: None };
    let look = Look { thresholds: vec![danger_from(10.0)], decimals: Some(1), ..Look::default() };
    let rows = rows(reading, &look);
    let markup = rows.markup(&frame, &rows.scales(&frame), &[1, 0], Sight::AtFirst);
    let cells: Vec<&str> = markup.split("<td").filter(|cell| cell.contains("table__number")).collect();
    assert!(cells[0].contains("table__small") && cells[0].contains("50"), "{}", cells[0]);
    assert!(cells[0].contains("fewer than 30 cases"), "{}", cells[0]);
    assert!(!cells[1].contains("table__small") && !cells[1].contains("fewer"), "{}", cells[1]);
    assert!(cells[0].contains(r#"aria-label="Alert""#) && cells[0].contains("50.0<"), "{}", cells[0]);
    assert!(!cells[1].contains("tone"), "{}", cells[1]);
}

#[test]
fn columns_of_long_tables_are_as_wide_as_their_widest_number() {
    let number = Column { unit: Some(Unit::Count), ..Column::new("content.plays", ColumnKind::Number) };
    let row = |at: i64| vec![Cell::Text(format!("频道 {at}")), Cell::Integer(at - 500)];
    let frame = frame(vec![Column::new("channel", ColumnKind::Dimension), number], (0..100_000).map(row).collect());
    let names = Names::default();
    let reading = Reading { names: &names, locale: Locale::En, calendar: Calendar::CHINA, map_approval: None };
    let look = Look::default();
    let rows = rows(reading, &look);
    let (scales, order) = (rows.scales(&frame), (0..100_000).collect::<Vec<_>>());
    assert_eq!(scales.widest, [99_999, 99_999]);
    let markup = rows.markup(&frame, &scales, &order, Sight::of(36.0 * 50_000.0, 720.0));
    assert!(markup.matches("<tr").count() < 120, "{}", markup.matches("<tr").count());
    assert!(markup.contains(r#"aria-rowindex="50002""#), "{markup}");
    assert!(markup.starts_with(r#"<tr class="table__widest" aria-hidden="true">"#), "{markup}");
    assert!(!markup.contains("style="), "{markup}");
}

#[test]
fn a_course_stands_behind_its_number_and_goes_with_its_row() {
    let steps = (0..3).map(|hour| format!("2026-11-21T0{hour}:00:00+08:00")).collect();
    let courses = vec![vec![Some(5.0), None, Some(7.0)], vec![None; 3]];
    let course = Course::new(steps, courses).ok();
    let number = Column { course, unit: Some(Unit::Count), ..Column::new("content.plays", ColumnKind::Number) };
    let row = |name: &str, plays: i64| vec![Cell::Text(name.to_owned()), Cell::Integer(plays)];
    let frame =
        frame(vec![Column::new("channel", ColumnKind::Dimension), number], vec![row("CCTV-1", 12), row("CCTV-2", 0)]);
    let names = Names::default();
    let look = Look::default();
    let drawn = |locale: Locale, order: &[usize]| {
        let reading = Reading { names: &names, locale, calendar: Calendar::CHINA, map_approval: None };
        let rows = Rows { bars: InCellBars::FirstMetric, ..rows(reading, &look) };
        let markup = rows.markup(&frame, &rows.scales(&frame), order, Sight::AtFirst);
        markup.split("<td").filter(|cell| cell.contains("table__number")).map(str::to_owned).collect::<Vec<_>>()
    };
    let cells = drawn(Locale::En, &[1, 0]);
    assert!(cells[0].contains(r#"<span class="table__course"></span>"#), "room, and nothing to say: {}", cells[0]);
    assert!(cells[1].contains(r#"role="img" aria-label="Course: low 5, high 7, last 7""#), "{}", cells[1]);
    assert!(cells[1].contains("table__bar") && cells[1].contains("<svg"), "{}", cells[1]);
    assert!(cells[1].find(">12<") < cells[1].find("table__course"), "{}", cells[1]);
    assert!(drawn(Locale::ZhCn, &[0])[0].contains("走势：最低 5，最高 7，最近 7"));
}
