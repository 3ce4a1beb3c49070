//! One tile of the grid.

use super::{
    gesture::Grip,
    motion::{element_id, glide},
    place::place_classes,
    stage::Stage,
};
use crate::{
    controls::{Icon, IconButton, IconName},
    tile::TileSpace,
    words,
};
use leptos::{ev, prelude::*};
use model::{board::TileId, layout::GridRect};

/// A tile in its place; when the board is edited, with grips around it.
#[component]
pub(super) fn GridTile(
    tile: TileId,
    stage: Stage,
    shown: Memo<model::layout::DeskLayout>,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let rect = Memo::new(move |before: Option<&GridRect>| {
        // A tile that was just removed keeps its last place until it is gone.
        let now = shown.with(|shown| shown.rect(tile));
        now.or(before.copied()).unwrap_or_else(|| GridRect::clamped(0, 0, 1, 1))
    });
    provide_context(TileSpace(Memo::new(move |_| rect.get().size())));
    let is_dragged = Memo::new(move |_| stage.dragged() == Some(tile));
    let class = move || {
        let dragged = if is_dragged.get() { " board__tile--dragged" } else { "" };
        format!("board__tile {}{dragged}", place_classes(rect.get()))
    };
    let Some(editing) = stage.editing else {
        return view! { <div class=class>{render_tile.run(tile)}</div> }.into_any();
    };
    Effect::new(move |before: Option<GridRect>| {
        let now = rect.get();
        if let Some(before) = before
            && before != now
            && !is_dragged.get_untracked()
        {
            glide(tile, before, now, stage.board);
        }
        now
    });
    let is_selected = Memo::new(move |_| editing.selected.get() == Some(tile));
    let take = move |event: ev::PointerEvent| {
        // On touch the tile itself scrolls the page; its grip moves it.
        if event.pointer_type() != "touch" {
            stage.take(tile, Grip::Whole, &event);
        }
    };
    let edges = Grip::EDGES.map(|grip| {
        view! {
            <span
                class=grip.class()
                on:pointerdown=move |event| {
                    event.stop_propagation();
                    stage.take(tile, grip, &event);
                }
            ></span>
        }
    });
    let say = move |words: words::Words| Signal::derive(move || words.in_locale(stage.locale.get()).to_owned());
    view! {
        <div
            id=element_id(tile)
            class=class
            class:board__tile--selected=move || is_selected.get()
            tabindex="0"
            role="group"
            aria-roledescription=move || words::MOVABLE.in_locale(stage.locale.get())
            aria-label=move || editing.label_of.run(tile)
            aria-describedby="board-keys"
            on:pointerdown=take
            on:click=move |_| editing.selected.set(Some(tile))
            on:dblclick=move |_| editing.on_open.run(tile)
            on:focus=move |_| editing.selected.set(Some(tile))
            on:keydown=move |event| {
                // Keys pressed on the tools are theirs.
                if event.target() == event.current_target() {
                    stage.press(tile, &event);
                }
            }
        >
            <div class="board__content" inert=true>
                {render_tile.run(tile)}
            </div>
            {edges.collect_view()}
            <div class="board__tools" on:pointerdown=move |event| event.stop_propagation() on:dblclick=move |event| event.stop_propagation()>
                <span
                    class=Grip::Whole.class()
                    title=say(words::DRAG_TO_MOVE)
                    on:pointerdown=move |event| stage.take(tile, Grip::Whole, &event)
                >
                    <Icon name=IconName::Grip />
                </span>
                <IconButton
                    icon=IconName::Settings
                    label=say(words::OPEN_INSPECTOR)
                    on_click=move |()| editing.on_open.run(tile)
                />
                <IconButton icon=IconName::Trash label=say(words::REMOVE) on_click=move |()| editing.on_remove.run(tile) />
            </div>
        </div>
    }
    .into_any()
}
