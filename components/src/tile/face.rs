//! Which of its faces a card shows.

use super::{TileState, drawing::Drawing};
use model::{board::ComponentKind, frame::FrameState};

/// What a card shows in its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// What draws no numbers.
    Still,
    Pages,
    Unbound,
    Loading,
    Empty,
    Outside,
    Failed,
    Numbers,
}

impl Face {
    pub(super) fn of(kind: ComponentKind, state: &TileState) -> Self {
        match Drawing::of(kind) {
            Drawing::Pages => return Self::Pages,
            Drawing::Text
            | Drawing::Image
            | Drawing::Video
            | Drawing::QrCode
            | Drawing::Clock
            | Drawing::Frame
            | Drawing::Filter => {
                return Self::Still;
            }
            Drawing::Figure | Drawing::Flip | Drawing::Chart | Drawing::Rows | Drawing::Pivot | Drawing::Ticker => {}
        }
        match (state, state.frame()) {
            (TileState::Unbound, _) => Self::Unbound,
            (TileState::Loading, _) => Self::Loading,
            (TileState::Failed { .. } | TileState::Ready { .. }, Some(frame)) => match frame.state {
                FrameState::Ready => Self::Numbers,
                FrameState::Empty => Self::Empty,
                FrameState::OutsideScope => Self::Outside,
            },
            (TileState::Failed { .. } | TileState::Ready { .. }, None) => Self::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        frame::Frame,
        problem::{Problem, ProblemCode},
    };
    use std::sync::Arc;

    fn failed(code: ProblemCode, has_last: bool) -> Face {
        let frame = Frame {
            columns: Vec::new(),
            rows: Vec::new(),
            as_of: None,
            etag: "1".to_owned(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        let last = has_last.then(|| Arc::new(frame));
        Face::of(ComponentKind::Kpi, &TileState::Failed { problem: Problem::new(code, ""), last })
    }

    #[test]
    fn the_last_numbers_stay_while_the_server_is_busy() {
        assert_eq!(failed(ProblemCode::Overloaded, true), Face::Numbers);
        assert_eq!(failed(ProblemCode::Overloaded, false), Face::Failed);
    }

    #[test]
    fn numbers_that_may_not_be_seen_any_longer_go_at_once() {
        for code in [ProblemCode::EmptyScope, ProblemCode::Forbidden] {
            for has_last in [true, false] {
                assert_eq!(failed(code, has_last), Face::Failed, "{code:?}");
            }
        }
    }
}
