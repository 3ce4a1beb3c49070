//! Formatting and lints, native and for the browser.

use super::Tally;
use crate::{command, progress::Progress, workspace::Workspace};

/// Each counts as one test. `ssr` and `hydrate` must never be on together, so each side is linted on its own.
const LINTS: [(&str, &[&str]); 3] = [
    ("formatting", &["fmt", "--all", "--check"]),
    ("clippy, native", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    (
        "clippy, browser",
        &[
            "clippy",
            "-p",
            "app",
            "--lib",
            "--target",
            "wasm32-unknown-unknown",
            "--no-default-features",
            "--features",
            "hydrate",
            "--profile",
            "wasm-release",
            "--",
            "-D",
            "warnings",
        ],
    ),
];

pub(super) fn run(workspace: &Workspace, progress: &Progress, tally: &mut Tally) {
    for (name, arguments) in LINTS {
        let step = progress.step(name);
        let mut cargo = workspace.cargo();
        cargo.args(arguments);
        let outcome = command::must(&step, cargo).map(|_| ());
        if outcome.is_ok() {
            step.done("");
        } else {
            step.failed("");
        }
        tally.step(progress, name, outcome);
    }
}
