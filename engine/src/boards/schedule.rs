//! Publishing later, and publishing again what was published before.

use super::{Boards, history::LockedBoard, service::record_change};
use crate::{
    access::{Action, AuditEntry, Authorized, Edit, UserId, record},
    postgres::{OrProblem as _, as_database_time, as_timestamp},
};
use model::{
    access::OrganisationId,
    board::{Board, BoardId, Change, PublishedVersion},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;
use sqlx::types::Json;

/// Versions that are listed.
const LISTED: i64 = 30;

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
        LockedBoard::lock(&mut transaction, id).await?;
        let published = sqlx::query!(
            r#"insert into board_version
                (board_id, number, document, schema_version, draft_version, published_by, published_at)
            select v.board_id, b.published_number + 1, v.document, v.schema_version, v.draft_version, $3, $4
            from board_version v join board b on b.id = v.board_id
            where v.board_id = $1 and v.number = $2
            returning number, draft_version"#,
            id.uuid(),
            number,
            board.who().user().0,
            as_database_time(now),
        )
        .fetch_optional(&mut *transaction)
        .await
        .or_problem(attempting)?
        .ok_or_else(|| {
            Problem::new(ProblemCode::InvalidOperation, format!("there is no published version {number}"))
        })?;
        sqlx::query!(
            "update board set published_number = $2, published_draft_version = $3 where id = $1",
            id.uuid(),
            published.number,
            published.draft_version,
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        record_change(&mut transaction, board.who(), id, Action::BoardPublished, now).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(published.number)
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
        record_change(&mut transaction, board.who(), id, Action::BoardScheduled, now).await?;
        transaction.commit().await.or_problem(attempting)
    }

    /// Publishes what is due. Whoever may no longer edit by then publishes nothing. Returns how many boards it published.
    pub async fn publish_due(&self) -> Result<usize, Problem> {
        let attempting = "publish what is due";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let published = sqlx::query!(
            r#"with due as (
                delete from board_schedule where due_at <= $1
                returning board_id, document, schema_version, draft_version, scheduled_by
            ), allowed as (
                select due.*, coalesce(b.published_number, 0) + 1 as number
                from due
                join board b on b.id = due.board_id and b.deleted_at is null
                join app_user u on u.id = due.scheduled_by and u.organisation_id = b.organisation_id
                    and u.disabled_at is null and u.role in ('editor', 'admin')
            ), made as (
                insert into board_version
                    (board_id, number, document, schema_version, draft_version, published_by, published_at)
                select board_id, number, document, schema_version, draft_version, scheduled_by, $1::timestamptz from allowed
                returning board_id, number, draft_version, published_by
            )
            update board set published_number = made.number, published_draft_version = made.draft_version
            from made where board.id = made.board_id
            returning board.id, board.organisation_id, made.published_by"#,
            as_database_time(now),
        )
        .fetch_all(&mut *transaction)
        .await
        .or_problem(attempting)?;
        for row in &published {
            let subject = row.id.to_string();
            let entry = AuditEntry {
                at: now,
                organisation: Some(OrganisationId(row.organisation_id)),
                actor: Some(UserId(row.published_by)),
                action: Action::BoardPublished,
                subject: &subject,
                details: json!({ "scheduled": true }),
            };
            record(&mut transaction, entry).await?;
        }
        transaction.commit().await.or_problem(attempting)?;
        Ok(published.len())
    }
}
