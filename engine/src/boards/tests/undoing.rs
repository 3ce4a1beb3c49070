use super::workshop::{Workshop, add, fresh, place, remove, rename, tile};
use crate::boards::Boards;
use model::{
    board::{Board, ComponentKind},
    problem::ProblemCode,
};
use sqlx::PgPool;

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn undo_goes_back_step_by_step_and_redo_forward(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let mut states = vec![shop.draft().await.board];
    for number in 1..=3 {
        let operation = add(states.last().unwrap(), number, ComponentKind::Kpi);
        states.push(shop.does(&shop.li, operation).await.board);
    }
    states.push(shop.does(&shop.li, place(&states[3], 1, 6, 5)).await.board);
    for step in (0..4).rev() {
        // As after a reload: nothing is kept in between but the rows.
        let boards = Boards::open(&shop.world.databases, shop.world.clock.clone());
        let draft = boards.undo(&shop.li.edit, fresh()).await.unwrap();
        assert_eq!(draft.board, states[step]);
        assert_eq!((draft.may_undo, draft.may_redo), (step > 0, true));
    }
    assert_eq!(shop.boards.undo(&shop.li.edit, fresh()).await.unwrap_err().code, ProblemCode::NothingToUndo);
    for (step, state) in states.iter().enumerate().skip(1) {
        let draft = shop.boards.redo(&shop.li.edit, fresh()).await.unwrap();
        assert_eq!(&draft.board, state);
        assert_eq!((draft.may_undo, draft.may_redo), (true, step < 4));
    }
    assert_eq!(shop.boards.redo(&shop.li.edit, fresh()).await.unwrap_err().code, ProblemCode::NothingToRedo);
    assert_eq!(shop.boards.undo(&shop.li.edit, fresh()).await.unwrap().board, states[3]);
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_new_edit_ends_what_could_be_brought_back(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    shop.does(&shop.li, rename(1, "一")).await;
    shop.boards.undo(&shop.li.edit, fresh()).await.unwrap();
    let after = shop.does(&shop.li, rename(1, "二")).await;
    assert!(!after.may_redo);
    assert_eq!(shop.boards.redo(&shop.li.edit, fresh()).await.unwrap_err().code, ProblemCode::NothingToRedo);
    // Undo takes back the new edit, passes the one that is undone already, and comes to the first.
    assert!(shop.boards.undo(&shop.li.edit, fresh()).await.unwrap().board.tile(tile(1)).unwrap().title.is_empty());
    assert!(shop.boards.undo(&shop.li.edit, fresh()).await.unwrap().board.tiles().is_empty());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn everybody_takes_back_their_own(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let wu = shop.another_editor("wu@example.com").await;
    let draft = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    shop.does(&wu, add(&draft.board, 2, ComponentKind::Bar)).await;
    let draft = shop.boards.undo(&shop.li.edit, fresh()).await.unwrap();
    assert!(draft.board.tile(tile(1)).is_none());
    assert!(draft.board.tile(tile(2)).is_some(), "what Wu did stays");
    let draft = shop.boards.redo(&shop.li.edit, fresh()).await.unwrap();
    assert!(draft.board.tile(tile(1)).is_some() && draft.board.tile(tile(2)).is_some());
    let draft = shop.boards.undo(&wu.edit, fresh()).await.unwrap();
    assert!(draft.board.tile(tile(1)).is_some() && draft.board.tile(tile(2)).is_none());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn what_others_built_upon_stays_and_undo_goes_on(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let wu = shop.another_editor("wu@example.com").await;
    let draft = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    let draft = shop.does(&shop.li, add(&draft.board, 2, ComponentKind::Kpi)).await;
    shop.does(&wu, rename(2, "我的")).await;
    let refusal = shop.boards.undo(&shop.li.edit, fresh()).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::EditConflict);
    assert_eq!((refusal.parameters["who"].as_str(), refusal.parameters["what"].as_str()), ("wu", "tile_title"));
    assert_eq!(shop.draft().await.board.tiles().len(), draft.board.tiles().len());
    let after = shop.boards.undo(&shop.li.edit, fresh()).await.unwrap();
    assert!(after.board.tile(tile(1)).is_none() && after.board.tile(tile(2)).is_some());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn what_others_did_and_took_back_is_not_in_the_way(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let wu = shop.another_editor("wu@example.com").await;
    shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    shop.does(&wu, rename(1, "我的")).await;
    shop.boards.undo(&wu.edit, fresh()).await.unwrap();
    assert!(shop.boards.undo(&shop.li.edit, fresh()).await.unwrap().board.tiles().is_empty());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_removed_tile_comes_back_with_what_it_held(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let wu = shop.another_editor("wu@example.com").await;
    shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Line)).await;
    let before = shop.does(&shop.li, rename(1, "收视")).await;
    let gone = shop.does(&shop.li, remove(&before.board, 1)).await;
    shop.does(&wu, add(&gone.board, 2, ComponentKind::Line)).await;
    let back = shop.boards.undo(&shop.li.edit, fresh()).await.unwrap();
    assert_eq!(back.board.tile(tile(1)), before.board.tile(tile(1)));
    assert_eq!(back.board.desk().rect(tile(1)), before.board.desk().rect(tile(1)));
    assert!(back.board.tile(tile(2)).is_some());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn an_undo_whose_answer_was_lost_counts_once(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let draft = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    shop.does(&shop.li, add(&draft.board, 2, ComponentKind::Kpi)).await;
    let (undo, redo) = (fresh(), fresh());
    for _ in 0..2 {
        let after = shop.boards.undo(&shop.li.edit, undo).await.unwrap();
        assert_eq!((after.board.tiles().len(), after.version), (1, 3));
    }
    for _ in 0..2 {
        let after = shop.boards.redo(&shop.li.edit, redo).await.unwrap();
        assert_eq!((after.board.tiles().len(), after.version), (2, 4));
    }
    shop.close().await;
}
