//! Live numbers in the builder: every tile asks again when its query changes, many of them in one request.

use crate::{error::AppError, server_functions::preview, time::repeat_every};
use components::tile::TileState;
use leptos::{prelude::*, task::spawn_local};
use model::{
    board::{Board, TileAnswer, TileId},
    metric::{MAX_QUERIES, MetricQuery},
    problem::{Problem, ProblemCode},
};
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// A pause after the last change, so that a row of quick choices asks once.
const PAUSE: Duration = Duration::from_millis(120);
/// How often the numbers are read anew.
const REFRESH: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Asked {
    query: Option<MetricQuery>,
    state: ArcRwSignal<TileState>,
}

/// What the tiles of the draft show. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Previews {
    board: Memo<Board>,
    asked: StoredValue<BTreeMap<TileId, Asked>>,
    /// Counts changes, so that only the last of a row asks.
    round: StoredValue<u64>,
    /// A tile is in the hand: charts that are drawn anew would hold it up.
    is_held: RwSignal<bool>,
    /// Answers that came meanwhile.
    waiting: StoredValue<Vec<Answered>>,
}

/// What a tile asked, and the answer.
type Answered = (TileId, MetricQuery, TileAnswer);

impl Previews {
    /// Follows a board for as long as the owner lives. What is answered while `is_held` is shown afterwards.
    pub(crate) fn of(board: Memo<Board>, is_held: RwSignal<bool>) -> Self {
        let previews = Self::new(board, is_held);
        // The first frame already shows which tiles wait for numbers.
        board.with_untracked(|board| previews.note(board));
        Effect::new(move |before: Option<()>| {
            let changed = board.with(|board| previews.note(board));
            if changed || before.is_none() {
                previews.ask_soon();
            }
        });
        Effect::new(move |_| repeat_every(REFRESH, move || previews.ask()));
        Effect::new(move |_| {
            if !is_held.get() {
                previews.take_waiting();
            }
        });
        previews
    }

    fn new(board: Memo<Board>, is_held: RwSignal<bool>) -> Self {
        let (asked, waiting) = (StoredValue::new(BTreeMap::new()), StoredValue::new(Vec::new()));
        Self { board, asked, round: StoredValue::new(0), is_held, waiting }
    }

    /// What a tile asks; nothing where it is bound to nothing.
    pub(crate) fn query(self, id: TileId) -> Option<MetricQuery> {
        self.board.with(|board| board.tile(id).and_then(|tile| tile.content.query()))
    }

    /// What is asked together with a tile's query, and which of it is the tile's own.
    pub(crate) fn asked_together(self, id: TileId) -> Option<(Vec<MetricQuery>, usize)> {
        let queries: Vec<(TileId, MetricQuery)> = self.board.with_untracked(|board| {
            board.tiles().iter().filter_map(|tile| Some((tile.id, tile.content.query()?))).collect()
        });
        let part = queries.chunks(MAX_QUERIES).find(|part| part.iter().any(|(tile, _)| *tile == id))?;
        let own = part.iter().position(|(tile, _)| *tile == id)?;
        Some((part.iter().map(|(_, query)| query.clone()).collect(), own))
    }

    /// What a tile shows.
    pub(crate) fn state(self, id: TileId) -> Signal<TileState> {
        let state = self.asked.try_update_value(|asked| entry(asked, id).state.clone());
        state.map_or_else(|| Signal::stored(TileState::Loading), Signal::from)
    }

    /// Notes what each tile asks; whether anything changed.
    fn note(self, board: &Board) -> bool {
        let changed = self.asked.try_update_value(|asked| {
            asked.retain(|id, _| board.tile(*id).is_some());
            let mut changed = false;
            for tile in board.tiles() {
                let query = tile.content.query();
                let entry = entry(asked, tile.id);
                if entry.query == query {
                    continue;
                }
                changed |= query.is_some();
                // The numbers of another query must not stand under the title of this one.
                entry.state.set(if query.is_none() { TileState::Unbound } else { TileState::Loading });
                entry.query = query;
            }
            changed
        });
        changed.unwrap_or(false)
    }

    fn ask_soon(self) {
        let round = self.round.try_update_value(|round| {
            *round += 1;
            *round
        });
        set_timeout(
            move || {
                if self.round.try_get_value() == round {
                    self.ask();
                }
            },
            PAUSE,
        );
    }

    fn ask(self) {
        let wanted: Vec<(TileId, MetricQuery)> = self
            .asked
            .try_with_value(|asked| asked.iter().filter_map(|(id, asked)| Some((*id, asked.query.clone()?))).collect())
            .unwrap_or_default();
        if wanted.is_empty() {
            return;
        }
        spawn_local(async move {
            // One after another: the server answers the tiles of a request side by side already.
            for part in wanted.chunks(MAX_QUERIES) {
                self.ask_part(part).await;
            }
        });
    }

    async fn ask_part(self, wanted: &[(TileId, MetricQuery)]) {
        match preview(wanted.iter().map(|(_, query)| query.clone()).collect()).await {
            Ok(answers) => {
                for ((id, query), answer) in wanted.iter().zip(answers) {
                    self.answered(*id, query, answer);
                }
            }
            Err(error) => {
                for (id, query) in wanted {
                    self.answered(*id, query, TileAnswer::Problem(problem_of(&error)));
                }
            }
        }
    }

    /// An answer is shown, unless a tile is in the hand: then once it is let go.
    fn answered(self, id: TileId, query: &MetricQuery, answer: TileAnswer) {
        if self.is_held.try_get_untracked() == Some(true) {
            self.waiting.try_update_value(|waiting| waiting.push((id, query.clone(), answer)));
        } else {
            self.take(id, query, answer);
        }
    }

    fn take_waiting(self) {
        for (id, query, answer) in self.waiting.try_update_value(std::mem::take).unwrap_or_default() {
            self.take(id, &query, answer);
        }
    }

    /// Takes an answer, unless the tile asks something else by now.
    fn take(self, id: TileId, query: &MetricQuery, answer: TileAnswer) {
        let asked = self.asked.try_with_value(|asked| asked.get(&id).cloned()).flatten();
        let Some(asked) = asked.filter(|asked| asked.query.as_ref() == Some(query)) else { return };
        let last = asked.state.with_untracked(|state| state.frame().cloned());
        match answer {
            TileAnswer::Frame(frame) => {
                let is_same = last.is_some_and(|last| last.etag == frame.etag)
                    && asked.state.with_untracked(|state| state.problem().is_none());
                if !is_same {
                    asked.state.set(TileState::Ready { frame: Arc::new(frame), age_seconds: None });
                }
            }
            TileAnswer::Problem(problem) => asked.state.set(TileState::Failed { problem, last }),
        }
    }
}

fn entry(asked: &mut BTreeMap<TileId, Asked>, id: TileId) -> &mut Asked {
    asked.entry(id).or_insert_with(|| Asked { query: None, state: ArcRwSignal::new(TileState::Unbound) })
}

fn problem_of(error: &AppError) -> Problem {
    match error {
        AppError::Refused(problem) => problem.clone(),
        AppError::NotReached(reason) => Problem::new(ProblemCode::Unavailable, reason.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        board::{Bound, ScalarBinding, ScalarKind, Tile, TileContent, Title},
        frame::{Frame, FrameState},
        metric::MetricRef,
        time::{CalendarWord, TimeRange},
    };

    const TILE: TileId = TileId::from_u128(1);

    fn board(metric: &str) -> Board {
        let binding = ScalarBinding {
            metric: MetricRef::plain(metric.parse().unwrap()),
            filters: Vec::new(),
            time: TimeRange::Word(CalendarWord::Today),
            compare: None,
        };
        let tile = Tile::new(TILE, Title::default(), TileContent::Scalar(Bound::to(ScalarKind::Kpi, binding)));
        let board = Board::default();
        board.apply(&board.adding(tile, None)).unwrap().board
    }

    fn frame() -> Frame {
        Frame {
            columns: Vec::new(),
            rows: Vec::new(),
            as_of: None,
            etag: "one".to_owned(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        }
    }

    #[test]
    fn the_numbers_of_one_metric_never_stand_under_the_title_of_another() {
        Owner::new().with(|| {
            let previews = Previews::new(Memo::new(|_| Board::default()), RwSignal::new(false));
            let state = previews.state(TILE);
            let (plays, orders) = (board("content.plays"), board("order.count"));
            let query = |board: &Board| board.tile(TILE).and_then(|tile| tile.content.query()).unwrap();
            let problem = Problem::new(ProblemCode::TimedOut, "");
            assert!(previews.note(&plays));
            previews.take(TILE, &query(&plays), TileAnswer::Frame(frame()));
            previews.take(TILE, &query(&plays), TileAnswer::Problem(problem.clone()));
            assert!(state.get_untracked().frame().is_some(), "the last numbers of the same query stay");

            assert!(previews.note(&orders));
            assert_eq!(state.get_untracked(), TileState::Loading);
            previews.take(TILE, &query(&plays), TileAnswer::Frame(frame()));
            assert_eq!(state.get_untracked(), TileState::Loading, "an answer to the old query comes too late");
            previews.take(TILE, &query(&orders), TileAnswer::Problem(problem.clone()));
            assert_eq!(state.get_untracked(), TileState::Failed { problem, last: None });
        });
    }

    #[test]
    fn numbers_that_come_while_a_tile_is_in_the_hand_are_shown_afterwards() {
        Owner::new().with(|| {
            let is_held = RwSignal::new(true);
            let previews = Previews::new(Memo::new(|_| Board::default()), is_held);
            let (state, plays) = (previews.state(TILE), board("content.plays"));
            let query = plays.tile(TILE).and_then(|tile| tile.content.query()).unwrap();
            previews.note(&plays);
            previews.answered(TILE, &query, TileAnswer::Frame(frame()));
            assert_eq!(state.get_untracked(), TileState::Loading);
            is_held.set(false);
            previews.take_waiting();
            assert!(state.get_untracked().frame().is_some());
        });
    }
}
