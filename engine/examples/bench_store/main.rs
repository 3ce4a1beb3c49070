//! The event store of the bench, filled and asked by hand while no server runs; used by `cargo xtask bench`.
//!
//! `bench_store fill DATA_DIR PLAYS NOW_MS` adds plays of the 30 days before that moment, and the other facts beside them.
//! `bench_store by-hand DATA_DIR NOW_MS [funnel | retention]` asks the twelve statements of the bench board one after
//! another, or the one named, and prints the seconds of each round.
//! `bench_store queries FOLDER` prints what the boards in a folder ask.

#![allow(clippy::disallowed_methods)] // the arguments of a tool of ours, not the product's settings

mod boards;
mod facts;
mod plays;
mod statements;

use duckdb::{Config, Connection};
use std::{env, error::Error, path::Path};

const THREADS: i64 = 2;
/// What filling may take.
const MUCH: &str = "6GB";
/// What the server's store has.
const MEMORY: &str = "1GB";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["fill", data_dir, count, now_ms] => {
            let (connection, count, now_ms) = (open(data_dir, MUCH)?, count.parse()?, now_ms.parse()?);
            plays::fill(&connection, count, now_ms)?;
            Ok(facts::fill(&connection, count, now_ms)?)
        }
        ["by-hand", data_dir, now_ms] => statements::time(&open(data_dir, MEMORY)?, now_ms.parse()?),
        ["by-hand", data_dir, now_ms, name] => statements::time_one(&open(data_dir, MEMORY)?, name, now_ms.parse()?),
        ["queries", folder] => boards::print_queries(folder),
        _ => {
            Err("usage: bench_store fill DATA_DIR PLAYS NOW_MS | by-hand DATA_DIR NOW_MS [NAME] | queries FOLDER"
                .into())
        }
    }
}

/// The file as the server leaves it and expects it (`events::duckdb::open`).
fn open(data_dir: &str, memory: &str) -> duckdb::Result<Connection> {
    let connection = Connection::open_in_memory_with_flags(Config::default().threads(THREADS)?.max_memory(memory)?)?;
    let file = Path::new(data_dir).join("event-store.duckdb");
    connection.execute_batch(&format!(
        "attach '{}' as event_store (row_group_size 16384, storage_version 'v1.5.0'); use event_store",
        file.display()
    ))?;
    Ok(connection)
}
