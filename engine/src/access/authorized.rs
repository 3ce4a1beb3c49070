//! Proof that a principal may do something with one thing, so that nothing behind it has to ask again.

use super::{Access, Principal, UserId, rights};
use crate::postgres::OrProblem as _;
use model::{
    access::Role,
    board::BoardId,
    problem::{Problem, ProblemCode},
};
use std::marker::PhantomData;

/// Proof that a principal may do `Right` with `Thing`.
#[derive(Debug, Clone)]
pub struct Authorized<Thing, Right> {
    thing: Thing,
    who: Principal,
    right: PhantomData<Right>,
}

/// The right to see something.
#[derive(Debug, Clone, Copy)]
pub struct View;

/// The right to change something.
#[derive(Debug, Clone, Copy)]
pub struct Edit;

impl<Thing: Copy, Right> Authorized<Thing, Right> {
    fn new(thing: Thing, who: &Principal) -> Self {
        Self { thing, who: who.clone(), right: PhantomData }
    }

    pub const fn thing(&self) -> Thing {
        self.thing
    }

    pub const fn who(&self) -> &Principal {
        &self.who
    }
}

impl Access {
    /// Boards of their own organisation; viewers see those that have been published.
    pub async fn authorize_view(&self, who: &Principal, board: BoardId) -> Result<Authorized<BoardId, View>, Problem> {
        let published = self.is_published(who, board).await?.ok_or_else(|| no_such_board(board))?;
        match who.role() {
            // That a draft exists is none of a viewer's business.
            Role::Viewer if !published => Err(no_such_board(board)),
            Role::Viewer | Role::Editor | Role::Admin => Ok(Authorized::new(board, who)),
        }
    }

    /// Boards of their own organisation, for editors.
    pub async fn authorize_edit(&self, who: &Principal, board: BoardId) -> Result<Authorized<BoardId, Edit>, Problem> {
        who.require_editor()?;
        self.is_published(who, board).await?.ok_or_else(|| no_such_board(board))?;
        Ok(Authorized::new(board, who))
    }

    /// The same for somebody who is not here to ask, by their rights as they stand at this moment; `None` where they have
    /// them no longer, or the board is gone.
    pub(crate) async fn authorize_edit_of(
        &self,
        user: UserId,
        board: BoardId,
    ) -> Result<Option<Authorized<BoardId, Edit>>, Problem> {
        let Some(who) = rights::read(self.pool(), user, self.now()).await? else { return Ok(None) };
        match self.authorize_edit(&who, board).await {
            Ok(board) => Ok(Some(board)),
            Err(problem) if matches!(problem.code, ProblemCode::Forbidden | ProblemCode::BoardNotFound) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// `None` where their organisation has no such board.
    async fn is_published(&self, who: &Principal, board: BoardId) -> Result<Option<bool>, Problem> {
        let row = sqlx::query!(
            r#"select published_number is not null as "published!" from board
            where id = $1 and organisation_id = $2 and deleted_at is null"#,
            board.uuid(),
            who.organisation().0,
        )
        .fetch_optional(self.pool())
        .await
        .or_problem("look the board up")?;
        Ok(row.map(|row| row.published))
    }
}

/// The same words for a board that is not there and for one that is none of theirs.
pub(crate) fn no_such_board(board: BoardId) -> Problem {
    Problem::new(ProblemCode::BoardNotFound, "there is no such board; it may have been deleted").with("board", board)
}
