//! The columns of a frame, as a sheet draws them.

use super::{
    figure::role_of,
    sheet::Sheet,
    table::{Drawn, Upright},
    theme::Role,
};
use crate::{
    chart::Ink,
    tile::{Figures, Heading, InCellBars, Rows, course_of, figures, grain_of, headings},
};
use model::{
    board::Look,
    formatting::{Locale, short_number},
    frame::{Cell, Column, ColumnKind},
    metric::Unit,
};

/// What is drawn of the first rows of a frame.
pub(super) fn columns(sheet: &Sheet, bars: InCellBars, shown: usize) -> Vec<Upright> {
    let Sheet { tile, frame, reading, rise_is_red, .. } = *sheet;
    let plain = Look::default();
    let look = tile.content.look().unwrap_or(&plain);
    let grain = grain_of(&tile.content);
    let rows = Rows { reading, look, bars, grain, rise_is_red, are_picked_from: false };
    let scales = rows.scales(frame);
    let cell = |index: usize, column: &Column, at: usize| {
        let cell = frame.rows.get(at).and_then(|row| row.get(index)).unwrap_or(&Cell::Null);
        match (column.kind, figures(column)) {
            (ColumnKind::Dimension, _) => Drawn::plain(rows.name_text(&column.name, cell), Role::Text),
            (ColumnKind::Time, _) => Drawn::plain(rows.step_text(cell), Role::Text),
            (ColumnKind::Number, Figures::Change) => {
                let (direction, text) = rows.change_text(cell);
                Drawn::plain(text, direction.map_or(Role::Text, |direction| role_of(direction, rise_is_red)))
            }
            (ColumnKind::Number, known @ (Figures::Metric | Figures::Before)) => {
                let unit = column.unit.unwrap_or(Unit::Count);
                let text = rows.number_text(cell, unit, scales.decimals.get(index).copied().unwrap_or_default());
                let most = scales.most.filter(|(column, _)| *column == index).map(|(_, most)| most);
                let bar = most.and_then(|most| Some(cell.as_number()? / most)).filter(|share| share.is_finite());
                let (tone, is_small) = (rows.tone(&scales, index, cell), column.minimum_missed(at).is_some());
                let role = match (tone, known, is_small) {
                    (Some(tone), ..) => Role::Ink(Ink::Tone(tone)),
                    (None, Figures::Before, _) => Role::Faint,
                    (None, Figures::Metric | Figures::Change, true) => Role::Muted,
                    (None, Figures::Metric | Figures::Change, false) => Role::Text,
                };
                let course = course_of(column, at).map(<[_]>::to_vec);
                Drawn { bar, tone, is_small, course, ..Drawn::plain(text, role) }
            }
        }
    };
    let columns = frame.columns.iter().enumerate().zip(headings(frame));
    columns
        .map(|((index, column), Heading { name, unit, .. })| {
            let cells = (0..shown).map(|at| cell(index, column, at)).collect();
            let heading = reading.names.column(&name, reading.locale);
            Upright::new(heading, unit_text(unit, reading.locale), column.kind == ColumnKind::Number, cells)
        })
        .collect()
}

/// A unit as it is said once for a whole column.
pub(super) fn unit_text(unit: Option<Unit>, locale: Locale) -> String {
    unit.map(|unit| short_number(0.0, unit, locale).suffix.trim().to_owned()).unwrap_or_default()
}
