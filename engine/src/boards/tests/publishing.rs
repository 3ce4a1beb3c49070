use super::workshop::{Workshop, add, rename};
use model::{
    access::Role,
    board::{Board, ComponentKind},
    problem::ProblemCode,
};
use sqlx::{PgPool, Row as _};

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn leaders_see_what_was_published_and_nothing_else(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let leader = shop.world.somebody("leader@example.com", Role::Viewer).await;
    let first = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    assert!(shop.boards.list(&leader).await.unwrap().is_empty());
    let view = shop.view(&shop.li.who).await;
    assert_eq!(shop.boards.published(&view).await.unwrap_err().code, ProblemCode::NeverPublished);

    assert_eq!(shop.boards.publish(&shop.li.edit).await.unwrap(), 1);
    shop.does(&shop.li, rename(1, "草稿")).await;
    let published = shop.boards.published(&shop.view(&leader).await).await.unwrap();
    assert_eq!((published.version, published.published_by.as_str()), (1, "li"));
    assert_eq!(published.board, first.board);
    let listed = shop.boards.list(&leader).await.unwrap();
    assert!(!listed[0].has_unpublished_edits);
    let listed = shop.boards.list(&shop.li.who).await.unwrap();
    assert!(listed[0].has_unpublished_edits && listed[0].published_at.is_some());

    assert_eq!(shop.boards.publish(&shop.li.edit).await.unwrap(), 2);
    let published = shop.boards.published(&shop.view(&leader).await).await.unwrap();
    assert_eq!(published.version, 2);
    assert_eq!(published.board, shop.draft().await.board);
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_draft_that_did_not_move_is_the_version_it_is(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    assert!(shop.draft().await.has_unpublished_edits);
    assert_eq!(shop.boards.publish(&shop.li.edit).await.unwrap(), 1);
    assert_eq!(shop.boards.publish(&shop.li.edit).await.unwrap(), 1);
    let draft = shop.draft().await;
    assert_eq!((draft.published, draft.has_unpublished_edits), (Some(1), false));
    let rows = sqlx::query("select count(*) from audit_entry where action = 'board_published'");
    assert_eq!(rows.fetch_one(&shop.world.owner).await.unwrap().get::<i64, _>(0), 1);
    shop.close().await;
}
