//! The palette: components to drag onto the grid.

use super::{GridEditing, Spot, Thumbnail};
use crate::{browser::DRAG_THRESHOLD_PX, chart::Point, words};
use leptos::{ev, html, prelude::*};
use model::{board::ComponentKind, formatting::Locale};

/// A component on its way from the palette, and where the pointer is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Carried {
    pub(super) kind: ComponentKind,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// What palette and grid share while a new component is dragged. Provided by the builder page, above both.
#[derive(Debug, Clone, Copy)]
pub struct DragSpace {
    pub(super) carried: RwSignal<Option<Carried>>,
    /// Where it would be dropped; set by the layout that the pointer is over.
    target: RwSignal<Option<Spot>>,
}

impl DragSpace {
    /// Makes it and provides it to everything below.
    pub fn provide() -> Self {
        let space = Self { carried: RwSignal::new(None), target: RwSignal::new(None) };
        provide_context(space);
        space
    }

    /// Where the pointer is on the screen, while a component is carried.
    pub(crate) fn carried_at(self) -> Option<Point> {
        self.carried.get().map(|carried| Point { x: carried.x, y: carried.y })
    }

    /// Where it would be dropped now; `None` while it is over nothing that takes it.
    pub(crate) fn aim(self, target: Option<Spot>) {
        if self.target.get_untracked() != target {
            self.target.set(target);
        }
    }
}

/// A press on a palette item that may become a drag.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Press {
    pointer: i32,
    x: f64,
    y: f64,
    is_drag: bool,
}

/// One component of the palette: a drawn thumbnail with its name. Drag it onto the grid; a click or Enter appends it.
#[component]
pub fn PaletteItem(kind: ComponentKind, #[prop(into)] locale: Signal<Locale>, editing: GridEditing) -> impl IntoView {
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
            editing.on_add.run((kind, target));
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
            on:pointerup=drop
            on:pointercancel=move |_| let_go()
            on:click=move |event| {
                // A press that became a drag ends in a click too; Enter makes a click without a press.
                if event.detail() == 0 || !was_dragged.get_value() {
                    editing.on_add.run((kind, Spot::FirstFree));
                }
            }
        >
            <Thumbnail kind />
            <span class="palette__name">{name}</span>
        </button>
        <Show when=move || is_carried.get()>
            <div class="palette__ghost" node_ref=ghost aria-hidden="true">
                <Thumbnail kind />
                <span class="palette__name">{name}</span>
            </div>
        </Show>
    }
    .into_any()
}
