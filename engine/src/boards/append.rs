//! An edit is kept.

use super::{
    Boards, clash,
    draft::read_draft,
    history::{Kind, LockedBoard, Step},
};
use crate::{
    access::{Authorized, Edit as EditRight},
    postgres::OrProblem as _,
};
use model::{
    board::{BoardId, Draft, Edit, Operation, OperationError},
    problem::{Problem, ProblemCode},
};
use sqlx::PgConnection;

impl Boards {
    /// Appends one operation and returns the new draft.
    ///
    /// The same `edit.id` twice counts once. An edit made on an older draft is worked into the newer one where others
    /// edited something else; where they edited the same, it is refused with `EditConflict` (who, when, what).
    pub async fn append(&self, board: &Authorized<BoardId, EditRight>, edit: Edit) -> Result<Draft, Problem> {
        let attempting = "keep an edit";
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let mut locked = LockedBoard::lock(&mut transaction, board.thing()).await?;
        if !locked.holds(&mut transaction, edit.id).await? {
            let operation = settle(&mut transaction, &locked, board, &edit).await?;
            let edited = locked.document.apply(&operation).map_err(|error| invalid(&error))?;
            let step = Step { id: edit.id, kind: Kind::Edit, operation, edited };
            locked.keep(&mut transaction, board.who(), step, self.now()).await?;
        }
        let draft = read_draft(&mut transaction, board.thing(), board.who().user()).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(draft)
    }
}

/// The operation as it applies to the board as it is now.
async fn settle(
    connection: &mut PgConnection,
    locked: &LockedBoard,
    board: &Authorized<BoardId, EditRight>,
    edit: &Edit,
) -> Result<Operation, Problem> {
    if edit.base_version == locked.version {
        return Ok(edit.operation.clone());
    }
    if !(0..locked.version).contains(&edit.base_version) {
        let detail =
            format!("the edit says it was made on version {}, and there are {}", edit.base_version, locked.version);
        return Err(Problem::new(ProblemCode::InvalidOperation, detail).with("expected", locked.version));
    }
    let who = board.who().user();
    let others = locked.edits_since(connection, Some(who), edit.base_version, &edit.operation).await?;
    match clash::find(&edit.operation, &others) {
        Some(theirs) => Err(clash::problem(&edit.operation, theirs)),
        None => Ok(edit.operation.rebased(&locked.document)),
    }
}

fn invalid(error: &OperationError) -> Problem {
    Problem::new(ProblemCode::InvalidOperation, error.to_string())
}
