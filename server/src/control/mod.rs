//! Commands given beside a running server.
//!
//! DuckDB belongs to one process. While a server runs, the command line hands its [`Order`] over a socket in the data
//! folder, which only the folder's owner may open; with no server it opens the stores and carries the order out itself.
//! One order a connection: a line of JSON each way.

mod boards;
mod client;
mod listener;
mod order;
mod socket;

pub use boards::{Applied, BoardLine, BoardOrder, BoardOutcome};
pub use client::ask;
pub use listener::ControlListener;
pub use order::{Order, Outcome, UserLine, carry_out};
