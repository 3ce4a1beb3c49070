//! Pointer and focus.

use crate::chart::Point;
use leptos::ev;
use wasm_bindgen::JsCast as _;

/// Farther than this a press is a drag.
pub(crate) const DRAG_THRESHOLD_PX: f64 = 5.0;

/// Where the pointer is on the screen.
pub(crate) fn client_point(event: &ev::PointerEvent) -> Point {
    Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) }
}

/// A finger that carries something flicks nothing: a browser that takes a fast drag for a flick swallows the next tap.
/// To be listened to in the capture phase, on the element that is held: elsewhere a browser lets nothing be prevented.
pub(crate) fn prevent_flick(event: &ev::TouchEvent) {
    if event.cancelable() {
        event.prevent_default();
    }
}

/// Whether an element has the focus because of a key, not of a press.
pub(crate) fn is_focused_by_key(event: &ev::FocusEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.matches(":focus-visible").unwrap_or(true))
}
