use super::workshop::{Workshop, add, fresh, place, remove, rename, tile, title};
use crate::clock::Clock as _;
use model::{
    access::Role,
    board::{Board, Change, ComponentKind, StepKind},
    problem::ProblemCode,
};
use sqlx::{PgPool, Row as _};

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn what_happened_is_told_newest_first_with_names(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let wu = shop.another_editor("wu@example.com").await;
    let draft = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    shop.does(&shop.li, rename(1, "收视")).await;
    shop.does(&wu, place(&draft.board, 1, 6, 0)).await;
    let draft = shop.draft().await;
    shop.does(&wu, remove(&draft.board, 1)).await;
    shop.boards.undo(&wu.edit, fresh()).await.unwrap();
    shop.boards.publish(&shop.li.edit).await.unwrap();
    shop.boards.name_version(&shop.li.edit, 2, &title("初稿")).await.unwrap();

    let page = shop.boards.history(&shop.li.edit, None).await.unwrap();
    assert!(!page.has_more);
    let told: Vec<_> = page.entries.iter().map(|entry| (entry.version, entry.who.as_str(), entry.kind)).collect();
    assert_eq!(
        told,
        [
            (5, "wu", StepKind::Undo),
            (4, "wu", StepKind::Edit),
            (3, "wu", StepKind::Edit),
            (2, "li", StepKind::Edit),
            (1, "li", StepKind::Edit)
        ]
    );
    assert_eq!(page.entries[0].published, Some(1));
    assert!(page.entries[1].is_undone && !page.entries[2].is_undone);
    assert!(matches!(&page.entries[1].change, Change::Removed { tiles } if tiles[0].title.as_str() == "收视"));
    assert_eq!(page.entries[3].name, Some(title("初稿")));
    let renamed = |change: &Change| match change {
        Change::RenamedTile { tile, title } => (tile.title.to_string(), title.to_string()),
        other => panic!("{other:?}"),
    };
    assert_eq!(renamed(&page.entries[3].change), (String::new(), "收视".to_owned()));
    let older = shop.boards.history(&shop.li.edit, Some(3)).await.unwrap();
    assert_eq!(older.entries.len(), 2);

    shop.boards.name_version(&wu.edit, 2, &title("")).await.unwrap();
    assert_eq!(shop.boards.history(&shop.li.edit, Some(3)).await.unwrap().entries[0].name, None);
    let refusal = shop.boards.name_version(&wu.edit, 6, &title("明天")).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::InvalidOperation);
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_long_history_comes_page_by_page(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    for number in 0..60 {
        shop.does(&shop.li, rename(1, &format!("第 {number} 个"))).await;
    }
    let first = shop.boards.history(&shop.li.edit, None).await.unwrap();
    assert!(first.has_more);
    let last = first.entries.last().unwrap().version;
    let second = shop.boards.history(&shop.li.edit, Some(last)).await.unwrap();
    assert!(!second.has_more);
    let versions = first.entries.iter().chain(&second.entries).map(|entry| entry.version);
    assert!(versions.eq((1..=61).rev()));
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn any_version_comes_back_and_can_be_undone(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let mut states = vec![shop.draft().await.board];
    states.push(shop.does(&shop.li, add(&states[0], 1, ComponentKind::Kpi)).await.board);
    // Past a version that is kept whole.
    for number in 2..=205 {
        states.push(shop.does(&shop.li, rename(1, &format!("第 {number} 个"))).await.board);
    }
    let kept = sqlx::query("select count(*) from board_snapshot").fetch_one(&shop.world.owner).await.unwrap();
    assert_eq!(kept.get::<i64, _>(0), 1);
    for version in [203, 100, 1, 0] {
        let before = shop.draft().await;
        let id = fresh();
        for _ in 0..2 {
            let restored = shop.boards.restore(&shop.li.edit, version, id).await.unwrap();
            assert_eq!(restored.board, states[usize::try_from(version).unwrap()]);
            assert_eq!(restored.version, before.version + 1);
        }
        assert_eq!(shop.boards.undo(&shop.li.edit, fresh()).await.unwrap().board, before.board);
    }
    let refusal = shop.boards.restore(&shop.li.edit, 9_999, fresh()).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::InvalidOperation);
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn one_change_is_taken_out_and_the_later_ones_stay(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let wu = shop.another_editor("wu@example.com").await;
    let draft = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    shop.does(&shop.li, rename(1, "收视")).await;
    shop.does(&shop.li, add(&draft.board, 2, ComponentKind::Bar)).await;
    // Wu takes back what Li called it, in the middle of Li's edits.
    let after = shop.boards.revert(&wu.edit, 2, fresh()).await.unwrap();
    assert!(after.board.tile(tile(1)).unwrap().title.is_empty());
    assert!(after.board.tile(tile(2)).is_some());
    // What has been changed since, by whomever, stays.
    shop.does(&shop.li, rename(2, "点播")).await;
    let refusal = shop.boards.revert(&shop.li.edit, 3, fresh()).await.unwrap_err();
    assert_eq!(refusal.code, ProblemCode::EditConflict);
    assert_eq!(refusal.parameters["who"], "li");
    assert!(shop.draft().await.board.tile(tile(2)).is_some());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn leaders_go_back_to_an_older_version_at_once(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let first = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    shop.boards.publish(&shop.li.edit).await.unwrap();
    let second = shop.does(&shop.li, rename(1, "错了")).await;
    shop.boards.publish(&shop.li.edit).await.unwrap();
    assert_eq!(shop.boards.roll_back(&shop.li.edit, 1).await.unwrap(), 3);
    let published = shop.boards.published(&shop.view(&shop.li.who).await).await.unwrap();
    assert_eq!((published.version, &published.board), (3, &first.board));
    assert!(matches!(published.changes.as_slice(), [Change::RenamedTile { .. }]));
    let draft = shop.draft().await;
    assert_eq!((&draft.board, draft.has_unpublished_edits), (&second.board, true));
    let versions = shop.boards.versions(&shop.li.edit).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert!(matches!(versions[2].changes.as_slice(), [Change::RenamedBoard { .. }, Change::Added { .. }]));
    assert_eq!(shop.boards.roll_back(&shop.li.edit, 9).await.unwrap_err().code, ProblemCode::InvalidOperation);
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_draft_is_published_by_itself_as_it_was_when_that_was_decided(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let now = shop.world.clock.now();
    let decided = shop.does(&shop.li, add(&Board::default(), 1, ComponentKind::Kpi)).await;
    let passed = shop.boards.schedule(&shop.li.edit, Some(now)).await.unwrap_err();
    assert_eq!(passed.code, ProblemCode::InvalidOperation);
    let due = now.plus_millis(60_000);
    shop.boards.schedule(&shop.li.edit, Some(due)).await.unwrap();
    shop.does(&shop.li, rename(1, "以后的")).await;
    assert_eq!(shop.draft().await.scheduled, Some(due));
    assert_eq!(shop.boards.publish_due(&shop.world.access).await.unwrap().published, [], "not yet");
    shop.world.clock.set(due);
    assert_eq!(shop.boards.publish_due(&shop.world.access).await.unwrap().published, [shop.li.edit.thing()]);
    assert_eq!(shop.boards.publish_due(&shop.world.access).await.unwrap().published, [], "and only once");
    let published = shop.boards.published(&shop.view(&shop.li.who).await).await.unwrap();
    assert_eq!((published.version, &published.board, published.published_by.as_str()), (1, &decided.board, "li"));
    let draft = shop.draft().await;
    assert_eq!((draft.scheduled, draft.has_unpublished_edits), (None, true));
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn whoever_may_no_longer_edit_publishes_nothing(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let wu = shop.another_editor("wu@example.com").await;
    let due = shop.world.clock.now().plus_millis(60_000);
    shop.boards.schedule(&wu.edit, Some(due)).await.unwrap();
    shop.boards.schedule(&wu.edit, None).await.unwrap();
    assert_eq!(shop.draft().await.scheduled, None, "called off");
    shop.boards.schedule(&wu.edit, Some(due)).await.unwrap();
    let now_a_viewer = "update app_user set role = 'viewer' where email = 'wu@example.com'";
    shop.world.behind_our_back(now_a_viewer).await;
    shop.world.clock.set(due);
    assert_eq!(shop.boards.publish_due(&shop.world.access).await.unwrap().published, []);
    let leader = shop.world.somebody("leader@example.com", Role::Viewer).await;
    assert!(shop.boards.list(&leader).await.unwrap().is_empty());
    shop.close().await;
}

#[sqlx::test(migrator = "crate::postgres::MIGRATOR")]
async fn a_board_that_cannot_be_published_keeps_no_other_from_it(owner: PgPool) {
    let shop = Workshop::of(owner).await;
    let due = shop.world.clock.now().plus_millis(60_000);
    shop.boards.schedule(&shop.li.edit, Some(due)).await.unwrap();
    let other = shop.boards.create(&shop.li.who, Board::titled(title("周报"))).await.unwrap();
    let other = shop.world.access.authorize_edit(&shop.li.who, other).await.unwrap();
    shop.boards.schedule(&other, Some(due.plus_millis(1))).await.unwrap();
    let broken = r#"update board_schedule set document = '{"title": 7}' where board_id = $1"#;
    sqlx::query(broken).bind(shop.id.uuid()).execute(&shop.world.owner).await.unwrap();
    shop.world.clock.set(due.plus_millis(1));
    for published in [vec![other.thing()], vec![]] {
        let outcome = shop.boards.publish_due(&shop.world.access).await.unwrap();
        assert_eq!(outcome.published, published);
        assert!(matches!(outcome.failed.as_slice(), [(failed, _)] if *failed == shop.id), "{:?}", outcome.failed);
    }
    assert_eq!(shop.draft().await.scheduled, Some(due), "it stays due");
    shop.close().await;
}
