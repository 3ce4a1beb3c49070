//! The bench board's data, and its twelve statements by hand; used by `cargo xtask bench` while no server runs.
//!
//! `bench_board fill DATA_DIR PLAYS NOW_MS` adds plays of the 30 days before that moment, one row each.
//! `bench_board by-hand DATA_DIR NOW_MS` asks the statements one after another and prints the seconds of each round.

#![allow(clippy::disallowed_methods)] // the arguments of a tool of ours, not the product's settings

mod plays;
mod statements;

use duckdb::{Config, Connection};
use std::{env, error::Error, path::Path};

const THREADS: i64 = 2;
const MEMORY: &str = "2GB";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["fill", data_dir, count, now_ms] => plays::fill(&open(data_dir)?, count.parse()?, now_ms.parse()?),
        ["by-hand", data_dir, now_ms] => statements::time(&open(data_dir)?, now_ms.parse()?),
        _ => Err("usage: bench_board fill DATA_DIR PLAYS NOW_MS | by-hand DATA_DIR NOW_MS".into()),
    }
}

fn open(data_dir: &str) -> duckdb::Result<Connection> {
    let config = Config::default().threads(THREADS)?.max_memory(MEMORY)?;
    Connection::open_with_flags(Path::new(data_dir).join("events.duckdb"), config)
}
