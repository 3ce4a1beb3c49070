//! Batches on their way: from the outbox of the working store, in order, each as a whole, until ClickHouse has them.
//!
//! ClickHouse makes a file of every insert on every shard, so batches that wait go together. What goes together is cut by
//! table, shard and slice of time, since ClickHouse takes rows of one slice in whole or not at all. Once all of it is written, the
//! number of the last batch goes to the table `shipped`, and what was sent leaves the outbox. A sender that dies, or a
//! server, leaves some parts written and others not: before a part is sent a second time, it is asked whether it is there.
//! The question only saves work. A part that is written twice has the same identities, so it counts once (`tables`).

use super::{Part, Place, Shared, cluster::Cluster, forgetting::forget, server::Server};
use crate::{
    events::{EngineError, EventStore, Waiting, oldest, waiting},
    postgres::Failure,
};
use ::duckdb::params;
use bytes::Bytes;
use futures::future::try_join_all;
use std::{collections::BTreeMap, ops::RangeInclusive, sync::Arc, time::Duration};
use tokio::time::Instant;

/// About so much goes together.
const BYTES_AT_A_TIME: usize = 32 << 20;
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Why ClickHouse can't go on from what it has.
#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error(
        "ClickHouse lacks events that are in the data folder: run `lingdong migrate-events` with the same --data-dir and --clickhouse-url"
    )]
    Behind,
    #[error(
        "ClickHouse has batch {arrived} of events, but the data folder only comes to {newest}: it belongs to another data folder; \
         name another database in --clickhouse-url, or run `lingdong migrate-events` to replace what is in it"
    )]
    Foreign { arrived: u64, newest: u64 },
}

/// Whether what waits in the store is what ClickHouse lacks, all of it.
pub(super) async fn check(store: &EventStore, arrived: u64) -> Result<(), Failure> {
    let newest = store.outbox().map_or(0, crate::events::Outbox::newest);
    let read = store.write(move |transaction| {
        let connection = transaction.connection();
        let has_events: bool = connection.query_row(
            "select exists (select 1 from event) or exists (select 1 from programme)",
            [],
            |row| row.get(0),
        )?;
        Ok((oldest(connection)?, has_events))
    });
    let (oldest, has_events) = read.arrives().await?;
    if arrived > newest {
        return Err(FollowError::Foreign { arrived, newest }.into());
    }
    let nothing_lacks = match oldest {
        Some(oldest) => oldest <= arrived + 1,
        None => arrived == newest,
    };
    // Events from before there was any ClickHouse were never put in the outbox.
    let was_never_told = newest == 0 && has_events;
    if nothing_lacks && !was_never_told { Ok(()) } else { Err(FollowError::Behind.into()) }
}

/// Sends until it is told to stop.
pub(super) async fn ship(shared: Arc<Shared>, store: EventStore) {
    let mut pause = FIRST_PAUSE;
    // What was under way when the last run ended is not known.
    let mut again = true;
    loop {
        let started = Instant::now();
        let wait = match send_waiting(&shared, &store, again).await {
            Ok(true) => {
                (pause, again) = (FIRST_PAUSE, false);
                Wait::Until(started + shared.pace)
            }
            Ok(false) => Wait::ForMore,
            Err(error) => {
                tracing::error!(error = %error, source = ?std::error::Error::source(&error),
                    "ClickHouse does not take events: they stay in the data folder and are sent again");
                again = true;
                let wait = Wait::Until(started + pause);
                pause = (pause * 2).min(LONGEST_PAUSE);
                wait
            }
        };
        let wait = async {
            match wait {
                Wait::ForMore => shared.outbox.told().await,
                Wait::Until(moment) => tokio::time::sleep_until(moment).await,
            }
        };
        tokio::select! {
            () = shared.stopping.cancelled() => return,
            () = wait => {}
        }
    }
}

enum Wait {
    ForMore,
    Until(Instant),
}

/// Sends what waits; says whether there was anything.
async fn send_waiting(shared: &Shared, store: &EventStore, again: bool) -> Result<bool, EngineError> {
    let arrived = *shared.arrived.borrow();
    let reading = store.clone();
    let read = move || reading.look_up(|transaction| waiting(transaction.connection(), arrived, BYTES_AT_A_TIME));
    let found = tokio::task::spawn_blocking(read).await.map_err(|error| EngineError::Failed(Box::new(error)))??;
    let Some((last, changes)) = found else {
        // A transaction may have been sent before it was said what it touched.
        moved(shared, store, arrived);
        return Ok(false);
    };
    match changes {
        Waiting::Rows(parts) => write_parts(&shared.cluster, parts, arrived + 1..=last, again).await?,
        // It may take minutes, and whoever stops does not wait for it: it is done again.
        Waiting::Forgotten(days) => match shared.stopping.run_until_cancelled(forget(&shared.cluster, days)).await {
            Some(done) => done?,
            None => return Ok(false),
        },
    }
    say_arrived(&shared.cluster, last).await?;
    shared.arrived.send_replace(last);
    moved(shared, store, last);
    store
        .write(move |transaction| {
            transaction.connection().execute("delete from outbox where sequence <= $1", params![last as i64])?;
            Ok(())
        })
        .arrives()
        .await?;
    Ok(true)
}

fn moved(shared: &Shared, store: &EventStore, arrived: u64) {
    if let Some(touched) = store.touched_until(arrived) {
        shared.versions.moved(&touched);
    }
}

/// Rows by table, place and slice, and how many there are.
type Together = BTreeMap<(String, Place, Option<i32>), (u64, Vec<u8>)>;

/// Writes parts of those batches, all of them.
pub(super) async fn write_parts(
    cluster: &Cluster,
    parts: Vec<Part>,
    batches: RangeInclusive<u64>,
    again: bool,
) -> Result<(), EngineError> {
    let mut together: Together = BTreeMap::new();
    for Part { relation, place, slice, rows, body } in parts {
        let (count, bytes) = together.entry((relation, place, slice)).or_default();
        *count += rows;
        if bytes.is_empty() {
            *bytes = body;
        } else {
            bytes.extend_from_slice(&body);
        }
    }
    let mut writes = Vec::new();
    for ((relation, place, slice), (rows, body)) in together {
        let body = Bytes::from(body);
        let shards = cluster.shards.iter().enumerate();
        for (_, copies) in
            shards.filter(|(index, _)| place == Place::Everywhere || place == Place::Shard(*index as u32))
        {
            let part = Ready { relation: relation.clone(), slice, rows, body: body.clone(), batches: batches.clone() };
            writes.push(write(cluster, copies, part, again));
        }
    }
    try_join_all(writes).await.map(|_| ())
}

/// Up to which batch a cluster has everything: what its shards agree on.
pub(super) async fn arrived(cluster: &Cluster) -> Result<u64, EngineError> {
    let numbers = cluster.shards.iter().map(async |copies| match copies.first() {
        Some(server) => server.number("SELECT max(sequence) FROM shipped").await,
        None => Ok(0),
    });
    let numbers = try_join_all(numbers).await?;
    Ok(numbers.into_iter().min().and_then(|number| u64::try_from(number).ok()).unwrap_or(0))
}

pub(super) async fn say_arrived(cluster: &Cluster, batch: u64) -> Result<(), EngineError> {
    let text = format!("INSERT INTO shipped VALUES (1, {batch})");
    let told = cluster.shards.iter().map(async |copies| {
        let mut outcome = Ok(());
        for server in copies {
            outcome = server.define(&text).await;
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    });
    try_join_all(told).await.map(|_| ())
}

/// What goes to one shard in one insert.
struct Ready {
    relation: String,
    slice: Option<i32>,
    rows: u64,
    body: Bytes,
    batches: RangeInclusive<u64>,
}

/// To the first copy of the shard that takes it; the others get it from there.
async fn write(cluster: &Cluster, copies: &[Server], part: Ready, again: bool) -> Result<(), EngineError> {
    let unknown = || EngineError::Failed(format!("{} is no table of ClickHouse", part.relation).into());
    let table = cluster.table(&part.relation).ok_or_else(unknown)?;
    let mut outcome = Err(EngineError::Failed("the shard has no server".into()));
    for server in copies {
        let attempt = async {
            if again && is_there(cluster, server, table, &part).await? {
                return Ok(());
            }
            server.insert(&table.insert(&cluster.layout), part.body.clone()).await
        };
        outcome = attempt.await;
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

async fn is_there(
    cluster: &Cluster,
    server: &Server,
    table: &super::tables::ServedTable,
    part: &Ready,
) -> Result<bool, EngineError> {
    let (first, last) = part.batches.clone().into_inner();
    let slice = table.slice().zip(part.slice);
    let slice = slice.map(|(of, number)| format!(" AND {of} = {number}")).unwrap_or_default();
    let local = table.local_name(&cluster.layout);
    let text = format!("SELECT count(*) FROM {local} WHERE batch >= {first} AND batch <= {last}{slice}");
    Ok(u64::try_from(server.number(&text).await?).is_ok_and(|rows| rows == part.rows))
}
