//! Rows of statements become frames: joins of terms, ratios, quantiles, gaps, comparisons, top-N, order.
//!
//! All of it is plain Rust over small tables, so every engine gives the same numbers.

mod anomaly;
mod assemble;
mod calculate;
mod cells;
mod combinations;
mod confidence;
mod course;
mod evaluate;
mod fold;
mod histogram;
mod margins;
mod order;
mod quantiles;
mod ranks;
mod stock;
mod table;
mod top;
mod written;

pub(super) use assemble::{Found, Ingredients, MarginTables, assemble, outside_scope, sealed};
pub(super) use cells::Others;
pub(super) use course::courses;
pub(super) use fold::{Kept, fold};
pub(super) use ranks::Ranks;
pub(super) use table::{Key, Table};
pub(super) use top::{keep, ranked};
