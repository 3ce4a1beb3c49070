//! Bringing back: the whole draft as it was at a version, or one change taken out of the middle. Both are edits like any
//! other, so both can be undone.

use super::{
    Boards, clash,
    draft::read_draft,
    history::{Kind, LockedBoard, Step},
    timeline::no_such_version,
    undo::{Outcome, Target, taken_back},
};
use crate::{
    access::{Authorized, Edit},
    postgres::OrProblem as _,
};
use model::{
    board::{Board, BoardId, Draft, Operation, OperationId},
    problem::{Problem, ProblemCode},
};
use sqlx::{PgConnection, types::Json};

impl Boards {
    /// Makes the draft what it was at that version. The same `id` twice counts once.
    pub async fn restore(
        &self,
        board: &Authorized<BoardId, Edit>,
        version: i64,
        id: OperationId,
    ) -> Result<Draft, Problem> {
        let attempting = "restore a board";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let mut locked = LockedBoard::lock(&mut transaction, board.thing()).await?;
        if !locked.holds(&mut transaction, id).await? {
            let restored = document_at(&mut transaction, &locked, version).await?;
            let operation = Operation::RestoreBoard { board: Box::new(restored) };
            let edited = locked.document.apply(&operation).map_err(|error| refused(&error.to_string()))?;
            let step = Step { id, kind: Kind::Edit, operation, edited };
            locked.keep(&mut transaction, board.who(), step, now).await?;
        }
        let draft = read_draft(&mut transaction, board.thing(), board.who().user()).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(draft)
    }

    /// Takes back the one change that made that version, whoever made it, and leaves what came after. Where that has
    /// changed the same it is refused with `EditConflict`. The same `id` twice counts once.
    pub async fn revert(
        &self,
        board: &Authorized<BoardId, Edit>,
        version: i64,
        id: OperationId,
    ) -> Result<Draft, Problem> {
        let attempting = "take a change back";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let mut locked = LockedBoard::lock(&mut transaction, board.thing()).await?;
        if !locked.holds(&mut transaction, id).await? {
            let row = sqlx::query!(
                r#"select op as "op: Json<Operation>", inverse as "inverse: Json<Operation>" from board_op
                where board_id = $1 and version = $2"#,
                locked.id.uuid(),
                version,
            )
            .fetch_optional(&mut *transaction)
            .await
            .or_problem(attempting)?
            .ok_or_else(|| no_such_version(version, locked.version))?;
            let target = Target { version, operation: row.op.0, inverse: row.inverse.0 };
            let later = locked.edits_since(&mut transaction, None, version, &target.inverse).await?;
            match taken_back(&locked.document, &target, later) {
                Outcome::Possible(operation, edited) => {
                    let step = Step { id, kind: Kind::Edit, operation, edited: *edited };
                    locked.keep(&mut transaction, board.who(), step, now).await?;
                }
                Outcome::InTheWay(theirs) => {
                    return Err(theirs.as_ref().map_or_else(
                        || Problem::new(ProblemCode::EditConflict, "the board has changed too much since; it stays"),
                        |theirs| clash::problem(&target.inverse, theirs),
                    ));
                }
            }
        }
        let draft = read_draft(&mut transaction, board.thing(), board.who().user()).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(draft)
    }
}

/// The document at that version: from the nearest later one that is kept whole, back through what came between.
pub(super) async fn document_at(
    connection: &mut PgConnection,
    locked: &LockedBoard,
    version: i64,
) -> Result<Board, Problem> {
    let attempting = "read an older version of a board";
    if !(0..=locked.version).contains(&version) {
        return Err(no_such_version(version, locked.version));
    }
    let snapshot = sqlx::query!(
        r#"select version, document as "document: Json<Board>" from board_snapshot
        where board_id = $1 and version >= $2 order by version limit 1"#,
        locked.id.uuid(),
        version,
    )
    .fetch_optional(&mut *connection)
    .await
    .or_problem(attempting)?;
    let (from, mut document) =
        snapshot.map_or_else(|| (locked.version, locked.document.clone()), |row| (row.version, row.document.0));
    let inverses = sqlx::query!(
        r#"select inverse as "inverse: Json<Operation>" from board_op
        where board_id = $1 and version > $2 and version <= $3 order by version desc"#,
        locked.id.uuid(),
        version,
        from,
    )
    .fetch_all(connection)
    .await
    .or_problem(attempting)?;
    for row in inverses {
        document = document.apply(&row.inverse.0).map_err(|error| refused(&error.to_string()))?.board;
    }
    Ok(document)
}

fn refused(why: &str) -> Problem {
    Problem::new(ProblemCode::InvalidOperation, format!("the board can't be brought back to that version: {why}"))
}
