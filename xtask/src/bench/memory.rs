//! Memory at rest, the private PostgreSQL included.

use super::{
    client::{Client, now_ms},
    ingest,
    processor::{proportional_kib, with_argument, with_descendants},
    server::BenchServer,
    table::Row,
};
use anyhow::Result;
use std::{thread, time::Duration};

/// After a little work, so that what is only needed once a program has done something is there.
const EVENTS: u64 = 20_000;
const REST: Duration = Duration::from_secs(5);
const PROMISED_MIB: u64 = 300;

pub(crate) fn measure(server: &mut BenchServer) -> Result<Vec<Row>> {
    let sender = Client::new(server, server.write_key("bench memory")?);
    for first in (0..EVENTS).step_by(ingest::BATCH as usize) {
        sender.send(&ingest::lines(first, ingest::BATCH, now_ms() - 60_000))?;
    }
    Client::new(server, server.token()?).plays_of("t1")?;
    thread::sleep(REST);
    let own = with_descendants(&[server.pid()]);
    // PostgreSQL belongs to the server and may still have another parent.
    let database = with_descendants(&with_argument(&server.data().display().to_string()));
    let sum = |pids: &[u32]| pids.iter().map(|pid| proportional_kib(*pid)).sum::<u64>() / 1_024;
    let database: Vec<u32> = database.into_iter().filter(|pid| *pid != server.pid()).collect();
    let mut all = own;
    all.extend(&database);
    all.sort_unstable();
    all.dedup();
    let (total, of_database) = (sum(&all), sum(&database));
    Ok(vec![Row::against(
        "memory at rest (PSS)",
        format!("{total} MiB, of which PostgreSQL {of_database} MiB"),
        "≤ 300 MiB",
        total <= PROMISED_MIB,
    )])
}
