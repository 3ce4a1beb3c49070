//! What the server tells, beside numbers and names, those who only look.

use components::tile::Sketch;
use model::board::{Board, ComponentKind, TileId};
use serde::{Deserialize, Serialize};

/// What the server tells those who only look. It stands in an attribute of the page's main part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Told {
    /// Where new numbers come from.
    pub(super) stream: String,
    /// How the numbers of the tiles are drawn, as the address reads the board.
    pub(super) tiles: Vec<(TileId, Sketch)>,
}

impl Told {
    /// Of a board as the address reads it; `None` where its pages turn by themselves, which only the application does.
    pub(in super::super) fn of_board(read: &Board, stream: String) -> Option<Self> {
        let turns = |kind: ComponentKind| kind == ComponentKind::Carousel;
        let tiles = read.tiles();
        let is_still = tiles.iter().all(|tile| !turns(tile.content.kind()));
        let sketches = || tiles.iter().map(|tile| (tile.id, Sketch::of(&tile.content))).collect();
        is_still.then(|| Self { stream, tiles: sketches() })
    }

    /// As it stands in the attribute.
    pub(in super::super) fn written(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// What the page tells.
    #[cfg(feature = "hydrate")]
    pub(super) fn of_document() -> Option<Self> {
        let main = leptos::prelude::document().query_selector("main[data-glanced]").ok()??;
        serde_json::from_str(&main.get_attribute("data-glanced")?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::{Layouts, Tile, Title};

    fn board(kinds: &[ComponentKind]) -> Board {
        let tile = |(id, kind): (usize, &ComponentKind)| {
            Tile::new(TileId::from_u128(id as u128), Title::default(), kind.blank())
        };
        let tiles = kinds.iter().enumerate().map(tile).collect();
        Board::new(Title::default(), Vec::new(), tiles, Layouts::default()).unwrap()
    }

    #[test]
    fn the_page_tells_how_each_tile_is_drawn() {
        let kinds: Vec<_> = ComponentKind::ALL.into_iter().filter(|kind| *kind != ComponentKind::Carousel).collect();
        let told = Told::of_board(&board(&kinds), "/stream?version=1".to_owned()).unwrap();
        assert_eq!(told.tiles.iter().map(|(_, sketch)| sketch.kind).collect::<Vec<_>>(), kinds);
        let written = told.written().unwrap();
        assert_eq!(serde_json::from_str::<Told>(&written).unwrap(), told, "{written}");
    }

    #[test]
    fn pages_that_turn_by_themselves_need_the_application() {
        assert_eq!(Told::of_board(&board(&[ComponentKind::Kpi, ComponentKind::Carousel]), String::new()), None);
    }
}
