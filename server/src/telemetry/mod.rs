//! Logs and counters.

mod counters;
mod exposition;

pub use counters::{Histogram, Telemetry};
pub use exposition::router;

use crate::config::LogFormat;
use std::io::{self, IsTerminal};
use tracing_subscriber::EnvFilter;

/// Begins to log, to standard error. A filter that can't be read is told and `info` taken instead.
pub fn start(filter: &str, format: LogFormat) {
    let parsed = EnvFilter::builder().parse(filter);
    let told = parsed.as_ref().err().map(ToString::to_string);
    let filter = parsed.unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // A second start in the same process, as tests do it, keeps the first one.
    let _ = match format {
        LogFormat::Text => logs.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => logs.json().flatten_event(true).try_init(),
    };
    if let Some(told) = told {
        tracing::warn!("--log can't be read, logging “info”: {told}");
    }
}
