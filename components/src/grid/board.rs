//! The grid of a board, to be edited.

use super::{GridEditing, landing::Landing, marquee::Marquee, stage::Stage, tile::GridTile, view::elements};
use crate::{
    arranging::{Arrangement as _, SpokenAside, cancel_by_escape, is_pointer_lost, tell_held},
    words,
};
use leptos::{html, prelude::*};
use model::{
    board::TileId,
    formatting::Locale,
    layout::{DeskLayout, PhoneLayout},
};

/// The grid of a board, to be edited by pointer and by keyboard.
#[component]
pub fn GridBoard(
    #[prop(into)] layout: Signal<DeskLayout>,
    /// How the same tiles stand on a phone.
    #[prop(into)]
    phone: Signal<PhoneLayout>,
    #[prop(into)] locale: Signal<Locale>,
    /// Draws a tile; called once for each.
    #[prop(into)]
    render_tile: Callback<TileId, AnyView>,
    editing: GridEditing,
) -> impl IntoView {
    let stage = Stage::new(layout, locale, editing);
    let shown: Signal<DeskLayout> =
        Signal::from(Memo::new(move |_| stage.preview.get().unwrap_or_else(|| layout.get())));
    // While a tile is held the elements keep their order: one that is moved in the page loses the pointer.
    let order = Memo::new(move |before: Option<&Vec<TileId>>| {
        let is_held = stage.held.with(Option::is_some);
        let now = layout.with(|layout| phone.with(|phone| elements(layout, phone)));
        match before {
            Some(before) if is_held => before.clone(),
            Some(_) | None => now,
        }
    });
    let landings = Memo::new(move |_| stage.landing.with(Vec::len));
    let is_empty = Memo::new(move |_| shown.with(|shown| shown.placed().is_empty()));
    stage.watch_palette();
    cancel_by_escape(stage);
    tell_held(stage);
    let marquee = NodeRef::<html::Div>::new();
    let framed = move || stage.marquee.with(|marquee| marquee.as_ref().and_then(Marquee::area));
    let is_framing = Memo::new(move |_| framed().is_some());
    // Set on the element itself, which the policy allows.
    Effect::new(move |_| {
        if let (Some(element), Some(area)) = (marquee.get(), framed()) {
            let style = web_sys::HtmlElement::style(&element);
            for (name, px) in [("left", area.x), ("top", area.y), ("width", area.w), ("height", area.h)] {
                let _ = style.set_property(name, &format!("{px}px"));
            }
        }
    });
    let is_changing = Memo::new(move |_| stage.preview.with(Option::is_some));
    view! {
        <div
            class="board board--editing"
            class:board--changing=move || is_changing.get()
            node_ref=stage.board
            on:pointerdown=move |event| stage.take_marquee(&event)
            on:pointermove=move |event| stage.follow(&event)
            on:pointerup=move |event| stage.drop(&event)
            on:pointercancel=move |_| stage.cancel()
            on:lostpointercapture=move |event| if is_pointer_lost(&event) { stage.cancel() }
        >
            <For each=move || order.get() key=|tile| *tile let:tile>
                <GridTile tile stage shown phone render_tile />
            </For>
            {move || (0..landings.get()).map(|index| view! { <Landing stage index /> }).collect_view()}
            <Show when=move || is_framing.get()>
                <div class="board__marquee" node_ref=marquee aria-hidden="true"></div>
            </Show>
            <Show when=move || is_empty.get()>
                <p class="board__empty">{move || words::EMPTY_BOARD_TODO.in_locale(locale.get())}</p>
            </Show>
        </div>
        <SpokenAside stage keys=words::BOARD_KEYS />
    }
    .into_any()
}
