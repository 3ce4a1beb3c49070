//! The whole way, from query to frame, over real DuckDB and real ClickHouse.

mod asking;
mod caching;
mod calculating;
mod comparing;
mod derived;
mod engines;
mod explaining;
mod golden;
mod invariants;
mod node_faults;
mod own;
mod random;
mod reported_figures;
mod scope;
mod slices;
mod sql_text;
mod worked_examples;
mod worked_quality;
mod worked_web;
mod world;
