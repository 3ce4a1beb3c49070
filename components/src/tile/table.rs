//! A frame as a table: the header and the first column stay, a click sorts, numbers stand right.

use super::{
    Picked,
    card::{Reader, Shown},
    head::truncated_at,
    rows::{Figures, InCellBars, Rows, Scales, cell_of_key, figures},
    sight::{InSight, Sight, rows_in_all},
    sorting::{SortHead, Sorting, compare},
};
use crate::{
    browser::{keep_filled, pressed_key},
    words,
};
use leptos::{ev, html, prelude::*};
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

/// What a press in a table points out.
pub(super) fn pick_pressed(event: &ev::MouseEvent, frame: Memo<Option<Shown>>, reader: Reader) {
    let place = pressed_key(event).and_then(|key| cell_of_key(&key));
    let picked =
        place.and_then(|(row, column)| frame.with_untracked(|frame| Picked::of_cell(&frame.as_ref()?.0, row, column)));
    if let (Some(on_pick), Some(picked)) = (reader.on_pick, picked) {
        on_pick.run(picked);
    }
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
    let sorting = RwSignal::new(None::<Sorting>);
    let (room, body) = (NodeRef::<html::Div>::new(), NodeRef::<html::Tbody>::new());
    let in_sight = InSight::of(room);
    Effect::watch(move || sorting.get(), move |_, _, _| in_sight.to_top(), false);
    let columns = Memo::new(move |_| frame.with(|frame| frame.as_ref().map(|frame| headings(&frame.0))));
    let heads = move || {
        let head = |(index, Heading { name, kind, unit })| {
            let label = Signal::derive(move || reader.names.with(|names| names.column(&name, reader.locale.get())));
            view! { <SortHead index kind label unit sorting reader /> }
        };
        columns.get().unwrap_or_default().into_iter().enumerate().map(head).collect_view()
    };
    let drawn = Drawn { look, grain, bars, reader };
    // Both are worked out once for each answer, and not whenever somebody scrolls.
    let order = Memo::new(move |_| {
        let sorting = sorting.get();
        frame.with(|frame| frame.as_ref().map(|frame| sorted(&frame.0, sorting))).unwrap_or_default()
    });
    let scales = Memo::new(move |_| drawn.read(frame, |frame, rows| rows.scales(frame)));
    let rows = Memo::new(move |_| {
        let sight = in_sight.get();
        let markup = |frame: &Frame, rows: Rows| {
            let markup = |scales: &Scales| order.with(|order| rows.markup(frame, scales, order, sight));
            scales.with(|scales| scales.as_ref().map(markup))
        };
        drawn.read(frame, markup).flatten().unwrap_or_default()
    });
    keep_filled(body, rows);
    let count = Memo::new(move |_| order.with(Vec::len));
    view! {
        <div
            class="table"
            node_ref=room
            tabindex="0"
            role="region"
            aria-label=move || reader.say(words::TABLE)
            on:scroll=move |_| in_sight.measure()
        >
            <table class="table__grid" aria-rowcount=move || rows_in_all(count.get())>
                <thead>
                    <tr aria-rowindex=move || rows_in_all(count.get()).map(|_| 1)>{heads}</tr>
                </thead>
                <tbody
                    node_ref=body
                    inner_html=rows.get_untracked()
                    on:click=move |event| pick_pressed(&event, frame, reader)
                ></tbody>
            </table>
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
