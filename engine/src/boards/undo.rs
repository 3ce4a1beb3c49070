//! An editor takes back, or brings back, their own edits: each as a new operation, so that history is never rewritten
//! and both survive a reload.

use super::{
    Boards, clash,
    draft::read_draft,
    history::{Kind, LockedBoard, Step, TheirEdit},
};
use crate::{
    access::{Authorized, Edit, UserId},
    postgres::OrProblem as _,
};
use model::{
    board::{Board, BoardId, Draft, Edited, Operation, OperationId},
    problem::{Problem, ProblemCode},
};
use sqlx::{PgConnection, types::Json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Undo,
    Redo,
}

/// The operation to take back.
pub(super) struct Target {
    pub(super) version: i64,
    pub(super) operation: Operation,
    pub(super) inverse: Operation,
}

/// What taking it back comes to.
pub(super) enum Outcome {
    Possible(Operation, Box<Edited>),
    /// Others built on it since; `None` where it can't be told who.
    InTheWay(Option<TheirEdit>),
}

impl Boards {
    /// Takes back this editor's latest own edit that still stands. Where others have changed the same since, it stays
    /// (`EditConflict`), and the next undo goes on to the edit before it.
    ///
    /// The same `id` twice counts once, so that an undo whose answer was lost can be sent again.
    pub async fn undo(&self, board: &Authorized<BoardId, Edit>, id: OperationId) -> Result<Draft, Problem> {
        self.take_back(board, Direction::Undo, id).await
    }

    /// Brings back what this editor's latest undo took, as long as they have made no new edit since. The same
    /// `id` twice counts once.
    pub async fn redo(&self, board: &Authorized<BoardId, Edit>, id: OperationId) -> Result<Draft, Problem> {
        self.take_back(board, Direction::Redo, id).await
    }

    async fn take_back(
        &self,
        board: &Authorized<BoardId, Edit>,
        direction: Direction,
        id: OperationId,
    ) -> Result<Draft, Problem> {
        let attempting = "take an edit back";
        let now = self.now();
        let who = board.who().user();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let mut locked = LockedBoard::lock(&mut transaction, board.thing()).await?;
        if locked.holds(&mut transaction, id).await? {
            return read_draft(&mut transaction, board.thing(), who).await;
        }
        let target = match direction {
            Direction::Undo => to_undo(&mut transaction, board.thing(), who).await?,
            Direction::Redo => to_redo(&mut transaction, board.thing(), who).await?,
        };
        let others = locked.edits_since(&mut transaction, Some(who), target.version, &target.inverse).await?;
        match taken_back(&locked.document, &target, others) {
            Outcome::Possible(operation, edited) => {
                let kind = match direction {
                    Direction::Undo => Kind::Undo(target.version),
                    Direction::Redo => Kind::Redo(target.version),
                };
                let step = Step { id, kind, operation, edited: *edited };
                locked.keep(&mut transaction, board.who(), step, now).await?;
                let draft = read_draft(&mut transaction, board.thing(), who).await?;
                transaction.commit().await.or_problem(attempting)?;
                Ok(draft)
            }
            Outcome::InTheWay(theirs) => {
                pass_over(&mut transaction, board.thing(), target.version).await?;
                transaction.commit().await.or_problem(attempting)?;
                Err(theirs.as_ref().map_or_else(built_upon, |theirs| clash::problem(&target.inverse, theirs)))
            }
        }
    }
}

/// Works out the operation that takes the target back from the board as it is now.
pub(super) fn taken_back(document: &Board, target: &Target, others: Vec<TheirEdit>) -> Outcome {
    // Nothing it changed has changed since: then the stored inverse leads back exactly.
    if let Ok(edited) = document.apply(&target.inverse)
        && edited.inverse == target.operation
    {
        return Outcome::Possible(target.inverse.clone(), Box::new(edited));
    }
    if clash::find(&target.inverse, &others).is_some() {
        return Outcome::InTheWay(others.into_iter().find(|theirs| target.inverse.clashes_with(&theirs.operation)));
    }
    let operation = target.inverse.rebased(document);
    match document.apply(&operation) {
        Ok(edited) => Outcome::Possible(operation, Box::new(edited)),
        Err(_) => Outcome::InTheWay(None),
    }
}

async fn to_undo(connection: &mut PgConnection, board: BoardId, who: UserId) -> Result<Target, Problem> {
    let row = sqlx::query!(
        r#"select version, op as "op: Json<Operation>", inverse as "inverse: Json<Operation>" from board_op
        where board_id = $1 and author_id = $2 and kind in ('edit', 'redo') and undone_by is null and may_be_undone
        order by version desc limit 1"#,
        board.uuid(),
        who.0,
    )
    .fetch_optional(connection)
    .await
    .or_problem("find the edit to take back")?
    .ok_or_else(|| Problem::new(ProblemCode::NothingToUndo, "there is no edit of yours left to take back"))?;
    Ok(Target { version: row.version, operation: row.op.0, inverse: row.inverse.0 })
}

async fn to_redo(connection: &mut PgConnection, board: BoardId, who: UserId) -> Result<Target, Problem> {
    let row = sqlx::query!(
        r#"select version, op as "op: Json<Operation>", inverse as "inverse: Json<Operation>" from board_op
        where board_id = $1 and author_id = $2 and kind = 'undo' and undone_by is null and may_be_undone
            and version > coalesce(
                (select max(version) from board_op where board_id = $1 and author_id = $2 and kind = 'edit'), 0)
        order by version desc limit 1"#,
        board.uuid(),
        who.0,
    )
    .fetch_optional(connection)
    .await
    .or_problem("find the edit to bring back")?
    .ok_or_else(|| Problem::new(ProblemCode::NothingToRedo, "there is no edit of yours to bring back"))?;
    Ok(Target { version: row.version, operation: row.op.0, inverse: row.inverse.0 })
}

/// Otherwise the same edit would be tried, and refused, for ever.
async fn pass_over(connection: &mut PgConnection, board: BoardId, version: i64) -> Result<(), Problem> {
    sqlx::query!(
        "update board_op set may_be_undone = false where board_id = $1 and version = $2",
        board.uuid(),
        version,
    )
    .execute(connection)
    .await
    .or_problem("pass over an edit")?;
    Ok(())
}

fn built_upon() -> Problem {
    Problem::new(ProblemCode::EditConflict, "the board has changed too much since; the edit stays").with("what", "tile")
}
