//! One card of the phone.

use super::stage::{PhoneStage, card_id};
use crate::{
    browser::is_focused_by_key,
    controls::{Icon, IconName},
    grid::{Selection, phone_classes},
    tile::TileSpace,
    words,
};
use leptos::{ev, prelude::*};
use model::{
    board::TileId,
    layout::{CardWidth, GridSize, PhoneCard, PhoneLayout},
};

/// A card in its place, to be moved.
#[component]
pub(super) fn PhoneTile(
    tile: TileId,
    stage: PhoneStage,
    shown: Memo<PhoneLayout>,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let editing = stage.editing;
    let card = Memo::new(move |before: Option<&Option<PhoneCard>>| {
        // A tile that was just removed keeps its last place until it is gone.
        shown.with(|shown| shown.card(tile)).or_else(|| before.copied().flatten())
    });
    provide_context(TileSpace(Memo::new(move |_| {
        let (columns, rows) = card.get().map_or((4, 3), |card| match card.width {
            CardWidth::Full => (4, card.rows),
            CardWidth::Half => (2, card.rows),
        });
        GridSize { w: columns, h: rows }
    })));
    let is_dragged = Memo::new(move |_| stage.dragged() == Some(tile));
    let is_selected = Memo::new(move |_| editing.selected.with(|selected| selected.contains(tile)));
    let is_hidden = Memo::new(move |_| card.get().is_some_and(|card| card.hidden));
    let class = move || {
        let position = shown.with(|shown| shown.position(tile));
        // What is hidden stays in sight here, to be shown again.
        let classes = phone_classes(card.get().map(|card| PhoneCard { hidden: false, ..card }), position);
        let dragged = if is_dragged.get() { " board__tile--carried" } else { "" };
        format!("board__tile {classes}{dragged}")
    };
    let choose = move |event: ev::MouseEvent| {
        if event.shift_key() || event.ctrl_key() || event.meta_key() {
            editing.selected.update(|selected| *selected = selected.toggled(&[tile]));
        } else {
            editing.selected.set(Selection::of([tile]));
        }
    };
    view! {
        <div
            id=card_id(tile)
            class=class
            class:board__tile--selected=move || is_selected.get()
            class:board__tile--hidden-here=move || is_hidden.get()
            tabindex="0"
            role="group"
            aria-roledescription=move || words::MOVABLE.in_locale(stage.locale.get())
            aria-label=move || editing.label_of.run(tile)
            aria-describedby="phone-keys"
            on:pointerdown=move |event: ev::PointerEvent| {
                // On touch the card itself scrolls the phone; its grip moves it.
                if event.pointer_type() != "touch" {
                    stage.take(tile, &event);
                }
            }
            on:click=choose
            on:dblclick=move |_| editing.on_open.run(tile)
            on:focus=move |event| {
                let keeps = editing.selected.with_untracked(|selected| selected.contains(tile) || selected.is_gathering());
                if !keeps && is_focused_by_key(&event) {
                    editing.selected.set(Selection::of([tile]));
                }
            }
            on:keydown=move |event| {
                if event.target() == event.current_target() {
                    stage.press(tile, &event);
                }
            }
        >
            <div class="board__content" inert=true>
                {render_tile.run(tile)}
            </div>
            <div class="board__tools" on:click=move |event| event.stop_propagation()>
                <span
                    class="board__grip"
                    title=move || words::DRAG_TO_MOVE.in_locale(stage.locale.get())
                    on:pointerdown=move |event| {
                        event.stop_propagation();
                        stage.take(tile, &event);
                    }
                >
                    <Icon name=IconName::Grip />
                </span>
            </div>
        </div>
    }
    .into_any()
}
