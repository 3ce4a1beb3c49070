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
        scheduled: None,
        calendar: Calendar::CHINA,
    }
}

fn add(board: &Board, number: u128) -> Operation {
    let tile = Tile::new(TileId::from_u128(number), Title::default(), ComponentKind::Text.blank());
    let layouts = board.layouts().append(tile.id, ComponentKind::Text);
    Operation::AddTiles { tiles: vec![tile], layouts }
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

/// What is sent next, with the version that its editor saw.
fn next_edit(queue: &EditQueue) -> (Operation, i64) {
    let Some(Step::Edit(edit)) = queue.next() else { panic!("no edit waits") };
    (edit.operation, edit.base_version)
}

#[test]
fn an_edit_says_what_its_editor_saw_also_after_the_draft_was_read_anew() {
    let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
    queue.push(id(1), rename(1, "mine")).unwrap();
    let theirs = with_two_tiles().apply(&rename(1, "theirs")).unwrap().board;
    queue.refreshed(draft(theirs, 3));
    assert_eq!(next_edit(&queue), (rename(1, "mine"), 2));
    queue.keep_first();
    assert_eq!(next_edit(&queue), (rename(1, "mine"), 3));
}

#[test]
fn an_edit_behind_an_undo_says_what_its_editor_saw() {
    let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
    queue.push_undo(id(1));
    queue.push(id(2), rename(1, "mine")).unwrap();
    let theirs = with_two_tiles().apply(&rename(1, "theirs")).unwrap().board;
    assert_eq!(queue.accepted(draft(theirs, 4)), None);
    assert_eq!(next_edit(&queue), (rename(1, "mine"), 2));
}

#[test]
fn every_edit_that_clashes_says_what_its_editor_saw_not_only_the_first() {
    let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
    for (number, title) in [(1, "a"), (2, "b")] {
        queue.push(id(number), rename(number, title)).unwrap();
    }
    queue.push(id(3), Operation::RenameBoard { title: Title::parse("c").unwrap() }).unwrap();
    let theirs = with_two_tiles().apply(&rename(1, "a")).unwrap().board.apply(&rename(2, "theirs")).unwrap().board;
    let theirs = theirs.apply(&Operation::RenameBoard { title: Title::parse("theirs").unwrap() }).unwrap().board;
    assert_eq!(queue.accepted(draft(theirs.clone(), 5)), Some(Clash { mine: rename(2, "b") }));
    queue.keep_first();
    assert_eq!(next_edit(&queue), (rename(2, "b"), 5));
    let mine = theirs.apply(&rename(2, "b")).unwrap().board;
    queue.accepted(draft(mine, 6));
    assert_eq!(next_edit(&queue).1, 2, "nobody has seen the other board title yet");
}

#[test]
fn removing_a_tile_that_somebody_else_has_changed_is_reported() {
    let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
    queue.push(id(1), rename(1, "mine")).unwrap();
    let tiles = vec![TileId::from_u128(2)];
    let remove = Operation::RemoveTiles { layouts: queue.shown().layouts().remove(&tiles), tiles };
    queue.push(id(2), remove.clone()).unwrap();
    let theirs = with_two_tiles().apply(&rename(1, "mine")).unwrap().board.apply(&rename(2, "theirs")).unwrap().board;
    assert_eq!(queue.accepted(draft(theirs, 4)), Some(Clash { mine: remove }));
}

#[test]
fn a_draft_that_a_newer_one_has_overtaken_says_nothing() {
    let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
    queue.push(id(1), rename(1, "mine")).unwrap();
    let newer = with_two_tiles().apply(&rename(1, "mine")).unwrap().board.apply(&rename(2, "theirs")).unwrap().board;
    queue.refreshed(draft(newer.clone(), 4));
    queue.refreshed(draft(with_two_tiles(), 2));
    assert_eq!(queue.confirmed().version, 4);
    assert_eq!(queue.accepted(draft(with_two_tiles().apply(&rename(1, "mine")).unwrap().board, 3)), None);
    assert_eq!((queue.confirmed().version, queue.shown(), queue.len()), (4, &newer, 0));
}

proptest! {
    #[test]
    fn working_alone_the_server_ends_with_what_was_seen(moves in prop::collection::vec((1_u128..3, 0..12, 0..20), 1..12)) {
        let mut queue = EditQueue::new(draft(with_two_tiles(), 2));
        for (number, (tile, x, y)) in moves.into_iter().enumerate() {
            let tile = TileId::from_u128(tile);
            let desk = queue.shown().desk().place(tile, GridRect::clamped(x, y, 4, 3));
            queue.push(id(number as u128), Operation::PlaceTiles { tiles: vec![tile], desk }).unwrap();
        }
        let seen = queue.shown().clone();
        while let Some(Step::Edit(edit)) = queue.next() {
            prop_assert_eq!(edit.base_version, queue.confirmed().version);
            let board = queue.confirmed().board.apply(&edit.operation).unwrap().board;
            let version = queue.confirmed().version + 1;
            prop_assert_eq!(queue.accepted(draft(board, version)), None);
            prop_assert_eq!(queue.shown(), &seen);
        }
        prop_assert!(queue.is_empty());
    }
}

#[test]
fn steps_that_were_left_behind_go_first_whether_the_server_took_them_or_not() {
    let board = with_two_tiles();
    let left = |number: u128, operation: Operation| Step::Edit(Edit { id: id(number), base_version: 2, operation });
    let steps = vec![left(1, rename(1, "a")), left(2, rename(2, "b"))];
    // The server has taken the first one; its answer was lost with the tab.
    let taken = board.apply(&rename(1, "a")).unwrap().board;
    let mut queue = EditQueue::new(draft(taken.clone(), 3));
    queue.restore(steps.clone());
    assert_eq!(queue.waiting().cloned().collect::<Vec<_>>(), steps);
    let title = |queue: &EditQueue, number: u128| queue.shown().tile(TileId::from_u128(number)).unwrap().title.clone();
    assert_eq!((title(&queue, 1).as_str(), title(&queue, 2).as_str()), ("a", "b"));
    assert_eq!(queue.accepted(draft(taken.clone(), 3)), None);
    assert_eq!(queue.next().as_ref(), steps.get(1));
    let both = taken.apply(&rename(2, "b")).unwrap().board;
    assert_eq!(queue.accepted(draft(both.clone(), 4)), None);
    assert_eq!((queue.is_empty(), queue.shown()), (true, &both));
}
