//! What each transaction changed, kept in the same transaction until the cluster has it.
//!
//! A batch is worked out and committed here; what it added and took away stands in the table `outbox` with its number, and
//! leaves it once the cluster says that it has it (`events::clickhouse::shipping`). So nothing is lost between the two, and
//! whoever dies in between goes on from the last number that both know.

use crate::events::{
    EngineError,
    clickhouse::{Changed, Part, Place, encode, served_as},
};
use ::duckdb::{Connection, arrow::record_batch::RecordBatch, params};
use model::time::Day;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::Notify;

/// Where changes are kept for the cluster.
#[derive(Debug, Clone)]
pub(crate) struct Outbox(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    shards: u32,
    /// The number of the newest transaction that is kept or was sent.
    newest: AtomicU64,
    more: Notify,
}

impl Outbox {
    /// For a cluster of so many shards.
    pub(crate) fn new(shards: u32) -> Self {
        Self(Arc::new(Shared { shards, newest: AtomicU64::new(0), more: Notify::new() }))
    }

    pub(crate) fn newest(&self) -> u64 {
        self.0.newest.load(Ordering::SeqCst)
    }

    /// What comes next has the number behind it.
    pub(crate) fn starts_at(&self, sequence: u64) {
        self.0.newest.store(sequence, Ordering::SeqCst);
    }

    /// Wakes whoever sends.
    pub(super) fn tell(&self) {
        self.0.more.notify_one();
    }

    /// Waits for [`Self::tell`]; one that was told before counts.
    pub(crate) async fn told(&self) {
        self.0.more.notified().await;
    }
}

/// Whether transactions are kept for a cluster.
#[derive(Debug, Clone)]
pub(super) enum Recording {
    /// There never was one.
    None,
    /// There was one, and it will lack what is written now: the count leaves a gap, by which it is known.
    Missed,
    For(Outbox),
}

impl Recording {
    pub(super) fn of(outbox: Option<&Outbox>, captured: u64) -> Self {
        match outbox {
            Some(outbox) => {
                outbox.starts_at(captured);
                Self::For(outbox.clone())
            }
            None if captured > 0 => Self::Missed,
            None => Self::None,
        }
    }

    /// Keeps what a transaction changed, inside of it. Returns its number where the cluster is to be told.
    pub(super) fn keep(&self, connection: &Connection, changed: &Changed) -> Result<Option<u64>, EngineError> {
        if changed.is_empty() {
            return Ok(None);
        }
        match self {
            Self::None => Ok(None),
            Self::Missed => {
                self.leave_gap(connection)?;
                Ok(None)
            }
            Self::For(outbox) => {
                let sequence = captured(connection)? + 1;
                if !changed.has_no_rows() && !changed.forgotten.is_empty() {
                    let text = "a transaction that forgets days changes rows as well: the cluster could not tell which came first";
                    return Err(EngineError::Failed(text.into()));
                }
                let forgotten: BTreeMap<&str, Day> =
                    changed.forgotten.iter().map(|(table, before)| (served_as(table), *before)).collect();
                let forget = "insert into outbox (sequence, relation, row_count, before_day) values ($1, $2, 0, $3)";
                for (relation, before) in forgotten {
                    connection.execute(forget, params![sequence as i64, relation, before.0])?;
                }
                let parts = encode(changed, sequence, outbox.0.shards)?;
                let mut insert = connection.prepare_cached(
                    "insert into outbox (sequence, relation, shard, slice, row_count, body) values ($1, $2, $3, $4, $5, $6)",
                )?;
                for Part { relation, place, slice, rows, body } in parts {
                    let shard = match place {
                        Place::Shard(shard) => Some(shard),
                        Place::Everywhere => None,
                    };
                    insert.execute(params![sequence as i64, relation, shard, slice, rows as i64, body])?;
                }
                connection.execute("update captured set sequence = $1", params![sequence as i64])?;
                Ok(Some(sequence))
            }
        }
    }

    /// What a transaction changed is not kept, and the count shows it.
    pub(super) fn leave_gap(&self, connection: &Connection) -> Result<(), EngineError> {
        match self {
            Self::None => {}
            Self::Missed | Self::For(_) => {
                connection.execute("update captured set sequence = sequence + 2", [])?;
                connection.execute("delete from outbox", [])?;
            }
        }
        Ok(())
    }

    /// After the commit of the transaction with that number.
    pub(super) fn kept(&self, sequence: Option<u64>) {
        if let (Self::For(outbox), Some(sequence)) = (self, sequence) {
            outbox.starts_at(sequence);
            outbox.tell();
        }
    }

    /// Whether changes need to be noted at all.
    pub(super) const fn notes(&self) -> bool {
        match self {
            Self::None => false,
            Self::Missed | Self::For(_) => true,
        }
    }
}

/// The number of the newest transaction that was kept.
pub(super) fn captured(connection: &Connection) -> Result<u64, EngineError> {
    let sequence: i64 = connection.query_row("select max(sequence) from captured", [], |row| row.get(0))?;
    Ok(u64::try_from(sequence).unwrap_or(0))
}

/// What goes to the cluster together.
#[derive(Debug)]
pub(crate) enum Waiting {
    Rows(Vec<Part>),
    /// Of these tables, the days before that one. Goes by itself, behind all rows before it.
    Forgotten(Vec<(String, Day)>),
}

/// What the transactions behind `after` changed, oldest first: whole transactions, as many as fit about `bytes`, and the
/// number of the last one. `None` where there is none.
pub(crate) fn waiting(
    connection: &Connection,
    after: u64,
    bytes: usize,
) -> Result<Option<(u64, Waiting)>, EngineError> {
    let mut sizes = connection.prepare_cached(
        "select sequence, coalesce(cast(sum(octet_length(body)) as bigint), 0), max(before_day) is not null
         from outbox where sequence > $1 group by sequence order by sequence",
    )?;
    let mut rows = sizes.query(params![after as i64])?;
    let (mut last, mut size) = (None, 0_usize);
    while let Some(row) = rows.next()? {
        let (sequence, forgets) = (row.get::<_, i64>(0)?, row.get::<_, bool>(2)?);
        if forgets && last.is_none() {
            return Ok(Some((sequence as u64, Waiting::Forgotten(forgotten(connection, sequence)?))));
        }
        size += row.get::<_, i64>(1)? as usize;
        if last.is_some() && (forgets || size > bytes) {
            break;
        }
        last = Some(sequence);
    }
    let Some(last) = last else { return Ok(None) };
    let mut parts = connection.prepare_cached(
        "select relation, shard, slice, row_count, body from outbox where sequence > $1 and sequence <= $2 order by sequence",
    )?;
    let read = |row: &::duckdb::Row<'_>| {
        let place = row.get::<_, Option<u32>>(1)?.map_or(Place::Everywhere, Place::Shard);
        let rows = row.get::<_, i64>(3)? as u64;
        Ok(Part { relation: row.get(0)?, place, slice: row.get(2)?, rows, body: row.get(4)? })
    };
    let parts = parts.query_map(params![after as i64, last], read)?.collect::<Result<_, _>>()?;
    Ok(Some((last as u64, Waiting::Rows(parts))))
}

fn forgotten(connection: &Connection, sequence: i64) -> Result<Vec<(String, Day)>, EngineError> {
    let mut asked =
        connection.prepare("select relation, before_day from outbox where sequence = $1 order by relation")?;
    let read = |row: &::duckdb::Row<'_>| Ok((row.get(0)?, Day(row.get(1)?)));
    Ok(asked.query_map(params![sequence], read)?.collect::<Result<_, _>>()?)
}

/// The oldest transaction that is still kept, if any.
pub(crate) fn oldest(connection: &Connection) -> Result<Option<u64>, EngineError> {
    let oldest: Option<i64> = connection.query_row("select min(sequence) from outbox", [], |row| row.get(0))?;
    Ok(oldest.map(|sequence| sequence as u64))
}

/// After everything there is was copied to the cluster: nothing waits, and the count goes on behind that number.
pub(crate) fn put_in_step(connection: &Connection, sequence: u64) -> Result<(), EngineError> {
    connection.execute("delete from outbox", [])?;
    connection.execute("update captured set sequence = $1", params![sequence as i64])?;
    Ok(())
}

/// What a transaction has changed so far.
#[derive(Default)]
pub(super) struct Notes(std::cell::RefCell<Changed>);

impl Notes {
    pub(super) fn added(&self, table: &'static str, rows: RecordBatch) {
        self.0.borrow_mut().added.push((table, rows));
    }

    pub(super) fn removed(&self, table: &'static str, rows: RecordBatch) {
        self.0.borrow_mut().removed.push((table, rows));
    }

    pub(super) fn forgotten(&self, table: &'static str, before: Day) {
        self.0.borrow_mut().forgotten.push((table, before));
    }

    pub(super) fn into_changed(self) -> Changed {
        self.0.into_inner()
    }
}
