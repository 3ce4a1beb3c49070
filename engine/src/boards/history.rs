//! The row of a board while it is edited, and the operations behind it.

use super::SCHEMA_VERSION;
use crate::{
    access::{Principal, UserId, no_such_board},
    postgres::{OrProblem as _, as_database_time, as_timestamp},
};
use model::{
    board::{Board, BoardId, Edited, Operation, OperationId, Touched, TouchedProperty},
    layout::MAX_ROWS,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use sqlx::{PgConnection, types::Json};
use std::collections::BTreeSet;

/// Every so many versions the document is kept whole, so that an older one is never farther away than that.
const SNAPSHOT_EVERY: i64 = 200;
/// Names of what is touched that is no tile.
const PHONE: &str = "phone";
const WALL: &str = "wall";
const BOARD: &str = "board";

/// A board whose row this transaction holds: nobody else edits it until the end of the transaction.
#[derive(Debug)]
pub(super) struct LockedBoard {
    pub(super) id: BoardId,
    pub(super) document: Board,
    pub(super) version: i64,
}

/// How an operation came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Edit,
    /// Takes back the operation that made this version.
    Undo(i64),
    /// Takes back the undo that made this version.
    Redo(i64),
}

/// An operation on its way into the history.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) id: OperationId,
    pub(super) kind: Kind,
    pub(super) operation: Operation,
    /// What it led to.
    pub(super) edited: Edited,
}

/// An operation of somebody else.
#[derive(Debug)]
pub(super) struct TheirEdit {
    pub(super) operation: Operation,
    pub(super) who: String,
    pub(super) at: Timestamp,
}

impl LockedBoard {
    pub(super) async fn lock(connection: &mut PgConnection, id: BoardId) -> Result<Self, Problem> {
        let row = sqlx::query!(
            r#"select document as "document: Json<Board>", version from board
            where id = $1 and deleted_at is null for update"#,
            id.uuid(),
        )
        .fetch_optional(connection)
        .await
        .or_problem("open a board for editing")?
        .ok_or_else(|| no_such_board(id))?;
        Ok(Self { id, document: row.document.0, version: row.version })
    }

    /// Whether that operation was kept before.
    pub(super) async fn holds(&self, connection: &mut PgConnection, operation: OperationId) -> Result<bool, Problem> {
        let row = sqlx::query!(
            r#"select exists (select from board_op where board_id = $1 and op_id = $2) as "exists!""#,
            self.id.uuid(),
            operation.uuid(),
        )
        .fetch_one(connection)
        .await
        .or_problem("look an edit up")?;
        Ok(row.exists)
    }

    /// What was done after `version` to the things that `operation` touches, newest first; but not by `except`.
    pub(super) async fn edits_since(
        &self,
        connection: &mut PgConnection,
        except: Option<UserId>,
        after: i64,
        operation: &Operation,
    ) -> Result<Vec<TheirEdit>, Problem> {
        let mut names = touched_names(operation);
        let touches_all = names.iter().any(|name| name == BOARD);
        names.push(BOARD.to_owned());
        let rows = sqlx::query!(
            r#"select o.op as "op: Json<Operation>", o.at, u.name
            from board_op o join app_user u on u.id = o.author_id
            where o.board_id = $1 and o.version > $2 and o.author_id is distinct from $3
                and ($4 or o.touched && $5)
            order by o.version desc"#,
            self.id.uuid(),
            after,
            except.map(|who| who.0),
            touches_all,
            &names,
        )
        .fetch_all(connection)
        .await
        .or_problem("read what was edited since")?;
        Ok(rows
            .into_iter()
            .map(|row| TheirEdit { operation: row.op.0, who: row.name, at: as_timestamp(row.at) })
            .collect())
    }

    /// Keeps an operation and the document it led to, as the next version.
    pub(super) async fn keep(
        &mut self,
        connection: &mut PgConnection,
        who: &Principal,
        step: Step,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let attempting = "keep an edit";
        let Step { id, kind, operation, edited } = step;
        check_storable(&edited.board)?;
        let version = self.version + 1;
        let (kind_name, takes_back) = match kind {
            Kind::Edit => ("edit", None),
            Kind::Undo(version) => ("undo", Some(version)),
            Kind::Redo(version) => ("redo", Some(version)),
        };
        sqlx::query!(
            "insert into board_op
                (board_id, version, op_id, author_id, touched, op, inverse, schema_version, kind, undoes, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            self.id.uuid(),
            version,
            id.uuid(),
            who.user().0,
            &touched_names(&operation),
            Json(&operation) as _,
            Json(&edited.inverse) as _,
            SCHEMA_VERSION,
            kind_name,
            takes_back,
            as_database_time(now),
        )
        .execute(&mut *connection)
        .await
        .or_problem(attempting)?;
        if let Some(taken_back) = takes_back {
            sqlx::query!(
                "update board_op set undone_by = $3 where board_id = $1 and version = $2",
                self.id.uuid(),
                taken_back,
                version,
            )
            .execute(&mut *connection)
            .await
            .or_problem(attempting)?;
        }
        sqlx::query!(
            "update board set document = $2, schema_version = $3, version = $4, edited_by = $5, edited_at = $6
            where id = $1",
            self.id.uuid(),
            Json(&edited.board) as _,
            SCHEMA_VERSION,
            version,
            who.user().0,
            as_database_time(now),
        )
        .execute(&mut *connection)
        .await
        .or_problem(attempting)?;
        if version % SNAPSHOT_EVERY == 0 {
            sqlx::query!(
                "insert into board_snapshot (board_id, version, document, schema_version) values ($1, $2, $3, $4)",
                self.id.uuid(),
                version,
                Json(&edited.board) as _,
                SCHEMA_VERSION,
            )
            .execute(&mut *connection)
            .await
            .or_problem(attempting)?;
        }
        self.document = edited.board;
        self.version = version;
        Ok(())
    }
}

/// What an operation touches, as the history is searched by: two operations without a name in common don't clash.
fn touched_names(operation: &Operation) -> Vec<String> {
    let names = |touched| match touched {
        Touched::BoardTitle => vec!["title".to_owned()],
        Touched::Filters => vec!["filters".to_owned()],
        Touched::Theme => vec!["theme".to_owned()],
        Touched::Phone => vec![PHONE.to_owned()],
        Touched::Wall => vec![WALL.to_owned()],
        Touched::Board => vec![BOARD.to_owned()],
        Touched::Tile(tile, TouchedProperty::PhonePlace) => vec![tile.to_string(), PHONE.to_owned()],
        Touched::Tile(tile, TouchedProperty::WallPlace) => vec![tile.to_string(), WALL.to_owned()],
        Touched::Tile(
            tile,
            TouchedProperty::Existence
            | TouchedProperty::DeskPlace
            | TouchedProperty::Title
            | TouchedProperty::Content
            | TouchedProperty::Handling
            | TouchedProperty::Following
            | TouchedProperty::Link,
        ) => vec![tile.to_string()],
    };
    let unique: BTreeSet<String> = operation.touched().into_iter().flat_map(names).collect();
    unique.into_iter().collect()
}

/// A document that could not be read again must not be written.
pub(super) fn check_storable(board: &Board) -> Result<(), Problem> {
    let height = board.desk().height();
    if height <= MAX_ROWS {
        return Ok(());
    }
    let detail = format!("the board would be {height} rows deep: at most {MAX_ROWS} are kept; make tiles lower");
    Err(Problem::new(ProblemCode::InvalidOperation, detail).with("expected", MAX_ROWS))
}
