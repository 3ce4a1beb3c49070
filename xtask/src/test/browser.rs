//! Tests in a real browser, against the real server.

use super::Tally;
use crate::{
    command::{self, Speech},
    install,
    progress::Progress,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Installs the browser, its fonts and the test runner.
pub(crate) fn set_up(workspace: &Workspace, progress: &Progress) -> Result<()> {
    install::packages(progress, &[install::POSTGRESQL, install::CHROMIUM, install::CJK_FONTS])?;
    install::npm_packages(workspace, progress, "end2end")
}

pub(super) fn run(workspace: &Workspace, progress: &Progress, filter: Option<&str>) -> Result<Tally> {
    set_up(workspace, progress)?;
    let step = progress.step("browser tests");
    let mut arguments = vec!["--project=browser"];
    if let Some(filter) = filter {
        arguments.extend(["--pass-with-no-tests", "--grep", filter]);
    }
    let playwright = playwright(workspace, &arguments)?;
    let finished = command::run(&step, playwright.command, Speech::All)?;
    let mut tally = count(&playwright.report).unwrap_or_default();
    if !finished.status.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    let summary = format!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 {
        step.done(&summary);
    } else {
        step.failed(&summary);
    }
    Ok(tally)
}

/// A run of Playwright that is ready to start.
#[derive(Debug)]
pub(crate) struct Playwright {
    pub(crate) command: Command,
    /// Where it writes its findings, as JSON.
    report: PathBuf,
}

/// Playwright starts the server itself, with fresh data in a folder of its own.
pub(crate) fn playwright(workspace: &Workspace, arguments: &[&str]) -> Result<Playwright> {
    let report = workspace.stamp("playwright.json");
    if let Some(folder) = report.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    }
    drop(fs::remove_file(&report));
    let data = workspace.target().join("end2end-data");
    if data.exists() {
        fs::remove_dir_all(&data).with_context(|| format!("{} could not be emptied", data.display()))?;
    }
    let mut command = Command::new("npx");
    command.args(["playwright", "test"]).args(arguments).current_dir(workspace.path("end2end"));
    command.env("LINGDONG_BINARY", workspace.server_binary());
    command.env("LINGDONG_SITE_DIR", workspace.site());
    command.env("LINGDONG_E2E_DIR", data);
    command.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    Ok(Playwright { command, report })
}

/// Flaky counts as failed: a test that passes sometimes proves nothing.
fn count(report: &Path) -> Option<Tally> {
    #[derive(Deserialize)]
    struct Report {
        stats: Stats,
    }
    #[derive(Deserialize)]
    struct Stats {
        expected: u64,
        unexpected: u64,
        flaky: u64,
    }
    let Report { stats } = serde_json::from_str(&fs::read_to_string(report).ok()?).ok()?;
    Some(Tally { passed: stats.expected, failed: stats.unexpected + stats.flaky })
}
