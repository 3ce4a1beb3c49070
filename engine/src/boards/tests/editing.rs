use super::workshop::{Workshop, add, place, remove, rename, tile, title};
use crate::access::tests::world::within_reason;
use model::{
    access::Role,
    board::{self, Board, ComponentKind, Operation, OperationId},
    layout::{GridRect, PhoneLayout},
    problem::ProblemCode,
};
use sqlx::{PgPool, Row as _};

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn an_edit_is_there_after_a_reload(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let empty = shop.draft().await;
    assert_eq!((empty.version, empty.may_undo, empty.may_redo), (0, false, false));
    let after = shop.does(&shop.li, add(&empty.board, 1, ComponentKind::Line)).await;
    assert_eq!((after.version, after.may_undo), (1, true));
    assert_eq!(shop.draft().await, after);
    let listed = shop.boards.list(&shop.li.who).await.unwrap();
    assert_eq!((listed.len(), listed[0].tile_count, listed[0].title.as_str()), (1, 1, "日报"));
    assert_eq!(&listed[0].desk, after.board.desk());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn an_edit_sent_twice_counts_once(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let operation = add(&Board::default(), 1, ComponentKind::Kpi);
    let edit = board::Edit { id: OperationId::from_u128(7), base_version: 0, operation };
    let first = shop.boards.append(&shop.li.edit, edit.clone()).await.unwrap();
    let second = shop.boards.append(&shop.li.edit, edit).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(second.version, 1);
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn independent_edits_on_an_old_draft_both_hold(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let wu = shop.another_editor("wu@example.com").await;
    let base = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Line)).await;
    shop.does(&shop.li, add(&base.board, 2, ComponentKind::Bar)).await;
    shop.does(&shop.li, rename(1, "收视")).await;
    // Wu has seen none of the last two.
    let after = shop.does_on(&wu, base.version, place(&base.board, 1, 6, 0)).await.unwrap();
    assert_eq!(after.board.tile(tile(1)).unwrap().title.as_str(), "收视");
    assert_eq!(after.board.desk().rect(tile(1)).unwrap().x(), 6);
    assert!(after.board.tile(tile(2)).is_some());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_true_clash_is_refused_and_says_who_and_what(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let wu = shop.another_editor("wu@example.com").await;
    let base = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Line)).await;
    shop.does(&shop.li, rename(1, "收视")).await;
    let refusal = shop.does_on(&wu, base.version, rename(1, "点播")).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::EditConflict);
    assert_eq!(refusal.parameters["who"], "li");
    assert_eq!(refusal.parameters["when"], "2026-01-01T00:00:00Z");
    assert_eq!(refusal.parameters["what"], "tile_title");
    assert_eq!(refusal.parameters["theirs"], "收视");
    assert_eq!(refusal.parameters["tile"], tile(1).to_string());

    // A removed tile clashes with any edit of it; one's own older edits clash with nothing.
    let before = shop.draft().await;
    shop.does(&shop.li, remove(&before.board, 1)).await;
    let refusal = shop.does_on(&wu, before.version, place(&before.board, 1, 3, 0)).await.unwrap_err();
    assert_eq!(refusal.parameters["what"], "tile");
    let renamed = Operation::RenameBoard { title: title("周报") };
    shop.does_on(&shop.li, 0, renamed).await.unwrap();
    assert_eq!(shop.draft().await.board.title().as_str(), "周报");
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn what_does_not_fit_is_refused_and_nothing_changes(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let before = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Line)).await;
    let without_tiles = Operation::ArrangePhone { tiles: vec![tile(1)], phone: Some(PhoneLayout::default()) };
    for (version, operation) in [
        (before.version, rename(9, "nothing")),
        (before.version, without_tiles),
        (before.version + 1, rename(1, "from the future")),
        (-1, rename(1, "from before the start")),
    ] {
        let refusal = shop.does_on(&shop.li, version, operation).await.unwrap_err();
        assert_eq!(refusal.code, ProblemCode::InvalidOperation);
    }
    let text = board::TileContent::text("a\0b".to_owned());
    let unstorable = Operation::SetContent { tile: tile(1), content: text };
    let refusal = shop.does_on(&shop.li, before.version, unstorable).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::MalformedRequest);
    assert_eq!(shop.draft().await, before);
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_board_too_deep_to_be_read_again_is_not_written(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let mut draft = shop.draft().await;
    let deep = (0..40).find_map(|number| {
        let kind = ComponentKind::Text;
        let desk = draft.board.desk().place(tile(number), GridRect::clamped(0, 2_000, 12, 60));
        let layouts = draft.board.layouts().with_new_tile(tile(number), kind, desk);
        let tiles = vec![board::Tile::new(tile(number), title(""), kind.blank())];
        let edited = draft.board.apply(&Operation::AddTiles { tiles, layouts }).unwrap();
        draft.board = edited.board;
        (draft.board.desk().height() > 2_000).then(|| draft.board.clone())
    });
    let refusal = shop.boards.create(&shop.li.who, deep.unwrap()).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::InvalidOperation);
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn only_editors_of_the_organisation_edit(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let viewer = shop.world.somebody("leader@example.com", Role::Viewer).await;
    let access = &shop.world.access;
    assert_eq!(access.authorize_edit(&viewer, shop.id).await.unwrap_err().code, ProblemCode::Forbidden);
    assert_eq!(access.authorize_view(&viewer, shop.id).await.unwrap_err().code, ProblemCode::BoardNotFound);
    let refusal = shop.boards.create(&viewer, Board::default()).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::Forbidden);

    sqlx::query("insert into organisation (name, parent_id) values ('浙江', 1)")
        .execute(&shop.world.owner)
        .await
        .unwrap();
    shop.world.add("wu@example.com", Role::Editor).await;
    shop.world.behind_our_back("update app_user set organisation_id = 2 where email = 'wu@example.com'").await;
    let token = shop.world.sign_in("wu@example.com").await;
    let stranger = access.principal_of_session(&token).await.unwrap();
    let foreign = access.authorize_edit(&stranger, shop.id).await.unwrap_err();
    let absent = access.authorize_edit(&stranger, board::BoardId::from_u128(1)).await.unwrap_err();
    assert_eq!((foreign.code, absent.code), (ProblemCode::BoardNotFound, ProblemCode::BoardNotFound));
    assert!(shop.boards.list(&stranger).await.unwrap().is_empty());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_deleted_board_is_gone_for_everybody(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    shop.boards.publish(&shop.li.edit).await.unwrap();
    let view = shop.view(&shop.li.who).await;
    shop.boards.delete(&shop.li.edit).await.unwrap();
    assert!(shop.boards.list(&shop.li.who).await.unwrap().is_empty());
    // Also for those who had it open.
    assert_eq!(shop.boards.draft(&shop.li.edit).await.unwrap_err().code, ProblemCode::BoardNotFound);
    assert_eq!(shop.boards.published(&view).await.unwrap_err().code, ProblemCode::BoardNotFound);
    assert_eq!(shop.boards.delete(&shop.li.edit).await.unwrap_err().code, ProblemCode::BoardNotFound);
    let again = shop.world.access.authorize_view(&shop.li.who, shop.id).await.unwrap_err();
    assert_eq!(again.code, ProblemCode::BoardNotFound);
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_change_is_told_whoever_made_it(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let mut changes = shop.boards.changes();
    shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    while within_reason(changes.recv()).await.unwrap() != shop.id {}
    let other = shop.boards.create(&shop.li.who, Board::default()).await.unwrap();
    while within_reason(changes.recv()).await.unwrap() != other {}
    sqlx::query("update board set edited_at = now()").execute(&shop.world.owner).await.unwrap();
    let told = [within_reason(changes.recv()).await.unwrap(), within_reason(changes.recv()).await.unwrap()];
    assert!(told.contains(&shop.id) && told.contains(&other));
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn opening_a_draft_reads_no_history(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    // And then twenty thousand edits of a colleague.
    let wu = shop.another_editor("wu@example.com").await;
    sqlx::query(
        "insert into board_op (board_id, version, op_id, author_id, touched, op, inverse, schema_version, kind, undoes, at)
        select board_id, n, gen_random_uuid(), $1, touched, op, inverse, 2, 'edit', null, at
        from board_op, generate_series(2, 20000) n",
    )
    .bind(wu.who.user().0)
    .execute(&shop.world.owner)
    .await
    .unwrap();
    sqlx::query("update board set version = 20000").execute(&shop.world.owner).await.unwrap();
    sqlx::query("analyze board_op").execute(&shop.world.owner).await.unwrap();
    let draft = shop.draft().await;
    assert_eq!((draft.version, draft.may_undo, draft.may_redo), (20_000, true, false));

    let plan = sqlx::query(
        "explain (format text) select max(version) from board_op
        where board_id = (select id from board) and author_id = $1 and kind = 'edit'",
    )
    .bind(shop.li.who.user().0);
    let plan: Vec<String> = plan.fetch_all(&shop.world.owner).await.unwrap().iter().map(|row| row.get(0)).collect();
    assert!(plan.iter().any(|line| line.contains("board_op_own_edits")), "{plan:#?}");
    shop.close().await;
}
