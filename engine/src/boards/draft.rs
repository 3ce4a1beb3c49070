//! Opening a draft: one row, however long its history.

use super::Boards;
use crate::{
    access::{Authorized, Edit, UserId, no_such_board},
    postgres::{OrProblem as _, as_calendar, as_timestamp},
};
use model::{
    board::{Board, BoardId, Draft},
    problem::Problem,
};
use sqlx::{PgConnection, types::Json};

impl Boards {
    /// The draft as it is now, with what this editor may take back or bring back.
    pub async fn draft(&self, board: &Authorized<BoardId, Edit>) -> Result<Draft, Problem> {
        let mut connection = self.pool().acquire().await.or_problem("open a draft")?;
        read_draft(&mut connection, board.thing(), board.who().user()).await
    }
}

pub(super) async fn read_draft(connection: &mut PgConnection, board: BoardId, who: UserId) -> Result<Draft, Problem> {
    // The three questions about the history are one step each in a partial index.
    let row = sqlx::query!(
        r#"select b.document as "document: Json<Board>", b.version, b.published_number, b.published_draft_version,
            o.utc_offset_minutes, o.day_start_minute, s.due_at as "due_at?",
            exists (
                select from board_op where board_id = $1 and author_id = $2
                    and kind in ('edit', 'redo') and undone_by is null and may_be_undone
            ) as "may_undo!",
            coalesce(
                (select max(version) from board_op where board_id = $1 and author_id = $2
                    and kind = 'undo' and undone_by is null and may_be_undone)
                > coalesce((select max(version) from board_op
                    where board_id = $1 and author_id = $2 and kind = 'edit'), 0),
                false
            ) as "may_redo!"
        from board b join organisation o on o.id = b.organisation_id
            left join board_schedule s on s.board_id = b.id
        where b.id = $1 and b.deleted_at is null"#,
        board.uuid(),
        who.0,
    )
    .fetch_optional(connection)
    .await
    .or_problem("open a draft")?
    .ok_or_else(|| no_such_board(board))?;
    Ok(Draft {
        id: board,
        board: row.document.0,
        version: row.version,
        may_undo: row.may_undo,
        may_redo: row.may_redo,
        published: row.published_number,
        has_unpublished_edits: row.published_draft_version.is_none_or(|published| published < row.version),
        scheduled: row.due_at.map(as_timestamp),
        calendar: as_calendar(row.utc_offset_minutes, row.day_start_minute),
    })
}
