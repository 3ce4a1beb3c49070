//! Every route, and what guards it.
//!
//! - [`endpoints`]: the table of our own routes; pages and server functions come from `app`
//! - [`guards`]: what every request passes: incident, headers, limits, cross-site check
//! - [`collect`]: where events arrive
//! - [`openapi`]: what the API takes and gives, as a document
//! - `themes`: the style sheets of themes that organisations made
//! - `tile_files`: tiles as SVG, PNG and CSV
//! - [`query`], [`stream`], [`health`], [`pages`]: the rest
//! - [`problem`]: how a refusal looks over HTTP

mod body;
mod collect;
mod endpoints;
mod guards;
mod health;
pub mod openapi;
mod own_metrics;
mod pages;
mod problem;
pub mod query;
mod state;
mod stream;
mod themes;
mod tile_files;
mod who;

pub use endpoints::{RouteEntry, route_table, router};
pub use state::{AppState, Site};
