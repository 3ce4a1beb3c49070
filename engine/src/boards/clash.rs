//! Telling an edit of somebody else that stands in the way.

use super::history::TheirEdit;
use model::{
    board::{Operation, Touched, TouchedProperty},
    problem::{Problem, ProblemCode},
};

/// The newest edit of somebody else that `operation` would overwrite.
pub(super) fn find<'a>(operation: &Operation, edits_of_others: &'a [TheirEdit]) -> Option<&'a TheirEdit> {
    edits_of_others.iter().find(|theirs| operation.clashes_with(&theirs.operation))
}

/// The refusal, with who did what and when; `what` is one of `board_title`, `tile`, `tile_place`, `tile_title`,
/// `tile_content`, and `theirs` is their title where it was one.
pub(super) fn problem(theirs: &TheirEdit) -> Problem {
    let what = what(&theirs.operation);
    let detail = format!("{} has changed the same ({what}) at {}; look at it and edit again", theirs.who, theirs.at);
    let problem = Problem::new(ProblemCode::EditConflict, detail)
        .with("who", &theirs.who)
        .with("when", theirs.at)
        .with("what", what);
    let problem = match theirs.operation.touched() {
        Touched::BoardTitle => problem,
        Touched::Tile(tile, _) => problem.with("tile", tile),
    };
    match &theirs.operation {
        Operation::RenameBoard { title } | Operation::RenameTile { title, .. } => problem.with("theirs", title),
        Operation::AddTile { .. }
        | Operation::RemoveTile { .. }
        | Operation::PlaceTile { .. }
        | Operation::SetContent { .. } => problem,
    }
}

const fn what(operation: &Operation) -> &'static str {
    match operation.touched() {
        Touched::BoardTitle => "board_title",
        Touched::Tile(_, TouchedProperty::Existence) => "tile",
        Touched::Tile(_, TouchedProperty::Place) => "tile_place",
        Touched::Tile(_, TouchedProperty::Title) => "tile_title",
        Touched::Tile(_, TouchedProperty::Content) => "tile_content",
    }
}
