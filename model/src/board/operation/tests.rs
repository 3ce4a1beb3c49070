//! Every edit can be taken back, written down, and worked into what others did.

use super::*;
use crate::{
    board::{ComponentKind, ContainerPage, GroupId},
    layout::{GridRect, PhoneCard, WallFrame, WallRect, WallSize},
};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Add(ComponentKind, i32, i32),
    Remove(usize),
    Place(usize, i32, i32, i32, i32),
    Hide(usize),
    Card(usize, usize),
    Frame(usize, i32, i32),
    Draft,
    WallSize(i32, i32),
    Lock(usize),
    RenameTile(usize, String),
    Unbind(usize),
    Contain(usize, usize),
    AddInside(usize, ComponentKind, Option<usize>),
    Release(usize),
    RenameBoard(String),
}

fn steps() -> impl Strategy<Value = Step> {
    let kind = prop::sample::select(ComponentKind::ALL.to_vec());
    prop_oneof![
        3 => (kind, 0..12, 0..30).prop_map(|(kind, x, y)| Step::Add(kind, x, y)),
        1 => (0_usize..20).prop_map(Step::Remove),
        3 => (0_usize..20, 0..12, 0..30, 1..13, 1..9).prop_map(|(tile, x, y, w, h)| Step::Place(tile, x, y, w, h)),
        1 => (0_usize..20).prop_map(Step::Hide),
        1 => (0_usize..20, 0_usize..9).prop_map(|(tile, position)| Step::Card(tile, position)),
        1 => (0_usize..20, 0..2_000, 0..1_000).prop_map(|(tile, x, y)| Step::Frame(tile, x, y)),
        1 => Just(Step::Draft),
        1 => (1_000..4_000, 500..2_000).prop_map(|(w, h)| Step::WallSize(w, h)),
        1 => (0_usize..20).prop_map(Step::Lock),
        1 => (0_usize..20, "[a-z一-龥]{0,8}").prop_map(|(tile, title)| Step::RenameTile(tile, title)),
        1 => (0_usize..20).prop_map(Step::Unbind),
        2 => (0_usize..20, 0_usize..20).prop_map(|(container, tile)| Step::Contain(container, tile)),
        2 => (0_usize..20, prop::sample::select(ComponentKind::ALL.to_vec()), prop::option::of(0_usize..3))
            .prop_map(|(container, kind, page)| Step::AddInside(container, kind, page)),
        1 => (0_usize..20).prop_map(Step::Release),
        1 => "[a-z一-龥]{0,8}".prop_map(Step::RenameBoard),
    ]
}

fn operation(board: &Board, step: &Step, number: u128) -> Option<Operation> {
    let pick = |index: usize| board.tiles().get(index % board.tiles().len().max(1));
    let title = |text: &str| Title::parse(text).unwrap();
    let free = |tile: &&Tile| board.container_of(tile.id).is_none();
    let containers: Vec<&Tile> = board.tiles().iter().filter(|tile| tile.content.pages().is_some()).collect();
    match step {
        Step::Add(kind, x, y) => {
            let tile = Tile::new(TileId::from_u128(number), Title::default(), kind.blank());
            let size = kind.usual_size();
            let desk = board.desk().place(tile.id, GridRect::clamped(*x, *y, size.w.into(), size.h.into()));
            let layouts = board.layouts().with_new_tile(tile.id, *kind, desk);
            Some(Operation::AddTiles { tiles: vec![tile], layouts })
        }
        Step::Remove(index) => {
            // A tile and the one added after it.
            let tiles: Vec<TileId> =
                [*index, *index + 1].iter().filter_map(|index| pick(*index)).map(|tile| tile.id).collect();
            let mut tiles = tiles;
            tiles.dedup();
            (!tiles.is_empty()).then(|| board.removing(&tiles))
        }
        Step::Place(index, x, y, w, h) => pick(*index).filter(free).map(|tile| Operation::PlaceTiles {
            tiles: vec![tile.id],
            desk: board.desk().place(tile.id, GridRect::clamped(*x, *y, *w, *h)),
        }),
        Step::Hide(index) => pick(*index)
            .map(|tile| Operation::PlaceTiles { tiles: vec![tile.id], desk: board.desk().remove(&[tile.id]) }),
        Step::Card(index, position) => pick(*index).filter(free).map(|tile| {
            let card = PhoneCard { hidden: *position == 3, ..PhoneCard::usual(tile.id, tile.content.kind()) };
            let phone = Some(board.layouts().shown_phone(board.tiles()).put(card, *position));
            Operation::ArrangePhone { tiles: vec![tile.id], phone }
        }),
        Step::Frame(index, x, y) => pick(*index).filter(free).map(|tile| {
            let wall = board.layouts().drafted_wall(board.tiles(), WallSize::FULL_HD);
            let wall = board.layouts().wall.clone().unwrap_or(wall);
            let rect = WallRect::clamped(*x, *y, 300, 200, wall.size());
            let wall = wall.set(&[WallFrame { tile: tile.id, rect, hidden: false }]);
            Operation::ArrangeWall { tiles: vec![tile.id], wall: Some(wall) }
        }),
        Step::Draft => Some(Operation::ArrangePhone { tiles: Vec::new(), phone: None }),
        Step::WallSize(w, h) => {
            let wall = board.layouts().drafted_wall(board.tiles(), WallSize::clamped(*w, *h));
            Some(Operation::ArrangeWall { tiles: Vec::new(), wall: Some(wall) })
        }
        Step::Lock(index) => pick(*index).map(|tile| Operation::Handle {
            tiles: vec![Handling { locked: !tile.locked, group: Some(GroupId::from_u128(7)), tile: tile.id }],
        }),
        Step::RenameTile(index, text) => {
            pick(*index).map(|tile| Operation::RenameTile { tile: tile.id, title: title(text) })
        }
        Step::Unbind(index) => {
            // A container keeps what stands in it.
            let bound = pick(*index).filter(|tile| tile.content.pages().is_none());
            bound.map(|tile| Operation::SetContent { tile: tile.id, content: tile.content.kind().blank() })
        }
        Step::AddInside(container, kind, page) => {
            let tile = Tile::new(TileId::from_u128(number), Title::default(), kind.blank());
            board.adding_inside(containers.get(container % containers.len().max(1))?.id, tile, *page)
        }
        Step::Contain(container, tile) => {
            let container = containers.get(container % containers.len().max(1))?;
            let tile = pick(*tile).filter(|tile| board.may_enter(tile.id))?;
            let page = ContainerPage { title: Title::default(), tiles: vec![tile.id] };
            Some(board.containing(container.id, container.content.pages()?.with_page(page)))
        }
        Step::Release(tile) => {
            let tile = pick(*tile)?;
            let container = board.container_of(tile.id)?;
            Some(board.containing(container.id, container.content.pages()?.without_tile(tile.id)))
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
    one.title() == other.title() && one.layouts() == other.layouts() && sorted(one) == sorted(other)
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
fn a_layout_with_a_stranger_is_refused() {
    let (tile, stranger) = (TileId::from_u128(1), TileId::from_u128(2));
    let layouts = Layouts::default().append(stranger, ComponentKind::Text);
    let tiles = vec![Tile::new(tile, Title::default(), ComponentKind::Text.blank())];
    let add = Operation::AddTiles { tiles: tiles.clone(), layouts: layouts.clone() };
    assert_eq!(Board::default().apply(&add), Err(OperationError::LayoutMismatch));
    let place = Operation::PlaceTiles { tiles: vec![tile], desk: DeskLayout::default() };
    assert_eq!(Board::default().apply(&place), Err(OperationError::NoSuchTile(tile)));
    let board = Board::new(Title::default(), Vec::new(), tiles, Layouts::default()).unwrap();
    let without = Operation::ArrangePhone { tiles: vec![tile], phone: Some(PhoneLayout::default()) };
    assert_eq!(board.apply(&without), Err(OperationError::LayoutMismatch), "an arranged phone holds every tile");
}

#[test]
fn a_phone_arranged_by_one_keeps_what_another_adds() {
    let board = (1..4).fold(Board::default(), |board, number| added(&board, number));
    let first = TileId::from_u128(1);
    let phone = board.phone().put(PhoneCard::usual(first, ComponentKind::Text), 2);
    let mine = Operation::ArrangePhone { tiles: vec![first], phone: Some(phone) };
    let theirs = added(&board, 9);
    let both = theirs.apply(&mine.rebased(&theirs)).unwrap().board;
    let order: Vec<TileId> = both.phone().cards().iter().map(|card| card.tile).collect();
    assert_eq!(order, [2, 3, 1, 9].map(TileId::from_u128));
}

#[test]
fn what_stands_in_a_container_stands_nowhere_else() {
    let board = (1..3).fold(Board::default(), |board, number| added(&board, number));
    let [first, second, tabs] = [1, 2, 3].map(TileId::from_u128);
    let board = after(&board, &board.adding(Tile::new(tabs, Title::default(), ComponentKind::Tabs.blank()), None));
    let page = |tile| ContainerPage { title: Title::default(), tiles: vec![tile] };
    let put = board.containing(tabs, Pages::NONE.with_page(page(first)));
    let filled = after(&board, &put);
    assert_eq!((filled.inside(tabs), filled.desk().rect(first)), (vec![first], None));
    assert_eq!((filled.phone().card(first), filled.wall().frame(first)), (None, None));
    assert_eq!(after(&filled, &filled.hiding(crate::layout::LayoutName::Desk, &[first], false)), filled);

    let both = Operation::PlaceTiles { tiles: vec![first], desk: board.desk().clone() };
    assert_eq!(filled.apply(&both), Err(OperationError::StandsTwice(first)));
    let nested = filled.containing(tabs, Pages::NONE.with_page(page(tabs)));
    assert_eq!(filled.apply(&nested), Err(OperationError::ContainerInContainer(tabs)));
    let into_text = Operation::SetPages {
        container: second,
        pages: Pages::NONE,
        tiles: Vec::new(),
        layouts: filled.layouts().clone(),
    };
    assert_eq!(filled.apply(&into_text), Err(OperationError::NoContainer(second)));

    // Somebody moved the tile meanwhile, which is a clash; decided for the container, it comes out of sight all the same.
    let moved = after(&board, &both);
    assert!(put.clashes_with(&both));
    assert_eq!(after(&moved, &put.rebased(&moved)).desk().rect(first), None);
    // And where the phone was arranged meanwhile.
    let arranged = after(&board, &Operation::ArrangePhone { tiles: Vec::new(), phone: Some(board.phone()) });
    assert_eq!(after(&arranged, &put.rebased(&arranged)).phone().card(first), None);

    let released = after(&filled, &filled.containing(tabs, Pages::NONE));
    assert!(released.desk().rect(first).is_some() && released.inside(tabs).is_empty());
    let gone = after(&filled, &filled.removing(&[tabs]));
    assert_eq!(gone.tiles().iter().map(|tile| tile.id).collect::<Vec<_>>(), [second], "with what stands in it");
}

#[test]
fn a_tile_that_is_brought_back_comes_back_to_its_page() {
    let board = added(&Board::default(), 1);
    let [first, tabs] = [1, 3].map(TileId::from_u128);
    let board = after(&board, &board.adding(Tile::new(tabs, Title::default(), ComponentKind::Tabs.blank()), None));
    let page = ContainerPage { title: Title::default(), tiles: vec![first] };
    let filled = after(&board, &board.containing(tabs, Pages::NONE.with_page(page)));
    let removed = filled.apply(&filled.removing(&[first])).unwrap();
    assert_eq!(removed.board.inside(tabs), []);
    // Meanwhile somebody arranged the phone.
    let phone = removed.board.phone();
    let arranged = after(&removed.board, &Operation::ArrangePhone { tiles: Vec::new(), phone: Some(phone) });
    let back = after(&arranged, &removed.inverse.rebased(&arranged));
    assert_eq!(back.inside(tabs), [first]);
    assert_eq!(back.phone().card(first), None);
}

fn after(board: &Board, operation: &Operation) -> Board {
    board.apply(operation).unwrap().board
}

fn added(board: &Board, number: u128) -> Board {
    let tile = Tile::new(TileId::from_u128(number), Title::default(), ComponentKind::Text.blank());
    let layouts = board.layouts().append(tile.id, ComponentKind::Text);
    board.apply(&Operation::AddTiles { tiles: vec![tile], layouts }).unwrap().board
}
