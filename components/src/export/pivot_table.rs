//! The columns of a pivot table, as a sheet draws them.

use super::{
    frame_table::unit_text,
    table::{Drawn, Upright},
    theme::Role,
};
use crate::{
    chart::Ink,
    tile::{Heading, Pivot, PivotCell, Shade},
};
use model::{formatting::Locale, frame::ColumnKind};

/// What is drawn of the first rows of a pivot table: its names, then a column for each of the second thing's.
pub(super) fn columns(pivot: &Pivot, shown: usize, locale: Locale) -> Vec<Upright> {
    let rows = pivot.rows.get(..shown).unwrap_or(&pivot.rows);
    let columns = pivot.headings().into_iter().enumerate();
    columns
        .map(|(index, Heading { name, kind, unit })| {
            let cells = match index.checked_sub(1) {
                None => rows.iter().map(|row| Drawn::plain(row.name.clone(), Role::Text)).collect(),
                Some(column) => rows.iter().map(|row| row.cells.get(column).map_or_else(nothing, drawn)).collect(),
            };
            Upright::new(name, unit_text(unit, locale), kind == ColumnKind::Number, cells)
        })
        .collect()
}

const fn nothing() -> Drawn {
    Drawn::plain(String::new(), Role::Text)
}

fn drawn(cell: &PivotCell) -> Drawn {
    let is_small = cell.is_small;
    let plain = |role| Drawn { is_small, ..Drawn::plain(cell.text.clone(), role) };
    match cell.shade {
        Shade::Plain if is_small => plain(Role::Muted),
        Shade::Plain => plain(Role::Text),
        // Shades are counted from 1, inks from 0.
        Shade::Step(step) => {
            let step = step.saturating_sub(1);
            Drawn { shade: Some(Ink::Step(step)), ..plain(Role::Ink(Ink::OnStep(step))) }
        }
        Shade::Tone(tone) => Drawn { tone: Some(tone), ..plain(Role::Ink(Ink::Tone(tone))) },
    }
}
