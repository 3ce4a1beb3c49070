//! The vocabulary of the product: boards, tiles, layouts, metric queries, frames, provinces, formatting.
//!
//! Everything here is pure and builds for the browser and the server alike: no I/O, no clock, no user.
//! In reading order:
//!
//! - [`geo`], [`time`], [`text`]: where, when, and in which language
//! - [`metric`]: what may be asked ([`metric::MetricQuery`]) and what is known about it
//! - [`frame`]: what comes back, and [`explanation`]: by how much work
//! - [`layout`]: where tiles stand, and the one placement function
//! - [`board`]: tiles, bindings, and the operations that edit a board
//! - [`colour`], [`appearance`]: colours, and what an organisation sets for how its boards look
//! - [`access`]: what a person may be shown about their own rights
//! - [`problem`]: what can go wrong, as data
//! - [`formatting`]: numbers and times as people read them
//! - `schema` (with the feature of that name): the JSON Schema of what people write by hand

pub mod access;
pub mod appearance;
pub mod board;
pub mod colour;
pub mod explanation;
pub mod formatting;
pub mod frame;
pub mod geo;
pub mod layout;
pub mod metric;
pub mod problem;
#[cfg(feature = "schema")]
pub mod schema;
pub mod text;
pub mod time;
