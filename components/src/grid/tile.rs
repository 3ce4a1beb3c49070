//! One tile of the grid.

use super::{
    gesture::{Edges, Grip},
    motion::{element_id, glide},
    place::{phone_classes, place_classes},
    stage::Stage,
};
use crate::{
    browser::is_focused_by_key,
    controls::{Icon, IconButton, IconName},
    tile::TileSpace,
    words,
};
use leptos::{ev, prelude::*};
use model::{
    board::TileId,
    layout::{DeskLayout, GridRect, PhoneLayout},
};

/// A tile in its place; when the board is edited, with grips around it.
#[component]
pub(super) fn GridTile(
    tile: TileId,
    stage: Stage,
    shown: Memo<DeskLayout>,
    phone: Signal<PhoneLayout>,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let rect = Memo::new(move |before: Option<&GridRect>| {
        // A tile that was just removed keeps its last place until it is gone.
        let now = shown.with(|shown| shown.rect(tile));
        now.or(before.copied()).unwrap_or_else(|| GridRect::clamped(0, 0, 1, 1))
    });
    provide_context(TileSpace(Memo::new(move |_| rect.get().size())));
    let is_on_desk = Memo::new(move |_| shown.with(|shown| shown.rect(tile).is_some()));
    let is_dragged = Memo::new(move |_| stage.is_dragged(tile));
    let class = move || {
        let dragged = if is_dragged.get() { " board__tile--dragged" } else { "" };
        let on_phone = phone.with(|phone| phone_classes(phone.card(tile), phone.position(tile)));
        let on_desk = if is_on_desk.get() { place_classes(rect.get()) } else { "not-on-desk at-w12 at-h6".to_owned() };
        format!("board__tile {on_desk} {on_phone}{dragged}")
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
    let is_selected = Memo::new(move |_| editing.selected.with(|selected| selected.contains(tile)));
    let is_locked = Memo::new(move |_| editing.is_locked.run(tile));
    let take = move |event: ev::PointerEvent| {
        // On touch the tile itself scrolls the page; its grip moves it.
        if event.pointer_type() != "touch" {
            stage.take(tile, Grip::Whole, &event);
        }
    };
    let edges = move || {
        let edge = |edges: Edges| {
            view! {
                <span
                    class=edges.class()
                    on:pointerdown=move |event| {
                        event.stop_propagation();
                        stage.take(tile, Grip::Edges(edges), &event);
                    }
                ></span>
            }
        };
        (!is_locked.get()).then(|| Edges::ALL.map(edge).collect_view())
    };
    let choose = move |event: ev::MouseEvent| {
        if event.shift_key() || event.ctrl_key() || event.meta_key() {
            editing.toggle(tile);
        } else {
            editing.select(tile);
        }
    };
    let say = move |words: words::Words| Signal::derive(move || words.in_locale(stage.locale.get()).to_owned());
    view! {
        <div
            id=element_id(tile)
            class=class
            class:board__tile--selected=move || is_selected.get()
            class:board__tile--locked=move || is_locked.get()
            class:board__tile--taken=move || editing.colleague_at.run(tile).is_some()
            tabindex="0"
            role="group"
            aria-roledescription=move || words::MOVABLE.in_locale(stage.locale.get())
            aria-label=move || editing.label_of.run(tile)
            aria-describedby="board-keys"
            on:pointerdown=take
            on:click=choose
            on:dblclick=move |_| editing.on_open.run(tile)
            on:focus=move |event| {
                let keeps = editing.selected.with_untracked(|selected| selected.contains(tile) || selected.is_gathering());
                if !keeps && is_focused_by_key(&event) {
                    editing.select(tile);
                }
            }
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
            {edges}
            {move || {
                editing.colleague_at.run(tile).map(|name| view! { <span class="board__colleague">{name}</span> })
            }}
            <div
                class="board__tools"
                on:pointerdown=move |event| event.stop_propagation()
                on:click=move |event| event.stop_propagation()
                on:dblclick=move |event| event.stop_propagation()
            >
                <Show
                    when=move || is_locked.get()
                    fallback=move || {
                        view! {
                            <span
                                class="board__grip"
                                title=say(words::DRAG_TO_MOVE)
                                on:pointerdown=move |event| stage.take(tile, Grip::Whole, &event)
                            >
                                <Icon name=IconName::Grip />
                            </span>
                        }
                    }
                >
                    <span class="board__grip board__grip--locked" title=say(words::LOCKED)>
                        <Icon name=IconName::Lock />
                    </span>
                </Show>
                <IconButton
                    icon=IconName::Settings
                    label=say(words::OPEN_INSPECTOR)
                    on_click=move |()| editing.on_open.run(tile)
                />
                <Show when=move || !is_locked.get()>
                    <IconButton
                        icon=IconName::Trash
                        label=say(words::REMOVE)
                        on_click=move |()| editing.on_remove.run(vec![tile])
                    />
                </Show>
            </div>
        </div>
    }
    .into_any()
}
