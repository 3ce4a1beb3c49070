//! What players tell of the picture: lost frames, how far behind the broadcast it is, and jumps within a title.
//!
//! It is drawn from a stream of its own, so that the rest of a household's day is what it would be without it.

use super::{chance::Chance, course::Break, session::State};

/// Pictures a second.
const FRAMES_PER_SECOND: i64 = 25;
/// Median share of frames lost, and the deviation of its logarithm; a telephone or a browser loses so many times as many.
const DROPPED: f64 = 0.000_4;
const DROPPED_SIGMA: f64 = 1.0;
const DROPPED_WITHOUT_BOX: f64 = 4.0;
/// Median of a live segment stream's latency, and the deviation of its logarithm.
const LATENCY_MEDIAN_MS: f64 = 6_500.0;
const LATENCY_SIGMA: f64 = 0.35;
/// Share of plays on demand with a jump in them; of the jumps, those back to what was just seen.
const JUMPS: f64 = 0.12;
const JUMPS_BACK: f64 = 0.4;
const SEEK_MEDIAN_MS: f64 = 420.0;
const SEEK_SIGMA: f64 = 0.6;

/// What stays the same through a session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Picture {
    dropped_share: f64,
    pub(super) live_latency_ms: Option<i32>,
}

impl Picture {
    pub(super) fn draw(is_live: bool, platform: &str, chance: &mut Chance) -> Self {
        let times = if platform == "stb" { 1.0 } else { DROPPED_WITHOUT_BOX };
        let dropped_share = (chance.log_normal(DROPPED, DROPPED_SIGMA) * times).min(0.2);
        let latency_ms = chance.log_normal(LATENCY_MEDIAN_MS, LATENCY_SIGMA) as i32;
        Self { dropped_share, live_latency_ms: is_live.then_some(latency_ms) }
    }

    /// Frames lost and shown after so much playing.
    pub(super) fn frames(self, played_ms: i64) -> (i64, i64) {
        let all = played_ms * FRAMES_PER_SECOND / 1_000;
        let dropped = (all as f64 * self.dropped_share) as i64;
        (dropped, all - dropped)
    }
}

/// Perhaps a jump, in a play of a title of that length that begins there and plays for so long.
pub(super) fn jump(playing_ms: i64, from_ms: i64, length_ms: i64, chance: &mut Chance) -> Option<Break> {
    chance.happens(JUMPS).then(|| {
        let after_ms = chance.millis_between(0, playing_ms);
        let leaves_ms = from_ms + after_ms;
        let to_ms = if chance.happens(JUMPS_BACK) {
            (leaves_ms - chance.millis_between(5_000, 60_000)).max(0)
        } else {
            // What is still played must be there.
            (leaves_ms + chance.millis_between(30_000, 300_000)).min(length_ms - (playing_ms - after_ms))
        };
        let takes_ms = chance.log_normal(SEEK_MEDIAN_MS, SEEK_SIGMA).clamp(50.0, 15_000.0) as i64;
        (after_ms, takes_ms, State::Seeking { to_ms })
    })
}
