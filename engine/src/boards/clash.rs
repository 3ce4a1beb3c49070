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

/// The refusal, with who did what and when; `what` is one of `board_title`, `board`, `filters`, `theme`, `phone`, `wall`,
/// `tile`, `tile_place`, `tile_title`, `tile_content`, `tile_handling`, `tile_filters`, `tile_link`, and `theirs` is their
/// title where it was one.
pub(super) fn problem(mine: &Operation, theirs: &TheirEdit) -> Problem {
    let touched = theirs.operation.clash_with(mine).unwrap_or(Touched::Board);
    let what = what(touched);
    let detail = format!("{} has changed the same ({what}) at {}; look at it and edit again", theirs.who, theirs.at);
    let problem = Problem::new(ProblemCode::EditConflict, detail)
        .with("who", &theirs.who)
        .with("when", theirs.at)
        .with("what", what);
    let problem = match touched {
        Touched::Tile(tile, _) => problem.with("tile", tile),
        Touched::BoardTitle | Touched::Filters | Touched::Theme | Touched::Phone | Touched::Wall | Touched::Board => {
            problem
        }
    };
    match &theirs.operation {
        Operation::RenameBoard { title } | Operation::RenameTile { title, .. } => problem.with("theirs", title),
        Operation::AddTiles { .. }
        | Operation::RemoveTiles { .. }
        | Operation::PlaceTiles { .. }
        | Operation::ArrangePhone { .. }
        | Operation::ArrangeWall { .. }
        | Operation::Handle { .. }
        | Operation::SetContent { .. }
        | Operation::SetPages { .. }
        | Operation::AddInside { .. }
        | Operation::RemoveInside { .. }
        | Operation::SetFilters { .. }
        | Operation::SetTheme { .. }
        | Operation::IgnoreFilters { .. }
        | Operation::SetLink { .. }
        | Operation::RestoreBoard { .. } => problem,
    }
}

const fn what(touched: Touched) -> &'static str {
    match touched {
        Touched::BoardTitle => "board_title",
        Touched::Board => "board",
        Touched::Filters => "filters",
        Touched::Theme => "theme",
        Touched::Phone => "phone",
        Touched::Wall => "wall",
        Touched::Tile(_, TouchedProperty::Existence) => "tile",
        Touched::Tile(_, TouchedProperty::DeskPlace | TouchedProperty::PhonePlace | TouchedProperty::WallPlace) => {
            "tile_place"
        }
        Touched::Tile(_, TouchedProperty::Title) => "tile_title",
        Touched::Tile(_, TouchedProperty::Content) => "tile_content",
        Touched::Tile(_, TouchedProperty::Handling) => "tile_handling",
        Touched::Tile(_, TouchedProperty::Following) => "tile_filters",
        Touched::Tile(_, TouchedProperty::Link) => "tile_link",
    }
}
