//! What fills a tile: the last good frame, and what went wrong since.

use super::live::STALE_AFTER_SECONDS;
use components::tile::TileState;
use model::{board::TileAnswer, frame::Frame, problem::Problem, time::Timestamp};
use std::sync::Arc;

/// What fills a tile.
#[derive(Debug, Clone, Default)]
pub(super) struct Filling {
    pub(super) frame: Option<Arc<Frame>>,
    problem: Option<Problem>,
    /// Whether it is asked for otherwise since, and not answered yet.
    is_awaited: bool,
}

impl Filling {
    /// Nothing, while the answer to another question is on its way.
    pub(super) const AWAITED: Self = Self { frame: None, problem: None, is_awaited: true };

    /// Whether an answer says what is known already.
    pub(super) fn is_known(&self, answer: &TileAnswer) -> bool {
        match answer {
            TileAnswer::Frame(frame) => {
                self.problem.is_none() && self.frame.as_ref().is_some_and(|known| known.etag == frame.etag)
            }
            TileAnswer::Problem(_) => false,
        }
    }

    /// Takes an answer. A problem leaves the last numbers, unless they may not be seen any longer.
    pub(super) fn take(&mut self, answer: TileAnswer) {
        match answer {
            TileAnswer::Frame(frame) => *self = Self { frame: Some(Arc::new(frame)), ..Self::default() },
            TileAnswer::Problem(problem) => {
                if problem.code.takes_numbers_away() {
                    self.frame = None;
                }
                self.problem = Some(problem);
                self.is_awaited = false;
            }
        }
    }

    /// The newest event in the frame.
    pub(super) fn as_of(&self) -> Option<Timestamp> {
        self.frame.as_ref().and_then(|frame| frame.as_of)
    }

    /// What the tile shows, its newest event being so old.
    pub(super) fn state(self, age_seconds: Option<i64>) -> TileState {
        let Self { frame, problem, is_awaited } = self;
        match (frame, problem) {
            (last, Some(problem)) => TileState::Failed { problem, last },
            (Some(frame), None) => TileState::Ready { frame, age_seconds },
            (None, None) if is_awaited => TileState::Loading,
            (None, None) => TileState::Unbound,
        }
    }
}

/// Seconds since an event.
pub(super) fn age_seconds(as_of: Timestamp, now: Timestamp) -> i64 {
    now.millis_since(as_of).max(0) / 1_000
}

/// The age as tiles show it: it changes once a minute.
pub(super) fn age_in_whole_minutes(as_of: Timestamp, now: Timestamp) -> i64 {
    let seconds = age_seconds(as_of, now);
    seconds - seconds % STALE_AFTER_SECONDS
}

/// The newest event in any of them, and whether any number is simulated.
pub(super) fn newest_and_simulated<'a>(fillings: impl Iterator<Item = &'a Filling>) -> (Option<Timestamp>, bool) {
    fillings.fold((None, false), |(as_of, simulated), filling| {
        let is_simulated = filling.frame.as_ref().is_some_and(|frame| frame.simulated);
        (as_of.max(filling.as_of()), simulated || is_simulated)
    })
}
