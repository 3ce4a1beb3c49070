//! Queries over a filled store: the bench board, many viewers, template boards, funnels and retention, each beside its floor.

mod board;
mod questions;
mod scopes;
mod store_tool;
mod viewers;
mod writing;

use super::{
    client::{Client, now_ms},
    server::BenchServer,
    table::{Row, milliseconds, quantile},
};
use crate::progress::Step;
use anyhow::Result;
use std::{path::Path, time::Duration};

/// What is measured with.
pub(super) struct Tools<'a> {
    /// Opens the store itself.
    pub store_tool: &'a Path,
    /// Where the boards lie that the product ships with.
    pub boards: &'a Path,
}

/// Rows are added as they are measured: where one fails, those before it stand.
pub(super) fn measure(
    mut server: BenchServer,
    tools: &Tools<'_>,
    plays: u64,
    step: &Step,
    rows: &mut Vec<Row>,
) -> Result<()> {
    let token = server.token()?;
    server.stop()?;
    // Whole minutes, so that ranges are what they say.
    let to_ms = now_ms() / board::MINUTE_MS * board::MINUTE_MS;
    step.note(&format!("filling {plays} plays and what belongs to them"));
    store_tool::fill(tools.store_tool, &server, plays, to_ms)?;
    step.note("statements by hand");
    let by_hand =
        |name| Ok::<_, anyhow::Error>(quantile(&store_tool::by_hand(tools.store_tool, &server, to_ms, name)?, 0.5));
    let (board_by_hand, funnel, retention) = (by_hand(None)?, by_hand(Some("funnel"))?, by_hand(Some("retention"))?);
    server.restart()?;
    step.note("days are put in order");
    server.wait_until_idle()?;
    let client = Client::new(&server, token);

    step.note("cold");
    rows.extend(bench_board(&server, &client, to_ms, plays, board_by_hand)?);
    step.note("viewers with ranges of their own");
    rows.extend(viewers::with_ranges_of_their_own(&server, to_ms)?);
    step.note("viewers in 31 scopes");
    rows.extend(scopes::measure(&server, to_ms)?);
    step.note("template boards");
    rows.extend(questions::of_boards(&client, &store_tool::queries(tools.store_tool, tools.boards)?, to_ms));
    rows.extend(questions::raw(&client, to_ms, funnel, retention));
    step.note("while events come");
    rows.extend(writing::measure(&server, &client, to_ms)?);
    Ok(())
}

fn bench_board(server: &BenchServer, client: &Client, to_ms: i64, plays: u64, by_hand: Duration) -> Result<Vec<Row>> {
    let cold = quantile(&board::cold_rounds(client, to_ms)?, 0.5);
    let ratio = cold.as_secs_f64() / by_hand.as_secs_f64();
    let compiling = || {
        let figures = ["lingdong_queries_compiled_total", "lingdong_query_compiling_seconds_total"];
        Ok::<_, anyhow::Error>((server.figure(figures[0])?, server.figure(figures[1])?))
    };
    let (compiled_before, seconds_before) = compiling()?;
    let moving = quantile(&board::moving_rounds(client, to_ms)?, 0.5);
    let (compiled, seconds) = compiling()?;
    let compiled = compiled - compiled_before;
    let compiling_us = (seconds - seconds_before) / compiled * 1e6;
    let p95 = quantile(&board::cached_rounds(client, to_ms)?, 0.95);
    let boards = viewers::of_one_board(client, to_ms)?;
    Ok(vec![
        Row::noted(format!("bench board over {plays} plays, twelve statements by hand"), milliseconds(by_hand)),
        Row::against(
            "… our caches empty, process warm, under a filter that nothing is added up by",
            format!("{} ({ratio:.2} ×)", milliseconds(cold)),
            "≤ 1.0 ×",
            ratio <= 1.0,
        ),
        Row::against(
            format!("… to compile one of its queries, mean of {compiled:.0}"),
            format!("{compiling_us:.0} µs"),
            "≤ 200 µs",
            compiling_us <= 200.0,
        ),
        Row::noted(
            "… without that filter, over another range each time",
            format!("{} ({:.2} ×)", milliseconds(moving), moving.as_secs_f64() / by_hand.as_secs_f64()),
        ),
        Row::against(
            "… from cache, one POST of 12 queries, p95",
            format!("{:.1} ms", p95.as_secs_f64() * 1_000.0),
            "≤ 20 ms",
            p95 <= Duration::from_millis(20),
        ),
        Row::against(
            format!("… from cache, {} at once", viewers::VIEWERS),
            format!("{boards:.0} boards/s"),
            "≥ 1,000 /s",
            boards >= 1_000.0,
        ),
    ])
}
