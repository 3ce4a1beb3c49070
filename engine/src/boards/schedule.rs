//! Publishing later, and publishing again what was published before.

use super::{Boards, edition::Edition, history::LockedBoard, service::record_change};
use crate::{
    access::{Access, Action, Authorized, Edit, UserId},
    postgres::{OrProblem as _, as_database_time, as_timestamp},
};
use model::{
    board::{Board, BoardId, Change, PublishedVersion},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;
use sqlx::types::Json;

/// Versions that are listed.
const LISTED: i64 = 30;

/// What came of the boards that were due.
#[derive(Debug, Default)]
pub struct DuePublished {
    pub published: Vec<BoardId>,
    /// Those that could not be published now, and why.
    pub failed: Vec<(BoardId, Problem)>,
}

impl Boards {
    /// The published versions, newest first, each with what it changed.
    pub async fn versions(&self, board: &Authorized<BoardId, Edit>) -> Result<Vec<PublishedVersion>, Problem> {
        let rows = sqlx::query!(
            r#"select v.number, v.published_at, u.name as who, v.document as "document: Json<Board>"
            from board_version v join app_user u on u.id = v.published_by
            where v.board_id = $1 order by v.number desc limit $2"#,
            board.thing().uuid(),
            LISTED + 1,
        )
        .fetch_all(self.pool())
        .await
        .or_problem("list the published versions of a board")?;
        let nothing = Board::default();
        let versions = rows.iter().enumerate().map(|(index, row)| {
            let before = rows.get(index + 1).map_or(&nothing, |before| &before.document.0);
            PublishedVersion {
                number: row.number,
                at: as_timestamp(row.published_at),
                who: row.who.clone(),
                changes: Change::between(before, &row.document.0),
            }
        });
        Ok(versions.take(usize::try_from(LISTED).unwrap_or(usize::MAX)).collect())
    }

    /// Publishes an older version once more, as the newest: what leaders see goes back at once. The draft stays as it is.
    pub async fn roll_back(&self, board: &Authorized<BoardId, Edit>, number: i32) -> Result<i32, Problem> {
        let attempting = "publish an older version again";
        let now = self.now();
        let id = board.thing();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let locked = LockedBoard::lock(&mut transaction, id).await?;
        let older = sqlx::query!(
            r#"select document as "document: Json<Board>", schema_version, draft_version from board_version
            where board_id = $1 and number = $2"#,
            id.uuid(),
            number,
        )
        .fetch_optional(&mut *transaction)
        .await
        .or_problem(attempting)?
        .ok_or_else(|| {
            Problem::new(ProblemCode::InvalidOperation, format!("there is no published version {number}"))
        })?;
        let edition = Edition {
            document: older.document.0,
            schema_version: older.schema_version,
            draft_version: older.draft_version,
            published_by: board.who().user(),
        };
        let published = locked.publish(&mut transaction, edition, now).await?;
        record_change(
            &mut transaction,
            board.who(),
            id,
            Action::BoardPublished,
            json!({ "rolled_back_to": number }),
            now,
        )
        .await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(published)
    }

    /// Publishes the draft as it is now at that moment, instead of what was to be published later before; `None` calls it
    /// off. A moment that has passed is refused.
    pub async fn schedule(&self, board: &Authorized<BoardId, Edit>, due: Option<Timestamp>) -> Result<(), Problem> {
        let attempting = "publish a board later";
        let now = self.now();
        let id = board.thing();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        LockedBoard::lock(&mut transaction, id).await?;
        match due {
            Some(due) if due <= now => {
                let detail = format!("{due} has passed: choose a later moment, or publish now");
                return Err(Problem::new(ProblemCode::InvalidOperation, detail));
            }
            Some(due) => {
                sqlx::query!(
                    "insert into board_schedule
                        (board_id, document, schema_version, draft_version, due_at, scheduled_by, scheduled_at)
                    select id, document, schema_version, version, $2, $3, $4 from board where id = $1
                    on conflict (board_id) do update set document = excluded.document,
                        schema_version = excluded.schema_version, draft_version = excluded.draft_version,
                        due_at = excluded.due_at, scheduled_by = excluded.scheduled_by,
                        scheduled_at = excluded.scheduled_at",
                    id.uuid(),
                    as_database_time(due),
                    board.who().user().0,
                    as_database_time(now),
                )
                .execute(&mut *transaction)
                .await
                .or_problem(attempting)?;
            }
            None => {
                sqlx::query!("delete from board_schedule where board_id = $1", id.uuid())
                    .execute(&mut *transaction)
                    .await
                    .or_problem(attempting)?;
            }
        }
        record_change(&mut transaction, board.who(), id, Action::BoardScheduled, json!({ "due": due }), now).await?;
        transaction.commit().await.or_problem(attempting)
    }

    /// Publishes what is due. Whoever may no longer edit by then publishes nothing. What fails stays due and keeps no other
    /// board from being published.
    pub async fn publish_due(&self, access: &Access) -> Result<DuePublished, Problem> {
        let due = sqlx::query!(
            "select board_id, scheduled_by from board_schedule where due_at <= $1 order by due_at",
            as_database_time(self.now()),
        )
        .fetch_all(self.pool())
        .await
        .or_problem("find what is due")?;
        let mut outcome = DuePublished::default();
        for row in due {
            let id = BoardId::new(row.board_id);
            match self.publish_one_due(access, id, UserId(row.scheduled_by)).await {
                Ok(true) => outcome.published.push(id),
                Ok(false) => {}
                Err(problem) => outcome.failed.push((id, problem)),
            }
        }
        Ok(outcome)
    }

    /// Whether it was published.
    async fn publish_one_due(&self, access: &Access, id: BoardId, scheduled_by: UserId) -> Result<bool, Problem> {
        match access.authorize_edit_of(scheduled_by, id).await? {
            Some(board) => self.publish_scheduled(&board).await,
            None => self.call_off(id, scheduled_by).await.map(|()| false),
        }
    }

    /// `false` where it was called off, put off or published meanwhile.
    async fn publish_scheduled(&self, board: &Authorized<BoardId, Edit>) -> Result<bool, Problem> {
        let attempting = "publish what is due";
        let (id, who, now) = (board.thing(), board.who(), self.now());
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let locked = LockedBoard::lock(&mut transaction, id).await?;
        let scheduled = sqlx::query!(
            r#"delete from board_schedule where board_id = $1 and scheduled_by = $2 and due_at <= $3
            returning document as "document: Json<Board>", schema_version, draft_version"#,
            id.uuid(),
            who.user().0,
            as_database_time(now),
        )
        .fetch_optional(&mut *transaction)
        .await
        .or_problem(attempting)?;
        let Some(scheduled) = scheduled else { return Ok(false) };
        let edition = Edition {
            document: scheduled.document.0,
            schema_version: scheduled.schema_version,
            draft_version: scheduled.draft_version,
            published_by: who.user(),
        };
        locked.publish(&mut transaction, edition, now).await?;
        record_change(&mut transaction, who, id, Action::BoardPublished, json!({ "scheduled": true }), now).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(true)
    }

    /// Forgets what somebody had scheduled who may no longer publish it.
    async fn call_off(&self, board: BoardId, scheduled_by: UserId) -> Result<(), Problem> {
        sqlx::query!(
            "delete from board_schedule where board_id = $1 and scheduled_by = $2",
            board.uuid(),
            scheduled_by.0,
        )
        .execute(self.pool())
        .await
        .or_problem("call off what was scheduled")?;
        Ok(())
    }
}
