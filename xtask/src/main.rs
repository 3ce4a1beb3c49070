//! What people type while they work on Lingdong: `cargo xtask run | test | build | sqlx | screenshots | contact-sheets | bench`.

mod bench;
mod bundle;
mod command;
mod contact_sheets;
mod install;
mod postgres;
mod prepared_queries;
mod progress;
mod run;
mod screenshots;
mod server;
mod test;
mod workspace;

use clap::{Parser, Subcommand};
use progress::Progress;
use std::{path::PathBuf, process::ExitCode};
use workspace::Workspace;

/// Builds, runs, tests and measures Lingdong.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
    /// Where everything built goes; cargo's own variable.
    #[arg(long, env = "CARGO_TARGET_DIR", global = true, hide = true)]
    target_dir: Option<PathBuf>,
    /// The folder of this package; cargo's own variable, set where cargo starts us.
    #[arg(long, env = "CARGO_MANIFEST_DIR", global = true, hide = true)]
    manifest_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Set up what is missing, build, and start the server with demo data.
    Run(run::RunArguments),
    /// Formatting, lints, unit, integration and browser tests; ends with `N passed, N failed`.
    Test {
        /// Only tests whose names hold this text; lints are left out then.
        filter: Option<String>,
    },
    /// The browser bundle and the server.
    Build,
    /// Write `.sqlx` anew against a fresh database.
    Sqlx,
    /// Take the pictures in the README.
    Screenshots,
    /// Every component in its states, themes and languages, as pictures to be looked at.
    ContactSheets,
    /// Measure, and print the rows of figures.
    Bench(bench::BenchArguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let workspace = Workspace::new(arguments.manifest_dir, arguments.target_dir);
    let progress = Progress::new();
    let outcome = match arguments.task {
        Task::Run(options) => run::run(&workspace, &progress, &options),
        Task::Test { filter } => {
            let tally = test::run(&workspace, &progress, filter.as_deref());
            return if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
        Task::Build => {
            let weighed = bundle::build_and_weigh(&workspace, &progress);
            // What is too large can be served all the same, until it is made smaller.
            server::build(&workspace, &progress).and(weighed)
        }
        Task::Sqlx => prepared_queries::regenerate(&workspace, &progress),
        Task::Screenshots => screenshots::take(&workspace, &progress),
        Task::ContactSheets => contact_sheets::take(&workspace, &progress),
        Task::Bench(options) => bench::run(&workspace, &progress, &options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
