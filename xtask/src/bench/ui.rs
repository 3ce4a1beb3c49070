//! Boards in Chromium: how soon one can be read or edited, what a dragged tile costs, what a day of edits leaves behind.

use super::table::Row;
use crate::{
    command::{self, Speech},
    progress::Step,
    test::browser,
    workspace::Workspace,
};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::fs;

/// What the browser's own script writes.
#[derive(Debug, Deserialize)]
struct Figures {
    interactive_ms: f64,
    after_a_day_ms: f64,
    move_p50_ms: f64,
    move_p95_ms: f64,
    long_tasks: u32,
    heap_growth_mib: f64,
    read_cold_ms: f64,
    read_cold_followed_ms: f64,
    read_cold_reached_ms: f64,
    read_warm_ms: f64,
    read_warm_followed_ms: f64,
    read_warm_reached_ms: f64,
    read_requests: f64,
    read_kib: f64,
    read_reached_kib: f64,
}

const INTERACTIVE_MS: f64 = 1_500.0;
const MOVE_MS: f64 = 8.0;
const COLD_MS: f64 = 800.0;
const WARM_MS: f64 = 200.0;
const REQUESTS: f64 = 8.0;
const READ_KIB: f64 = 300.0;

pub(crate) fn measure(workspace: &Workspace, step: &Step) -> Result<Vec<Row>> {
    let out = workspace.stamp("bench-ui.json");
    drop(fs::remove_file(&out));
    let mut playwright = browser::playwright(workspace, &["--project=bench", "--workers=1"])?;
    playwright.command.env("LINGDONG_BENCH_OUT", &out);
    let finished = command::run(step, playwright.command, Speech::All)?;
    if !finished.status.success() {
        bail!("the builder could not be measured ({})", finished.status);
    }
    let text = fs::read_to_string(&out).with_context(|| format!("{} could not be read", out.display()))?;
    let figures: Figures = serde_json::from_str(&text).context("the figures of the builder can't be read")?;
    Ok(vec![
        Row::against(
            "board of 12 tiles drawn, nothing in the browser's cache (and kept new)",
            format!("{:.0} ms ({:.0} ms)", figures.read_cold_ms, figures.read_cold_followed_ms),
            "≤ 0.8 s",
            figures.read_cold_ms <= COLD_MS,
        ),
        Row::against(
            "… again (and kept new)",
            format!("{:.0} ms ({:.0} ms)", figures.read_warm_ms, figures.read_warm_followed_ms),
            "≤ 0.2 s",
            figures.read_warm_ms <= WARM_MS,
        ),
        Row::against(
            "… requests and data for it",
            format!("{:.0}, {:.0} KiB", figures.read_requests, figures.read_kib),
            "≤ 8, ≤ 300 kB",
            figures.read_requests <= REQUESTS && figures.read_kib <= READ_KIB,
        ),
        Row::noted(
            "… from reaching for it until it can be used: first, and again; data for it",
            format!(
                "{:.0} ms, {:.0} ms; {:.0} KiB",
                figures.read_cold_reached_ms, figures.read_warm_reached_ms, figures.read_reached_kib
            ),
        ),
        Row::against(
            "builder of 60 tiles can be used",
            format!("{:.0} ms", figures.interactive_ms),
            "≤ 1.5 s",
            figures.interactive_ms <= INTERACTIVE_MS,
        ),
        Row::noted(
            "the same board after 10,000 edits",
            format!("{:.0} ms, {:.2} ×", figures.after_a_day_ms, figures.after_a_day_ms / figures.interactive_ms),
        ),
        Row::against(
            "main thread per move of a dragged tile (p50, p95), long tasks",
            format!("{:.1} ms, {:.1} ms, {}", figures.move_p50_ms, figures.move_p95_ms, figures.long_tasks),
            "p95 ≤ 8 ms, no long task",
            figures.move_p95_ms <= MOVE_MS && figures.long_tasks == 0,
        ),
        Row::noted("memory that 1,000 edits leave behind", format!("{:.1} MiB", figures.heap_growth_mib)),
    ])
}
