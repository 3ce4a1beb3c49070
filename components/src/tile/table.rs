//! A frame as a table: the header stays, a click sorts, numbers stand right.

use super::{
    Picked,
    card::{Reader, Shown},
    head::truncated_at,
    rows::{Figures, InCellBars, Rows, cell_of_key, figures},
};
use crate::{
    browser::{keep_filled, pressed_key},
    words,
};
use leptos::{ev, html, prelude::*};
use model::{
    formatting::short_number,
    frame::{Cell, Column, ColumnKind, Frame},
    metric::Unit,
    time::Grain,
};
use std::cmp::Ordering;

/// As many rows are drawn at first; the rest waits for a press.
const FIRST_ROWS: usize = 200;

/// By which column rows are sorted, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sorting {
    column: usize,
    is_descending: bool,
}

impl Sorting {
    /// What a press on a heading leads to: numbers begin with the largest, names with the first.
    fn pressed(before: Option<Self>, column: usize, kind: ColumnKind) -> Self {
        match before {
            Some(before) if before.column == column => Self { is_descending: !before.is_descending, ..before },
            Some(_) | None => Self { column, is_descending: kind == ColumnKind::Number },
        }
    }
}

/// The least first; what is unknown or undefined comes last, whichever way is sorted.
fn compare(one: &Cell, other: &Cell, is_descending: bool) -> Ordering {
    let turned = |ordering: Ordering| {
        if is_descending { ordering.reverse() } else { ordering }
    };
    match (one.as_number(), other.as_number(), one.as_text(), other.as_text()) {
        (Some(one), Some(other), _, _) => turned(one.total_cmp(&other)),
        (_, _, Some(one), Some(other)) => turned(one.cmp(other)),
        (Some(_), None, _, None) | (None, _, Some(_), None) => Ordering::Less,
        (None, Some(_), None, _) | (_, None, None, Some(_)) => Ordering::Greater,
        (_, _, _, _) => Ordering::Equal,
    }
}

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
pub(super) struct Heading {
    name: String,
    kind: ColumnKind,
    /// Said once for all numbers under it.
    unit: Option<Unit>,
}

/// What stands over the columns of a frame.
pub(super) fn headings(frame: &Frame) -> Vec<Heading> {
    let heading = |column: &Column| Heading {
        name: column.name.clone(),
        kind: column.kind,
        unit: column.unit.filter(|_| column.kind == ColumnKind::Number && figures(column) == Figures::Metric),
    };
    frame.columns.iter().map(heading).collect()
}

/// How many rows of a frame wait for a press.
pub(super) const fn left_out_at_first(frame: &Frame) -> usize {
    frame.rows.len().saturating_sub(FIRST_ROWS)
}

/// The rows of a frame as a reader finds them.
pub(super) fn first_rows(frame: &Frame, rows: Rows) -> String {
    rows.markup(frame, 0..frame.rows.len().min(FIRST_ROWS))
}

#[component]
pub(super) fn FrameTable(
    frame: Memo<Option<Shown>>,
    grain: Memo<Option<Grain>>,
    bars: InCellBars,
    reader: Reader,
) -> impl IntoView {
    let sorting = RwSignal::new(None::<Sorting>);
    let shows_all = RwSignal::new(false);
    let columns = Memo::new(move |_| frame.with(|frame| frame.as_ref().map(|frame| headings(&frame.0))));
    let heads = move || {
        let columns = columns.get().unwrap_or_default();
        let head = |(index, column)| view! { <Head index column sorting reader /> };
        columns.into_iter().enumerate().map(head).collect_view()
    };
    let body = NodeRef::<html::Tbody>::new();
    let rows = Memo::new(move |_| {
        let drawn = reader.read(frame, |frame, reading| {
            let order = sorted(frame, sorting.get());
            let shown = if shows_all.get() { order.len() } else { FIRST_ROWS };
            let are_picked_from = reader.on_pick.is_some();
            let rows =
                Rows { reading, bars, grain: grain.get(), rise_is_red: reader.rise_is_red.get(), are_picked_from };
            rows.markup(frame, order.into_iter().take(shown))
        });
        drawn.unwrap_or_default()
    });
    keep_filled(body, rows);
    let pick = move |event: ev::MouseEvent| {
        let place = pressed_key(&event).and_then(|key| cell_of_key(&key));
        let picked = place
            .and_then(|(row, column)| frame.with_untracked(|frame| Picked::of_cell(&frame.as_ref()?.0, row, column)));
        if let (Some(on_pick), Some(picked)) = (reader.on_pick, picked) {
            on_pick.run(picked);
        }
    };
    let left_out = move || {
        let left_out = frame.with(|frame| frame.as_ref().map_or(0, |frame| left_out_at_first(&frame.0)));
        if shows_all.get() { 0 } else { left_out }
    };
    view! {
        <div class="table" tabindex="0" role="region" aria-label=move || reader.say(words::TABLE)>
            <table class="table__grid">
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody node_ref=body inner_html=rows.get_untracked() on:click=pick></tbody>
            </table>
            <Show when=move || left_out() != 0>
                <button type="button" class="button button--quiet" on:click=move |_| shows_all.set(true)>
                    {move || words::show_more_rows(left_out(), reader.locale.get())}
                </button>
            </Show>
            {move || {
                frame
                    .with(|frame| frame.as_ref().and_then(|frame| truncated_at(&frame.0)))
                    .map(|(limit, rows)| {
                        view! { <p class="table__note">{move || words::truncated(limit, rows, reader.locale.get())}</p> }
                    })
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Head(index: usize, column: Heading, sorting: RwSignal<Option<Sorting>>, reader: Reader) -> impl IntoView {
    let Heading { name, kind, unit } = column;
    let is_number = kind == ColumnKind::Number;
    let way = move || sorting.get().filter(|sorting| sorting.column == index).map(|sorting| sorting.is_descending);
    let unit = move || {
        let suffix = unit.map(|unit| short_number(0.0, unit, reader.locale.get()).suffix).unwrap_or_default();
        (!suffix.trim().is_empty()).then(|| view! { <span class="table__unit">{suffix.trim().to_owned()}</span> })
    };
    view! {
        <th
            scope="col"
            class:table__number=is_number
            aria-sort=move || match way() {
                Some(true) => "descending",
                Some(false) => "ascending",
                None => "none",
            }
        >
            <button
                type="button"
                class="table__sort"
                on:click=move |_| sorting.update(|sorting| *sorting = Some(Sorting::pressed(*sorting, index, kind)))
            >
                <span>{move || reader.names.with(|names| names.column(&name, reader.locale.get()))}</span>
                {unit}
                <span class="table__arrow" aria-hidden="true">
                    {move || match way() {
                        Some(true) => "↓",
                        Some(false) => "↑",
                        None => "",
                    }}
                </span>
            </button>
        </th>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_undefined_comes_last_both_ways() {
        let (small, large, nothing) = (Cell::Integer(1), Cell::Number(2.5), Cell::Null);
        for is_descending in [false, true] {
            assert_eq!(compare(&small, &nothing, is_descending), Ordering::Less);
            assert_eq!(compare(&nothing, &large, is_descending), Ordering::Greater);
            assert_eq!(compare(&Cell::Text("a".to_owned()), &nothing, is_descending), Ordering::Less);
        }
        assert_eq!(compare(&small, &large, false), Ordering::Less);
        assert_eq!(compare(&small, &large, true), Ordering::Greater);
        assert_eq!(compare(&nothing, &nothing, true), Ordering::Equal);
    }

    #[test]
    fn a_second_press_turns_the_order() {
        let first = Sorting::pressed(None, 2, ColumnKind::Number);
        assert!(first.is_descending);
        assert!(!Sorting::pressed(Some(first), 2, ColumnKind::Number).is_descending);
        assert!(!Sorting::pressed(Some(first), 0, ColumnKind::Dimension).is_descending);
    }
}
