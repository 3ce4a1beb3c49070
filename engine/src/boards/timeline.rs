//! The history of a board, read page by page, and the names that people gave to versions of it.

use super::{Boards, history::LockedBoard};
use crate::{
    access::{Authorized, Edit},
    postgres::{OrProblem as _, as_database_time, as_timestamp},
};
use model::{
    board::{Board, BoardId, Change, HistoryEntry, HistoryPage, Operation, StepKind, TileId, TileLabel, Title},
    problem::{Problem, ProblemCode},
};
use sqlx::types::Json;
use std::collections::BTreeMap;

/// Entries on a page.
const PAGE: i64 = 50;

impl Boards {
    /// What happened to the board before that version, newest first; without one, from the newest on.
    pub async fn history(
        &self,
        board: &Authorized<BoardId, Edit>,
        before: Option<i64>,
    ) -> Result<HistoryPage, Problem> {
        let attempting = "read the history of a board";
        let id = board.thing().uuid();
        let rows = sqlx::query!(
            r#"select o.version, o.at, u.name as who, o.kind, o.op as "op: Json<Operation>",
                o.inverse as "inverse: Json<Operation>", o.undone_by is not null as "is_undone!",
                n.name as "name?", v.number as "number?"
            from board_op o
            join app_user u on u.id = o.author_id
            left join board_name n on n.board_id = o.board_id and n.version = o.version
            left join board_version v on v.board_id = o.board_id and v.draft_version = o.version
            where o.board_id = $1 and o.version < coalesce($2, 9223372036854775807)
            order by o.version desc, v.number desc
            limit $3"#,
            id,
            before,
            PAGE + 1,
        )
        .fetch_all(self.pool())
        .await
        .or_problem(attempting)?;
        let now = sqlx::query!(r#"select document as "document: Json<Board>" from board where id = $1"#, id)
            .fetch_one(self.pool())
            .await
            .or_problem(attempting)?;
        let mut labels: BTreeMap<TileId, TileLabel> = BTreeMap::new();
        // What a tile is called now stands above what it was called when it was taken away.
        for row in &rows {
            for operation in [&row.op.0, &row.inverse.0] {
                if let Operation::AddTiles { tiles, .. } | Operation::AddInside { tiles, .. } = operation {
                    labels.extend(tiles.iter().map(|tile| (tile.id, TileLabel::of(tile))));
                }
            }
        }
        labels.extend(now.document.0.tiles().iter().map(|tile| (tile.id, TileLabel::of(tile))));
        let has_more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
        let mut entries: Vec<HistoryEntry> = Vec::with_capacity(rows.len());
        for row in rows {
            // A version that was published several times has several rows; the newest publication comes first.
            if entries.last().is_some_and(|last| last.version == row.version) {
                continue;
            }
            entries.push(HistoryEntry {
                version: row.version,
                at: as_timestamp(row.at),
                who: row.who,
                kind: step_kind(&row.kind)?,
                is_undone: row.is_undone,
                change: told(&row.op.0, &row.inverse.0, &labels),
                name: row.name.and_then(|name| Title::parse(&name).ok()),
                published: row.number,
            });
        }
        entries.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        Ok(HistoryPage { entries, has_more })
    }

    /// Calls a version of the draft something, or nothing any more.
    pub async fn name_version(
        &self,
        board: &Authorized<BoardId, Edit>,
        version: i64,
        name: &Title,
    ) -> Result<(), Problem> {
        let attempting = "name a version of a board";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let locked = LockedBoard::lock(&mut transaction, board.thing()).await?;
        if !(0..=locked.version).contains(&version) {
            return Err(no_such_version(version, locked.version));
        }
        if name.is_empty() {
            sqlx::query!("delete from board_name where board_id = $1 and version = $2", locked.id.uuid(), version)
                .execute(&mut *transaction)
                .await
                .or_problem(attempting)?;
        } else {
            sqlx::query!(
                "insert into board_name (board_id, version, name, named_by, named_at) values ($1, $2, $3, $4, $5)
                on conflict (board_id, version)
                    do update set name = excluded.name, named_by = excluded.named_by, named_at = excluded.named_at",
                locked.id.uuid(),
                version,
                name.as_str(),
                board.who().user().0,
                as_database_time(now),
            )
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        }
        transaction.commit().await.or_problem(attempting)
    }
}

/// What was done. A tile that was renamed is called what it was called before.
fn told(operation: &Operation, inverse: &Operation, labels: &BTreeMap<TileId, TileLabel>) -> Change {
    let mut change = Change::of(operation, |tile| labels.get(&tile).cloned());
    if let (Change::RenamedTile { tile, .. }, Operation::RenameTile { title, .. }) = (&mut change, inverse) {
        tile.title = title.clone();
    }
    change
}

fn step_kind(text: &str) -> Result<StepKind, Problem> {
    match text {
        "edit" => Ok(StepKind::Edit),
        "undo" => Ok(StepKind::Undo),
        "redo" => Ok(StepKind::Redo),
        other => {
            Err(Problem::new(ProblemCode::Internal, format!("the history holds the kind “{other}”, which is none")))
        }
    }
}

pub(super) fn no_such_version(version: i64, newest: i64) -> Problem {
    Problem::new(ProblemCode::InvalidOperation, format!("there is no version {version}: the newest is {newest}"))
        .with("expected", newest)
}
