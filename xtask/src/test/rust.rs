//! Unit and integration tests, counted.

use super::Tally;
use crate::{
    command::{self, Speech},
    install,
    postgres::ThrowAwayCluster,
    progress::Progress,
    workspace::Workspace,
};
use anyhow::Result;
use std::{path::Path, process::Command};

pub(super) fn run(
    workspace: &Workspace,
    progress: &Progress,
    cluster: &ThrowAwayCluster,
    python_packages: &Path,
    filter: Option<&str>,
) -> Result<Tally> {
    let step = progress.step("unit and integration tests");
    let runner = Runner::choose();
    let mut cargo = runner.command(workspace, filter);
    cargo.env("DATABASE_URL", cluster.url()).env("CARGO_TERM_COLOR", "never").env("INSTA_UPDATE", "no");
    cargo.env("PYTHONPATH", python_packages);
    let finished = command::run(&step, cargo, Speech::All)?;
    let mut tally = runner.count(&finished.lines);
    // A test that does not even build is one that failed.
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

/// cargo-nextest where it is installed, since it runs the test programs side by side.
#[derive(Debug, Clone, Copy)]
enum Runner {
    Nextest,
    Cargo,
}

impl Runner {
    fn choose() -> Self {
        if install::on_path("cargo-nextest") { Self::Nextest } else { Self::Cargo }
    }

    fn command(self, workspace: &Workspace, filter: Option<&str>) -> Command {
        let mut cargo = workspace.cargo();
        let targets = ["--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"];
        match self {
            Self::Nextest => cargo.args(["nextest", "run", "--no-tests=pass"]).args(targets),
            Self::Cargo => cargo.arg("test").args(targets),
        };
        cargo.args(filter);
        cargo
    }

    fn count(self, lines: &[String]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            match self {
                // "Summary [   1.2s] 12 tests run: 11 passed (1 slow), 1 failed, 3 skipped"
                Self::Nextest if line.trim_start().starts_with("Summary [") => {
                    let run = number_before(line, " test run:").or_else(|| number_before(line, " tests run:"));
                    let passed = number_before(line, " passed").unwrap_or(0);
                    tally = Tally { passed, failed: run.unwrap_or(0).saturating_sub(passed) };
                }
                // "test result: ok. 12 passed; 0 failed; 0 ignored; …", once for each test program
                Self::Cargo if line.starts_with("test result:") => tally.add(Tally {
                    passed: number_before(line, " passed").unwrap_or(0),
                    failed: number_before(line, " failed").unwrap_or(0),
                }),
                Self::Nextest | Self::Cargo => {}
            }
        }
        tally
    }
}

fn number_before(line: &str, mark: &str) -> Option<u64> {
    let (before, _) = line.split_once(mark)?;
    before.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn both_runners_are_counted() {
        let nextest =
            lines("     Summary [  12.345s] 12 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 3 skipped");
        assert_eq!(Runner::Nextest.count(&nextest), Tally { passed: 10, failed: 2 });
        let one = lines("     Summary [   0.045s] 1 test run: 1 passed, 0 skipped");
        assert_eq!(Runner::Nextest.count(&one), Tally { passed: 1, failed: 0 });
        let cargo = lines(
            "test result: ok. 12 passed; 0 failed; 0 ignored\ntest result: FAILED. 3 passed; 2 failed; 0 ignored",
        );
        assert_eq!(Runner::Cargo.count(&cargo), Tally { passed: 15, failed: 2 });
    }
}
