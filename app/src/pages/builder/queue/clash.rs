//! Telling from two boards that somebody else has edited what an edit is about.

use model::board::{Board, TileId, Touched, TouchedProperty};

/// Whether a property is not what the editor saw when they edited it.
pub(super) fn differs(expected: &Board, actual: &Board, touched: Touched) -> bool {
    match touched {
        Touched::BoardTitle => expected.title() != actual.title(),
        // Whoever removes a tile removes everything of it.
        Touched::Tile(tile, TouchedProperty::Existence) => {
            expected.tile(tile) != actual.tile(tile) || place(expected, tile) != place(actual, tile)
        }
        Touched::Tile(tile, TouchedProperty::Title) => {
            expected.tile(tile).map(|tile| &tile.title) != actual.tile(tile).map(|tile| &tile.title)
        }
        Touched::Tile(tile, TouchedProperty::Content) => {
            expected.tile(tile).map(|tile| &tile.content) != actual.tile(tile).map(|tile| &tile.content)
        }
        Touched::Tile(tile, TouchedProperty::Place) => place(expected, tile) != place(actual, tile),
    }
}

/// Where a tile stands by somebody's wish. The row follows from gravity: a tile above that somebody removed moves this
/// one without anybody's wish.
fn place(board: &Board, tile: TileId) -> Option<impl PartialEq> {
    board.desk().rect(tile).map(|rect| (rect.x(), rect.size()))
}
