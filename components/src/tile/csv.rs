//! A frame as CSV (RFC 4180), with names where people read and plain numbers where programs do.

use super::Names;
use model::{
    formatting::Locale,
    frame::{Cell, ColumnKind, Frame},
};

/// The whole frame, with a heading.
pub(crate) fn csv(frame: &Frame, names: &Names, locale: Locale) -> String {
    let heading = frame.columns.iter().map(|column| field(&names.column(&column.name, locale)));
    let mut text = heading.collect::<Vec<_>>().join(",");
    text.push_str("\r\n");
    for row in &frame.rows {
        let fields = frame.columns.iter().zip(row).map(|(column, cell)| match (column.kind, cell) {
            (ColumnKind::Dimension, cell) => field(&names.value(&column.name, cell.as_text(), locale)),
            (ColumnKind::Time | ColumnKind::Number, Cell::Text(text)) => field(text),
            (ColumnKind::Time | ColumnKind::Number, Cell::Integer(integer)) => integer.to_string(),
            (ColumnKind::Time | ColumnKind::Number, Cell::Number(number)) => number.to_string(),
            (ColumnKind::Time | ColumnKind::Number, Cell::Null) => String::new(),
        });
        text.push_str(&fields.collect::<Vec<_>>().join(","));
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
    use model::frame::{Column, FrameState};

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
}
