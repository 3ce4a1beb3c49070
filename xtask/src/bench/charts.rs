//! Charts of 1,000 points: from the frame to what they are made of, and on to the SVG.

use super::table::Row;
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::process::{Command, Stdio};

#[derive(Debug, Deserialize)]
struct Figure {
    kind: String,
    rows: usize,
    read_ms: f64,
    drawn_ms: f64,
    bytes: usize,
}

const DRAWN_MS: f64 = 2.0;
/// As the release profile builds them, without building anything else anew.
const OPTIMISED: [&str; 3] = ["components", "model", "plotters"];

pub(super) fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace.path("")).args(["run", "--quiet"]);
    for package in OPTIMISED {
        cargo.args(["--config", &format!("profile.dev.package.{package}.opt-level=3")]);
    }
    cargo.args(["--package", "components", "--example", "bench_charts"]).stderr(Stdio::inherit());
    let finished = cargo.output().context("the charts could not be measured")?;
    ensure!(finished.status.success(), "the charts could not be measured ({})", finished.status);
    let text = String::from_utf8(finished.stdout).context("what the measurement says is no text")?;
    let figures: Vec<Figure> = text
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("no figure: {line}")))
        .collect::<Result<_>>()?;
    ensure!(!figures.is_empty(), "no chart was measured");
    Ok(figures.iter().map(row).collect())
}

fn row(Figure { kind, rows, read_ms, drawn_ms, bytes }: &Figure) -> Row {
    let kib = *bytes as f64 / 1024.0;
    Row::against(
        format!("{kind} of {rows} rows: scene and SVG (reading the frame; size)"),
        format!("{drawn_ms:.2} ms ({read_ms:.2} ms; {kib:.0} KiB)"),
        "≤ 2 ms",
        *drawn_ms <= DRAWN_MS,
    )
}
