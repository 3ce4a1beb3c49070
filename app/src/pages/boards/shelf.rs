//! Which of the boards are listed: all, those kept at hand, or those of a folder. The address says which.

use crate::routes;
use leptos_router::params::ParamsMap;
use model::board::BoardSummary;
use std::{cmp::Reverse, collections::BTreeSet};

/// A part of the boards.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Shelf {
    All,
    Favourites,
    Folder(String),
}

const SHOW: &str = "show";
const FAVOURITES: &str = "favourites";
const FOLDER: &str = "folder";

impl Shelf {
    pub(super) fn of_address(params: &ParamsMap) -> Self {
        match (params.get_str(FOLDER), params.get_str(SHOW)) {
            (Some(folder), _) if !folder.is_empty() => Self::Folder(folder.to_owned()),
            (_, Some(FAVOURITES)) => Self::Favourites,
            (Some(_) | None, Some(_) | None) => Self::All,
        }
    }

    pub(super) fn address(&self) -> String {
        let mut params = ParamsMap::new();
        match self {
            Self::All => {}
            Self::Favourites => params.insert(SHOW, FAVOURITES.to_owned()),
            Self::Folder(folder) => params.insert(FOLDER, folder.clone()),
        }
        format!("{}{}", routes::BOARDS, params.to_query_string())
    }

    pub(super) fn holds(&self, board: &BoardSummary) -> bool {
        match self {
            Self::All => true,
            Self::Favourites => board.is_favourite,
            Self::Folder(folder) => board.folder.as_ref().is_some_and(|own| own.as_str() == folder),
        }
    }
}

/// The folders that boards are kept in, in the order of their names.
pub(super) fn folders(boards: &[BoardSummary]) -> Vec<String> {
    let names: BTreeSet<&str> =
        boards.iter().filter_map(|board| board.folder.as_ref()).map(model::board::Title::as_str).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The boards opened last, newest first; so many at the most.
pub(super) fn recent(boards: &[BoardSummary], most: usize) -> Vec<BoardSummary> {
    let mut visited: Vec<&BoardSummary> = boards.iter().filter(|board| board.visited_at.is_some()).collect();
    visited.sort_by_key(|board| Reverse(board.visited_at));
    visited.into_iter().take(most).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        board::{BoardId, Title},
        layout::DeskLayout,
        time::Timestamp,
    };
    use std::collections::BTreeMap;

    fn board(number: u128, folder: Option<&str>, visited: Option<i64>) -> BoardSummary {
        BoardSummary {
            id: BoardId::from_u128(number),
            title: Title::default(),
            tile_count: 0,
            edited_by: String::new(),
            edited_at: Timestamp::from_millis(0),
            published_at: None,
            has_unpublished_edits: false,
            desk: DeskLayout::default(),
            kinds: BTreeMap::new(),
            folder: folder.map(|folder| Title::parse(folder).unwrap()),
            is_favourite: number == 2,
            visited_at: visited.map(Timestamp::from_millis),
            sounds: String::new(),
        }
    }

    #[test]
    fn a_shelf_is_in_the_address() {
        for shelf in [Shelf::All, Shelf::Favourites, Shelf::Folder("daily".to_owned())] {
            let address = shelf.address();
            let query = address.split_once('?').map_or("", |(_, query)| query);
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let params: ParamsMap = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
            assert_eq!(Shelf::of_address(&params), shelf, "{address}");
        }
    }

    #[test]
    fn boards_stand_on_their_shelves() {
        let boards = [board(1, Some("日报"), Some(5)), board(2, None, None), board(3, Some("周报"), Some(9))];
        assert_eq!(folders(&boards), ["周报", "日报"]);
        let held = |shelf: Shelf| boards.iter().filter(|board| shelf.holds(board)).count();
        assert_eq!([held(Shelf::All), held(Shelf::Favourites), held(Shelf::Folder("日报".to_owned()))], [3, 1, 1]);
        let last: Vec<_> = recent(&boards, 1).iter().map(|board| board.id).collect();
        assert_eq!(last, [BoardId::from_u128(3)]);
    }
}
