//! A frame as a table: a row for each of its rows, numbers stand right.

use super::{
    card::{Reader, Shown},
    head::truncated_at,
    rows::{Figures, InCellBars, Rows, figures},
    sight::Sight,
    sorting::{Sorting, compare},
    table_frame::{Head, TableFrame},
};
use crate::words;
use leptos::prelude::*;
use model::{
    board::Look,
    frame::{Cell, Column, ColumnKind, Frame},
    metric::Unit,
    time::Grain,
};

/// The rows in the order wished; without a wish as the answer had them.
fn sorted(frame: &Frame, sorting: Option<Sorting>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..frame.rows.len()).collect();
    if let Some(Sorting { column, is_descending }) = sorting {
        let cell = |row: usize| frame.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&Cell::Null);
        order.sort_by(|one, other| compare(cell(*one), cell(*other), is_descending));
    }
    order
}

/// What stands over a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
    /// Said once for all numbers under it.
    pub(crate) unit: Option<Unit>,
}

/// What stands over the columns of a frame.
pub(crate) fn headings(frame: &Frame) -> Vec<Heading> {
    let heading = |column: &Column| Heading {
        name: column.name.clone(),
        kind: column.kind,
        unit: column.unit.filter(|_| column.kind == ColumnKind::Number && figures(column) == Figures::Metric),
    };
    frame.columns.iter().map(heading).collect()
}

/// The rows of a frame as a reader finds them.
pub(super) fn first_rows(frame: &Frame, rows: Rows) -> String {
    rows.markup(frame, &rows.scales(frame), &sorted(frame, None), Sight::AtFirst)
}

/// With what the rows of a table are drawn.
#[derive(Clone, Copy)]
struct Drawn {
    look: Memo<Look>,
    grain: Memo<Option<Grain>>,
    bars: InCellBars,
    reader: Reader,
}

impl Drawn {
    fn read<T>(self, frame: Memo<Option<Shown>>, read: impl Fn(&Frame, Rows) -> T) -> Option<T> {
        let Self { look, grain, bars, reader } = self;
        let (grain, rise_is_red, are_picked_from) = (grain.get(), reader.rise_is_red.get(), reader.on_pick.is_some());
        look.with(|look| {
            reader.read(frame, |frame, reading| {
                read(frame, Rows { reading, look, bars, grain, rise_is_red, are_picked_from })
            })
        })
    }
}

#[component]
pub(super) fn FrameTable(
    frame: Memo<Option<Shown>>,
    look: Memo<Look>,
    grain: Memo<Option<Grain>>,
    bars: InCellBars,
    reader: Reader,
) -> impl IntoView {
    let heads = Memo::new(move |_| {
        let headings = frame.with(|frame| frame.as_ref().map(|frame| headings(&frame.0))).unwrap_or_default();
        let (names, locale) = (reader.names, reader.locale.get());
        let label = |name: &str| names.with(|names| names.column(name, locale));
        let head = |Heading { name, kind, unit }: Heading| Head { label: label(&name), in_full: None, kind, unit };
        headings.into_iter().map(head).collect()
    });
    let drawn = Drawn { look, grain, bars, reader };
    // Worked out once for each answer, and not whenever somebody scrolls.
    let scales = Memo::new(move |_| drawn.read(frame, |frame, rows| rows.scales(frame)));
    let order =
        move |sorting| frame.with(|frame| frame.as_ref().map(|frame| sorted(&frame.0, sorting))).unwrap_or_default();
    let rows = move |order: &[usize], sight: Sight| {
        let markup = |frame: &Frame, rows: Rows| {
            scales.with(|scales| scales.as_ref().map(|scales| rows.markup(frame, scales, order, sight)))
        };
        drawn.read(frame, markup).flatten().unwrap_or_default()
    };
    let cut_off = Memo::new(move |_| frame.with(|frame| frame.as_ref().and_then(|frame| truncated_at(&frame.0))));
    view! {
        <TableFrame frame heads order rows reader>
            {move || {
                cut_off
                    .get()
                    .map(|(limit, rows)| {
                        view! { <p class="table__note">{move || words::truncated(limit, rows, reader.locale.get())}</p> }
                    })
            }}
        </TableFrame>
    }
    .into_any()
}
