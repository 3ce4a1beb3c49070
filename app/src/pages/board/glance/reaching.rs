//! Reaching for a page that is only glanced at: pointing with a mouse, pressing, typing. Scrolling by touch is reading on.

use super::watch::go_on_without;
use crate::come_alive;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast as _, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{AddEventListenerOptions, Element, Event, KeyboardEvent, KeyboardEventInit, MouseEvent, PointerEvent};
use web_sys::{MouseEventInit, PointerEventInit};

const KINDS: [&str; 4] = ["pointermove", "click", "keydown", "focusin"];

thread_local! {
    static IS_REACHED_FOR: Cell<bool> = const { Cell::new(false) };
    static WISH: RefCell<Option<Wish>> = const { RefCell::new(None) };
}

/// What somebody did that only the application understands; it is done again when that is there.
#[derive(Debug)]
enum Wish {
    Pointed { on: Element, at: (i32, i32) },
    Pressed { on: Element, at: (i32, i32), by: Option<String> },
    Typed { on: Element, key: KeyboardEventInit },
}

/// Loads the application, which then takes over; once.
pub(super) fn reach() {
    if IS_REACHED_FOR.replace(true) {
        return;
    }
    // Not the application's own way to begin a task: that is not there yet.
    spawn_local(async {
        if come_alive().await.is_err() {
            // What was pressed a while ago is not what is wanted then.
            WISH.take();
            IS_REACHED_FOR.set(false);
            go_on_without();
        }
    });
}

/// Does again what was done before the application was there.
pub(crate) fn replay() {
    match WISH.take() {
        Some(Wish::Pointed { on, at }) if on.is_connected() => point(&on, "pointermove", at, "mouse"),
        Some(Wish::Pressed { on, at: (x, y), by }) if on.is_connected() => {
            point(&on, "pointerdown", (x, y), by.as_deref().unwrap_or("mouse"));
            let mouse = MouseEventInit::new();
            mouse.set_bubbles(true);
            mouse.set_cancelable(true);
            mouse.set_client_x(x);
            mouse.set_client_y(y);
            if let Ok(event) = MouseEvent::new_with_mouse_event_init_dict("click", &mouse) {
                let _ = on.dispatch_event(&event);
            }
        }
        Some(Wish::Typed { on, key }) if on.is_connected() => {
            if let Ok(event) = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &key) {
                let _ = on.dispatch_event(&event);
            }
        }
        Some(_) | None => {}
    }
}

fn point(on: &Element, how: &str, (x, y): (i32, i32), by: &str) {
    let pointer = PointerEventInit::new();
    pointer.set_bubbles(true);
    pointer.set_client_x(x);
    pointer.set_client_y(y);
    pointer.set_pointer_type(by);
    if let Ok(event) = PointerEvent::new_with_event_init_dict(how, &pointer) {
        let _ = on.dispatch_event(&event);
    }
}

/// Listens for somebody who reaches for the page; until dropped.
pub(super) struct Reaching {
    listener: Closure<dyn Fn(Event)>,
}

impl Reaching {
    pub(super) fn listen() -> Self {
        let listener = Closure::<dyn Fn(Event)>::new(|event: Event| {
            if let Some(pointer) = event.dyn_ref::<PointerEvent>().filter(|event| event.type_() == "pointermove")
                && pointer.pointer_type() != "mouse"
            {
                return;
            }
            if let Some(wish) = Wish::of(&event) {
                // Where the mouse went since is less than what was pressed.
                let is_less = matches!(wish, Wish::Pointed { .. });
                let is_wished = WISH.with_borrow(|known| {
                    known.as_ref().is_some_and(|known| is_less && !matches!(known, Wish::Pointed { .. }))
                });
                if !is_wished {
                    WISH.set(Some(wish));
                }
            }
            reach();
        });
        let options = AddEventListenerOptions::new();
        options.set_capture(true);
        options.set_passive(true);
        for kind in KINDS {
            let callback = listener.as_ref().unchecked_ref();
            let _ =
                document().add_event_listener_with_callback_and_add_event_listener_options(kind, callback, &options);
        }
        Self { listener }
    }
}

impl Drop for Reaching {
    fn drop(&mut self) {
        for kind in KINDS {
            let callback = self.listener.as_ref().unchecked_ref();
            let _ = document().remove_event_listener_with_callback_and_bool(kind, callback, true);
        }
    }
}

impl Wish {
    /// What the application is to do, where the browser does not do it by itself.
    fn of(event: &Event) -> Option<Self> {
        let on = event.target()?.dyn_into::<Element>().ok()?;
        if let Some(typed) = event.dyn_ref::<KeyboardEvent>() {
            // Enter and space press, which is told as a click; the other keys scroll, or go on to the next element.
            if !(typed.ctrl_key() || typed.meta_key()) {
                return None;
            }
            let key = KeyboardEventInit::new();
            key.set_bubbles(true);
            key.set_cancelable(true);
            key.set_key(&typed.key());
            key.set_code(&typed.code());
            key.set_ctrl_key(typed.ctrl_key());
            key.set_meta_key(typed.meta_key());
            return Some(Self::Typed { on, key });
        }
        let pointed = event.dyn_ref::<MouseEvent>()?;
        let at = (pointed.client_x(), pointed.client_y());
        if event.type_() == "pointermove" {
            return Some(Self::Pointed { on, at });
        }
        let pressed = Some(pointed).filter(|event| event.type_() == "click")?;
        // Links lead on and summaries open without us.
        if on.closest("a[href], summary").ok().flatten().is_some() {
            return None;
        }
        let by = pressed.dyn_ref::<PointerEvent>().map(PointerEvent::pointer_type);
        Some(Self::Pressed { on, at, by })
    }
}
