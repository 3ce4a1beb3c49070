//! What may be put into a container. Pure.

use crate::{
    i18n::{component_name, text},
    pages::tile_title::spoken_title,
};
use components::{controls::Choice, tile::Names};
use model::{
    board::{Board, ComponentKind, TileId},
    formatting::Locale,
};

/// What a menu offers to put into a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entering {
    /// A tile that stands on the board.
    Tile(TileId),
    /// A new one.
    New(ComponentKind),
}

impl Entering {
    pub(super) fn written(self) -> String {
        match self {
            Self::Tile(tile) => tile.to_string(),
            Self::New(kind) => kind.name().to_owned(),
        }
    }

    pub(super) fn read(written: &str) -> Option<Self> {
        let kind = ComponentKind::ALL.into_iter().find(|kind| kind.name() == written);
        kind.map(Self::New).or_else(|| written.parse().ok().map(Self::Tile))
    }
}

/// All that may be put into a container: the tiles that stand by themselves, and a new one of each kind.
pub(super) fn offered(board: &Board, names: &Names, locale: Locale) -> Vec<Choice> {
    let tiles = board.tiles().iter().filter(|tile| board.may_enter(tile.id));
    let tiles = tiles.map(|tile| (Entering::Tile(tile.id), spoken_title(tile, names, locale)));
    let kinds = ComponentKind::ALL.into_iter().filter(|kind| !kind.is_container());
    let kinds = kinds.map(|kind| {
        let name = component_name(kind, locale).to_owned();
        (Entering::New(kind), text!(locale, pages.new_component, component = name))
    });
    tiles.chain(kinds).map(|(entering, name)| Choice::new(entering.written(), name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::{Tile, Title};

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn with(board: &Board, number: u128, kind: ComponentKind) -> Board {
        let tile = Tile::new(id(number), Title::default(), kind.blank());
        board.apply(&board.adding(tile, None)).unwrap().board
    }

    #[test]
    fn what_may_enter_is_offered_and_read_back() {
        let board = with(&with(&Board::default(), 1, ComponentKind::Line), 2, ComponentKind::Tabs);
        let choices = offered(&board, &Names::default(), Locale::En);
        assert_eq!(choices.iter().filter(|choice| choice.value == id(1).to_string()).count(), 1);
        assert!(choices.iter().all(|choice| choice.value != id(2).to_string() && choice.value != "carousel"));
        for choice in &choices {
            assert_eq!(Entering::read(&choice.value).unwrap().written(), choice.value);
        }
        let inside = board.apply(&board.entering(id(2), &[id(1)], None).unwrap()).unwrap().board;
        assert!(offered(&inside, &Names::default(), Locale::En).iter().all(|choice| choice.value != id(1).to_string()));
    }
}
