//! One tile that can be chosen, held and moved, whichever layout it stands in.

use super::{
    Arrangement, Grip, element_id,
    grip::{edge_handles, hold},
    press,
};
use crate::{browser::is_focused_by_key, words};
use leptos::{ev, prelude::*};
use model::board::TileId;
use std::fmt::Write as _;

/// A tile in its place, with edges to pull; `children` are its tools.
#[component]
pub(crate) fn ArrangedTile<A: Arrangement>(
    stage: A,
    tile: TileId,
    /// The classes that put it in its place.
    #[prop(into)]
    class: Signal<String>,
    content: AnyView,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (tiles, locale) = (stage.tiles(), stage.locale());
    let is_selected = Memo::new(move |_| tiles.is_selected(tile));
    let is_locked = Memo::new(move |_| tiles.is_locked.run(tile));
    let is_receiving = Memo::new(move |_| stage.arranging().receiver.get() == Some(tile));
    let colleague = Memo::new(move |_| tiles.colleague_at.run(tile));
    let class = move || {
        let mut class = class.get();
        let states = [
            (is_selected.get(), "selected"),
            (is_locked.get(), "locked"),
            (colleague.with(Option::is_some), "taken"),
            (is_receiving.get(), "receiving"),
        ];
        for (_, state) in states.into_iter().filter(|(holds, _)| *holds) {
            // Writing to a string can't fail.
            let _ = write!(class, " {}__tile--{state}", A::BLOCK);
        }
        class
    };
    view! {
        <div
            id=element_id(tile)
            class=class
            tabindex="0"
            role="group"
            aria-roledescription=move || words::MOVABLE.in_locale(locale.get())
            aria-label=move || tiles.label_of.run(tile)
            aria-describedby=A::KEYS_ID
            on:pointerdown=move |event: ev::PointerEvent| {
                if A::MOVES_ON_TOUCH || event.pointer_type() != "touch" {
                    hold(stage, tile, Grip::Whole, &event);
                }
            }
            on:click=move |event| tiles.choose(tile, &event)
            on:dblclick=move |_| tiles.on_open.run(tile)
            on:focus=move |event| {
                if is_focused_by_key(&event) {
                    tiles.focused(tile);
                }
            }
            on:keydown=move |event| {
                // Keys pressed on the tools are theirs.
                if event.target() == event.current_target() {
                    press(stage, tile, &event);
                }
            }
        >
            <div class=format!("{}__content", A::BLOCK) inert=true>
                {content}
            </div>
            {move || (!is_locked.get()).then(|| edge_handles(stage, tile))}
            {move || {
                let hint = move || words::PUT_INTO_IT.in_locale(locale.get());
                is_receiving
                    .get()
                    .then(|| {
                        view! {
                            <span class="board__receiver" aria-hidden="true">
                                <span class="board__receiver-words">{hint}</span>
                            </span>
                        }
                    })
            }}
            {move || colleague.get().map(|name| view! { <span class="board__colleague">{name}</span> })}
            {children
                .map(|children| {
                    view! {
                        <div
                            class="board__tools"
                            on:pointerdown=move |event| event.stop_propagation()
                            on:click=move |event| event.stop_propagation()
                            on:dblclick=move |event| event.stop_propagation()
                        >
                            {children()}
                        </div>
                    }
                })}
        </div>
    }
    .into_any()
}
