//! The data and the statements by hand, by the tool that opens the store itself.

use crate::bench::server::BenchServer;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::{path::Path, process::Command, time::Duration};

fn run(tool: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new(tool)
        .args(arguments)
        .output()
        .with_context(|| format!("{} could not be started", tool.display()))?;
    ensure!(
        output.status.success(),
        "{} {} failed: {}",
        tool.display(),
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Fills plays, and the other facts beside them, into the store of a server that is stopped.
pub(super) fn fill(tool: &Path, server: &BenchServer, plays: u64, now_ms: i64) -> Result<()> {
    let data = server.data().display().to_string();
    run(tool, &["fill", &data, &plays.to_string(), &now_ms.to_string()])?;
    Ok(())
}

/// Statements by hand one after another, round by round, the fastest first: those of the bench board, or one by its name.
pub(super) fn by_hand(tool: &Path, server: &BenchServer, now_ms: i64, name: Option<&str>) -> Result<Vec<Duration>> {
    let (data, now_ms) = (server.data().display().to_string(), now_ms.to_string());
    let arguments: Vec<&str> = ["by-hand", &data, &now_ms].into_iter().chain(name).collect();
    let printed = run(tool, &arguments)?;
    let mut rounds: Vec<Duration> =
        printed.lines().filter_map(|line| line.parse().ok()).map(Duration::from_secs_f64).collect();
    ensure!(!rounds.is_empty(), "the statements by hand printed no time: {printed}");
    rounds.sort_unstable();
    Ok(rounds)
}

/// What the tiles of the boards in a folder ask, with the names of the tiles.
pub(super) fn queries(tool: &Path, folder: &Path) -> Result<Vec<(String, Value)>> {
    let printed = run(tool, &["queries", &folder.display().to_string()])?;
    printed
        .lines()
        .map(|line| {
            let mut tile: Value = serde_json::from_str(line)?;
            let name = tile.get("tile").and_then(Value::as_str).unwrap_or_default().to_owned();
            Ok((name, tile.get_mut("query").map(Value::take).unwrap_or_default()))
        })
        .collect()
}
