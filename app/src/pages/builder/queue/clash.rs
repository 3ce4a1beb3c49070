//! Telling from two boards that somebody else has edited what an edit is about.

use model::{
    board::{Board, Handling, TileId, Touched, TouchedProperty},
    layout::{PhoneCard, WallFrame},
};

/// Whether a property is not what the editor saw when they edited it.
pub(super) fn differs(expected: &Board, actual: &Board, touched: Touched) -> bool {
    match touched {
        Touched::BoardTitle => expected.title() != actual.title(),
        Touched::Board => expected != actual,
        Touched::Phone => expected.layouts().phone != actual.layouts().phone,
        Touched::Wall => expected.layouts().wall != actual.layouts().wall,
        Touched::Theme => expected.theme() != actual.theme(),
        Touched::Filters => expected.filters() != actual.filters(),
        Touched::Tile(tile, TouchedProperty::Link) => {
            expected.tile(tile).map(|tile| tile.opens) != actual.tile(tile).map(|tile| tile.opens)
        }
        Touched::Tile(tile, TouchedProperty::Following) => {
            expected.tile(tile).map(|tile| &tile.ignores) != actual.tile(tile).map(|tile| &tile.ignores)
        }
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
        Touched::Tile(tile, TouchedProperty::DeskPlace) => place(expected, tile) != place(actual, tile),
        Touched::Tile(tile, TouchedProperty::PhonePlace) => card(expected, tile) != card(actual, tile),
        Touched::Tile(tile, TouchedProperty::WallPlace) => frame(expected, tile) != frame(actual, tile),
        Touched::Tile(tile, TouchedProperty::Handling) => {
            expected.tile(tile).map(Handling::of) != actual.tile(tile).map(Handling::of)
        }
    }
}

/// Where a tile stands by somebody's wish. The row follows from gravity: a tile above that somebody removed moves this
/// one without anybody's wish.
fn place(board: &Board, tile: TileId) -> Option<impl PartialEq> {
    board.desk().rect(tile).map(|rect| (rect.x(), rect.size()))
}

/// A card by somebody's wish; its position follows from the cards before it.
fn card(board: &Board, tile: TileId) -> Option<PhoneCard> {
    board.layouts().phone.as_ref().and_then(|phone| phone.card(tile))
}

fn frame(board: &Board, tile: TileId) -> Option<WallFrame> {
    board.layouts().wall.as_ref().and_then(|wall| wall.frame(tile))
}
