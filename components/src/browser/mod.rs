//! The few things asked of the browser itself. On the server each of them does nothing.

mod clipboard;
mod clock;
mod fill;
mod measure;
mod near;
mod pointer;
mod scroll;

pub(crate) use clipboard::copy_text;
pub(crate) use clock::{now, now_ms};
pub use fill::Filled;
pub(crate) use fill::{KEY, PLACE, keep_filled, pressed_key};
pub(crate) use measure::observe_size;
#[cfg(target_arch = "wasm32")]
pub use near::Nearness;
pub(crate) use near::observe_nearness;
pub(crate) use pointer::{DRAG_THRESHOLD_PX, client_point, is_focused_by_key, prevent_flick};
pub(crate) use scroll::{ScrollArea, ScrollEdges, scroll_into_view};
