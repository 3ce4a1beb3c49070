//! One component of the palette.

use super::{Carried, DragSpace, Spot};
use crate::{
    browser::{DRAG_THRESHOLD_PX, prevent_flick},
    glyph::Glyph,
    words,
};
use leptos::{ev, html, prelude::*};
use model::{board::ComponentKind, formatting::Locale};

/// A press on a palette item that may become a drag.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Press {
    pointer: i32,
    x: f64,
    y: f64,
    is_drag: bool,
}

/// One component of the palette: a drawn thumbnail with its name. Drag it onto the board; a click or Enter appends it.
#[component]
pub fn PaletteItem(
    kind: ComponentKind,
    #[prop(into)] locale: Signal<Locale>,
    /// It was dropped there, or chosen by keyboard or click.
    on_add: Callback<(ComponentKind, Spot)>,
) -> impl IntoView {
    let space = use_context::<DragSpace>();
    let press = RwSignal::new(None::<Press>);
    let was_dragged = StoredValue::new(false);
    let item = NodeRef::<html::Button>::new();
    let ghost = NodeRef::<html::Div>::new();
    let is_carried = Memo::new(move |_| press.get().is_some_and(|press| press.is_drag));

    let take = move |event: ev::PointerEvent| {
        was_dragged.set_value(false);
        if event.button() != 0 || !event.is_primary() || space.is_none() {
            return;
        }
        if let Some(item) = item.get_untracked() {
            // Without capture a drag ends at the item's edge; a browser that refuses leaves click and Enter.
            let _ = item.set_pointer_capture(event.pointer_id());
        }
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        press.set(Some(Press { pointer: event.pointer_id(), x, y, is_drag: false }));
    };
    let carry = move |event: ev::PointerEvent| {
        let Some(held) = press.get_untracked().filter(|held| held.pointer == event.pointer_id()) else {
            return;
        };
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        if !held.is_drag && (x - held.x).hypot(y - held.y) < DRAG_THRESHOLD_PX {
            return;
        }
        if !held.is_drag {
            was_dragged.set_value(true);
            press.set(Some(Press { is_drag: true, ..held }));
        }
        if let Some(space) = space {
            space.carried.set(Some(Carried { kind, x, y }));
        }
    };
    let let_go = move || {
        press.set(None);
        if let Some(space) = space {
            space.carried.set(None);
            space.target.set(None);
        }
    };
    let drop = move |event: ev::PointerEvent| {
        let is_drag = press.get_untracked().is_some_and(|held| held.is_drag && held.pointer == event.pointer_id());
        let target = space.and_then(|space| space.target.get_untracked());
        let_go();
        if let (true, Some(target)) = (is_drag, target) {
            on_add.run((kind, target));
        }
    };
    // The ghost follows the pointer; set on the element itself, which the policy allows.
    Effect::new(move |_| {
        let carried = space.and_then(|space| space.carried.get());
        if let (Some(ghost), Some(carried)) = (ghost.get(), carried) {
            let style = web_sys::HtmlElement::style(&ghost);
            let _ = style.set_property("transform", &format!("translate({}px, {}px)", carried.x, carried.y));
        }
    });
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && is_carried.get_untracked() {
                event.prevent_default();
                let_go();
            }
        });
        on_cleanup(move || listener.remove());
    });
    let name = move || words::kind_name(kind).in_locale(locale.get());
    view! {
        <button
            type="button"
            class="palette__item"
            class:palette__item--carried=move || is_carried.get()
            node_ref=item
            title=move || words::DRAG_OR_ENTER.in_locale(locale.get())
            data-kind=kind.name()
            on:pointerdown=take
            on:pointermove=carry
            on:touchmove:capture=move |event| prevent_flick(&event)
            on:pointerup=drop
            on:pointercancel=move |_| let_go()
            on:click=move |event| {
                // A press that became a drag ends in a click too; Enter makes a click without a press.
                if event.detail() == 0 || !was_dragged.get_value() {
                    on_add.run((kind, Spot::FirstFree));
                }
            }
        >
            <Glyph kind />
            <span class="palette__name">{name}</span>
        </button>
        <Show when=move || is_carried.get()>
            <div class="palette__ghost" node_ref=ghost aria-hidden="true">
                <Glyph kind />
                <span class="palette__name">{name}</span>
            </div>
        </Show>
    }
    .into_any()
}
