//! `lingdong board diff`.

use super::{FOUND, ask, file, strange, words};
use crate::{
    config::{Against, StoreOptions},
    control::{BoardOrder, BoardOutcome},
    stop::Stop,
};
use model::{
    board::{Board, BoardId, Change},
    problem::ProblemCode,
};
use std::{path::Path, process::ExitCode};

/// Ends with success where nothing would change, and with [`FOUND`] where something would.
pub(super) async fn run(
    stores: &StoreOptions,
    user: Option<String>,
    path: &Path,
    against: Against,
) -> Result<ExitCode, Stop> {
    let wanted = file::sound(path)?;
    let there = match wanted.id {
        Some(id) => read(stores, user, id, against).await?,
        None => None,
    };
    let before = match &there {
        Some(board) if *board == wanted.board => {
            println!("no difference");
            return Ok(ExitCode::SUCCESS);
        }
        Some(board) => board,
        None => {
            println!(
                "{}",
                match against {
                    Against::Draft => "the board is not there yet; it would be new",
                    Against::Published => "nothing is published yet; all of it would be new",
                }
            );
            &Board::default()
        }
    };
    for line in words::lines(&Change::between(before, &wanted.board)) {
        println!("{line}");
    }
    Ok(ExitCode::from(FOUND))
}

/// `None` where there is no such board yet.
async fn read(
    stores: &StoreOptions,
    user: Option<String>,
    id: BoardId,
    against: Against,
) -> Result<Option<Board>, Stop> {
    let published = against == Against::Published;
    match ask(stores, user, BoardOrder::Read { id, published }).await {
        Ok(BoardOutcome::Read { board, .. }) => Ok(Some(*board)),
        Ok(BoardOutcome::Boards { .. } | BoardOutcome::Applied(_)) => Err(strange()),
        Err(Stop::Refused(problem))
            if matches!(problem.code, ProblemCode::BoardNotFound | ProblemCode::NeverPublished) =>
        {
            Ok(None)
        }
        Err(stop) => Err(stop),
    }
}
