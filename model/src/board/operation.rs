//! Operations: one edit of a board each, appended on the server and never rewritten.

use super::{
    Board, BoardFilter, BoardId, FilterSubject, Handling, Layouts, MAX_CHOSEN, MAX_FILTERS, Pages, Tile, TileContent,
    TileId, Title, document::MAX_TILES,
};
use crate::{
    appearance::ThemeChoice,
    layout::{DeskLayout, PhoneLayout, WallLayout},
};
use serde::{Deserialize, Serialize};

mod rebase;
#[cfg(test)]
mod tests;

/// One edit of a board. An operation that moves tiles stores the layout it led to, so that a later placement
/// algorithm does not rewrite history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Operation {
    RenameBoard {
        title: Title,
    },
    AddTiles {
        tiles: Vec<Tile>,
        layouts: Layouts,
    },
    RemoveTiles {
        tiles: Vec<TileId>,
        layouts: Layouts,
    },
    /// `tiles` were moved or resized on the desk, taken off it or put back; `desk` is where everything stands then.
    PlaceTiles {
        tiles: Vec<TileId>,
        desk: DeskLayout,
    },
    /// The cards of `tiles` were changed or moved; with no tiles, the phone as a whole: `None` drafts it from the desk.
    ArrangePhone {
        tiles: Vec<TileId>,
        #[serde(default)]
        phone: Option<PhoneLayout>,
    },
    /// The frames of `tiles` were changed or moved; with no tiles, the wall as a whole: `None` drafts it from the desk.
    ArrangeWall {
        tiles: Vec<TileId>,
        #[serde(default)]
        wall: Option<WallLayout>,
    },
    /// Locked, unlocked, grouped or taken out of a group.
    Handle {
        tiles: Vec<Handling>,
    },
    RenameTile {
        tile: TileId,
        title: Title,
    },
    SetContent {
        tile: TileId,
        content: TileContent,
    },
    /// What stands in a container. `tiles` were put into it or taken out; `layouts` is where everything stands then.
    SetPages {
        container: TileId,
        pages: Pages,
        tiles: Vec<TileId>,
        layouts: Layouts,
    },
    /// New tiles that stand in a container from the start; `pages` is what stands in it then.
    AddInside {
        container: TileId,
        pages: Pages,
        tiles: Vec<Tile>,
    },
    /// Tiles removed together with their places in a container.
    RemoveInside {
        container: TileId,
        pages: Pages,
        tiles: Vec<TileId>,
    },
    /// What readers may narrow the board by.
    SetFilters {
        filters: Vec<BoardFilter>,
    },
    /// What the board is painted in; without one, as the organisation has it.
    SetTheme {
        #[serde(default)]
        theme: Option<ThemeChoice>,
    },
    /// Which of the board's filters a tile does not follow.
    IgnoreFilters {
        tile: TileId,
        ignores: Vec<FilterSubject>,
    },
    /// Which board leads on from a tile.
    SetLink {
        tile: TileId,
        #[serde(default)]
        opens: Option<BoardId>,
    },
    /// The whole board as it was at some time.
    RestoreBoard {
        board: Box<Board>,
    },
}

/// Why an operation can't be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OperationError {
    #[error("there is no tile {0} on the board; somebody may have removed it")]
    NoSuchTile(TileId),
    #[error("tile {0} is on the board already")]
    TileExists(TileId),
    #[error("a layout holds a tile that is not on the board, or lacks one that is")]
    LayoutMismatch,
    #[error("tile {0} stands in a container, and in another place besides")]
    StandsTwice(TileId),
    #[error("tile {0} is a container: it can't stand in another one")]
    ContainerInContainer(TileId),
    #[error("tile {0} is no container: nothing can be put into it")]
    NoContainer(TileId),
    #[error("a board holds at most {MAX_TILES} tiles")]
    TooManyTiles,
    #[error("a board has at most {MAX_FILTERS} filters")]
    TooManyFilters,
    #[error("the board has a filter about “{0}” already")]
    FilterTwice(String),
    #[error("the filter about “{0}” begins with too many values: at most {MAX_CHOSEN}")]
    TooManyValues(String),
}

/// What an operation changes, for telling independent edits from clashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Touched {
    BoardTitle,
    Tile(TileId, TouchedProperty),
    /// The filters of the board.
    Filters,
    /// What the board is painted in.
    Theme,
    /// The phone layout as a whole.
    Phone,
    /// The wall layout as a whole: its size for example.
    Wall,
    /// All there is.
    Board,
}

/// A group of properties of a tile that are edited together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TouchedProperty {
    /// Added or removed: clashes with any other edit of the tile.
    Existence,
    DeskPlace,
    PhonePlace,
    WallPlace,
    Title,
    Content,
    Handling,
    /// Which filters it follows.
    Following,
    /// Which board leads on from it.
    Link,
}

impl Touched {
    /// Whether an edit of the one would overwrite, or be lost by, an edit of the other.
    pub fn clashes_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::Board, _) | (_, Self::Board) => true,
            (Self::Tile(tile, property), Self::Tile(other_tile, other_property)) => {
                let whole = property == TouchedProperty::Existence || other_property == TouchedProperty::Existence;
                tile == other_tile && (whole || property == other_property)
            }
            (Self::Phone, Self::Tile(_, property)) | (Self::Tile(_, property), Self::Phone) => {
                property == TouchedProperty::PhonePlace
            }
            (Self::Wall, Self::Tile(_, property)) | (Self::Tile(_, property), Self::Wall) => {
                property == TouchedProperty::WallPlace
            }
            (
                Self::BoardTitle | Self::Filters | Self::Theme | Self::Phone | Self::Wall,
                Self::BoardTitle | Self::Filters | Self::Theme | Self::Phone | Self::Wall,
            )
            | (Self::BoardTitle | Self::Filters | Self::Theme, Self::Tile(..))
            | (Self::Tile(..), Self::BoardTitle | Self::Filters | Self::Theme) => self == other,
        }
    }
}

impl Operation {
    pub fn touched(&self) -> Vec<Touched> {
        let each = |tiles: &[TileId], property| tiles.iter().map(|tile| Touched::Tile(*tile, property)).collect();
        match self {
            Self::RenameBoard { .. } => vec![Touched::BoardTitle],
            Self::AddTiles { tiles, .. } => {
                tiles.iter().map(|tile| Touched::Tile(tile.id, TouchedProperty::Existence)).collect()
            }
            Self::RemoveTiles { tiles, .. } => each(tiles, TouchedProperty::Existence),
            Self::PlaceTiles { tiles, .. } => each(tiles, TouchedProperty::DeskPlace),
            Self::ArrangePhone { tiles, .. } if tiles.is_empty() => vec![Touched::Phone],
            Self::ArrangePhone { tiles, .. } => each(tiles, TouchedProperty::PhonePlace),
            Self::ArrangeWall { tiles, .. } if tiles.is_empty() => vec![Touched::Wall],
            Self::ArrangeWall { tiles, .. } => each(tiles, TouchedProperty::WallPlace),
            Self::Handle { tiles } => {
                tiles.iter().map(|handling| Touched::Tile(handling.tile, TouchedProperty::Handling)).collect()
            }
            Self::RenameTile { tile, .. } => vec![Touched::Tile(*tile, TouchedProperty::Title)],
            Self::SetContent { tile, .. } => vec![Touched::Tile(*tile, TouchedProperty::Content)],
            Self::SetPages { container, tiles, .. } => {
                let places = [TouchedProperty::DeskPlace, TouchedProperty::PhonePlace, TouchedProperty::WallPlace];
                let moved = tiles.iter().flat_map(|tile| places.map(|place| Touched::Tile(*tile, place)));
                std::iter::once(Touched::Tile(*container, TouchedProperty::Content)).chain(moved).collect()
            }
            Self::AddInside { container, tiles, .. } => {
                let added = tiles.iter().map(|tile| Touched::Tile(tile.id, TouchedProperty::Existence));
                std::iter::once(Touched::Tile(*container, TouchedProperty::Content)).chain(added).collect()
            }
            Self::RemoveInside { container, tiles, .. } => {
                let removed = each(tiles, TouchedProperty::Existence);
                std::iter::once(Touched::Tile(*container, TouchedProperty::Content)).chain(removed).collect()
            }
            Self::SetFilters { .. } => vec![Touched::Filters],
            Self::SetTheme { .. } => vec![Touched::Theme],
            Self::IgnoreFilters { tile, .. } => vec![Touched::Tile(*tile, TouchedProperty::Following)],
            Self::SetLink { tile, .. } => vec![Touched::Tile(*tile, TouchedProperty::Link)],
            Self::RestoreBoard { .. } => vec![Touched::Board],
        }
    }

    /// Whether both edit the same property group of the same thing, so that one would overwrite the other.
    pub fn clashes_with(&self, other: &Self) -> bool {
        self.clash_with(other).is_some()
    }

    /// Whether all that this one edits is edited by the other one too.
    pub fn is_within(&self, other: &Self) -> bool {
        let theirs = other.touched();
        self.touched().iter().all(|mine| theirs.iter().any(|theirs| mine.clashes_with(*theirs)))
    }

    /// What of this operation's the other one edits too; the first where it is several things.
    pub fn clash_with(&self, other: &Self) -> Option<Touched> {
        let theirs = other.touched();
        self.touched().into_iter().find(|mine| theirs.iter().any(|theirs| mine.clashes_with(*theirs)))
    }

    /// The same edit on top of a board that others have edited since: places are worked out anew, all else stays.
    #[must_use]
    pub fn rebased(&self, onto: &Board) -> Self {
        match self {
            Self::AddTiles { tiles, layouts } => {
                Self::AddTiles { tiles: tiles.clone(), layouts: rebase::added(tiles, layouts, onto) }
            }
            Self::RemoveTiles { tiles, .. } => {
                Self::RemoveTiles { tiles: tiles.clone(), layouts: onto.layouts().remove(tiles) }
            }
            Self::PlaceTiles { tiles, desk } => {
                Self::PlaceTiles { tiles: tiles.clone(), desk: rebase::placed(tiles, desk, onto) }
            }
            Self::ArrangePhone { tiles, phone } => {
                Self::ArrangePhone { tiles: tiles.clone(), phone: rebase::phone(tiles, phone.as_ref(), onto) }
            }
            Self::ArrangeWall { tiles, wall } => {
                Self::ArrangeWall { tiles: tiles.clone(), wall: rebase::wall(tiles, wall.as_ref(), onto) }
            }
            Self::SetPages { container, pages, tiles, layouts } => Self::SetPages {
                container: *container,
                pages: pages.clone(),
                tiles: tiles.clone(),
                layouts: rebase::turned(pages, tiles, layouts, onto),
            },
            Self::RenameBoard { .. }
            | Self::Handle { .. }
            | Self::RenameTile { .. }
            | Self::SetContent { .. }
            | Self::AddInside { .. }
            | Self::RemoveInside { .. }
            | Self::SetFilters { .. }
            | Self::SetTheme { .. }
            | Self::IgnoreFilters { .. }
            | Self::SetLink { .. }
            | Self::RestoreBoard { .. } => self.clone(),
        }
    }
}
