//! The bench board's data and its statements by hand, by the tool that opens the store itself.

use super::server::BenchServer;
use anyhow::{Context, Result, ensure};
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

/// Fills plays into the store of a server that is stopped.
pub(crate) fn fill(tool: &Path, server: &BenchServer, plays: u64, now_ms: i64) -> Result<()> {
    let data = server.data().display().to_string();
    run(tool, &["fill", &data, &plays.to_string(), &now_ms.to_string()])?;
    Ok(())
}

/// The twelve statements one after another, round by round, the fastest first.
pub(crate) fn by_hand(tool: &Path, server: &BenchServer, now_ms: i64) -> Result<Vec<Duration>> {
    let data = server.data().display().to_string();
    let printed = run(tool, &["by-hand", &data, &now_ms.to_string()])?;
    let mut rounds: Vec<Duration> =
        printed.lines().filter_map(|line| line.parse().ok()).map(Duration::from_secs_f64).collect();
    ensure!(!rounds.is_empty(), "the statements by hand printed no time: {printed}");
    rounds.sort_unstable();
    Ok(rounds)
}
