//! What was answered once stays answered while events of another day come.

use super::board::{DAY_MS, asked, board_over};
use crate::bench::{
    client::{Client, now_ms},
    ingest,
    server::BenchServer,
    table::{Row, milliseconds, quantile},
};
use anyhow::Result;
use std::time::{Duration, Instant};

const BATCHES: u64 = 40;

pub(super) fn measure(server: &BenchServer, client: &Client, to_ms: i64) -> Result<Vec<Row>> {
    // It ends with the day before yesterday; what comes is of today.
    let closed = board_over(21, to_ms / DAY_MS * DAY_MS - 2 * DAY_MS);
    asked(client, &closed)?;
    let sender = Client::new(server, server.write_key("bench query")?);
    let before = server.figure("lingdong_statements_run_total")?;
    let mut took = Vec::new();
    for batch in 0..BATCHES {
        sender.send(&ingest::lines(batch * ingest::BATCH, ingest::BATCH, now_ms() - 60_000))?;
        let began = Instant::now();
        asked(client, &closed)?;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    let run = server.figure("lingdong_statements_run_total")? - before;
    let p95 = quantile(&took, 0.95);
    Ok(vec![
        Row::against(
            format!("a board of closed days while {} events of today come: statements run", BATCHES * ingest::BATCH),
            format!("{run:.0}"),
            "none",
            run == 0.0,
        ),
        Row::against("… one look at it, p95", milliseconds(p95), "≤ 20 ms", p95 <= Duration::from_millis(20)),
    ])
}
