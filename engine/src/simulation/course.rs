//! How a session goes on from its first picture to its end: stalls, a pause, a jump.

use super::{
    account::Account,
    chance::Chance,
    quality::Quality,
    session::{Change, State},
};

/// Share of sessions with a pause in them.
const PAUSES: f64 = 0.07;

/// After so much playing, a state that lasts for so long.
pub(super) type Break = (i64, i64, State);

/// Stalls, perhaps a pause and a jump, in the order in which they come in so much playing.
pub(super) fn breaks(
    account: &Account,
    cdn: &str,
    playing_ms: i64,
    jump: Option<Break>,
    chance: &mut Chance,
) -> Vec<Break> {
    let stalls = Quality::stalls(account, cdn, playing_ms, chance);
    let mut breaks: Vec<Break> = stalls.into_iter().map(|(at, length)| (at, length, State::Stalled)).collect();
    if chance.happens(PAUSES) {
        let at = chance.millis_between(0, playing_ms);
        breaks.push((at, chance.millis_between(8_000, 100_000), State::Paused));
    }
    breaks.extend(jump);
    breaks.sort_by_key(|(at, ..)| *at);
    breaks
}

/// Adds the first picture, what comes between, and the last state, to a session that begins there in its title and plays for so
/// long.
pub(super) fn push_playing(
    changes: &mut Vec<Change>,
    from_ms: i64,
    (first_picture, playing_ms): (i64, i64),
    breaks: Vec<Break>,
    last: State,
) {
    let mut push = |at_ms, state, played_ms, jumped_ms| {
        changes.push(Change { at_ms, state, position_ms: from_ms + played_ms + jumped_ms, played_ms });
    };
    push(first_picture, State::Playing, 0, 0);
    let (mut delay, mut jumped_ms) = (0, 0);
    for (played_ms, length, state) in breaks {
        let at_ms = first_picture + played_ms + delay;
        delay += length;
        push(at_ms, state, played_ms, jumped_ms);
        if let State::Seeking { to_ms } = state {
            jumped_ms = to_ms - from_ms - played_ms;
        }
        push(at_ms + length, State::Playing, played_ms, jumped_ms);
    }
    push(first_picture + playing_ms + delay, last, playing_ms, jumped_ms);
}
