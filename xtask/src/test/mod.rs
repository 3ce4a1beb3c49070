//! `cargo xtask test`: everything that must hold before a change is shown to others.

pub(crate) mod browser;
mod lints;
mod rust;
mod tally;

use crate::{
    bundle, install, postgres::ThrowAwayCluster, prepared_queries, progress::Progress, server, workspace::Workspace,
};
use anyhow::Result;
pub(crate) use tally::Tally;

/// Runs all of it, goes on after a failure, and ends with one line `N passed, N failed`.
pub(crate) fn run(workspace: &Workspace, progress: &Progress, filter: Option<&str>) -> Result<Tally> {
    install::wasm_target(progress)?;
    install::packages(progress, &[install::POSTGRESQL, install::CPP_COMPILER])?;
    let mut tally = Tally::default();
    if filter.is_none() {
        lints::run(workspace, progress, &mut tally);
    }
    {
        let cluster = ThrowAwayCluster::start()?;
        if filter.is_none() {
            tally.step(progress, "prepared queries", prepared_queries::check(workspace, progress, &cluster));
        }
        tally.add(rust::run(workspace, progress, &cluster, filter)?);
    }
    let built = bundle::build(workspace, progress).and_then(|()| server::build(workspace, progress));
    match built.and_then(|()| browser::run(workspace, progress, filter)) {
        Ok(browser) => tally.add(browser),
        Err(error) => tally.step(progress, "browser tests", Err(error)),
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(tally)
}
