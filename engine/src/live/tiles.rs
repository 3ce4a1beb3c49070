//! All tiles of a board, asked at once.

use crate::{
    access::Scope,
    metrics::{Metrics, SharedFrame},
};
use model::{
    board::{Board, TileAnswer, TileFrame, TileId},
    metric::MAX_QUERIES,
    problem::Problem,
};

/// A tile and the answer to its query; the frame is shared with the cache and with everybody who asked the same.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    pub(super) tile: TileId,
    pub(super) answer: Result<SharedFrame, Problem>,
}

impl Answered {
    pub(super) fn into_tile_frame(self) -> TileFrame {
        let answer = match self.answer {
            Ok(frame) => TileAnswer::Frame(frame.into_frame()),
            Err(problem) => TileAnswer::Problem(problem),
        };
        TileFrame { tile: self.tile, answer }
    }
}

/// Asks for every tile that is bound, in the order of the board.
pub(super) async fn ask(metrics: &Metrics, scope: &Scope, board: &Board) -> Vec<Answered> {
    let (tiles, queries): (Vec<_>, Vec<_>) =
        board.tiles().iter().filter_map(|tile| Some((tile.id, tile.content.query()?))).unzip();
    // A board may hold more tiles than one request may ask. All parts are asked at the same moment.
    let parts = queries.chunks(MAX_QUERIES).map(|part| metrics.ask_many(scope, part));
    let answers = futures::future::join_all(parts).await.into_iter().flatten();
    tiles.into_iter().zip(answers).map(|(tile, answer)| Answered { tile, answer }).collect()
}
