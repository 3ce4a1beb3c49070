//! The door: making boards, removing them, and hearing of changes.

use super::{SCHEMA_VERSION, history::check_storable};
use crate::{
    access::{Access, Action, AuditEntry, Authorized, Edit, Principal, no_such_board, record},
    clock::SharedClock,
    postgres::{Databases, Notice, OrProblem as _, as_database_time},
};
use model::{
    board::{Board, BoardId},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use rustc_hash::FxHashMap;
use serde_json::json;
use sqlx::{PgConnection, PgPool, types::Json};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::MissedTickBehavior,
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use uuid::Uuid;

/// Changes a slow reader may fall behind before it has to read everything again.
const BACKLOG: usize = 1024;

/// All boards. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Boards {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    pool: PgPool,
    clock: SharedClock,
    changed: broadcast::Sender<BoardId>,
    _follower: AbortOnDropHandle<()>,
}

/// How often is looked whether something is to be published by itself.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often is told that something still could not be published.
const TELL_EVERY: Duration = Duration::from_mins(1);

impl Boards {
    /// Needs an async runtime: it follows the database's notices for as long as it lives.
    pub fn open(databases: &Databases, clock: SharedClock) -> Self {
        let changed = broadcast::Sender::new(BACKLOG);
        let (_, notices) = databases.notices().subscribe();
        let pool = databases.application.clone();
        let follower = AbortOnDropHandle::new(tokio::spawn(follow(notices, pool.clone(), changed.clone())));
        Self { parts: Arc::new(Parts { pool, clock, changed, _follower: follower }) }
    }

    /// A new board with its author; `board` may hold tiles already.
    pub async fn create(&self, who: &Principal, board: Board) -> Result<BoardId, Problem> {
        let id = BoardId::new(new_uuid(self.now()));
        self.create_as(who, id, board).await?;
        Ok(id)
    }

    /// The same with an id that somebody chose, as a file of a board has one. An id that was ever taken is refused.
    pub async fn create_as(&self, who: &Principal, id: BoardId, board: Board) -> Result<(), Problem> {
        let attempting = "create a board";
        who.require_editor()?;
        check_storable(&board)?;
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let created = sqlx::query!(
            "insert into board (id, organisation_id, document, schema_version, created_by, created_at, edited_by, edited_at)
            values ($1, $2, $3, $4, $5, $6, $5, $6)
            on conflict (id) do nothing",
            id.uuid(),
            who.organisation().0,
            Json(&board) as _,
            SCHEMA_VERSION,
            who.user().0,
            as_database_time(now),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        if created.rows_affected() == 0 {
            return Err(id_taken(id));
        }
        record_change(&mut transaction, who, id, Action::BoardCreated, json!({}), now).await?;
        transaction.commit().await.or_problem(attempting)
    }

    /// Takes the board out of sight for good. Its history stays in the database.
    pub async fn delete(&self, board: &Authorized<BoardId, Edit>) -> Result<(), Problem> {
        let attempting = "delete a board";
        let now = self.now();
        let id = board.thing();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let deleted = sqlx::query!(
            "update board set deleted_at = $2 where id = $1 and deleted_at is null",
            id.uuid(),
            as_database_time(now),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        if deleted.rows_affected() == 0 {
            return Err(no_such_board(id));
        }
        record_change(&mut transaction, board.who(), id, Action::BoardDeleted, json!({}), now).await?;
        transaction.commit().await.or_problem(attempting)
    }

    /// Fires when a board's draft or published version changed, whoever changed it.
    pub fn changes(&self) -> broadcast::Receiver<BoardId> {
        self.parts.changed.subscribe()
    }

    /// Publishes what is due, once a second, until it is told to stop.
    pub async fn keep_schedule(self, access: Access, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut told: FxHashMap<Option<BoardId>, Instant> = FxHashMap::default();
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            let failed = match self.publish_due(&access).await {
                Ok(outcome) => outcome.failed.into_iter().map(|(board, problem)| (Some(board), problem)).collect(),
                Err(problem) => vec![(None, problem)],
            };
            // Tried again with every tick, told once a minute.
            told.retain(|_, at: &mut Instant| at.elapsed() < TELL_EVERY);
            for (board, problem) in failed {
                told.entry(board).or_insert_with(|| {
                    let board = board.as_ref().map(ToString::to_string);
                    tracing::warn!(
                        board,
                        detail = problem.detail,
                        incident = problem.incident,
                        "what is due could not be published; it is tried again"
                    );
                    Instant::now()
                });
            }
        }
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.parts.pool
    }

    pub(super) fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }
}

/// The same words for a board that was deleted and for one that is none of theirs.
fn id_taken(id: BoardId) -> Problem {
    let detail = "no new board can have this id: a board that was deleted had it, or another one has it; leave the id \
                  out and the board gets one of its own";
    Problem::new(ProblemCode::InvalidOperation, detail).with("board", id)
}

/// An id that sorts by the time it was made at, by our own clock.
pub(crate) fn new_uuid(now: Timestamp) -> Uuid {
    let since_1970 = Duration::from_millis(u64::try_from(now.millis()).unwrap_or_default());
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, since_1970.as_secs(), since_1970.subsec_nanos()))
}

/// Adds a line about a board to the audit log.
pub(crate) async fn record_change(
    connection: &mut PgConnection,
    who: &Principal,
    board: BoardId,
    action: Action,
    details: serde_json::Value,
    at: Timestamp,
) -> Result<(), Problem> {
    let organisation = Some(who.organisation());
    let actor = Some(who.user());
    let subject = board.to_string();
    record(connection, AuditEntry { at, organisation, actor, action, subject: &subject, details }).await
}

/// Passes on which boards changed.
async fn follow(mut notices: broadcast::Receiver<Notice>, pool: PgPool, changed: broadcast::Sender<BoardId>) {
    loop {
        match notices.recv().await {
            Ok(Notice::Board(board)) => {
                // Nobody may be watching.
                let _ = changed.send(BoardId::new(board));
            }
            // Some changes may not have been told: then every board may have changed.
            Ok(Notice::Listening) | Err(RecvError::Lagged(_)) => announce_all(&pool, &changed).await,
            Ok(Notice::Interrupted | Notice::RightsOf(_) | Notice::RightsOfAll | Notice::OwnMetrics(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

async fn announce_all(pool: &PgPool, changed: &broadcast::Sender<BoardId>) {
    if changed.receiver_count() == 0 {
        return;
    }
    match sqlx::query!("select id from board where deleted_at is null").fetch_all(pool).await {
        Ok(boards) => {
            for board in boards {
                let _ = changed.send(BoardId::new(board.id));
            }
        }
        // The connection that just came back is gone again; the next one brings us here.
        Err(error) => {
            tracing::warn!(%error, "can't tell which boards changed while notices were missed");
        }
    }
}
