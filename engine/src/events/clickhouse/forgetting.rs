//! Days that are too old leave the cluster: whole slices are dropped, and what is left of the slice they end in is deleted.
//!
//! What is forgotten goes by itself, behind all rows of the batches before it and before those of the later ones, so it
//! may be done again by a sender that died: rows of those days that came later are not there yet.

use super::{
    cluster::Cluster,
    server::Server,
    tables::{DAYS_OF_SLICE, ServedTable},
};
use crate::events::{EngineError, Value};
use futures::future::try_join_all;
use model::time::Day;
use std::time::Duration;
use tokio::time::Instant;

/// A deletion is done beside everything else, slice by slice.
const GONE_WITHIN: Duration = Duration::from_mins(5);
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Of each of these tables, the days before that one, on all shards.
pub(super) async fn forget(cluster: &Cluster, days: Vec<(String, Day)>) -> Result<(), EngineError> {
    for (relation, before) in days {
        let unknown = || EngineError::Failed(format!("{relation} is no table of ClickHouse").into());
        let table = cluster.table(&relation).ok_or_else(unknown)?;
        let local = table.local_name(&cluster.layout);
        // The other copies of a shard hear of it from the first one.
        let shards = cluster.shards.iter().filter_map(|copies| copies.first());
        try_join_all(shards.map(|server| forget_on(server, table, &local, before))).await?;
    }
    Ok(())
}

async fn forget_on(server: &Server, table: &ServedTable, local: &str, before: Day) -> Result<(), EngineError> {
    let slice = before.0.div_euclid(DAYS_OF_SLICE);
    if let Some(of) = table.slice() {
        let text = format!("SELECT DISTINCT toInt64({of}) FROM {local} WHERE day < {}", slice * DAYS_OF_SLICE);
        for row in server.ask(&text, &[]).await?.rows() {
            if let [Value::Integer(old)] = row.as_slice() {
                server.define(&format!("ALTER TABLE {local} DROP PARTITION {old}")).await?;
            }
        }
    }
    let left = format!("SELECT count(*) FROM {local} WHERE day < {}", before.0);
    if server.number(&left).await? == 0 {
        return Ok(());
    }
    server.define(&format!("ALTER TABLE {local} DELETE WHERE day < {}", before.0)).await?;
    let until = Instant::now() + GONE_WITHIN;
    while server.number(&left).await? > 0 {
        if Instant::now() > until {
            return Err(EngineError::Failed(format!("{local} still has days that were deleted from it").into()));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(())
}
