//! Charts of 1,000 points, on the server and as wasm: from the frame to what they are made of, and on to the SVG. And a
//! whole board of them in Chromium, when all its numbers change.

use super::table::Row;
use crate::{
    bundle,
    command::{self, Speech},
    progress::{Progress, Step},
    test::browser,
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::{
    fs,
    process::{Command, Stdio},
};

/// What the example says of a kind.
#[derive(Debug, Deserialize)]
struct Figure {
    kind: String,
    rows: usize,
    read_ms: f64,
    drawn_ms: f64,
    bytes: usize,
}

/// What the browser's own script writes: first on a desk, where most tiles are out of sight, then all of them in sight.
#[derive(Debug, Deserialize)]
struct Redrawn {
    tiles: f64,
    desk_looked_at_p50_ms: f64,
    desk_looked_at_p95_ms: f64,
    desk_reached_for_p50_ms: f64,
    desk_reached_for_p95_ms: f64,
    whole_looked_at_p50_ms: f64,
    whole_looked_at_p95_ms: f64,
    whole_reached_for_p50_ms: f64,
    whole_reached_for_p95_ms: f64,
}

const EXAMPLE: &str = "bench_charts";
const NATIVE_MS: f64 = 2.0;
const WASM_MS: f64 = 8.0;
const BOARD_MS: f64 = 50.0;
/// As the release profile builds them, without building anything else anew.
const OPTIMISED: [&str; 3] = ["components", "model", "plotters"];

pub(super) fn measure(workspace: &Workspace, progress: &Progress, step: &Step) -> Result<Vec<Row>> {
    step.note("on this machine");
    let native = natively(workspace)?;
    step.note("as wasm");
    let script = bundle::example_for_node(workspace, progress, EXAMPLE)?;
    let mut node = Command::new("node");
    node.arg(script);
    let wasm = figures_of(node)?;
    step.note("a board in Chromium");
    let board = board(workspace, step)?;
    Ok([rows("on the server", NATIVE_MS, &native), rows("as wasm", WASM_MS, &wasm), board].concat())
}

fn natively(workspace: &Workspace) -> Result<Vec<Figure>> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace.path("")).args(["run", "--quiet"]);
    for package in OPTIMISED {
        cargo.args(["--config", &format!("profile.dev.package.{package}.opt-level=3")]);
    }
    cargo.args(["--package", "components", "--example", EXAMPLE]);
    figures_of(cargo)
}

fn figures_of(mut command: Command) -> Result<Vec<Figure>> {
    let finished = command.stderr(Stdio::inherit()).output().context("the charts could not be measured")?;
    ensure!(finished.status.success(), "the charts could not be measured ({})", finished.status);
    let text = String::from_utf8(finished.stdout).context("what the measurement says is no text")?;
    let figures: Vec<Figure> = text
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("no figure: {line}")))
        .collect::<Result<_>>()?;
    ensure!(!figures.is_empty(), "no chart was measured");
    Ok(figures)
}

fn rows(place: &str, promised_ms: f64, figures: &[Figure]) -> Vec<Row> {
    let row = |Figure { kind, rows, read_ms, drawn_ms, bytes }: &Figure| {
        let kib = *bytes as f64 / 1024.0;
        Row::against(
            format!("{kind} of {rows} rows, {place}: scene and SVG (reading the frame; size)"),
            format!("{drawn_ms:.2} ms ({read_ms:.2} ms; {kib:.0} KiB)"),
            format!("≤ {promised_ms:.0} ms"),
            *drawn_ms <= promised_ms,
        )
    };
    figures.iter().map(row).collect()
}

/// A board in Chromium, all of whose numbers change at once.
fn board(workspace: &Workspace, step: &Step) -> Result<Vec<Row>> {
    let out = workspace.stamp("bench-redraw.json");
    drop(fs::remove_file(&out));
    let mut playwright = browser::playwright(workspace, &["bench-redraw", "--project=bench", "--workers=1"])?;
    playwright.command.env("LINGDONG_BENCH_OUT", &out);
    let finished = command::run(step, playwright.command, Speech::All)?;
    ensure!(finished.status.success(), "the board could not be measured ({})", finished.status);
    let text = fs::read_to_string(&out).with_context(|| format!("{} could not be read", out.display()))?;
    let figures: Redrawn = serde_json::from_str(&text).context("the figures of the board can't be read")?;
    let row = |how: &str, p50: f64, p95: f64| {
        Row::against(
            format!("board of {:.0} tiles redrawn, all numbers new, {how}: main thread (p50, p95)", figures.tiles),
            format!("{p50:.1} ms, {p95:.1} ms"),
            format!("p95 ≤ {BOARD_MS:.0} ms"),
            p95 <= BOARD_MS,
        )
    };
    Ok(vec![
        row("only looked at, on a desk", figures.desk_looked_at_p50_ms, figures.desk_looked_at_p95_ms),
        row("reached for, on a desk", figures.desk_reached_for_p50_ms, figures.desk_reached_for_p95_ms),
        row("only looked at, all in sight", figures.whole_looked_at_p50_ms, figures.whole_looked_at_p95_ms),
        row("reached for, all in sight", figures.whole_reached_for_p50_ms, figures.whole_reached_for_p95_ms),
    ])
}
