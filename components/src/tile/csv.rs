//! A frame as CSV (RFC 4180), with names where people read and plain numbers where programs do.
//!
//! What is drawn as a curve in a cell stands behind all other columns, a column for each step: the numbers are what somebody
//! takes a file for, and the columns before them are the same with curves and without.

use super::Names;
use model::{
    formatting::Locale,
    frame::{Cell, Column, ColumnKind, Frame},
};

/// The whole frame, with a heading.
pub(crate) fn csv(frame: &Frame, names: &Names, locale: Locale) -> String {
    let name = |column: &Column| names.column(&column.name, locale);
    let courses = || frame.columns.iter().filter_map(|column| Some((column, column.course.as_ref()?)));
    let heading = frame.columns.iter().map(|column| field(&name(column)));
    let steps = courses().flat_map(|(column, course)| {
        let of_column = name(column);
        course.steps().iter().map(move |step| field(&format!("{of_column} @ {step}")))
    });
    let heading = heading.chain(steps);
    let mut text = heading.collect::<Vec<_>>().join(",");
    text.push_str("\r\n");
    for (index, row) in frame.rows.iter().enumerate() {
        let fields = frame.columns.iter().zip(row).map(|(column, cell)| match (column.kind, cell) {
            (ColumnKind::Dimension, cell) => field(&names.value(&column.name, cell.as_text(), locale)),
            (ColumnKind::Time | ColumnKind::Number, Cell::Text(text)) => field(text),
            (ColumnKind::Time | ColumnKind::Number, Cell::Integer(integer)) => integer.to_string(),
            (ColumnKind::Time | ColumnKind::Number, Cell::Number(number)) => number.to_string(),
            (ColumnKind::Time | ColumnKind::Number, Cell::Null) => String::new(),
        });
        let numbers = courses().flat_map(|(_, course)| course.of_row(index).unwrap_or_default());
        let numbers = numbers.map(|number| number.map(|number| number.to_string()).unwrap_or_default());
        text.push_str(&fields.chain(numbers).collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

/// Quoted where it must be. A text that a spreadsheet would run as a formula is kept a text.
fn field(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::frame::{Course, FrameState};

    #[test]
    fn names_are_quoted_and_formulas_kept_from_running() {
        let column = |name: &str, kind| Column::new(name, kind);
        let frame = Frame {
            columns: vec![column("channel", ColumnKind::Dimension), column("content.plays", ColumnKind::Number)],
            rows: vec![
                vec![Cell::Text("CCTV-1, \"综合\"".to_owned()), Cell::Integer(12)],
                vec![Cell::Text("=1+1".to_owned()), Cell::Null],
                vec![Cell::Null, Cell::Number(1.5)],
            ],
            as_of: None,
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        let expected = "channel,content.plays\r\n\"CCTV-1, \"\"综合\"\"\",12\r\n'=1+1,\r\n未知,1.5\r\n";
        assert_eq!(csv(&frame, &Names::default(), Locale::ZhCn), expected);
    }

    #[test]
    fn courses_stand_behind_all_else_a_column_for_each_step() {
        let steps = vec!["2026-11-21T00:00:00+08:00".to_owned(), "2026-11-21T01:00:00+08:00".to_owned()];
        let course = Course::new(steps, vec![vec![Some(5.0), Some(7.5)], vec![None, Some(3.0)]]).unwrap();
        let number = |name: &str| Column::new(name, ColumnKind::Number);
        let plays = Column { course: Some(course), ..number("content.plays") };
        let frame = Frame {
            columns: vec![Column::new("channel", ColumnKind::Dimension), plays, number("content.watch_h")],
            rows: vec![
                vec![Cell::Text("A".to_owned()), Cell::Number(12.5), Cell::Integer(1)],
                vec![Cell::Text("B".to_owned()), Cell::Integer(3), Cell::Integer(2)],
            ],
            as_of: None,
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        let expected = "channel,content.plays,content.watch_h,content.plays @ 2026-11-21T00:00:00+08:00,\
                        content.plays @ 2026-11-21T01:00:00+08:00\r\nA,12.5,1,5,7.5\r\nB,3,2,,3\r\n";
        assert_eq!(csv(&frame, &Names::default(), Locale::ZhCn), expected);
    }
}
