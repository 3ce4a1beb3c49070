//! The draft becomes an immutable version, which is all that leaders see.

use super::{Boards, SCHEMA_VERSION, edition::Edition, history::LockedBoard, service::record_change};
use crate::{
    access::{Action, Authorized, Edit, Principal, View, no_such_board},
    postgres::{OrProblem as _, as_timestamp},
};
use model::{
    board::{Board, BoardId, BoardLink, Change, Title},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;
use sqlx::types::{Json, Uuid};

/// A published version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub board: Board,
    /// Counted from 1.
    pub version: i32,
    pub published_at: Timestamp,
    pub published_by: String,
    /// What it changed against the version before it; none for the first.
    pub changes: Vec<Change>,
}

impl Boards {
    /// Copies the draft to the next immutable version and returns its number. A draft without edits since the last
    /// version is that version.
    pub async fn publish(&self, board: &Authorized<BoardId, Edit>) -> Result<i32, Problem> {
        let attempting = "publish a board";
        let now = self.now();
        let id = board.thing();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let locked = LockedBoard::lock(&mut transaction, id).await?;
        let row = sqlx::query!("select published_number, published_draft_version from board where id = $1", id.uuid())
            .fetch_one(&mut *transaction)
            .await
            .or_problem(attempting)?;
        let number = match row.published_number {
            Some(number) if row.published_draft_version == Some(locked.version) => number,
            Some(_) | None => {
                let edition = Edition {
                    document: locked.document.clone(),
                    schema_version: SCHEMA_VERSION,
                    draft_version: locked.version,
                    published_by: board.who().user(),
                };
                let number = locked.publish(&mut transaction, edition, now).await?;
                record_change(&mut transaction, board.who(), id, Action::BoardPublished, json!({}), now).await?;
                number
            }
        };
        transaction.commit().await.or_problem(attempting)?;
        Ok(number)
    }

    /// Those boards, as far as the person may open them, with the titles that they were published under. What is not theirs
    /// and what is not there are both left out.
    pub async fn links(&self, who: &Principal, boards: &[BoardId]) -> Result<Vec<BoardLink>, Problem> {
        if boards.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<Uuid> = boards.iter().map(|board| board.uuid()).collect();
        let rows = sqlx::query!(
            r#"select b.id, v.document->'title' as "title!: Json<Title>"
            from board b join board_version v on v.board_id = b.id and v.number = b.published_number
            where b.id = any($1) and b.organisation_id = $2 and b.deleted_at is null"#,
            &ids,
            who.organisation().0,
        )
        .fetch_all(self.pool())
        .await
        .or_problem("look up linked boards")?;
        Ok(rows.into_iter().map(|row| BoardLink { id: BoardId::new(row.id), title: row.title.0 }).collect())
    }

    /// The latest published version; `NeverPublished` where there is none yet.
    pub async fn published(&self, board: &Authorized<BoardId, View>) -> Result<Published, Problem> {
        let id = board.thing();
        let row = sqlx::query!(
            r#"select v.document as "document?: Json<Board>", v.number as "number?",
                v.published_at as "published_at?", u.name as "published_by?",
                before.document as "before?: Json<Board>"
            from board b
            left join board_version v on v.board_id = b.id and v.number = b.published_number
            left join app_user u on u.id = v.published_by
            left join board_version before on before.board_id = b.id and before.number = b.published_number - 1
            where b.id = $1 and b.deleted_at is null"#,
            id.uuid(),
        )
        .fetch_optional(self.pool())
        .await
        .or_problem("open a published board")?
        .ok_or_else(|| no_such_board(id))?;
        match (row.document, row.number, row.published_at, row.published_by) {
            (Some(document), Some(version), Some(published_at), Some(published_by)) => {
                let changes = row.before.map_or_else(Vec::new, |before| Change::between(&before.0, &document.0));
                let published_at = as_timestamp(published_at);
                Ok(Published { board: document.0, version, published_at, published_by, changes })
            }
            _ => {
                Err(Problem::new(ProblemCode::NeverPublished, "the board has not been published yet").with("board", id))
            }
        }
    }
}
