//! Frames by two things, for the tests of charts that draw them.

use super::tests::{dimension, frame, hard_by_one, metric, text, time};
use model::{
    frame::{Cell, Column, Frame},
    metric::Unit,
    time::{Calendar, Grain, Timestamp},
};

/// Frames by two dimensions that are hard to draw: those by one, with the dimension a second time, and some that only two
/// can make.
pub(super) fn hard_by_two() -> Vec<(&'static str, Frame)> {
    let twice = |(what, mut frame): (&'static str, Frame)| {
        let is_dimension = |column: &Column| column.name == "genre";
        if let Some(column) = frame.columns.iter().position(is_dimension) {
            frame.columns.insert(column + 1, dimension("hour"));
            for (index, row) in frame.rows.iter_mut().enumerate() {
                let other = row[column].clone();
                row.insert(column + 1, if index % 3 == 0 { other } else { text(&format!("b{}", index % 50)) });
            }
        }
        (what, frame)
    };
    let mut frames: Vec<(&'static str, Frame)> = hard_by_one().into_iter().map(twice).collect();
    let unknown = vec![
        vec![Cell::Null, text("a"), Cell::Integer(3)],
        vec![text("a"), Cell::Null, Cell::Integer(4)],
        vec![text("__other__"), text("a"), Cell::Null],
    ];
    let columns = vec![dimension("genre"), dimension("hour"), metric("content.plays", Unit::Count)];
    frames.push(("unknown values", frame(columns, unknown)));
    let long = "W".repeat(500);
    let wide: Vec<Vec<Cell>> = (0..60)
        .flat_map(|row| (0..60).map(move |column| (row, column)))
        .map(|(row, column)| {
            vec![text(&format!("{row}{long}")), text(&format!("{column}{long}")), Cell::Integer(row * column)]
        })
        .collect();
    let columns = vec![dimension("genre"), dimension("hour"), metric("content.plays", Unit::Count)];
    frames.push(("long names on both sides", frame(columns, wide)));
    frames
}

/// Plays of so many genres, minute by minute from an evening on.
pub(super) fn by_minute(genres: usize, minutes: usize) -> Frame {
    let mut moment = Timestamp::parse("2026-11-20T18:00:00+08:00").unwrap();
    let mut rows = Vec::new();
    for minute in 0..minutes {
        for genre in 0..genres {
            let plays = (minute * 37 + genre * 101 + minute * minute % 71) % 500;
            let start = moment.to_rfc3339(480).unwrap();
            rows.push(vec![text(&start), text(&format!("频道 {genre}")), Cell::Integer(plays as i64)]);
        }
        moment = Calendar::CHINA.next(moment, Grain::Minute);
    }
    frame(vec![time(), dimension("channel"), metric("content.plays", Unit::Count)], rows)
}
