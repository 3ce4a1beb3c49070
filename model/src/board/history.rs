//! What happened to a board, so that it can be told in plain words.

use super::{Board, ComponentKind, Handling, Operation, Tile, TileId, Title};
use crate::{layout::LayoutName, metric::MetricRef, time::Timestamp};
use serde::{Deserialize, Serialize};

/// As much of a tile as it takes to speak of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TileLabel {
    pub id: TileId,
    pub title: Title,
    pub kind: ComponentKind,
    /// What it shows first; `None` where nothing is bound.
    pub metric: Option<MetricRef>,
}

impl TileLabel {
    pub fn of(tile: &Tile) -> Self {
        let (title, metric) = (tile.title.clone(), tile.content.first_metric().cloned());
        Self { id: tile.id, title, kind: tile.content.kind(), metric }
    }
}

/// What an edit, or a new published version, changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    RenamedBoard {
        title: Title,
    },
    Added {
        tiles: Vec<TileLabel>,
    },
    Removed {
        tiles: Vec<TileLabel>,
    },
    /// Moved, resized, shown or hidden.
    Placed {
        layout: LayoutName,
        tiles: Vec<TileLabel>,
    },
    /// The layout as a whole.
    Arranged {
        layout: LayoutName,
    },
    /// Locked, unlocked, grouped or taken out of a group.
    Handled {
        tiles: Vec<TileLabel>,
    },
    RenamedTile {
        tile: TileLabel,
        title: Title,
    },
    /// Other data, another style or other words.
    Rebound {
        tiles: Vec<TileLabel>,
    },
    /// What stands in containers, or how their pages are called.
    Contained {
        containers: Vec<TileLabel>,
        /// Put into them or taken out.
        tiles: Vec<TileLabel>,
    },
    /// What readers may narrow the board by.
    Filtered,
    /// What the board is painted in.
    Painted,
    /// Which of the board's filters tiles follow.
    Followed {
        tiles: Vec<TileLabel>,
    },
    /// Which boards lead on from tiles.
    Linked {
        tiles: Vec<TileLabel>,
    },
    /// The whole board was brought back as it was.
    Restored,
}

impl Change {
    /// The tiles that it tells of.
    pub fn tiles(&self) -> impl Iterator<Item = &TileLabel> {
        let (some, more): (&[TileLabel], &[TileLabel]) = match self {
            Self::Added { tiles }
            | Self::Removed { tiles }
            | Self::Placed { tiles, .. }
            | Self::Handled { tiles }
            | Self::Rebound { tiles }
            | Self::Followed { tiles }
            | Self::Linked { tiles } => (tiles, &[]),
            Self::Contained { containers, tiles } => (containers, tiles),
            Self::RenamedTile { tile, .. } => (std::slice::from_ref(tile), &[]),
            Self::RenamedBoard { .. } | Self::Arranged { .. } | Self::Filtered | Self::Painted | Self::Restored => {
                (&[], &[])
            }
        };
        some.iter().chain(more)
    }

    /// What an operation did. `label` finds a tile by its id, also one that is gone by now.
    pub fn of(operation: &Operation, label: impl Fn(TileId) -> Option<TileLabel>) -> Self {
        let labels = |tiles: &[TileId]| tiles.iter().filter_map(|tile| label(*tile)).collect::<Vec<_>>();
        let unknown = |id: TileId| TileLabel { id, title: Title::default(), kind: ComponentKind::Text, metric: None };
        match operation {
            Operation::RenameBoard { title } => Self::RenamedBoard { title: title.clone() },
            Operation::AddTiles { tiles, .. } | Operation::AddInside { tiles, .. } => {
                Self::Added { tiles: tiles.iter().map(TileLabel::of).collect() }
            }
            Operation::RemoveTiles { tiles, .. } | Operation::RemoveInside { tiles, .. } => {
                Self::Removed { tiles: labels(tiles) }
            }
            Operation::PlaceTiles { tiles, .. } => Self::Placed { layout: LayoutName::Desk, tiles: labels(tiles) },
            Operation::ArrangePhone { tiles, .. } if tiles.is_empty() => Self::Arranged { layout: LayoutName::Phone },
            Operation::ArrangePhone { tiles, .. } => Self::Placed { layout: LayoutName::Phone, tiles: labels(tiles) },
            Operation::ArrangeWall { tiles, .. } if tiles.is_empty() => Self::Arranged { layout: LayoutName::Wall },
            Operation::ArrangeWall { tiles, .. } => Self::Placed { layout: LayoutName::Wall, tiles: labels(tiles) },
            Operation::Handle { tiles } => {
                Self::Handled { tiles: tiles.iter().filter_map(|handling| label(handling.tile)).collect() }
            }
            Operation::RenameTile { tile, title } => {
                Self::RenamedTile { tile: label(*tile).unwrap_or_else(|| unknown(*tile)), title: title.clone() }
            }
            Operation::SetContent { tile, .. } => Self::Rebound { tiles: labels(&[*tile]) },
            Operation::SetPages { container, tiles, .. } => {
                Self::Contained { containers: labels(&[*container]), tiles: labels(tiles) }
            }
            Operation::SetFilters { .. } => Self::Filtered,
            Operation::SetTheme { .. } => Self::Painted,
            Operation::IgnoreFilters { tile, .. } => Self::Followed { tiles: labels(&[*tile]) },
            Operation::SetLink { tile, .. } => Self::Linked { tiles: labels(&[*tile]) },
            Operation::RestoreBoard { .. } => Self::Restored,
        }
    }

    /// What one board has that another had not, or had otherwise.
    pub fn between(before: &Board, after: &Board) -> Vec<Self> {
        let mut changes = Vec::new();
        if before.title() != after.title() {
            changes.push(Self::RenamedBoard { title: after.title().clone() });
        }
        let absent = |from: &Board, tile: &&Tile| from.tile(tile.id).is_none();
        let labels = |tiles: Vec<&Tile>| tiles.into_iter().map(TileLabel::of).collect::<Vec<_>>();
        let added = labels(after.tiles().iter().filter(|tile| absent(before, tile)).collect());
        let removed = labels(before.tiles().iter().filter(|tile| absent(after, tile)).collect());
        if !added.is_empty() {
            changes.push(Self::Added { tiles: added });
        }
        if !removed.is_empty() {
            changes.push(Self::Removed { tiles: removed });
        }
        let kept: Vec<(&Tile, &Tile)> =
            after.tiles().iter().filter_map(|tile| before.tile(tile.id).map(|old| (old, tile))).collect();
        for (old, new) in &kept {
            if old.title != new.title {
                changes.push(Self::RenamedTile { tile: TileLabel::of(old), title: new.title.clone() });
            }
        }
        let of = |differs: &dyn Fn(&Tile, &Tile) -> bool| {
            labels(kept.iter().filter(|(old, new)| differs(old, new)).map(|(_, new)| *new).collect())
        };
        let containers = of(&|old, new| old.content.pages() != new.content.pages());
        if !containers.is_empty() {
            let inside = |board: &Board, tile: &Tile| board.container_of(tile.id).map(|container| container.id);
            let tiles = of(&|old, new| inside(before, old) != inside(after, new));
            changes.push(Self::Contained { containers, tiles });
        }
        let rebound = of(&|old, new| old.content != new.content && old.content.pages() == new.content.pages());
        if !rebound.is_empty() {
            changes.push(Self::Rebound { tiles: rebound });
        }
        let before_and_after_hold_the_same = kept.len() == before.tiles().len() && kept.len() == after.tiles().len();
        let (old_phone, new_phone) = (before.phone(), after.phone());
        let (old_wall, new_wall) = (before.wall(), after.wall());
        // Into a container and out of it is told already.
        let moved = |tile: TileId| before.container_of(tile).is_none() && after.container_of(tile).is_none();
        let places = [
            (LayoutName::Desk, of(&|_, new| moved(new.id) && before.desk().rect(new.id) != after.desk().rect(new.id))),
            (LayoutName::Phone, of(&|_, new| moved(new.id) && old_phone.card(new.id) != new_phone.card(new.id))),
            (LayoutName::Wall, of(&|_, new| moved(new.id) && old_wall.frame(new.id) != new_wall.frame(new.id))),
        ];
        for (layout, tiles) in places {
            // A draft follows the desk, which is told already.
            let is_drafted = match layout {
                LayoutName::Desk => false,
                LayoutName::Phone => after.layouts().phone.is_none() && before.layouts().phone.is_none(),
                LayoutName::Wall => after.layouts().wall.is_none() && before.layouts().wall.is_none(),
            };
            // Another order, another size or another stack moves no tile of its own.
            let is_arranged = match layout {
                LayoutName::Desk => false,
                LayoutName::Phone => before.layouts().phone != after.layouts().phone && before_and_after_hold_the_same,
                LayoutName::Wall => before.layouts().wall != after.layouts().wall && before_and_after_hold_the_same,
            };
            if !tiles.is_empty() && !is_drafted {
                changes.push(Self::Placed { layout, tiles });
            } else if tiles.is_empty() && is_arranged {
                changes.push(Self::Arranged { layout });
            }
        }
        if before.filters() != after.filters() {
            changes.push(Self::Filtered);
        }
        if before.theme() != after.theme() {
            changes.push(Self::Painted);
        }
        let followed = of(&|old, new| old.ignores != new.ignores);
        if !followed.is_empty() {
            changes.push(Self::Followed { tiles: followed });
        }
        let linked = of(&|old, new| old.opens != new.opens);
        if !linked.is_empty() {
            changes.push(Self::Linked { tiles: linked });
        }
        let handled = of(&|old, new| Handling::of(old) != Handling::of(new));
        if !handled.is_empty() {
            changes.push(Self::Handled { tiles: handled });
        }
        changes
    }
}

/// How an entry of the history came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    Edit,
    Undo,
    Redo,
}

/// One entry of a board's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The draft version that it made.
    pub version: i64,
    pub at: Timestamp,
    pub who: String,
    pub kind: StepKind,
    /// Whether it was taken back since.
    pub is_undone: bool,
    pub change: Change,
    /// What somebody called the draft at this version.
    pub name: Option<Title>,
    /// The published version that was made of it.
    pub published: Option<i32>,
}

/// A part of a board's history, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPage {
    pub entries: Vec<HistoryEntry>,
    /// Whether there is more before the last of them.
    pub has_more: bool,
}

/// A published version, as editors see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedVersion {
    /// Counted from 1.
    pub number: i32,
    pub at: Timestamp,
    pub who: String,
    /// What it changed against the version before it.
    pub changes: Vec<Change>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{GridRect, Placed};

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn after(board: &Board, operation: &Operation) -> Board {
        board.apply(operation).unwrap().board
    }

    #[test]
    fn what_changed_between_two_boards_is_told_thing_by_thing() {
        let tile = |number: u128, title: &str| {
            Tile::new(id(number), Title::parse(title).unwrap(), ComponentKind::Text.blank())
        };
        let one = Board::titled(Title::parse("日报").unwrap());
        let one = after(&one, &one.adding(tile(1, "甲"), None));
        let one = after(&one, &one.adding(tile(2, "乙"), None));
        assert_eq!(Change::between(&one, &one), []);

        let two = after(&one, &one.removing(&[id(1)]));
        let two = after(&two, &two.adding(tile(3, "丙"), None));
        let two = after(&two, &Operation::RenameTile { tile: id(2), title: Title::parse("丁").unwrap() });
        let two = after(&two, &two.placing(&[Placed { tile: id(2), rect: GridRect::clamped(6, 0, 6, 4) }]));
        let told = Change::between(&one, &two);
        let labels = |tiles: &[TileLabel]| tiles.iter().map(|tile| tile.title.to_string()).collect::<Vec<_>>();
        assert!(matches!(&told[0], Change::Added { tiles } if labels(tiles) == ["丙"]));
        assert!(matches!(&told[1], Change::Removed { tiles } if labels(tiles) == ["甲"]));
        assert!(matches!(&told[2], Change::RenamedTile { title, .. } if title.as_str() == "丁"));
        assert!(matches!(&told[3], Change::Placed { layout: LayoutName::Desk, tiles } if labels(tiles) == ["丁"]));
        assert_eq!(told.len(), 4, "drafted layouts are not told apart from the desk: {told:?}");
    }

    #[test]
    fn another_order_of_cards_is_told_as_another_arrangement() {
        let tile = |number: u128| Tile::new(id(number), Title::default(), ComponentKind::Text.blank());
        let board = Board::default();
        let board = after(&board, &board.adding(tile(1), None));
        let board = after(&board, &board.adding(tile(2), None));
        let arrange = |board: &Board, phone| after(board, &Operation::ArrangePhone { tiles: Vec::new(), phone });
        let arranged = arrange(&board, Some(board.phone()));
        let phone = arranged.phone();
        let turned = arrange(&arranged, Some(phone.put(phone.cards()[0], 1)));
        let told = [Change::Arranged { layout: LayoutName::Phone }];
        assert_eq!(Change::between(&board, &arranged), told, "no longer drafted");
        assert_eq!(Change::between(&arranged, &turned), told);
        let added = after(&arranged, &arranged.adding(tile(3), None));
        assert!(
            matches!(Change::between(&arranged, &added)[..], [Change::Added { .. }]),
            "it stands somewhere, of course"
        );
    }

    #[test]
    fn an_operation_is_told_with_the_names_of_its_tiles() {
        let label =
            TileLabel { id: id(1), title: Title::parse("甲").unwrap(), kind: ComponentKind::Kpi, metric: None };
        let find = |tile: TileId| (tile == id(1)).then(|| label.clone());
        let moved = Operation::PlaceTiles { tiles: vec![id(1)], desk: crate::layout::DeskLayout::default() };
        assert_eq!(Change::of(&moved, find), Change::Placed { layout: LayoutName::Desk, tiles: vec![label.clone()] });
        assert_eq!(Change::of(&Board::drafting_phone(), find), Change::Arranged { layout: LayoutName::Phone });
    }
}
