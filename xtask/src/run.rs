//! `cargo xtask run`: from a fresh clone to a running product.

use crate::{bundle, install, progress::Progress, server, workspace::Workspace};
use anyhow::{Context, Result};
use std::{os::unix::process::CommandExt, path::PathBuf, process::Command};

#[derive(Debug, clap::Args)]
pub(crate) struct RunArguments {
    /// Address and port of the pages.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: String,
    /// Where the data goes; kept from run to run.
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Further arguments for `lingdong serve`.
    #[arg(last = true)]
    further: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, progress: &Progress, arguments: &RunArguments) -> Result<()> {
    install::wasm_target(progress)?;
    install::packages(progress, &[install::POSTGRESQL, install::CPP_COMPILER, install::MAKE])?;
    bundle::build(workspace, progress)?;
    server::build(workspace, progress)?;
    let data_dir = arguments.data_dir.clone().unwrap_or_else(|| workspace.target().join("demo-data"));
    // This process becomes the server, so that Ctrl-C and signals reach it and nothing else.
    let failure = Command::new(workspace.server_binary())
        .args(["serve", "--demo", "--listen", &arguments.listen])
        .arg("--data-dir")
        .arg(data_dir)
        .arg("--site-dir")
        .arg(workspace.site())
        .args(&arguments.further)
        .exec();
    Err(failure).with_context(|| format!("{} could not be started", workspace.server_binary().display()))
}
