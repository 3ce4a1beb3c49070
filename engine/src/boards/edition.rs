//! The one way in which a document becomes a version that leaders see.

use super::history::LockedBoard;
use crate::{
    access::UserId,
    postgres::{OrProblem as _, as_database_time},
};
use model::{board::Board, problem::Problem, time::Timestamp};
use sqlx::{PgConnection, types::Json};

/// A document that is to be published.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) document: Board,
    pub(super) schema_version: i16,
    /// The version of the draft it was copied from.
    pub(super) draft_version: i64,
    pub(super) published_by: UserId,
}

impl LockedBoard {
    /// Makes it the board's newest version, and returns that version's number.
    pub(super) async fn publish(
        &self,
        connection: &mut PgConnection,
        edition: Edition,
        now: Timestamp,
    ) -> Result<i32, Problem> {
        let published = sqlx::query!(
            "with made as (
                insert into board_version
                    (board_id, number, document, schema_version, draft_version, published_by, published_at)
                select id, coalesce(published_number, 0) + 1, $2, $3, $4, $5, $6 from board where id = $1
                returning board_id, number, draft_version
            )
            update board set published_number = made.number, published_draft_version = made.draft_version
            from made where board.id = made.board_id
            returning made.number",
            self.id.uuid(),
            Json(&edition.document) as _,
            edition.schema_version,
            edition.draft_version,
            edition.published_by.0,
            as_database_time(now),
        )
        .fetch_one(connection)
        .await
        .or_problem("publish a board")?;
        Ok(published.number)
    }
}
