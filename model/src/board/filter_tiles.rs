//! Filters that stand on the board itself: tiles that readers set them by.

use super::{Board, BoardFilter, FilterSubject, Reading, Still, Tile, TileContent, TileId};
use crate::metric::DimensionId;

/// Where readers find a tile that sets a filter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FilterPlaces {
    pub desk: bool,
    pub phone: bool,
}

/// What the tile sets, where it sets a filter.
fn subject_of(tile: &Tile) -> Option<&FilterSubject> {
    match &tile.content {
        TileContent::Still(Still::Filter { about, .. }) => about.as_ref(),
        TileContent::Still(
            Still::Text { .. }
            | Still::Image { .. }
            | Still::Video { .. }
            | Still::QrCode { .. }
            | Still::Clock
            | Still::Frame { .. },
        )
        | TileContent::Scalar(_)
        | TileContent::Series(_)
        | TileContent::Category(_)
        | TileContent::Matrix(_)
        | TileContent::Pair(_)
        | TileContent::Points(_)
        | TileContent::Spread(_)
        | TileContent::Table(_)
        | TileContent::Geo(_)
        | TileContent::Sessions(_)
        | TileContent::Tabs { .. }
        | TileContent::Carousel { .. } => None,
    }
}

impl Board {
    /// Its filter about that.
    pub fn filter(&self, subject: &FilterSubject) -> Option<&BoardFilter> {
        self.filters().iter().find(|filter| filter.subject() == *subject)
    }

    /// Where a filter stands on the board itself, so that it need not be offered above it.
    pub fn places_of_filter(&self, subject: &FilterSubject) -> FilterPlaces {
        let phone = self.phone();
        let is_on_phone = |tile: TileId| phone.card(tile).is_some_and(|card| !card.hidden);
        let tiles = self.tiles().iter().filter(|tile| subject_of(tile) == Some(subject));
        // What stands in a container is where that is.
        let places = tiles.map(|tile| self.container_of(tile.id).map_or(tile.id, |container| container.id));
        places.fold(FilterPlaces::default(), |places, tile| FilterPlaces {
            desk: places.desk || self.desk().rect(tile).is_some(),
            phone: places.phone || is_on_phone(tile),
        })
    }

    /// The dimensions whose filters stand on the board itself, each once.
    pub fn dimensions_of_filter_tiles(&self) -> Vec<&DimensionId> {
        let declared = self.filters().iter().filter_map(|filter| match filter {
            BoardFilter::Values { dim, .. } => Some(dim),
            BoardFilter::Time { .. } | BoardFilter::Compare { .. } => None,
        });
        let has_a_tile = |dimension: &&DimensionId| {
            let is_about =
                |subject: &FilterSubject| matches!(subject, FilterSubject::Dimension(about) if about == *dimension);
            self.tiles().iter().filter_map(subject_of).any(is_about)
        };
        declared.filter(has_a_tile).collect()
    }

    /// What a reader chose, with all values of a dimension let in: also those that the board does not begin with.
    #[must_use]
    pub fn letting_all_in(&self, mut reading: Reading, dimension: &DimensionId) -> Reading {
        reading.values.remove(dimension);
        if self.chosen(&reading, dimension).is_some() {
            return reading.choosing(dimension.clone(), Vec::new(), None);
        }
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::{ComponentKind, ContainerPage, FilterDisplay, Operation, Pages, Title},
        layout::PhoneCard,
    };

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn province() -> FilterSubject {
        "province".parse().unwrap()
    }

    fn after(board: &Board, operation: &Operation) -> Board {
        board.apply(operation).unwrap().board
    }

    /// A board with a filter about the province that begins with Zhejiang, and a tile for it.
    fn board() -> Board {
        let content = TileContent::Still(Still::Filter { about: Some(province()), display: FilterDisplay::Segments });
        let tile = Tile::new(id(1), Title::default(), content);
        let filters = serde_json::from_str(r#"[{"filter":"values","dim":"province","usual":["ZJ"]}]"#).unwrap();
        let board = after(&Board::default(), &Operation::SetFilters { filters });
        after(&board, &board.adding(tile, None))
    }

    #[test]
    fn a_filter_is_where_its_tile_stands() {
        let board = board();
        assert_eq!(board.places_of_filter(&province()), FilterPlaces { desk: true, phone: true });
        assert_eq!(board.places_of_filter(&FilterSubject::Time), FilterPlaces::default());
        assert_eq!(board.dimensions_of_filter_tiles(), [&"province".parse().unwrap()]);
        let card = PhoneCard { hidden: true, ..board.phone().card(id(1)).unwrap() };
        let hidden =
            after(&board, &Operation::ArrangePhone { tiles: vec![id(1)], phone: Some(board.phone().set(card)) });
        assert_eq!(hidden.places_of_filter(&province()), FilterPlaces { desk: true, phone: false });
    }

    #[test]
    fn in_a_container_it_is_where_that_stands() {
        let board = board();
        let tabs = Tile::new(id(2), Title::default(), ComponentKind::Tabs.blank());
        let board = after(&board, &board.adding(tabs, None));
        let page = ContainerPage { title: Title::default(), tiles: vec![id(1)] };
        let board = after(&board, &board.containing(id(2), Pages::NONE.with_page(page)));
        assert_eq!(board.places_of_filter(&province()), FilterPlaces { desk: true, phone: true });
    }

    #[test]
    fn all_are_let_in_also_where_the_board_begins_with_some() {
        let board = board();
        let dimension = "province".parse().unwrap();
        let all = board.letting_all_in(Reading::default(), &dimension);
        assert_eq!(board.chosen(&all, &dimension), None);
        let open = after(&board, &Operation::SetFilters { filters: vec![BoardFilter::about(province())] });
        let chosen = Reading::default().choosing(dimension.clone(), vec![None], None);
        assert_eq!(open.letting_all_in(chosen, &dimension), Reading::default(), "the address stays short");
    }

    #[test]
    fn it_is_written_flat_and_read_again() {
        let content = board().tile(id(1)).unwrap().content.clone();
        let written = serde_json::to_string(&content).unwrap();
        assert_eq!(written, r#"{"component":"filter","about":"province","display":"segments"}"#);
        assert_eq!(serde_json::from_str::<TileContent>(&written).unwrap(), content);
        let plain: TileContent = serde_json::from_str(r#"{"component":"filter","about":"time"}"#).unwrap();
        let expected = Still::Filter { about: Some(FilterSubject::Time), display: FilterDisplay::Menu };
        assert_eq!(plain, TileContent::Still(expected));
        for wrong in [
            r#"{"component":"filter","about":"P;--"}"#,
            r#"{"component":"filter","display":"slider"}"#,
            r#"{"component":"clock","about":"time"}"#,
        ] {
            assert!(serde_json::from_str::<TileContent>(wrong).is_err(), "{wrong}");
        }
    }
}
