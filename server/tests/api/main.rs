//! The whole server on a real PostgreSQL and a real DuckDB, asked through the router that runs in production.

// What the tests stand on unwraps as the tests themselves do: a broken world is a failed test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod appearance;
mod bad_input;
mod board_files;
mod boards;
mod collectors;
mod crash;
mod drafts;
mod golden;
mod home;
mod json_schema;
mod live_boards;
mod live_rights;
mod only_zhejiang;
mod openapi;
mod own_metrics;
mod pages;
mod person;
mod process;
mod program;
mod reading;
mod readme;
mod routes;
mod slow_clients;
mod stores;
mod watcher;
mod world;
