//! Builds the server.

use crate::{command, progress::Progress, workspace::Workspace};
use anyhow::Result;

/// Builds everything native. Always the whole workspace: another set of packages would mean another set of features,
/// and with it a second build of DuckDB.
pub(crate) fn build(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let step = progress.step("server");
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--workspace"]);
    let built = command::must(&step, cargo)?;
    let compiled = built.iter().filter(|line| line.trim_start().starts_with("Compiling")).count();
    step.done(&if compiled == 0 { "up to date".to_owned() } else { format!("{compiled} packages built") });
    Ok(())
}
