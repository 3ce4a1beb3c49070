//! The whole way, from query to frame, over real DuckDB.

mod asking;
mod caching;
mod calculating;
mod comparing;
mod derived;
mod explaining;
mod golden;
mod invariants;
mod own;
mod random;
mod scope;
mod sql_text;
mod world;
