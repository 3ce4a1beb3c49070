//! Many viewers at once: of one board, and each with a range of their own.

use super::board::{DAY_MS, MINUTE_MS, asked, board, board_over};
use crate::bench::{client::Client, server::BenchServer, table::Row};
use anyhow::{Result, anyhow};
use serde_json::Value;
use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

pub(super) const VIEWERS: usize = 20;
const VIEWED_FOR: Duration = Duration::from_secs(5);
const VIEWED_ANEW_FOR: Duration = Duration::from_secs(20);
/// How far apart the viewers' ranges lie.
const APART_MS: i64 = DAY_MS / 2;

/// Boards a second of viewers who all look at the same.
pub(super) fn of_one_board(client: &Client, to_ms: i64) -> Result<f64> {
    let clients = vec![client.clone(); VIEWERS];
    let board = board(to_ms);
    let (counts, seconds) = watch(&clients, VIEWED_FOR, |_, _| board.clone())?;
    Ok(counts.iter().sum::<u64>() as f64 / seconds)
}

/// Twenty people, each with a range of their own that moves on with every look, so that nothing can be kept whole.
pub(super) fn with_ranges_of_their_own(server: &BenchServer, to_ms: i64) -> Result<Vec<Row>> {
    let clients = (0..VIEWERS)
        .map(|number| {
            Ok(Client::new(server, server.token_of(&format!("viewer-{number}@lingdong.local"), "all,unknown")?))
        })
        .collect::<Result<Vec<_>>>()?;
    let own_range = |viewer: usize, look: u64| {
        let ends_ms = to_ms - viewer as i64 * APART_MS - (1_000 + look as i64) * MINUTE_MS;
        board_over(7 + viewer as i64 % 3 * 7, ends_ms)
    };
    let (counts, seconds) = watch(&clients, VIEWED_ANEW_FOR, own_range)?;
    let all: u64 = counts.iter().sum();
    let rate = all as f64 / seconds;
    let (fewest, most) = (counts.iter().min().copied().unwrap_or(0), counts.iter().max().copied().unwrap_or(0));
    Ok(vec![
        Row::against(
            format!("{VIEWERS} viewers, each with a range of their own (7, 14 or 21 days)"),
            format!("{rate:.1} boards/s"),
            "≥ 2 /s",
            rate >= 2.0,
        ),
        Row::against(
            "… boards of the one who had the fewest, of the one who had the most",
            format!("{fewest}, {most}"),
            "none without",
            fewest > 0,
        ),
    ])
}

/// Everybody looks again and again; how often each did, and how long it took until the last one had seen it.
fn watch(clients: &[Client], lasting: Duration, board: impl Fn(usize, u64) -> Value + Sync) -> Result<(Vec<u64>, f64)> {
    let over = AtomicBool::new(false);
    let counts: Vec<AtomicU64> = clients.iter().map(|_| AtomicU64::new(0)).collect();
    let began = Instant::now();
    let view = |viewer: usize, client: &Client, count: &AtomicU64| -> Result<()> {
        while !over.load(Ordering::Relaxed) {
            asked(client, &board(viewer, count.load(Ordering::Relaxed)))?;
            count.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let view = &view;
        let viewers: Vec<_> = clients
            .iter()
            .zip(&counts)
            .enumerate()
            .map(|(viewer, (client, count))| scope.spawn(move || view(viewer, client, count)))
            .collect();
        thread::sleep(lasting);
        over.store(true, Ordering::Relaxed);
        viewers.into_iter().try_for_each(|viewer| viewer.join().map_err(|_| anyhow!("a viewer died"))?)
    })?;
    Ok((counts.iter().map(|count| count.load(Ordering::Relaxed)).collect(), began.elapsed().as_secs_f64()))
}
