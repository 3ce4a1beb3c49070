//! A phone, to be arranged.

use super::{PhoneEditing, card::PhoneTile, stage::PhoneStage};
use crate::{
    arranging::{Arrangement as _, SpokenAside, cancel_by_escape, is_pointer_lost, tell_held},
    words,
};
use leptos::prelude::*;
use model::{board::TileId, formatting::Locale, layout::PhoneLayout};

/// The cards of a board in the outline of a phone, 390 px wide.
#[component]
pub fn PhoneBoard(
    #[prop(into)] layout: Signal<PhoneLayout>,
    #[prop(into)] locale: Signal<Locale>,
    /// Draws a tile; called once for each.
    #[prop(into)]
    render_tile: Callback<TileId, AnyView>,
    editing: PhoneEditing,
) -> impl IntoView {
    let stage = PhoneStage::new(layout, locale, editing);
    stage.watch_palette();
    let shown = Memo::new(move |_| stage.shown());
    // While a card is held the elements keep their order: one that is moved in the page loses the pointer. The order
    // that is seen is written in classes.
    let order = Memo::new(move |before: Option<&Vec<TileId>>| {
        let now: Vec<TileId> = layout.with(|layout| layout.cards().iter().map(|card| card.tile).collect());
        match before {
            Some(before) if stage.dragged().is_some() => before.clone(),
            Some(_) | None => now,
        }
    });
    let is_empty = Memo::new(move |_| layout.with(|layout| layout.cards().is_empty()));
    cancel_by_escape(stage);
    tell_held(stage);
    view! {
        <div class="phone">
            <div
                class="board board--phone board--editing"
                node_ref=stage.phone
                on:pointermove=move |event| stage.follow(&event)
                on:pointerup=move |event| stage.drop(&event)
                on:pointercancel=move |_| stage.cancel()
                on:lostpointercapture=move |event| if is_pointer_lost(&event) { stage.cancel() }
            >
                <For each=move || order.get() key=|tile| *tile let:tile>
                    <PhoneTile tile stage shown render_tile />
                </For>
                <Show when=move || is_empty.get()>
                    <p class="board__empty">{move || words::EMPTY_BOARD.in_locale(locale.get())}</p>
                </Show>
            </div>
        </div>
        <SpokenAside stage keys=words::PHONE_KEYS />
    }
    .into_any()
}
