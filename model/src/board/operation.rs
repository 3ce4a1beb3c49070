//! Operations: one edit of a board each, appended on the server and never rewritten.

use super::{Board, Tile, TileContent, TileId, Title, document::MAX_TILES};
use crate::layout::DeskLayout;
use serde::{Deserialize, Serialize};

/// One edit of a board. An operation that moves tiles stores the layout it led to, so that a later placement
/// algorithm does not rewrite history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Operation {
    RenameBoard {
        title: Title,
    },
    AddTile {
        tile: Tile,
        desk: DeskLayout,
    },
    RemoveTile {
        tile: TileId,
        desk: DeskLayout,
    },
    /// `tile` was moved or resized; `desk` is where everything stands then.
    PlaceTile {
        tile: TileId,
        desk: DeskLayout,
    },
    RenameTile {
        tile: TileId,
        title: Title,
    },
    SetContent {
        tile: TileId,
        content: TileContent,
    },
}

/// Why an operation can't be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OperationError {
    #[error("there is no tile {0} on the board; somebody may have removed it")]
    NoSuchTile(TileId),
    #[error("tile {0} is on the board already")]
    TileExists(TileId),
    #[error("the layout does not hold exactly the tiles of the board")]
    LayoutMismatch,
    #[error("a board holds at most {MAX_TILES} tiles")]
    TooManyTiles,
}

/// What an operation changes, for telling independent edits from clashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Touched {
    BoardTitle,
    Tile(TileId, TouchedProperty),
}

/// A group of properties of a tile that are edited together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TouchedProperty {
    /// Added or removed: clashes with any other edit of the tile.
    Existence,
    Place,
    Title,
    Content,
}

impl Operation {
    pub const fn touched(&self) -> Touched {
        match self {
            Self::RenameBoard { .. } => Touched::BoardTitle,
            Self::AddTile { tile, .. } => Touched::Tile(tile.id, TouchedProperty::Existence),
            Self::RemoveTile { tile, .. } => Touched::Tile(*tile, TouchedProperty::Existence),
            Self::PlaceTile { tile, .. } => Touched::Tile(*tile, TouchedProperty::Place),
            Self::RenameTile { tile, .. } => Touched::Tile(*tile, TouchedProperty::Title),
            Self::SetContent { tile, .. } => Touched::Tile(*tile, TouchedProperty::Content),
        }
    }

    /// Whether both edit the same property group of the same thing, so that one would overwrite the other.
    pub fn clashes_with(&self, other: &Self) -> bool {
        match (self.touched(), other.touched()) {
            (Touched::Tile(tile, property), Touched::Tile(other_tile, other_property)) => {
                let whole = property == TouchedProperty::Existence || other_property == TouchedProperty::Existence;
                tile == other_tile && (whole || property == other_property)
            }
            (touched, other) => touched == other,
        }
    }

    /// The same edit on top of a board that others have edited since: places are worked out anew, all else stays.
    #[must_use]
    pub fn rebased(&self, onto: &Board) -> Self {
        match self {
            Self::AddTile { tile, desk } => {
                let desk = desk.rect(tile.id).map_or_else(
                    || onto.desk().append(tile.id, tile.content.kind().usual_size()),
                    |rect| onto.desk().place(tile.id, rect),
                );
                Self::AddTile { tile: tile.clone(), desk }
            }
            Self::RemoveTile { tile, .. } => Self::RemoveTile { tile: *tile, desk: onto.desk().remove(*tile) },
            Self::PlaceTile { tile, desk } => {
                let desk = desk.rect(*tile).map_or_else(|| onto.desk().clone(), |rect| onto.desk().place(*tile, rect));
                Self::PlaceTile { tile: *tile, desk }
            }
            Self::RenameBoard { .. } | Self::RenameTile { .. } | Self::SetContent { .. } => self.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{board::ComponentKind, layout::GridRect};
    use proptest::prelude::*;

    #[derive(Debug, Clone)]
    enum Step {
        Add(ComponentKind, i32, i32),
        Remove(usize),
        Place(usize, i32, i32, i32, i32),
        RenameTile(usize, String),
        Unbind(usize),
        RenameBoard(String),
    }

    fn steps() -> impl Strategy<Value = Step> {
        let kind = prop::sample::select(ComponentKind::ALL.to_vec());
        prop_oneof![
            3 => (kind, 0..12, 0..30).prop_map(|(kind, x, y)| Step::Add(kind, x, y)),
            1 => (0_usize..20).prop_map(Step::Remove),
            3 => (0_usize..20, 0..12, 0..30, 1..13, 1..9).prop_map(|(tile, x, y, w, h)| Step::Place(tile, x, y, w, h)),
            1 => (0_usize..20, "[a-z一-龥]{0,8}").prop_map(|(tile, title)| Step::RenameTile(tile, title)),
            1 => (0_usize..20).prop_map(Step::Unbind),
            1 => "[a-z一-龥]{0,8}".prop_map(Step::RenameBoard),
        ]
    }

    fn operation(board: &Board, step: &Step, number: u128) -> Option<Operation> {
        let pick = |index: usize| board.tiles().get(index % board.tiles().len().max(1));
        let title = |text: &str| Title::parse(text).unwrap();
        match step {
            Step::Add(kind, x, y) => {
                let tile = Tile { id: TileId::from_u128(number), title: Title::default(), content: kind.blank() };
                let size = kind.usual_size();
                let desk = board.desk().place(tile.id, GridRect::clamped(*x, *y, size.w.into(), size.h.into()));
                Some(Operation::AddTile { tile, desk })
            }
            Step::Remove(index) => {
                pick(*index).map(|tile| Operation::RemoveTile { tile: tile.id, desk: board.desk().remove(tile.id) })
            }
            Step::Place(index, x, y, w, h) => pick(*index).map(|tile| Operation::PlaceTile {
                tile: tile.id,
                desk: board.desk().place(tile.id, GridRect::clamped(*x, *y, *w, *h)),
            }),
            Step::RenameTile(index, text) => {
                pick(*index).map(|tile| Operation::RenameTile { tile: tile.id, title: title(text) })
            }
            Step::Unbind(index) => {
                pick(*index).map(|tile| Operation::SetContent { tile: tile.id, content: tile.content.kind().blank() })
            }
            Step::RenameBoard(text) => Some(Operation::RenameBoard { title: title(text) }),
        }
    }

    /// The same tiles in any order: taking back a removal puts the tile at the end of the list.
    fn same(one: &Board, other: &Board) -> bool {
        let sorted = |board: &Board| {
            let mut tiles = board.tiles().to_vec();
            tiles.sort_by_key(|tile| tile.id);
            tiles
        };
        one.title() == other.title() && one.desk() == other.desk() && sorted(one) == sorted(other)
    }

    proptest! {
        #[test]
        fn every_edit_can_be_taken_back(steps in prop::collection::vec(steps(), 1..25)) {
            let mut board = Board::default();
            let mut history = Vec::new();
            for (number, step) in steps.iter().enumerate() {
                if let Some(operation) = operation(&board, step, number as u128) {
                    let edited = board.apply(&operation).unwrap();
                    history.push((board, edited.inverse));
                    board = edited.board;
                }
            }
            for (before, inverse) in history.into_iter().rev() {
                board = board.apply(&inverse).unwrap().board;
                prop_assert!(same(&board, &before));
            }
        }

        #[test]
        fn operations_survive_writing(steps in prop::collection::vec(steps(), 1..15)) {
            let mut board = Board::default();
            for (number, step) in steps.iter().enumerate() {
                if let Some(operation) = operation(&board, step, number as u128) {
                    let json = serde_json::to_string(&operation).unwrap();
                    prop_assert_eq!(&serde_json::from_str::<Operation>(&json).unwrap(), &operation);
                    board = board.apply(&operation).unwrap().board;
                }
            }
            let json = serde_json::to_string(&board).unwrap();
            prop_assert_eq!(serde_json::from_str::<Board>(&json).unwrap(), board);
        }

        #[test]
        fn independent_edits_of_two_people_both_hold(
            base in prop::collection::vec(steps(), 4..15), mine in steps(), theirs in steps(),
        ) {
            let mut board = Board::default();
            for (number, step) in base.iter().enumerate() {
                if let Some(operation) = operation(&board, step, number as u128) {
                    board = board.apply(&operation).unwrap().board;
                }
            }
            let (Some(mine), Some(theirs)) = (operation(&board, &mine, 1_000), operation(&board, &theirs, 2_000)) else {
                return Ok(());
            };
            if !mine.clashes_with(&theirs) {
                let after_theirs = board.apply(&theirs).unwrap().board;
                prop_assert!(after_theirs.apply(&mine.rebased(&after_theirs)).is_ok());
            }
        }
    }

    #[test]
    fn a_tile_of_an_unknown_component_is_refused() {
        let json = r#"{"id":"00000000-0000-0000-0000-000000000001","content":{"component":"script","text":"x"}}"#;
        let error = serde_json::from_str::<Tile>(json).unwrap_err().to_string();
        assert!(error.contains("unknown variant"), "{error}");
    }

    #[test]
    fn a_layout_without_its_tile_is_refused() {
        let tile = TileId::from_u128(1);
        let add = Operation::AddTile {
            tile: Tile { id: tile, title: Title::default(), content: ComponentKind::Text.blank() },
            desk: DeskLayout::default(),
        };
        assert_eq!(Board::default().apply(&add), Err(OperationError::LayoutMismatch));
        let place = Operation::PlaceTile { tile, desk: DeskLayout::default() };
        assert_eq!(Board::default().apply(&place), Err(OperationError::NoSuchTile(tile)));
    }
}
