use super::*;
use model::{
    board::{BoardId, ComponentKind, Tile, TileId, Title},
    layout::GridRect,
    time::Calendar,
};
use proptest::prelude::*;

fn draft(board: Board, version: i64) -> Draft {
    Draft {
        id: BoardId::from_u128(1),
        board,
        version,
        may_undo: version > 0,
        may_redo: false,
        published: None,
        has_unpublished_edits: version > 0,
        calendar: Calendar::CHINA,
    }
}

fn add(board: &Board, number: u128) -> Operation {
    let tile = Tile { id: TileId::from_u128(number), title: Title::default(), content: ComponentKind::Text.blank() };
    let desk = board.desk().append(tile.id, ComponentKind::Text.usual_size());
    Operation::AddTile { tile, desk }
}

fn rename(number: u128, title: &str) -> Operation {
    Operation::RenameTile { tile: TileId::from_u128(number), title: Title::parse(title).unwrap() }
}

fn with_two_tiles() -> Board {
    let one = Board::default().apply(&add(&Board::default(), 1)).unwrap().board;
    one.apply(&add(&one, 2)).unwrap().board
}

fn id(number: u128) -> OperationId {
    OperationId::from_u128(number)
}

#[test]
fn an_edit_is_seen_at_once_and_sent_until_it_is_taken() {
    let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
    queue.push(id(1), rename(1, "a")).unwrap();
    assert_eq!(queue.shown().tile(TileId::from_u128(1)).unwrap().title.as_str(), "a");
    let first = queue.next();
    assert_eq!(queue.next(), first);
    let board = queue.confirmed().board.apply(&rename(1, "a")).unwrap().board;
    assert_eq!(queue.accepted(draft(board.clone(), 3)), None);
    assert_eq!((queue.next(), queue.shown()), (None, &board));
}

#[test]
fn an_edit_that_changes_nothing_is_not_kept() {
    let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
    queue.push(id(1), rename(1, "")).unwrap();
    assert!(queue.is_empty());
}

#[test]
fn somebody_elses_edit_of_the_same_thing_is_not_overwritten() {
    let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
    queue.push(id(1), rename(1, "mine")).unwrap();
    queue.push(id(2), rename(2, "mine")).unwrap();
    let theirs = with_two_tiles().apply(&rename(1, "mine")).unwrap().board.apply(&rename(2, "theirs")).unwrap().board;
    assert_eq!(queue.accepted(draft(theirs.clone(), 4)), Some(Clash { mine: rename(2, "mine") }));
    queue.drop_first();
    assert_eq!(queue.shown(), &theirs);
}

#[test]
fn dropping_an_edit_drops_what_stands_on_it() {
    let mut queue = EditQueue::new(draft(Board::default(), 0));
    queue.push(id(1), add(&Board::default(), 1)).unwrap();
    queue.push(id(2), rename(1, "a")).unwrap();
    queue.drop_first();
    assert!(queue.is_empty());
    assert_eq!(queue.shown(), &Board::default());
}

proptest! {
    #[test]
    fn working_alone_the_server_ends_with_what_was_seen(moves in prop::collection::vec((1_u128..3, 0..12, 0..20), 1..12)) {
        let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
        for (number, (tile, x, y)) in moves.into_iter().enumerate() {
            let tile = TileId::from_u128(tile);
            let desk = queue.shown().desk().place(tile, GridRect::clamped(x, y, 4, 3));
            queue.push(id(number as u128), Operation::PlaceTile { tile, desk }).unwrap();
        }
        let seen = queue.shown().clone();
        while let Some(Request::Edit(edit)) = queue.next() {
            prop_assert_eq!(edit.base_version, queue.confirmed().version);
            let board = queue.confirmed().board.apply(&edit.operation).unwrap().board;
            let version = queue.confirmed().version + 1;
            prop_assert_eq!(queue.accepted(draft(board, version)), None);
            prop_assert_eq!(queue.shown(), &seen);
        }
        prop_assert!(queue.is_empty());
    }
}
