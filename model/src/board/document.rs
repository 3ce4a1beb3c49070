//! A board as a document: a title, tiles, and where they stand.

use super::{
    BoardFilter, BoardId, ComponentKind, Handling, Layouts, Operation, OperationError, Pages, Tile, TileId, Title,
    filter,
};
use crate::{
    appearance::ThemeChoice,
    layout::{DeskLayout, PhoneLayout, WallLayout},
    time::Timestamp,
};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::collections::BTreeMap;

/// A board. Whatever stands in one of its layouts is one of its tiles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Board {
    title: Title,
    /// What it is painted in; absent: as the organisation has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    theme: Option<ThemeChoice>,
    /// What readers may narrow it by, in the order in which it is offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    filters: Vec<BoardFilter>,
    tiles: Vec<Tile>,
    #[serde(flatten)]
    layouts: Layouts,
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
    /// Where the tiles stand, and what each is, for a drawn thumbnail.
    pub desk: DeskLayout,
    pub kinds: BTreeMap<TileId, ComponentKind>,
    /// The folder it is kept in; none at the top.
    pub folder: Option<Title>,
    /// Whether the reader keeps it at hand, and when they last opened it.
    pub is_favourite: bool,
    pub visited_at: Option<Timestamp>,
    /// How its title sounds, for those who type it so: `quanguo yunying qgyy`.
    pub sounds: String,
}

impl Board {
    /// An empty board.
    pub fn titled(title: Title) -> Self {
        Self { title, ..Self::default() }
    }

    /// A whole board, checked.
    pub fn new(
        title: Title,
        filters: Vec<BoardFilter>,
        tiles: Vec<Tile>,
        layouts: Layouts,
    ) -> Result<Self, OperationError> {
        let board = Self { title, theme: None, filters, tiles, layouts };
        board.check().map(|()| board)
    }

    /// The same painted otherwise.
    #[must_use]
    pub fn with_theme(self, theme: Option<ThemeChoice>) -> Self {
        Self { theme, ..self }
    }

    /// The same under another title.
    #[must_use]
    pub fn with_title(self, title: Title) -> Self {
        Self { title, ..self }
    }

    pub const fn title(&self) -> &Title {
        &self.title
    }

    /// What it is painted in; `None`: as the organisation has it. An own theme may be gone by now.
    pub const fn theme(&self) -> Option<ThemeChoice> {
        self.theme
    }

    /// What readers may narrow it by.
    pub fn filters(&self) -> &[BoardFilter] {
        &self.filters
    }

    /// In the order in which they were added.
    pub fn tiles(&self) -> &[Tile] {
        &self.tiles
    }

    pub const fn layouts(&self) -> &Layouts {
        &self.layouts
    }

    pub const fn desk(&self) -> &DeskLayout {
        &self.layouts.desk
    }

    /// The phone as it is shown: arranged by hand, or drafted from the desk.
    pub fn phone(&self) -> PhoneLayout {
        self.layouts.shown_phone(&self.tiles)
    }

    /// The wall as it is shown: arranged by hand, or drafted from the desk.
    pub fn wall(&self) -> WallLayout {
        self.layouts.shown_wall(&self.tiles)
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
            Operation::AddTiles { tiles, layouts } => {
                board.tiles.extend(tiles.iter().cloned());
                let before = std::mem::replace(&mut board.layouts, layouts.clone());
                Operation::RemoveTiles { tiles: tiles.iter().map(|tile| tile.id).collect(), layouts: before }
            }
            Operation::RemoveTiles { tiles, layouts } => {
                let removed = board.take_tiles(tiles)?;
                let before = std::mem::replace(&mut board.layouts, layouts.clone());
                Operation::AddTiles { tiles: removed, layouts: before }
            }
            Operation::PlaceTiles { tiles, desk } => {
                for tile in tiles {
                    board.index(*tile)?;
                }
                let before = std::mem::replace(&mut board.layouts.desk, desk.clone());
                Operation::PlaceTiles { tiles: tiles.clone(), desk: before }
            }
            Operation::ArrangePhone { tiles, phone } => {
                for tile in tiles {
                    board.index(*tile)?;
                }
                let before = std::mem::replace(&mut board.layouts.phone, phone.clone());
                Operation::ArrangePhone { tiles: tiles.clone(), phone: before }
            }
            Operation::ArrangeWall { tiles, wall } => {
                for tile in tiles {
                    board.index(*tile)?;
                }
                let before = std::mem::replace(&mut board.layouts.wall, wall.clone());
                Operation::ArrangeWall { tiles: tiles.clone(), wall: before }
            }
            Operation::Handle { tiles } => {
                let mut before = Vec::with_capacity(tiles.len());
                for handling in tiles {
                    let index = board.index(handling.tile)?;
                    if let Some(tile) = board.tiles.get_mut(index) {
                        before.push(Handling::of(tile));
                        (tile.locked, tile.group) = (handling.locked, handling.group);
                    }
                }
                Operation::Handle { tiles: before }
            }
            Operation::SetPages { container, pages, tiles, layouts } => {
                let before = board.replace_pages(*container, pages)?;
                let layouts = std::mem::replace(&mut board.layouts, layouts.clone());
                Operation::SetPages { container: *container, pages: before, tiles: tiles.clone(), layouts }
            }
            Operation::AddInside { container, pages, tiles } => {
                let before = board.replace_pages(*container, pages)?;
                board.tiles.extend(tiles.iter().cloned());
                let tiles = tiles.iter().map(|tile| tile.id).collect();
                Operation::RemoveInside { container: *container, pages: before, tiles }
            }
            Operation::RemoveInside { container, pages, tiles } => {
                let before = board.replace_pages(*container, pages)?;
                let removed = board.take_tiles(tiles)?;
                Operation::AddInside { container: *container, pages: before, tiles: removed }
            }
            Operation::SetFilters { filters } => {
                let before = std::mem::replace(&mut board.filters, filters.clone());
                Operation::SetFilters { filters: before }
            }
            Operation::SetTheme { theme } => {
                let before = std::mem::replace(&mut board.theme, *theme);
                Operation::SetTheme { theme: before }
            }
            Operation::IgnoreFilters { tile, ignores } => {
                let index = board.index(*tile)?;
                let before =
                    board.tiles.get_mut(index).map(|tile| std::mem::replace(&mut tile.ignores, ignores.clone()));
                Operation::IgnoreFilters { tile: *tile, ignores: before.unwrap_or_default() }
            }
            Operation::SetLink { tile, opens } => {
                let index = board.index(*tile)?;
                let before = board.tiles.get_mut(index).and_then(|tile| std::mem::replace(&mut tile.opens, *opens));
                Operation::SetLink { tile: *tile, opens: before }
            }
            Operation::RestoreBoard { board: restored } => {
                let before = std::mem::replace(&mut board, (**restored).clone());
                Operation::RestoreBoard { board: Box::new(before) }
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

    /// Changes what tiles show; which there are and where they stand stays.
    pub(super) fn map_tiles(&mut self, change: impl FnMut(&mut Tile)) {
        self.tiles.iter_mut().for_each(change);
    }

    /// Removes those tiles; their places are not looked at.
    fn take_tiles(&mut self, tiles: &[TileId]) -> Result<Vec<Tile>, OperationError> {
        for tile in tiles {
            self.index(*tile)?;
        }
        Ok(self.tiles.extract_if(.., |tile| tiles.contains(&tile.id)).collect())
    }

    /// Gives a container other pages; what it had is given back.
    fn replace_pages(&mut self, container: TileId, pages: &Pages) -> Result<Pages, OperationError> {
        let index = self.index(container)?;
        let own = self.tiles.get_mut(index).and_then(|tile| tile.content.pages_mut());
        own.map(|own| std::mem::replace(own, pages.clone())).ok_or(OperationError::NoContainer(container))
    }

    fn index(&self, id: TileId) -> Result<usize, OperationError> {
        self.tiles.iter().position(|tile| tile.id == id).ok_or(OperationError::NoSuchTile(id))
    }

    /// Holds the invariant: no tile twice, and the layouts hold the tiles of the board.
    fn check(&self) -> Result<(), OperationError> {
        if self.tiles.len() > MAX_TILES {
            return Err(OperationError::TooManyTiles);
        }
        filter::check(&self.filters)?;
        let mut tiles: Vec<TileId> = self.tiles.iter().map(|tile| tile.id).collect();
        tiles.sort_unstable();
        let twice = tiles.windows(2).find(|pair| pair.first() == pair.last()).and_then(|pair| pair.first());
        if let Some(tile) = twice {
            return Err(OperationError::TileExists(*tile));
        }
        self.check_containers()?;
        if self.layouts.hold(&self.tiles) { Ok(()) } else { Err(OperationError::LayoutMismatch) }
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
            #[serde(default)]
            theme: Option<ThemeChoice>,
            #[serde(default)]
            filters: Vec<BoardFilter>,
            tiles: Vec<Tile>,
            desk: DeskLayout,
            #[serde(default)]
            phone: Option<PhoneLayout>,
            #[serde(default)]
            wall: Option<WallLayout>,
        }
        let Written { title, theme, filters, tiles, desk, phone, wall } = Written::deserialize(deserializer)?;
        let board = Self::new(title, filters, tiles, Layouts { desk, phone, wall }).map_err(de::Error::custom)?;
        Ok(board.with_theme(theme))
    }
}
