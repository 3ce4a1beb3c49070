//! How a query is answered, for those who made it: which rows were read for it, and how much work that was.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How a query was answered. Everything in it is about what the asking person may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explanation {
    /// The statements that its numbers came from; none where filters and scope have nothing in common.
    pub statements: Vec<StatementExplained>,
    /// How long all queries of the request took together, in milliseconds.
    pub took_ms: f64,
}

/// One statement for the event store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatementExplained {
    /// The fact whose rows were read, as the catalogue names it.
    pub fact: String,
    /// The range read, half-open; not before `from`.
    pub from: Timestamp,
    pub to: Timestamp,
    /// Whether the programme list was joined.
    pub joins_programmes: bool,
    /// How many rows of the fact lie in that range, within the scope and the filters; `None` where they could not be counted.
    pub rows: Option<u64>,
    /// How many rows came out.
    pub groups: u64,
    /// Days of the range that were added up beforehand: of these no row of the fact was read.
    #[serde(default)]
    pub days_added_up: u32,
    /// How many other queries of the same request it answers too.
    pub merged_with: u32,
    /// How old the answer was, in milliseconds, where it had been kept; `None` where it was run for this request.
    pub kept_ms: Option<u64>,
    /// How long it ran, now or when it was kept, waiting included, in milliseconds.
    pub took_ms: f64,
}
