//! A frame as a table on a terminal.

use super::text_of;
use model::frame::{ColumnKind, Frame, FrameState};

/// Draws the frame; numbers stand to the right.
pub(super) fn draw(frame: &Frame) -> String {
    let header: Vec<String> = frame.columns.iter().map(|column| column.name.clone()).collect();
    let rows: Vec<Vec<String>> = frame
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| Some(text_of(cell)).filter(|text| !text.is_empty()).unwrap_or("–".to_owned()))
                .collect()
        })
        .collect();
    let widths: Vec<usize> = (0..header.len())
        .map(|index| {
            let cells = std::iter::once(&header).chain(&rows).filter_map(|row| row.get(index));
            cells.map(|cell| width(cell)).max().unwrap_or(0)
        })
        .collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).zip(&frame.columns).map(|((cell, width_of_column), column)| {
            let blanks = " ".repeat(width_of_column.saturating_sub(width(cell)));
            match column.kind {
                ColumnKind::Number => blanks + cell,
                ColumnKind::Dimension | ColumnKind::Time => cell.clone() + &blanks,
            }
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let mut drawn = line(&header);
    drawn.extend(rows.iter().map(|row| line(row)));
    drawn.push_str(match (frame.state, frame.simulated) {
        (FrameState::OutsideScope, _) => "(nothing of this lies within your scope)\n",
        (FrameState::Empty, _) => "(nothing happened)\n",
        (FrameState::Ready, true) => "(simulated data)\n",
        (FrameState::Ready, false) => "",
    });
    drawn
}

/// Columns of a terminal: Chinese characters take two.
fn width(text: &str) -> usize {
    // Hangul from U+1100, CJK from U+2E80; between them stand dashes and signs of one column.
    text.chars().map(|character| if matches!(character as u32, 0x1100..0x1200 | 0x2e80..) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::frame::{Cell, Column};

    #[test]
    fn a_table_lines_up_also_in_chinese() {
        let column = |name: &str, kind| Column::new(name, kind);
        let frame = Frame {
            columns: vec![column("programme", ColumnKind::Dimension), column("tv.ama", ColumnKind::Number)],
            rows: vec![
                vec![Cell::Text("新闻联播".to_owned()), Cell::Integer(1200)],
                vec![Cell::Null, Cell::Number(0.5)],
            ],
            as_of: None,
            etag: String::new(),
            simulated: true,
            state: FrameState::Ready,
            warnings: vec![],
        };
        insta::assert_snapshot!(draw(&frame), @r"
        programme  tv.ama
        新闻联播     1200
        –             0.5
        (simulated data)
        ");
    }
}
