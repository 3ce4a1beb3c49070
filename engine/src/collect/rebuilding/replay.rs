//! All events of a store counted again in another one, in the order in which they were counted.
//!
//! That order is the one of their rows: one thread writes, and only ever adds at the end. What they were received by is
//! not: of two requests at the same time, either may be made durable first, and a bulk load tells nothing of it.

use super::{super::pipeline::Pipeline, RebuildProgress};
use crate::{
    collect::loading::CHUNK_EVENTS,
    events::{
        Columns, EngineError, Event, EventStore,
        rows::{Column, TableRow as _},
    },
};
use ::duckdb::params;
use crossbeam_channel::{Sender, bounded};
use std::thread;

/// Counts them; says how many there are.
pub(super) fn replay(
    store: &EventStore,
    mut pipeline: Pipeline,
    progress: impl Fn(RebuildProgress),
) -> Result<u64, EngineError> {
    let sql = "select count(*), coalesce(max(rowid), -1) from event";
    let (of, last): (i64, i64) =
        store.look_up(|read| Ok(read.connection().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?))?;
    let of = of as u64;
    let mut events = 0;
    progress(RebuildProgress { events, of });
    // The next chunk is read while one is worked out and written; there are never more than three.
    let (chunks, read) = bounded(1);
    thread::scope(|scope| {
        let reading = scope.spawn(move || read_chunks(store, last, &chunks));
        for chunk in read {
            events += chunk.len() as u64;
            pipeline.count_again(chunk)?;
            progress(RebuildProgress { events, of });
        }
        reading.join().unwrap_or_else(|_| Err(EngineError::Failed("the events could not be read".into())))?;
        // Whatever is due by now, if there was no event at all.
        pipeline.count_again(Vec::new())
    })?;
    Ok(events)
}

fn read_chunks(store: &EventStore, last: i64, chunks: &Sender<Vec<Event>>) -> Result<(), EngineError> {
    let columns: Vec<&str> = Event::COLUMNS.iter().map(|Column { name, .. }| *name).collect();
    let text = format!("select {} from event where rowid >= $1 and rowid < $2 order by rowid", columns.join(", "));
    for first in (0..=last).step_by(CHUNK_EVENTS) {
        let chunk = store.look_up(|read| {
            let mut statement = read.connection().prepare_cached(&text)?;
            let mut rows = statement.query(params![first, first + CHUNK_EVENTS as i64])?;
            let mut chunk = Vec::with_capacity(CHUNK_EVENTS);
            while let Some(row) = rows.next()? {
                chunk.push(Event::read(row)?);
            }
            Ok(chunk)
        })?;
        // Nobody takes them any more: the other side tells why.
        if !chunk.is_empty() && chunks.send(chunk).is_err() {
            break;
        }
    }
    Ok(())
}

/// Where events were dropped, accounts are what they are because of them too; counting the rest again changes nothing
/// that it told before.
pub(super) fn begin_with_accounts(store: &EventStore, shadow: &EventStore) -> Result<(), EngineError> {
    let rows = store.look_up(|read| {
        let mut statement = read.connection().prepare("select * from fact_account")?;
        Ok(Columns::from_batches(statement.query_arrow([])?.collect()))
    })?;
    shadow.write(move |transaction| transaction.append_columns("fact_account", &rows)).wait()
}
