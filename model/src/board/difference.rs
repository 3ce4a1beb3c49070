//! The one operation that leads from a board to another.

use super::{Board, Handling, Operation, Tile, TileId};

impl Operation {
    /// What makes `after` of `before`: the smallest edit that does it alone, so that the history tells what was done and
    /// an edit of something else is no clash; else the whole board. `None` where there is nothing to do.
    pub fn between(before: &Board, after: &Board) -> Option<Self> {
        if before == after {
            return None;
        }
        // An edit of no tile would be told as nothing.
        let leads_there = |operation: &Self| {
            !operation.touched().is_empty() && before.apply(operation).is_ok_and(|edited| edited.board == *after)
        };
        let whole = || Self::RestoreBoard { board: Box::new(after.clone()) };
        Some(candidates(before, after).into_iter().find(leads_there).unwrap_or_else(whole))
    }
}

/// One of each kind of edit, each changing all of its kind that differs.
fn candidates(before: &Board, after: &Board) -> Vec<Operation> {
    let kept = || after.tiles().iter().filter_map(|tile| before.tile(tile.id).map(|old| (old, tile)));
    let differing = |differs: &dyn Fn(&Tile, &Tile) -> bool| -> Vec<TileId> {
        kept().filter(|(old, new)| differs(old, new)).map(|(_, new)| new.id).collect()
    };
    let (before_phone, after_phone) = (before.phone(), after.phone());
    let (before_wall, after_wall) = (before.wall(), after.wall());
    let (phone, wall) = (after.layouts().phone.clone(), after.layouts().wall.clone());
    let added = || after.tiles().iter().filter(|tile| before.tile(tile.id).is_none()).cloned().collect::<Vec<_>>();
    let removed =
        || before.tiles().iter().map(|tile| tile.id).filter(|tile| after.tile(*tile).is_none()).collect::<Vec<_>>();
    let mut candidates = vec![
        Operation::RenameBoard { title: after.title().clone() },
        Operation::PlaceTiles {
            tiles: differing(&|_, new| before.desk().rect(new.id) != after.desk().rect(new.id)),
            desk: after.desk().clone(),
        },
        Operation::ArrangePhone {
            tiles: differing(&|_, new| before_phone.card(new.id) != after_phone.card(new.id)),
            phone,
        },
        Operation::ArrangeWall {
            tiles: differing(&|_, new| before_wall.frame(new.id) != after_wall.frame(new.id)),
            wall,
        },
        Operation::Handle {
            tiles: kept()
                .filter(|(old, new)| Handling::of(old) != Handling::of(new))
                .map(|(_, new)| Handling::of(new))
                .collect(),
        },
        Operation::SetFilters { filters: after.filters().to_vec() },
        Operation::SetTheme { theme: after.theme() },
        Operation::AddTiles { tiles: added(), layouts: after.layouts().clone() },
        Operation::RemoveTiles { tiles: removed(), layouts: after.layouts().clone() },
    ];
    if let Some((_, new)) = kept().find(|(old, new)| old.title != new.title) {
        candidates.push(Operation::RenameTile { tile: new.id, title: new.title.clone() });
    }
    if let Some((_, new)) = kept().find(|(old, new)| old.content != new.content) {
        candidates.push(Operation::SetContent { tile: new.id, content: new.content.clone() });
    }
    if let Some((_, new)) = kept().find(|(old, new)| old.ignores != new.ignores) {
        candidates.push(Operation::IgnoreFilters { tile: new.id, ignores: new.ignores.clone() });
    }
    if let Some((_, new)) = kept().find(|(old, new)| old.opens != new.opens) {
        candidates.push(Operation::SetLink { tile: new.id, opens: new.opens });
    }
    let turned = kept().find(|(old, new)| old.content.pages() != new.content.pages());
    if let Some((container, pages)) = turned.and_then(|(_, new)| Some((new.id, new.content.pages()?))) {
        let inside = |board: &Board, id: TileId| board.container_of(id).map(|container| container.id);
        candidates.extend([
            Operation::SetPages {
                container,
                pages: pages.clone(),
                tiles: differing(&|old, tile| inside(before, old.id) != inside(after, tile.id)),
                layouts: after.layouts().clone(),
            },
            Operation::AddInside { container, pages: pages.clone(), tiles: added() },
            Operation::RemoveInside { container, pages: pages.clone(), tiles: removed() },
        ]);
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        appearance::{BaseTheme, ThemeChoice},
        board::{BoardFilter, ComponentKind, ContainerPage, FilterSubject, GroupId, TileContent, Title},
        layout::{GridRect, Placed},
    };
    use proptest::prelude::*;

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn after(board: &Board, operation: &Operation) -> Board {
        board.apply(operation).unwrap().board
    }

    fn board() -> Board {
        let board = (1..5).fold(Board::default(), |board, number| {
            let tile = Tile::new(id(number), Title::parse("播放").unwrap(), ComponentKind::Text.blank());
            after(&board, &board.adding(tile, None))
        });
        after(&board, &Operation::ArrangeWall { tiles: Vec::new(), wall: Some(board.wall()) })
    }

    /// Edits as an editor makes them, by number.
    fn edit(board: &Board, kind: u8, tile: TileId, (x, y): (i32, i32)) -> Option<Operation> {
        board.tile(tile)?;
        let title = Title::parse(&format!("{x}")).unwrap();
        let place = Placed { tile, rect: GridRect::clamped(x, y, 3, 3) };
        Some(match kind {
            0 => Operation::RenameBoard { title },
            1 => Operation::RenameTile { tile, title },
            2 => Operation::SetContent { tile, content: TileContent::text(title.to_string()) },
            3 => board.placing(&[place]),
            4 => board.removing(&[tile]),
            5 => board.adding(Tile::new(id(90), title, ComponentKind::Kpi.blank()), None),
            6 => board.grouping(&[tile], Some(GroupId::from_u128(9))),
            7 => Operation::SetFilters { filters: vec![BoardFilter::about(FilterSubject::Time)] },
            8 => Operation::IgnoreFilters { tile, ignores: vec![FilterSubject::Time] },
            9 => Operation::SetTheme { theme: Some(ThemeChoice::Shipped(BaseTheme::Dark)) },
            _ => Operation::ArrangePhone { tiles: Vec::new(), phone: Some(board.phone()) },
        })
    }

    proptest! {
        #[test]
        fn it_leads_from_the_one_to_the_other(
            edits in prop::collection::vec((0_u8..11, 1_u128..5, (0_i32..12, 0_i32..9)), 0..4),
        ) {
            let before = board();
            let wanted = edits.iter().fold(before.clone(), |board, (kind, tile, place)| {
                let edited = edit(&board, *kind, id(*tile), *place).and_then(|edit| board.apply(&edit).ok());
                edited.map_or(board, |edited| edited.board)
            });
            let operation = Operation::between(&before, &wanted);
            let led_to = operation.map_or(before.clone(), |operation| after(&before, &operation));
            prop_assert_eq!(led_to, wanted);
        }
    }

    #[test]
    fn what_happens_in_a_container_is_told_as_that() {
        let tabs = Tile::new(id(70), Title::default(), ComponentKind::Tabs.blank());
        let empty = after(&board(), &board().adding(tabs, None));
        let new = Tile::new(id(71), Title::default(), ComponentKind::Kpi.blank());
        let full = after(&empty, &empty.adding_inside(id(70), new, None).unwrap());
        assert!(matches!(Operation::between(&empty, &full), Some(Operation::AddInside { .. })));
        assert!(matches!(Operation::between(&full, &empty), Some(Operation::RemoveInside { .. })));
        let named = full.tile(id(70)).and_then(|tile| tile.content.pages()).unwrap();
        let page = ContainerPage { title: Title::parse("甲").unwrap(), ..named.all()[0].clone() };
        let named = after(&full, &full.containing(id(70), named.with_page_at(0, page)));
        assert!(matches!(
            Operation::between(&full, &named),
            Some(Operation::SetContent { .. } | Operation::SetPages { .. })
        ));
        let both = after(&named, &named.entering(id(70), &[id(1)], None).unwrap());
        assert!(matches!(Operation::between(&full, &both), Some(Operation::SetPages { .. })));
    }

    #[test]
    fn one_edit_is_told_as_that_edit() {
        let before = board();
        for kind in 0..11 {
            let operation = edit(&before, kind, id(2), (6, 6)).unwrap();
            let found = Operation::between(&before, &after(&before, &operation)).unwrap();
            assert_eq!(found.touched(), operation.touched(), "{operation:?}");
        }
        let renamed = after(&before, &Operation::RenameBoard { title: Title::parse("甲").unwrap() });
        let both = after(&renamed, &renamed.removing(&[id(1)]));
        assert!(matches!(Operation::between(&before, &both), Some(Operation::RestoreBoard { .. })));
    }
}
