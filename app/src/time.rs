//! The browser's timers and its clock; on the server they stand still.

use leptos::prelude::*;
use std::time::Duration;

/// A wall clock that falls so far behind was put back.
const JUMP_MS: i64 = 1_000;

/// The browser's two clocks at one moment, in milliseconds. Read in the browser only, after hydration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageClock {
    /// Since 1970. It goes on while the machine sleeps, but people and time servers move it.
    wall_ms: i64,
    /// Since the page was opened. Nobody moves it, but it stands still while the machine sleeps.
    awake_ms: i64,
}

impl PageClock {
    pub(crate) fn read() -> Self {
        if cfg!(feature = "hydrate") {
            let awake_ms = window().performance().map_or(0, |performance| performance.now() as i64);
            Self { wall_ms: js_sys::Date::now() as i64, awake_ms }
        } else {
            Self { wall_ms: 0, awake_ms: 0 }
        }
    }

    /// Milliseconds that have passed since, by the wall clock unless that was put back.
    pub(crate) fn millis_since(self, earlier: Self) -> i64 {
        let awake_ms = self.awake_ms.saturating_sub(earlier.awake_ms).max(0);
        let wall_ms = self.wall_ms.saturating_sub(earlier.wall_ms);
        // Not simply the larger one: the two are a little apart at every reading, which would add up over days.
        if wall_ms < awake_ms - JUMP_MS { awake_ms } else { wall_ms.max(0) }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;

    fn after(wall_ms: i64, awake_ms: i64) -> i64 {
        let opened = PageClock { wall_ms: 1_763_611_200_000, awake_ms: 5_000 };
        PageClock { wall_ms: opened.wall_ms + wall_ms, awake_ms: opened.awake_ms + awake_ms }.millis_since(opened)
    }

    #[test]
    fn a_number_ages_while_the_machine_sleeps() {
        assert_eq!(after(8 * HOUR_MS, 1_000), 8 * HOUR_MS);
    }

    #[test]
    fn a_clock_that_is_put_back_makes_nothing_younger() {
        assert_eq!(after(-HOUR_MS, 2_000), 2_000);
        assert_eq!(after(-HOUR_MS, 0), 0);
    }

    #[test]
    fn what_sets_the_two_clocks_apart_at_every_reading_does_not_add_up() {
        assert_eq!(after(999, 1_001), 999);
        assert_eq!(after(1_001, 999), 1_001);
    }
}
