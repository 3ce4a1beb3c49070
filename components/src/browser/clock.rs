//! How long things take.

use leptos::prelude::window;

/// Milliseconds since the page was opened.
pub(crate) fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// The time by the reader's clock.
pub(crate) fn now() -> model::time::Timestamp {
    model::time::Timestamp::from_millis(js_sys::Date::now() as i64)
}
