//! `cargo xtask test`: everything that must hold before a change is shown to others.

pub(crate) mod browser;
mod lints;
mod rust;
mod tally;

use crate::{
    bundle, install, postgres::ThrowAwayCluster, prepared_queries, progress::Progress, server, workspace::Workspace,
};
use anyhow::{Result, anyhow};
use std::thread;
pub(crate) use tally::Tally;

/// Runs all of it, goes on after a failure, and ends with one line `N passed, N failed`, whatever happened.
pub(crate) fn run(workspace: &Workspace, progress: &Progress, filter: Option<&str>) -> Tally {
    let mut tally = Tally::default();
    tally.need(progress, "the wasm target", install::wasm_target(progress));
    let wanted = [install::POSTGRESQL, install::CPP_COMPILER, install::MAKE, install::CLICKHOUSE, install::PIP];
    let packages = install::packages(progress, &wanted);
    tally.need(progress, "the packages of the system", packages);
    if filter.is_none() {
        lints::run(workspace, progress, &mut tally);
    }
    // Linking and making wasm small use one core only, so the tests are built and run meanwhile.
    let bundle = thread::scope(|scope| {
        let bundle = scope.spawn(|| bundle::build(workspace, progress));
        with_database(workspace, progress, filter, &mut tally);
        bundle.join().unwrap_or_else(|_| Err(anyhow!("the build of the browser bundle gave up")))
    });
    if filter.is_none() {
        tally.step(progress, "size of the browser bundle", bundle::build_and_weigh(workspace, progress));
    }
    tally.add_outcome(progress, "browser tests", bundle.and_then(|()| in_browser(workspace, progress, filter)));
    println!("{} passed, {} failed", tally.passed, tally.failed);
    tally
}

fn with_database(workspace: &Workspace, progress: &Progress, filter: Option<&str>, tally: &mut Tally) {
    let Some(cluster) = tally.need(progress, "the test PostgreSQL", ThrowAwayCluster::start()) else {
        return;
    };
    if filter.is_none() {
        tally.step(progress, "prepared queries", prepared_queries::check(workspace, progress, &cluster));
    }
    let Some(chdb) = tally.need(progress, "today's ClickHouse", install::chdb(workspace, progress)) else {
        return;
    };
    let outcome = rust::run(workspace, progress, &cluster, &chdb, filter);
    tally.add_outcome(progress, "unit and integration tests", outcome);
}

fn in_browser(workspace: &Workspace, progress: &Progress, filter: Option<&str>) -> Result<Tally> {
    server::build(workspace, progress)?;
    browser::run(workspace, progress, filter)
}
