//! Three editors at once, each on what they last saw: the board stays valid, all end with the same one, and the
//! history alone leads to it.

use super::workshop::{Editor, Workshop, add, fresh, place, remove, rename, tile};
use model::{
    board::{Board, ComponentKind, Operation, TileId},
    problem::ProblemCode,
};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRunner},
};
use sqlx::{PgPool, Row as _, types::Json};

const CASES: usize = 12;

#[derive(Debug, Clone)]
enum Step {
    Add(ComponentKind),
    Remove(usize),
    Place(usize, i32, i32),
    Rename(usize, String),
    Undo,
    Redo,
    /// Reads the newest draft; otherwise the next edit is made on an older one.
    Reload,
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        3 => prop::sample::select(ComponentKind::ALL.to_vec()).prop_map(Step::Add),
        1 => (0_usize..9).prop_map(Step::Remove),
        3 => (0_usize..9, 0..12, 0..20).prop_map(|(tile, x, y)| Step::Place(tile, x, y)),
        2 => (0_usize..9, "[a-z]{1,4}").prop_map(|(tile, title)| Step::Rename(tile, title)),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        2 => Just(Step::Reload),
    ];
    prop::collection::vec((0_usize..3, step), 20..50)
}

/// What an editor would send for a step, on the board they see.
fn operation(board: &Board, step: &Step, number: u128) -> Option<Operation> {
    let pick =
        |index: &usize| board.tiles().get(index % board.tiles().len().max(1)).map(|tile| tile.id.uuid().as_u128());
    match step {
        Step::Add(kind) => Some(add(board, number, *kind)),
        Step::Remove(index) => pick(index).map(|tile| remove(board, tile)),
        Step::Place(index, x, y) => pick(index).map(|tile| place(board, tile, *x, *y)),
        Step::Rename(index, title) => pick(index).map(|tile| rename(tile, title)),
        Step::Undo | Step::Redo | Step::Reload => None,
    }
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn three_editors_end_with_the_same_board(owner: PgPool) {
    let mut shop = Workshop::of(owner).await;
    let people = [
        shop.another_editor("a@example.com").await,
        shop.another_editor("b@example.com").await,
        shop.another_editor("c@example.com").await,
    ];
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    for _ in 0..CASES {
        shop.id = shop.boards.create(&shop.li.who, Board::default()).await.unwrap();
        let mut editors = Vec::new();
        for person in &people {
            let edit = shop.world.access.authorize_edit(&person.who, shop.id).await.unwrap();
            editors.push(Editor { who: person.who.clone(), edit });
        }
        let case = steps().new_tree(&mut runner).unwrap().current();
        play(&shop, &editors, &case).await;
        check(&shop, &editors).await;
    }
    shop.close().await;
}

async fn play(shop: &Workshop, editors: &[Editor], steps: &[(usize, Step)]) {
    let mut seen = Vec::new();
    for editor in editors {
        seen.push(shop.boards.draft(&editor.edit).await.unwrap());
    }
    for (number, (who, step)) in steps.iter().enumerate() {
        let editor = &editors[*who];
        let outcome = match step {
            Step::Undo => shop.boards.undo(&editor.edit, fresh()).await,
            Step::Redo => shop.boards.redo(&editor.edit, fresh()).await,
            Step::Reload => shop.boards.draft(&editor.edit).await,
            Step::Add(_) | Step::Remove(_) | Step::Place(..) | Step::Rename(..) => {
                match operation(&seen[*who].board, step, number as u128 + 1) {
                    Some(operation) => shop.does_on(editor, seen[*who].version, operation).await,
                    None => continue,
                }
            }
        };
        match outcome {
            Ok(draft) => seen[*who] = draft,
            // Refused: the page shows both and loads the newest.
            Err(problem) => {
                let expected = [ProblemCode::EditConflict, ProblemCode::NothingToUndo, ProblemCode::NothingToRedo];
                assert!(expected.contains(&problem.code), "{step:?}: {problem:?}");
                seen[*who] = shop.boards.draft(&editor.edit).await.unwrap();
            }
        }
    }
}

async fn check(shop: &Workshop, editors: &[Editor]) {
    let mut drafts = Vec::new();
    for editor in editors {
        drafts.push(shop.boards.draft(&editor.edit).await.unwrap());
    }
    assert!(drafts.iter().all(|draft| draft.board == drafts[0].board && draft.version == drafts[0].version));

    let rows =
        sqlx::query("select op, inverse from board_op where board_id = $1 order by version").bind(shop.id.uuid());
    let rows = rows.fetch_all(&shop.world.owner).await.unwrap();
    assert_eq!(rows.len() as i64, drafts[0].version);
    let mut board = Board::default();
    for row in &rows {
        let edited = board.apply(&row.get::<Json<Operation>, _>(0)).unwrap();
        assert_eq!(edited.inverse, row.get::<Json<Operation>, _>(1).0);
        board = edited.board;
    }
    assert_eq!(board, drafts[0].board);
    let mut ids: Vec<TileId> = board.tiles().iter().map(|tile| tile.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), board.tiles().len());
    assert!(!ids.contains(&tile(0)));
}
