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
mod own;
mod plain_loops;
mod random;
mod scope;
mod slices;
mod sql_text;
mod worked_boxes;
mod worked_composite;
mod worked_content;
mod worked_examples;
mod worked_guide;
mod worked_programmes;
mod worked_spots;
mod worked_subscriptions;
mod world;
