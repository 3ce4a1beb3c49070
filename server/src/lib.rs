//! The server `lingdong`: command line, routes, collectors, streams, telemetry, wiring.
//!
//! - [`config`]: the one place that reads the command line and the environment
//! - [`commands`]: what each command does
//! - [`stores`]: opens PostgreSQL, the event store and the collector, and closes them again
//! - [`data_folder`]: who may look at what is kept
//! - [`control`]: commands given beside a running server
//! - [`http`]: every route, and what guards it
//! - [`export`]: tiles as files
//! - [`listen`]: connections, and how they end
//! - [`telemetry`]: logs and counters
//! - [`demo`]: simulated viewers

// The types of whole pages nest deeply; they are laid out where the router is built.
#![recursion_limit = "512"]

pub mod commands;
pub mod config;
pub mod control;
pub mod data_folder;
pub mod demo;
pub mod export;
pub mod http;
pub mod listen;
pub mod stop;
pub mod stores;
pub mod telemetry;
