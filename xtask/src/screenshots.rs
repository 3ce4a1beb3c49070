//! `cargo xtask screenshots`: the pictures in the README, taken by the browser tests' own means.

use crate::{
    bundle,
    command::{self, Speech},
    progress::Progress,
    server,
    test::browser,
    workspace::Workspace,
};
use anyhow::{Result, bail};

pub(crate) fn take(workspace: &Workspace, progress: &Progress) -> Result<()> {
    browser::set_up(workspace, progress)?;
    bundle::build(workspace, progress)?;
    server::build(workspace, progress)?;
    let step = progress.step("screenshots");
    let playwright = browser::playwright(workspace, &["--project=screenshots"])?;
    let finished = command::run(&step, playwright.command, Speech::All)?;
    if !finished.status.success() {
        bail!("the screenshots could not be taken ({})", finished.status);
    }
    step.done("");
    Ok(())
}
