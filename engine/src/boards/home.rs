//! How people keep their boards: favourites, what they opened last, and folders.

use super::{Boards, service::record_change};
use crate::{
    access::{Action, Authorized, Edit, View, no_such_board},
    postgres::{OrProblem as _, as_database_time},
};
use model::{
    board::{BoardId, Title},
    problem::Problem,
};
use serde_json::json;

impl Boards {
    /// Keeps a board at hand, or no longer. For nobody but whoever asks.
    pub async fn mark_favourite(&self, board: &Authorized<BoardId, View>, is_favourite: bool) -> Result<(), Problem> {
        let attempting = "mark a favourite board";
        let (user, id) = (board.who().user().0, board.thing().uuid());
        if is_favourite {
            sqlx::query!(
                "insert into board_favourite (user_id, board_id, marked_at) values ($1, $2, $3) on conflict do nothing",
                user,
                id,
                as_database_time(self.now()),
            )
            .execute(self.pool())
            .await
            .or_problem(attempting)?;
        } else {
            sqlx::query!("delete from board_favourite where user_id = $1 and board_id = $2", user, id)
                .execute(self.pool())
                .await
                .or_problem(attempting)?;
        }
        Ok(())
    }

    /// Notes that somebody opened a board, for their own list of what they opened last.
    pub async fn note_visit(&self, board: &Authorized<BoardId, View>) -> Result<(), Problem> {
        sqlx::query!(
            "insert into board_visit (user_id, board_id, visited_at) values ($1, $2, $3)
            on conflict (user_id, board_id) do update set visited_at = excluded.visited_at",
            board.who().user().0,
            board.thing().uuid(),
            as_database_time(self.now()),
        )
        .execute(self.pool())
        .await
        .or_problem("note that a board was opened")?;
        Ok(())
    }

    /// Puts a board into a folder of the organisation, which is there from then on; an empty name takes it out again.
    pub async fn move_to_folder(&self, board: &Authorized<BoardId, Edit>, folder: &Title) -> Result<(), Problem> {
        let attempting = "move a board to a folder";
        let (id, now) = (board.thing(), self.now());
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let moved = sqlx::query!(
            "update board set folder = nullif($2, '') where id = $1 and deleted_at is null",
            id.uuid(),
            folder.as_str(),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        if moved.rows_affected() == 0 {
            return Err(no_such_board(id));
        }
        record_change(&mut transaction, board.who(), id, Action::BoardMoved, json!({}), now).await?;
        transaction.commit().await.or_problem(attempting)
    }
}
