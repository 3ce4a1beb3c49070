//! A board as a document: a title, tiles, and where they stand.

use super::{BoardId, Operation, OperationError, Tile, TileId, Title};
use crate::{layout::DeskLayout, time::Timestamp};
use serde::{Deserialize, Deserializer, Serialize, de};

/// A board. Every tile has exactly one place and every place has its tile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Board {
    title: Title,
    tiles: Vec<Tile>,
    desk: DeskLayout,
}

/// A board after an operation, and the operation that takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    pub board: Board,
    pub inverse: Operation,
}

/// A board in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardSummary {
    pub id: BoardId,
    pub title: Title,
    pub tile_count: u32,
    pub edited_by: String,
    pub edited_at: Timestamp,
    /// When it was last published; `None` while it is a draft only.
    pub published_at: Option<Timestamp>,
    /// Whether the draft holds edits that are not published.
    pub has_unpublished_edits: bool,
    /// Where the tiles stand, for a drawn thumbnail.
    pub desk: DeskLayout,
}

impl Board {
    /// An empty board.
    pub fn titled(title: Title) -> Self {
        Self { title, tiles: Vec::new(), desk: DeskLayout::default() }
    }

    /// A whole board, checked.
    pub fn new(title: Title, tiles: Vec<Tile>, desk: DeskLayout) -> Result<Self, OperationError> {
        let board = Self { title, tiles, desk };
        board.check().map(|()| board)
    }

    pub const fn title(&self) -> &Title {
        &self.title
    }

    /// In the order in which they were added.
    pub fn tiles(&self) -> &[Tile] {
        &self.tiles
    }

    pub const fn desk(&self) -> &DeskLayout {
        &self.desk
    }

    pub fn tile(&self, id: TileId) -> Option<&Tile> {
        self.tiles.iter().find(|tile| tile.id == id)
    }

    /// Applies one operation, giving the new board and what undoes it. The board itself is not touched.
    pub fn apply(&self, operation: &Operation) -> Result<Edited, OperationError> {
        let mut board = self.clone();
        let inverse = match operation {
            Operation::RenameBoard { title } => {
                let before = std::mem::replace(&mut board.title, title.clone());
                Operation::RenameBoard { title: before }
            }
            Operation::AddTile { tile, desk } => {
                if board.tile(tile.id).is_some() {
                    return Err(OperationError::TileExists(tile.id));
                }
                board.tiles.push(tile.clone());
                let before = std::mem::replace(&mut board.desk, desk.clone());
                Operation::RemoveTile { tile: tile.id, desk: before }
            }
            Operation::RemoveTile { tile, desk } => {
                let index = board.index(*tile)?;
                let removed = board.tiles.remove(index);
                let before = std::mem::replace(&mut board.desk, desk.clone());
                Operation::AddTile { tile: removed, desk: before }
            }
            Operation::PlaceTile { tile, desk } => {
                board.index(*tile)?;
                let before = std::mem::replace(&mut board.desk, desk.clone());
                Operation::PlaceTile { tile: *tile, desk: before }
            }
            Operation::RenameTile { tile, title } => {
                let index = board.index(*tile)?;
                let before = board.tiles.get_mut(index).map(|tile| std::mem::replace(&mut tile.title, title.clone()));
                Operation::RenameTile { tile: *tile, title: before.unwrap_or_default() }
            }
            Operation::SetContent { tile, content } => {
                let index = board.index(*tile)?;
                let before = board
                    .tiles
                    .get_mut(index)
                    .map(|tile| std::mem::replace(&mut tile.content, content.clone()))
                    .ok_or(OperationError::NoSuchTile(*tile))?;
                Operation::SetContent { tile: *tile, content: before }
            }
        };
        board.check()?;
        Ok(Edited { board, inverse })
    }

    fn index(&self, id: TileId) -> Result<usize, OperationError> {
        self.tiles.iter().position(|tile| tile.id == id).ok_or(OperationError::NoSuchTile(id))
    }

    /// Holds the invariant: tiles and places are the same set.
    fn check(&self) -> Result<(), OperationError> {
        if self.tiles.len() > MAX_TILES {
            return Err(OperationError::TooManyTiles);
        }
        let mut tiles: Vec<TileId> = self.tiles.iter().map(|tile| tile.id).collect();
        let mut places: Vec<TileId> = self.desk.placed().iter().map(|placed| placed.tile).collect();
        tiles.sort_unstable();
        places.sort_unstable();
        if let Some(pair) = tiles.windows(2).find(|pair| pair.first() == pair.last()) {
            return Err(OperationError::TileExists(pair.first().copied().unwrap_or(TileId::from_u128(0))));
        }
        if tiles == places { Ok(()) } else { Err(OperationError::LayoutMismatch) }
    }
}

/// The most tiles a board may hold.
pub const MAX_TILES: usize = 200;

impl<'de> Deserialize<'de> for Board {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            title: Title,
            tiles: Vec<Tile>,
            desk: DeskLayout,
        }
        let Written { title, tiles, desk } = Written::deserialize(deserializer)?;
        Self::new(title, tiles, desk).map_err(de::Error::custom)
    }
}
