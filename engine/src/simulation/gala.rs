//! The weekend's interactive evening: viewers scan a code on the screen, vote, enter the draw, take red packets and comment.

use super::{
    chance::{Chance, Urn},
    occurrence::known,
};
use crate::events::{Event, Participation, ParticipationResult};
use model::time::Day;

const MINUTE_MS: i64 = 60_000;
/// From so long after midnight on, …
const BEGINS_MS: i64 = 20 * 60 * MINUTE_MS;
/// … and for so long.
const LASTS_MS: i64 = 90 * MINUTE_MS;
/// How many of the households that watch that evening take part.
const JOINS: f64 = 0.2;
/// Median and deviation of its logarithm: how long a comment waits for its editor, and a vote for the result screen.
const DECIDED_MS: (f64, f64) = (7_000.0, 0.7);
const SHOWN_MS: (f64, f64) = (320.0, 0.5);
const VOTES_AFTER_MS: i64 = 20_000;
/// The red packets hold from one to 88 fen.
const PACKET_FEN: (f64, f64) = (1.0, 89.0);

/// A step of taking part.
#[derive(Debug, Clone, Copy)]
pub(super) struct GalaStep {
    pub(super) at_ms: i64,
    /// Which one of the viewer's evening.
    pub(super) index: u32,
    pub(super) action: Participation,
    pub(super) option: Option<&'static str>,
    /// By which code they came.
    pub(super) code: &'static str,
    pub(super) result: ParticipationResult,
    pub(super) prize_fen: Option<i64>,
    /// A comment until its result, and a vote until it is on the result screen.
    pub(super) took_ms: Option<i64>,
}

const ACTIVITY: &str = "周末大家唱";
/// The code on the screen, and the one that a presenter holds up; of those who come, so many by the second.
const QR_CODES: [&str; 2] = ["qr-studio-1", "qr-host-2"];
const BY_SECOND_CODE: f64 = 0.28;
/// How long the page stays open, in minutes: while it is, it sends a beat a minute.
const STAYS_MINUTES: (i64, i64) = (3, 9);

impl GalaStep {
    pub(super) fn tell(self, event: Event) -> Event {
        Event {
            activity_id: known(ACTIVITY),
            action: Some(self.action),
            result: Some(self.result),
            qr_id: known(self.code),
            option_id: self.option.and_then(known),
            prize_fen: self.prize_fen,
            took_ms: self.took_ms,
            ..event
        }
    }
}

/// Whether there is an evening on that day.
const fn is_on(day: Day) -> bool {
    day.weekday() >= 5
}

fn songs() -> Urn<&'static str> {
    Urn::new(
        ("东方之珠", 0.31),
        [("我和我的祖国", 0.26), ("茉莉花", 0.19), ("夜空中最亮的星", 0.15), ("在那桃花盛开的地方", 0.09)],
    )
}

/// What a household that watches on that day does; mostly nothing.
pub(super) fn steps(day: Day, midnight_ms: i64, chance: &mut Chance) -> Vec<GalaStep> {
    use Participation as P;
    use ParticipationResult as R;
    if !is_on(day) || !chance.happens(JOINS) {
        return Vec::new();
    }
    // The last steps come within ten minutes of the first.
    let began_ms = midnight_ms + BEGINS_MS + chance.millis_between(0, LASTS_MS - 10 * MINUTE_MS);
    let mut steps: Vec<GalaStep> = Vec::new();
    // A stream of its own, so that the rest of the evening is what it would be without it.
    let mut aside = Chance::new(began_ms.unsigned_abs(), &[3]);
    let decided_ms = aside.log_normal(DECIDED_MS.0, DECIDED_MS.1) as i64;
    let shown_ms = aside.log_normal(SHOWN_MS.0, SHOWN_MS.1) as i64;
    let stays_minutes = aside.millis_between(STAYS_MINUTES.0, STAYS_MINUTES.1);
    let code = QR_CODES[usize::from(aside.happens(BY_SECOND_CODE))];
    let mut shown = None;
    let mut does = |after_ms: i64, action, option, result, prize_fen| {
        let index = steps.len() as u32;
        let took_ms = match action {
            P::Comment => Some(decided_ms),
            P::Shown => Some(shown_ms),
            P::Visit | P::Scan | P::Vote | P::Draw | P::Grab | P::Like | P::Share | P::Answer | P::Beat => None,
        };
        let at_ms = began_ms + after_ms;
        steps.push(GalaStep { at_ms, index, action, option, code, result, prize_fen, took_ms });
    };
    does(0, P::Scan, None, R::Accepted, None);
    does(2_000, P::Visit, None, R::Accepted, None);
    if chance.happens(0.8) {
        let song = chance.choose(&songs());
        does(VOTES_AFTER_MS, P::Vote, Some(song), R::Accepted, None);
        shown = Some(song);
        if chance.happens(0.06) {
            does(24_000, P::Vote, Some(song), R::Duplicate, None);
        }
    }
    if chance.happens(0.5) {
        does(2 * MINUTE_MS, P::Draw, None, R::Accepted, None);
    }
    if chance.happens(0.35) {
        let prize_fen = chance.between(PACKET_FEN.0, PACKET_FEN.1) as i64;
        does(4 * MINUTE_MS, P::Grab, None, R::Accepted, Some(prize_fen));
    }
    if chance.happens(0.25) {
        let result = match chance.unit() {
            verdict if verdict < 0.90 => R::Accepted,
            verdict if verdict < 0.98 => R::Rejected,
            _ => R::Moderated,
        };
        does(6 * MINUTE_MS, P::Comment, None, result, None);
    }
    if chance.happens(0.1) {
        does(8 * MINUTE_MS, P::Share, None, R::Accepted, None);
    }
    if let Some(song) = shown {
        does(VOTES_AFTER_MS + shown_ms, P::Shown, Some(song), R::Accepted, None);
    }
    for minute in 1..=stays_minutes {
        does(2_000 + minute * MINUTE_MS, P::Beat, None, R::Accepted, None);
    }
    steps
}
