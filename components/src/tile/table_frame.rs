//! The frame of a table: the header and the first column stay, a press on a heading sorts, and only rows in sight are drawn.

use super::{
    card::{Reader, Shown},
    rows::cell_of_key,
    sight::{InSight, Sight, rows_in_all},
    sorting::{SortHead, Sorting},
};
use crate::{
    browser::{keep_filled, pressed_key},
    tile::Picked,
    words,
};
use leptos::{ev, html, prelude::*};
use model::{frame::ColumnKind, metric::Unit};

/// What stands over a column, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) label: String,
    /// What is said of it where it is pointed at, if that is more.
    pub(super) in_full: Option<String>,
    pub(super) kind: ColumnKind,
    /// Said once for all numbers under it.
    pub(super) unit: Option<Unit>,
}

/// What a press in a table points out.
fn pick_pressed(event: &ev::MouseEvent, frame: Memo<Option<Shown>>, reader: Reader) {
    let place = pressed_key(event).and_then(|key| cell_of_key(&key));
    let picked =
        place.and_then(|(row, column)| frame.with_untracked(|frame| Picked::of_cell(&frame.as_ref()?.0, row, column)));
    if let (Some(on_pick), Some(picked)) = (reader.on_pick, picked) {
        on_pick.run(picked);
    }
}

#[component]
pub(super) fn TableFrame(
    /// Where pressed names stand.
    frame: Memo<Option<Shown>>,
    heads: Memo<Vec<Head>>,
    /// The rows in the order wished; without a wish as they came.
    order: impl Fn(Option<Sorting>) -> Vec<usize> + Send + Sync + 'static,
    /// Draws those in sight.
    rows: impl Fn(&[usize], Sight) -> String + Send + Sync + 'static,
    reader: Reader,
    #[prop(optional)] is_pivot: bool,
    /// What stands under the rows.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let sorting = RwSignal::new(None::<Sorting>);
    let (room, body) = (NodeRef::<html::Div>::new(), NodeRef::<html::Tbody>::new());
    let in_sight = InSight::of(room);
    Effect::watch(move || sorting.get(), move |_, _, _| in_sight.to_top(), false);
    let heads = move || {
        let head = |(index, Head { label, in_full, kind, unit })| {
            view! { <SortHead index kind label title=in_full unit sorting reader /> }
        };
        heads.get().into_iter().enumerate().map(head).collect_view()
    };
    // Worked out once for each answer, and not whenever somebody scrolls.
    let order = Memo::new(move |_| order(sorting.get()));
    let rows = Memo::new(move |_| order.with(|order| rows(order, in_sight.get())));
    keep_filled(body, rows);
    let count = Memo::new(move |_| order.with(Vec::len));
    view! {
        <div
            class="table"
            class:table--pivot=is_pivot
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
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
