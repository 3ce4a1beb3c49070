//! Against real servers: what the collector writes arrives, whatever dies on the way.

mod dying;
mod moving;
mod servers;

pub(crate) use servers::{ModernServer, TestCluster};

use super::{ClickHouseAddress, ClickHouseStore};
use crate::events::{
    EngineError, EventStore, Transaction,
    fact_rows::{ChannelRow, OrderRow, ProgrammeRow},
};
use ::duckdb::params;
use model::{
    access::OrganisationId,
    time::{Calendar, Day, Timestamp},
};
use std::{path::Path, time::Duration};

const HOME: OrganisationId = OrganisationId(1);

/// A working store in that folder, followed by a cluster.
async fn followed(address: &ClickHouseAddress, folder: &Path) -> (EventStore, ClickHouseStore) {
    let clickhouse = ClickHouseStore::connect_with(address, Duration::ZERO).await.unwrap();
    let settings = clickhouse.settings_of_working_store();
    let store = EventStore::open_with(folder, Calendar::CHINA, settings).await.unwrap();
    clickhouse.follow(store.clone()).await.unwrap();
    (store, clickhouse)
}

fn order(number: i64) -> OrderRow {
    let ts_ms = Timestamp::from_millis(1_772_300_000_000 + number * 3_600_000);
    OrderRow {
        org: HOME,
        household: (number % 7 != 0).then(|| format!("h{}", number % 1_000).into()),
        province: Some(model::geo::Province::ZJ),
        isp: None,
        platform: None,
        order_id: format!("o{number}").into(),
        product_id: None,
        content_id: None,
        order_status: Some("paid".into()),
        amount_fen: Some(number),
        ts_ms,
        day: Calendar::CHINA.day_of(ts_ms),
        received_ms: ts_ms,
        simulated: false,
        cp_id: None,
    }
}

fn programme(channel: i64, stop_ms: i64) -> ProgrammeRow {
    ProgrammeRow {
        org: HOME,
        programme_id: format!("p{channel}").into(),
        channel_id: format!("c{channel}").into(),
        title: "news".into(),
        category: None,
        start_ms: Timestamp::from_millis(0),
        stop_ms: Timestamp::from_millis(stop_ms),
        start_minute: 0,
        stop_minute: (stop_ms / 60_000) as i32,
        day: Day(0),
    }
}

/// Batch after batch: rows that stay, rows that are replaced, and rows that are taken away.
async fn write_batch(store: &EventStore, batch: i64) {
    let write = move |transaction: &Transaction<'_>| {
        let orders: Vec<OrderRow> = (batch * 50..batch * 50 + 50).map(order).collect();
        transaction.append("fact_order", &orders)?;
        let gone = "delete from channel where channel_id = $1";
        transaction.remove("channel", gone, params![format!("c{}", batch - 3)])?;
        let channel = ChannelRow { org: HOME, channel_id: format!("c{batch}").into(), name: "one".into() };
        transaction.append("channel", &[channel])?;
        let again = "delete from programme where channel_id = $1";
        transaction.remove("programme", again, params![format!("c{}", batch % 10)])?;
        transaction.append("programme", &[programme(batch % 10, batch * 60_000)])?;
        let longer = "update programme set stop_ms = stop_ms + 1 where channel_id = $1";
        transaction.change("programme", longer, params![format!("c{}", (batch + 5) % 10)])?;
        Ok::<_, EngineError>(())
    };
    store.write(write).arrives().await.unwrap();
}
