//! Two hundred viewers in thirty-one scopes open the same board at the same moment.

use super::board::{MINUTE_MS, asked, board, board_by_itself};
use crate::bench::{
    client::Client,
    server::BenchServer,
    table::{Row, milliseconds, quantile},
};
use anyhow::{Result, anyhow};
use std::{sync::Barrier, thread, time::Duration};

/// The provinces of the mainland, each a scope.
const PROVINCES: [&str; 31] = [
    "BJ", "TJ", "HE", "SX", "NM", "LN", "JL", "HL", "SH", "JS", "ZJ", "AH", "FJ", "JX", "SD", "HA", "HB", "HN", "GD",
    "GX", "HI", "CQ", "SC", "GZ", "YN", "XZ", "SN", "GS", "QH", "NX", "XJ",
];
const VIEWERS: usize = 200;
/// Ends of ranges that nothing before has asked for.
const MINUTES_AGO: i64 = 500;

pub(super) fn measure(server: &BenchServer, to_ms: i64) -> Result<Vec<Row>> {
    let clients = PROVINCES
        .iter()
        .map(|province| Ok(Client::new(server, server.token_of(&format!("{province}@lingdong.local"), province)?)))
        .collect::<Result<Vec<_>>>()?;
    // One alone says how many statements the board takes.
    let run = || server.figure("lingdong_statements_run_total");
    let before = run()?;
    let alone = board_by_itself(i64::MAX, to_ms);
    let first = clients.first().map(|client| asked(client, &alone)).transpose()?.unwrap_or_default();
    let of_one = run()? - before;

    let before = run()?;
    let (together, board) = (Barrier::new(VIEWERS), board(to_ms - MINUTES_AGO * MINUTE_MS));
    let mut took = thread::scope(|scope| {
        let opening = |client| {
            let (together, board) = (&together, &board);
            scope.spawn(move || {
                together.wait();
                asked(client, board)
            })
        };
        let viewers: Vec<_> = clients.iter().cycle().take(VIEWERS).map(opening).collect();
        viewers
            .into_iter()
            .map(|viewer| viewer.join().map_err(|_| anyhow!("a viewer died"))?)
            .collect::<Result<Vec<Duration>>>()
    })?;
    let statements = run()? - before;
    took.sort_unstable();
    let p99 = quantile(&took, 0.99);
    let wanted = of_one * PROVINCES.len() as f64;
    Ok(vec![
        Row::noted("the board for one province alone, cold", milliseconds(first)),
        Row::against(
            format!("{VIEWERS} viewers in {} scopes open it together, cold", PROVINCES.len()),
            format!("p50 {}, p99 {}", milliseconds(quantile(&took, 0.5)), milliseconds(p99)),
            "p99 ≤ 2 s",
            p99 <= Duration::from_secs(2),
        ),
        Row::against(
            "… statements run",
            format!("{statements:.0}"),
            format!("≤ {wanted:.0}, one set for each scope"),
            statements <= wanted,
        ),
    ])
}
