//! What a tile has to show.

use model::{frame::Frame, problem::Problem};
use std::sync::Arc;

/// What a tile has to show at this moment.
#[derive(Debug, Clone, PartialEq)]
pub enum TileState {
    /// Nothing has been chosen yet.
    Unbound,
    /// The first frame of its query is on its way. A tile that had one keeps it instead.
    Loading,
    Ready {
        frame: Arc<Frame>,
        /// How long ago the newest event in it was received; `None` where that is not known.
        age_seconds: Option<i64>,
    },
    Failed {
        problem: Problem,
        /// The last good frame. It stays on screen, unless the problem is that it may not be seen any longer.
        last: Option<Arc<Frame>>,
    },
}

impl TileState {
    /// The frame to draw, be it new or kept.
    pub const fn frame(&self) -> Option<&Arc<Frame>> {
        match self {
            Self::Ready { frame, .. } => Some(frame),
            Self::Failed { problem, .. } if problem.code.takes_numbers_away() => None,
            Self::Failed { last, .. } => last.as_ref(),
            Self::Unbound | Self::Loading => None,
        }
    }

    pub const fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Failed { problem, .. } => Some(problem),
            Self::Ready { .. } | Self::Unbound | Self::Loading => None,
        }
    }
}
