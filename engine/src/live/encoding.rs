//! What a stream says, as bytes: server-sent events, encoded once for everybody who watches the same.

use super::tiles::Answered;
use crate::metrics::SharedFrame;
use bytes::Bytes;
use model::{board::TileId, problem::Problem};
use serde::Serialize;
use std::time::Duration;

/// A comment that keeps proxies from closing a quiet connection.
pub(super) const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");
/// Another version of the board is the published one now: load it anew.
/// An event without data is never given to the page, hence the braces.
pub(super) const RELOAD: Bytes = Bytes::from_static(b"event: board\ndata: {}\n\n");
/// The board is no longer this reader's to see, or nothing in it is: take it off the screen.
pub(super) const RIGHTS: Bytes = Bytes::from_static(b"event: rights\ndata: {}\n\n");
/// The session has ended.
pub(super) const SIGNED_OUT: Bytes = Bytes::from_static(b"event: signed_out\ndata: {}\n\n");

/// The opening: how long the browser waits before it connects again. Drawn by the caller, so that thousands of
/// browsers do not all come back in the same second.
pub(super) fn retry_after(pause: Duration) -> Bytes {
    Bytes::from(format!("retry: {}\n\n", pause.as_millis()))
}

/// The tiles as they stand, and what was said about them last.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    tiles: Vec<EncodedTile>,
    sequence: u64,
}

/// One state of all tiles, ready to be sent.
#[derive(Debug)]
pub(super) struct FrameSet {
    /// Counts from 1.
    pub(super) sequence: u64,
    /// All tiles, for those who have not seen the state before this one.
    pub(super) all: Bytes,
    /// Only what changed since the state before.
    pub(super) changed: Bytes,
}

#[derive(Debug)]
struct EncodedTile {
    tile: TileId,
    mark: Mark,
    json: Bytes,
}

/// What tells one answer from another.
#[derive(Debug, PartialEq, Eq)]
enum Mark {
    Frame(String),
    /// Without the incident, which differs every time.
    Problem(Problem),
}

impl Mark {
    fn of(answer: &Result<SharedFrame, Problem>) -> Self {
        match answer {
            Ok(frame) => Self::Frame(frame.etag.clone()),
            Err(problem) => Self::Problem(Problem { incident: None, ..problem.clone() }),
        }
    }
}

impl Encoder {
    /// The next state, or `None` where nothing differs from the last one.
    pub(super) fn next(&mut self, answers: &[Answered]) -> Option<FrameSet> {
        let mut changed = Vec::new();
        let mut tiles = Vec::with_capacity(answers.len());
        let mut before = std::mem::take(&mut self.tiles);
        for answered in answers {
            let mark = Mark::of(&answered.answer);
            let same = before.iter().position(|tile| tile.tile == answered.tile && tile.mark == mark);
            if let Some(same) = same {
                tiles.push(before.swap_remove(same));
            } else {
                let json = encode_tile(answered);
                changed.push(json.clone());
                tiles.push(EncodedTile { tile: answered.tile, mark, json });
            }
        }
        self.tiles = tiles;
        if changed.is_empty() && self.sequence > 0 {
            return None;
        }
        self.sequence += 1;
        let all: Vec<Bytes> = self.tiles.iter().map(|tile| tile.json.clone()).collect();
        Some(FrameSet { sequence: self.sequence, all: frames_event(&all), changed: frames_event(&changed) })
    }
}

/// `event: frames` with a JSON array. JSON from serde holds no line break, so one `data:` line is enough.
fn frames_event(tiles: &[Bytes]) -> Bytes {
    const BEFORE: &[u8] = b"event: frames\ndata: [";
    const AFTER: &[u8] = b"]\n\n";
    let length = tiles.iter().map(|tile| tile.len() + 1).sum::<usize>() + BEFORE.len() + AFTER.len();
    let mut event = Vec::with_capacity(length);
    event.extend_from_slice(BEFORE);
    for (index, tile) in tiles.iter().enumerate() {
        if index > 0 {
            event.push(b',');
        }
        event.extend_from_slice(tile);
    }
    event.extend_from_slice(AFTER);
    Bytes::from(event)
}

/// The JSON of a [`model::board::TileFrame`], written from a frame that is shared.
fn encode_tile(answered: &Answered) -> Bytes {
    #[derive(Serialize)]
    struct TileFrame<'a> {
        tile: TileId,
        answer: TileAnswer<'a>,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum TileAnswer<'a> {
        Frame(&'a SharedFrame),
        Problem(&'a Problem),
    }
    let answer = match &answered.answer {
        Ok(frame) => TileAnswer::Frame(frame),
        Err(problem) => TileAnswer::Problem(problem),
    };
    // Only maps with keys that are no text can fail to be written, and there are none.
    Bytes::from(serde_json::to_vec(&TileFrame { tile: answered.tile, answer }).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        board::TileFrame,
        frame::{Cell, Frame, FrameState},
        problem::ProblemCode,
    };
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn answered(tile: u128, number: i64) -> Answered {
        let frame = Frame {
            columns: Vec::new(),
            rows: vec![vec![Cell::Integer(number), Cell::Text("line\nbreak".to_owned())]],
            as_of: None,
            etag: number.to_string(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        Answered { tile: TileId::from_u128(tile), answer: Ok(frame.into()) }
    }

    fn read(event: &Bytes) -> Vec<TileFrame> {
        let text = std::str::from_utf8(event).unwrap();
        let data = text.strip_prefix("event: frames\ndata: ").and_then(|rest| rest.strip_suffix("\n\n")).unwrap();
        assert!(!data.contains('\n'), "{data}");
        serde_json::from_str(data).unwrap()
    }

    #[test]
    fn the_first_state_holds_all_tiles_and_a_later_one_what_changed() {
        let mut encoder = Encoder::default();
        let first = encoder.next(&[answered(1, 10), answered(2, 20)]).unwrap();
        assert_eq!(first.sequence, 1);
        assert_eq!(read(&first.all).len(), 2);
        assert!(encoder.next(&[answered(1, 10), answered(2, 20)]).is_none());
        let second = encoder.next(&[answered(1, 10), answered(2, 21)]).unwrap();
        assert_eq!(second.sequence, 2);
        assert_eq!(read(&second.changed), vec![answered(2, 21).into_tile_frame()]);
        assert_eq!(read(&second.all).len(), 2);
    }

    #[test]
    fn a_board_without_bound_tiles_still_says_so_once() {
        let mut encoder = Encoder::default();
        assert_eq!(read(&encoder.next(&[]).unwrap().all), Vec::new());
        assert!(encoder.next(&[]).is_none());
    }

    #[test]
    fn the_same_problem_is_told_once_though_its_incident_differs() {
        let failed = |incident: &str| {
            let problem = Problem::new(ProblemCode::TimedOut, "took too long");
            let problem = Problem { incident: Some(incident.to_owned()), ..problem };
            Answered { tile: TileId::from_u128(1), answer: Err(problem) }
        };
        let mut encoder = Encoder::default();
        assert!(encoder.next(&[failed("a")]).is_some());
        assert!(encoder.next(&[failed("b")]).is_none());
    }

    proptest! {
        /// Whoever reads every change, and whoever skips some and then reads all tiles, ends with the same board.
        #[test]
        fn readers_of_changes_and_of_states_agree(
            states in prop::collection::vec(prop::collection::btree_map(0_u128..6, 0_i64..4, 0..6), 1..12),
        ) {
            let mut encoder = Encoder::default();
            let mut known: BTreeMap<TileId, TileFrame> = BTreeMap::new();
            for state in states {
                let answers: Vec<Answered> = state.iter().map(|(tile, number)| answered(*tile, *number)).collect();
                if let Some(set) = encoder.next(&answers) {
                    known.extend(read(&set.changed).into_iter().map(|frame| (frame.tile, frame)));
                    for frame in read(&set.all) {
                        prop_assert_eq!(known.get(&frame.tile), Some(&frame));
                    }
                }
            }
        }
    }
}
