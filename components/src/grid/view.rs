//! The grid as it is looked at.

use super::place::{phone_classes, place_classes};
use crate::{tile::TileSpace, words};
use leptos::prelude::*;
use model::{
    board::TileId,
    formatting::Locale,
    layout::{DeskLayout, GridRect, PhoneLayout},
};

/// The grid of a board that nobody edits here. On a phone the style sheet makes cards of the same elements.
#[component]
pub fn GridView(
    #[prop(into)] layout: Signal<DeskLayout>,
    /// How the same tiles stand on a phone.
    #[prop(into)]
    phone: Signal<PhoneLayout>,
    #[prop(into)] locale: Signal<Locale>,
    /// Draws a tile; called once for each.
    #[prop(into)]
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let order = Memo::new(move |_| layout.with(|desk| phone.with(|phone| elements(desk, phone))));
    let is_empty = Memo::new(move |_| layout.with(|desk| desk.placed().is_empty()));
    let tile = move |tile: TileId| {
        let rect = rect_of(tile, layout);
        provide_context(TileSpace(Memo::new(move |_| rect.get().size())));
        let class = move || tile_classes(tile, rect.get(), layout, phone);
        view! { <div class=class>{render_tile.run(tile)}</div> }
    };
    view! {
        <div class="board">
            <For each=move || order.get() key=|tile| *tile children=tile />
            <Show when=move || is_empty.get()>
                <p class="board__empty">{move || words::EMPTY_BOARD.in_locale(locale.get())}</p>
            </Show>
        </div>
    }
    .into_any()
}

/// The tiles that have an element, in the order of the page: the desk's reading order, after them those that only a phone
/// shows.
pub(super) fn elements(desk: &DeskLayout, phone: &PhoneLayout) -> Vec<TileId> {
    let on_desk = desk.placed().iter().map(|placed| placed.tile);
    let only_on_phone = phone.cards().iter().filter(|card| !card.hidden && desk.rect(card.tile).is_none());
    on_desk.chain(only_on_phone.map(|card| card.tile)).collect()
}

/// Where a tile stands. One that was just removed keeps its last place until it is gone.
pub(super) fn rect_of(tile: TileId, shown: Signal<DeskLayout>) -> Memo<GridRect> {
    Memo::new(move |before: Option<&GridRect>| {
        let now = shown.with(|shown| shown.rect(tile));
        now.or(before.copied()).unwrap_or_else(|| GridRect::clamped(0, 0, 1, 1))
    })
}

/// The classes that put a tile in its place on desk and phone.
pub(super) fn tile_classes(
    tile: TileId,
    rect: GridRect,
    shown: Signal<DeskLayout>,
    phone: Signal<PhoneLayout>,
) -> String {
    let is_on_desk = shown.with(|shown| shown.rect(tile).is_some());
    let on_desk = if is_on_desk { place_classes(rect) } else { "not-on-desk at-w12 at-h6".to_owned() };
    let on_phone = phone.with(|phone| phone_classes(phone.card(tile), phone.position(tile)));
    format!("board__tile {on_desk} {on_phone}")
}
