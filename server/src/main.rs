//! The program `lingdong`.

// The types of whole pages nest deeply; they are laid out where the router is built.
#![recursion_limit = "512"]

use clap::Parser;
use server::{commands, config::Arguments, data_folder};
use std::process::ExitCode;

/// Also for DuckDB, whose threads hand large pieces of memory to one another: with the allocator of the C library, statements
/// of many viewers at once take a quarter more processor time and memory.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    data_folder::keep_new_files_private();
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: no threads could be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(commands::run(arguments)) {
        Ok(code) => code,
        Err(stop) => {
            eprintln!("error: {}", stop.told());
            stop.exit_code()
        }
    }
}
