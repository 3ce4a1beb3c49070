//! `cargo xtask bench`: the product's figures, measured on this machine.
//!
//! Generator and server share the machine's cores; what the generator itself takes of them is stated beside each row.
//! Nothing here is a test: a figure that is missed is printed as missed, and somebody looks.

mod bundle_size;
mod charts;
mod client;
mod crash;
mod ingest;
mod memory;
mod processor;
mod query;
mod server;
mod table;
mod ui;
mod visible;

use crate::{command, progress::Progress, workspace::Workspace};
use anyhow::{Result, ensure};
use clap::ValueEnum;
use server::BenchServer;
use std::path::PathBuf;
use table::Table;

#[derive(Debug, clap::Args)]
pub(crate) struct BenchArguments {
    /// The cargo profile of the server. In `dev` the server is optimised for the measurement, all but its pages, and built
    /// anew for it; `release` optimises pages too, and builds DuckDB once more, which takes up to an hour.
    #[arg(long, default_value = "dev")]
    profile: String,
    /// Only these; all without one.
    #[arg(value_enum)]
    only: Vec<Measurement>,
    /// Plays in the store that queries are measured on; ten events for each.
    #[arg(long, default_value_t = 1_000_000)]
    plays: u64,
    /// Seconds of each load.
    #[arg(long, default_value_t = 15)]
    seconds: u64,
    /// Events a second while the delay under load is measured.
    #[arg(long, default_value_t = 15_000)]
    rate: u64,
    /// Times the server is killed.
    #[arg(long, default_value_t = 10)]
    cycles: u32,
    /// The whole of it: 10 million plays, 50 kills.
    #[arg(long)]
    full: bool,
}

/// What can be measured, in the order in which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measurement {
    /// Size of the viewer's JavaScript and wasm.
    Bundle,
    /// Memory at rest.
    Memory,
    /// From accepted to visible.
    Visible,
    /// Events accepted durably.
    Ingest,
    /// Killed in mid-ingest.
    Crash,
    /// Queries: cold, from cache, by many, and by hand.
    Query,
    /// Charts of 1,000 points on the server and as wasm, and a board of them in Chromium.
    Charts,
    /// The builder in Chromium.
    Ui,
}

pub(crate) fn run(workspace: &Workspace, progress: &Progress, arguments: &BenchArguments) -> Result<()> {
    let wanted = |measurement| arguments.only.is_empty() || arguments.only.contains(&measurement);
    // What only asks and sends needs no pages.
    if [Measurement::Bundle, Measurement::Memory, Measurement::Charts, Measurement::Ui].into_iter().any(wanted) {
        crate::bundle::build(workspace, progress)?;
        crate::test::browser::set_up(workspace, progress)?;
    }
    let tools = build(workspace, progress, &arguments.profile)?;
    let (plays, cycles) = if arguments.full { (10_000_000, 50) } else { (arguments.plays, arguments.cycles) };
    let mut table = Table::new(&arguments.profile);
    let mut failed = Vec::new();
    for measurement in Measurement::value_variants().iter().copied().filter(|one| wanted(*one)) {
        let step = progress.step(&format!("{measurement:?}"));
        let mut rows = Vec::new();
        let measured = match measurement {
            Measurement::Bundle => bundle_size::measure(&workspace.site()),
            Measurement::Memory => tools.start(workspace).and_then(|mut server| memory::measure(&mut server)),
            Measurement::Visible => tools.start(workspace).and_then(|server| visible::measure(&server, arguments.rate)),
            Measurement::Ingest => {
                tools.start(workspace).and_then(|server| ingest::measure(&server, arguments.seconds))
            }
            Measurement::Crash => tools.start(workspace).and_then(|server| crash::measure(server, cycles, &step)),
            Measurement::Query => {
                let boards = workspace.path("server/src/demo/boards");
                let with = query::Tools { store_tool: &tools.store_tool, boards: &boards };
                let measure = |server| query::measure(server, &with, plays, &step, &mut rows);
                tools.start(workspace).and_then(measure).map(|()| Vec::new())
            }
            Measurement::Charts => charts::measure(workspace, progress, &step),
            Measurement::Ui => ui::measure(workspace, &step),
        };
        match measured {
            Ok(measured) => {
                step.done("");
                rows.extend(measured);
            }
            // The others are worth knowing all the same.
            Err(error) => {
                step.failed(&format!("{error:#}"));
                failed.push(format!("{measurement:?}"));
            }
        }
        table.extend(rows);
    }
    table.print();
    ensure!(failed.is_empty(), "not measured: {}", failed.join(", "));
    Ok(())
}

/// The programs that are measured and that measure.
struct Tools {
    server: PathBuf,
    store_tool: PathBuf,
}

impl Tools {
    /// A server with a fresh data folder.
    fn start(&self, workspace: &Workspace) -> Result<BenchServer> {
        BenchServer::start(&self.server, &workspace.site())
    }
}

fn build(workspace: &Workspace, progress: &Progress, profile: &str) -> Result<Tools> {
    let step = progress.step(&format!("server, profile {profile}"));
    // The whole workspace, so that features resolve as in every other build of that profile.
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--workspace", "--bins", "--example", "bench_store", "--features", "engine/bench"]);
    cargo.args(["--profile", profile]);
    if profile == "dev" {
        // Everything it stands on is optimised already; the profile leaves it as it is for the sake of those who change it.
        cargo.args(["--config", "profile.dev.package.server.opt-level=2"]);
    }
    command::must(&step, cargo)?;
    step.done("");
    let folder = workspace.target().join(if profile == "dev" { "debug" } else { profile });
    Ok(Tools { server: folder.join("lingdong"), store_tool: folder.join("examples").join("bench_store") })
}
