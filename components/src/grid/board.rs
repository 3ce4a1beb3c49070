//! The grid of a board.

use super::{
    GridEditing,
    place::place_classes,
    stage::{NEW_TILE, Stage},
    tile::GridTile,
};
use crate::words;
use leptos::{ev, prelude::*};
use model::{board::TileId, formatting::Locale, layout::DeskLayout};

/// The grid of a board: to be looked at, or with `editing` to be changed.
///
/// Tiles stand in reading order in the page, so that a phone shows them one under another in that order.
#[component]
pub fn BoardGrid(
    #[prop(into)] layout: Signal<DeskLayout>,
    #[prop(into)] locale: Signal<Locale>,
    /// Draws a tile; called once for each.
    #[prop(into)]
    render_tile: Callback<TileId, AnyView>,
    #[prop(optional, into)] editing: Option<GridEditing>,
) -> impl IntoView {
    let stage = Stage::new(layout, locale, editing);
    let shown = Memo::new(move |_| stage.preview.get().unwrap_or_else(|| layout.get()));
    // While a tile is held the elements keep their order: one that is moved in the page loses the pointer.
    let order = Memo::new(move |before: Option<&Vec<TileId>>| {
        let is_held = stage.held.with(Option::is_some);
        let now: Vec<TileId> = layout.with(|layout| layout.placed().iter().map(|placed| placed.tile).collect());
        match before {
            Some(before) if is_held => before.clone(),
            Some(_) | None => now,
        }
    });
    let landing = move || {
        let tile = stage.dragged().unwrap_or(NEW_TILE);
        stage.preview.with(|preview| preview.as_ref().and_then(|preview| preview.rect(tile)))
    };
    let is_empty = Memo::new(move |_| shown.with(|shown| shown.placed().is_empty()));
    if editing.is_some() {
        stage.watch_palette();
        Effect::new(move |_| {
            let listener = window_event_listener(ev::keydown, move |event| {
                if event.key() == "Escape" && stage.dragged().is_some() {
                    event.prevent_default();
                    event.stop_propagation();
                    stage.cancel();
                }
            });
            on_cleanup(move || listener.remove());
        });
    }
    let is_changing = Memo::new(move |_| stage.preview.with(Option::is_some));
    view! {
        <div
            class="board"
            class:board--editing=editing.is_some()
            class:board--changing=move || is_changing.get()
            node_ref=stage.board
            on:pointermove=move |event| stage.follow(&event)
            on:pointerup=move |event| stage.drop(&event)
            on:pointercancel=move |_| stage.cancel()
            on:lostpointercapture=move |_| stage.cancel()
        >
            <For each=move || order.get() key=|tile| *tile let:tile>
                <GridTile tile stage shown render_tile />
            </For>
            {move || landing().map(|rect| view! { <div class=format!("board__landing {}", place_classes(rect)) aria-hidden="true"></div> })}
            <Show when=move || is_empty.get()>
                <p class="board__empty">
                    {move || {
                        let words = if editing.is_some() { words::EMPTY_BOARD_TODO } else { words::EMPTY_BOARD };
                        words.in_locale(locale.get())
                    }}
                </p>
            </Show>
        </div>
        {editing
            .is_some()
            .then(|| {
                view! {
                    <p id="board-keys" class="unseen">
                        {move || words::BOARD_KEYS.in_locale(locale.get())}
                    </p>
                    <p class="unseen" role="status" aria-live="polite">
                        {move || stage.said.get()}
                    </p>
                }
            })}
    }
    .into_any()
}
