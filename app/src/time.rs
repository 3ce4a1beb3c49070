//! The browser's timers and its clock; on the server they stand still.

use leptos::prelude::*;
use std::time::Duration;

/// Milliseconds since the page was opened. Only ever read in the browser, after hydration.
pub(crate) fn page_millis() -> i64 {
    if cfg!(feature = "hydrate") { window().performance().map_or(0, |performance| performance.now() as i64) } else { 0 }
}

/// Calls back again and again until the owner is gone. In the browser only: call it from an effect.
pub(crate) fn repeat_every(period: Duration, what: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(what, period) {
        on_cleanup(move || handle.clear());
    }
}

/// Calls back once after a while, unless the owner is gone by then.
pub(crate) fn after(delay: Duration, what: impl FnOnce() + 'static) {
    if let Ok(handle) = set_timeout_with_handle(what, delay) {
        on_cleanup(move || handle.clear());
    }
}
