//! Time since the beginning of a session, and an axis of it.

use super::super::super::{Size, scene::FONT_PX, text_width_px};
use model::{
    formatting::{Locale, exact_number},
    metric::Unit,
};

const SECOND_MS: f64 = 1_000.0;
const MINUTE_MS: f64 = 60.0 * SECOND_MS;
const HOUR_MS: f64 = 60.0 * MINUTE_MS;
/// The least room between two labels.
const APART_PX: f64 = 16.0;

/// The steps that an axis may have.
const STEPS_MS: [f64; 18] = [
    0.5 * SECOND_MS,
    SECOND_MS,
    2.0 * SECOND_MS,
    5.0 * SECOND_MS,
    10.0 * SECOND_MS,
    15.0 * SECOND_MS,
    30.0 * SECOND_MS,
    MINUTE_MS,
    2.0 * MINUTE_MS,
    5.0 * MINUTE_MS,
    10.0 * MINUTE_MS,
    15.0 * MINUTE_MS,
    30.0 * MINUTE_MS,
    HOUR_MS,
    2.0 * HOUR_MS,
    4.0 * HOUR_MS,
    12.0 * HOUR_MS,
    24.0 * HOUR_MS,
];

/// As a stop watch shows it: `0:07`, `12:30`, `1:02:03`; with tenths where they are not whole seconds.
pub(super) fn since_start(ms: f64) -> String {
    let tenths = (ms / 100.0).round().max(0.0) as u64;
    let (seconds, tenth) = (tenths / 10, tenths % 10);
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let tenth = if tenth == 0 { String::new() } else { format!(".{tenth}") };
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}{tenth}") } else { format!("{minutes}:{rest:02}{tenth}") }
}

/// How long something lasted: in seconds below a minute, else as a stop watch shows it.
pub(super) fn length(ms: f64, locale: Locale) -> String {
    if ms < SECOND_MS {
        exact_number(ms, Unit::Milliseconds, locale).joined()
    } else if ms < MINUTE_MS {
        exact_number((ms / 100.0).round() / 10.0, Unit::Seconds, locale).joined()
    } else {
        since_start(ms)
    }
}

/// The marked moments of an axis over so long, each with the share of the axis it stands at and its label: as many as have
/// room.
pub(super) fn ticks(length_ms: f64, axis_px: f64) -> Vec<(f64, String)> {
    let label_px = |step: f64| {
        let last = (length_ms / step).floor() * step;
        text_width_px(&since_start(last), FONT_PX).max(text_width_px(&since_start(step), FONT_PX))
    };
    let fits = |step: &f64| step / length_ms * axis_px >= label_px(*step) + APART_PX;
    let Some(step) = STEPS_MS.into_iter().find(fits) else {
        return vec![(0.0, since_start(0.0))];
    };
    let count = (length_ms / step).floor() as usize;
    (0..=count).map(|index| index as f64 * step).map(|ms| (ms / length_ms, since_start(ms))).collect()
}

/// Smaller drawings have no axis.
pub(super) fn has_axis(size: Size) -> bool {
    size.h >= 64.0 && size.w >= 120.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moments_and_lengths_are_read_as_on_a_stop_watch() {
        assert_eq!(["0:00", "0:07.4", "12:30", "1:02:03"], [0.0, 7_400.0, 750_000.0, 3_723_000.0].map(since_start));
        assert_eq!(length(850.0, Locale::En), "850 ms");
        assert_eq!(length(4_260.0, Locale::ZhCn), "4.3秒");
        assert_eq!(length(61_000.0, Locale::En), "1:01");
    }

    #[test]
    fn an_axis_has_round_steps() {
        let labels: Vec<String> = ticks(95_000.0, 400.0).into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["0:00", "0:10", "0:20", "0:30", "0:40", "0:50", "1:00", "1:10", "1:20", "1:30"]);
    }

    proptest! {
        #[test]
        fn labels_have_room(length_ms in 1.0_f64..1e9, axis_px in 1.0_f64..2_000.0) {
            let ticks = ticks(length_ms, axis_px);
            prop_assert!(!ticks.is_empty());
            prop_assert!(ticks.iter().all(|(share, _)| (0.0..=1.0).contains(share)));
            for pair in ticks.windows(2) {
                let apart = (pair[1].0 - pair[0].0) * axis_px;
                let halves = f64::midpoint(text_width_px(&pair[0].1, FONT_PX), text_width_px(&pair[1].1, FONT_PX));
                prop_assert!(apart >= halves, "{:?} over {}", pair, axis_px);
            }
        }
    }
}
