//! Events from clients, made durable, then counted.
//!
//! A request's events are parsed ([`records`]) on its own task, and appended with those of other requests to the ingest
//! log in one group commit ([`ledger`], [`admission`]); only then is the request answered. One thread takes them from
//! there into the event store, with the facts that follow, in one transaction ([`pipeline`]). What a crash leaves
//! between the two is applied again at the next start: the store knows the last sequence it holds.

mod accepting;
mod addresses;
mod admission;
mod file;
mod housekeeping;
mod ledger;
mod loading;
mod not_kept;
mod pipeline;
mod quarantine;
mod rebuilding;
mod records;
mod retention;
mod scripts;
mod seen;
mod sources;
mod stopping;

#[cfg(test)]
mod tests;

pub use accepting::Collector;
pub use file::FileImport;
pub use housekeeping::keep_house;
pub use loading::Came;
pub use rebuilding::{
    FactDifference, RebuildProgress, Rebuilding, Rebuilt, Reconciled, last_reconciled, rebuild_facts,
};
pub use records::{SegmentKind, write_key_of_segment_body};
pub use retention::{KeptDays, Loss, OldDays, Retention, drop_old_days, loss_of};
pub use scripts::keep_scripts_out;

use model::{access::OrganisationId, geo::Province};
use serde::Serialize;
use std::net::IpAddr;

/// Where events come from: what a write key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: i32,
    pub organisation: OrganisationId,
    pub name: String,
    /// All its events are of this province, whatever they say.
    pub province: Option<Province>,
    pub simulated: bool,
}

/// One record that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// The line (native, from 1) or the index in the batch (from 0).
    pub position: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    pub reason: String,
}

/// What became of a request's records.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Acceptance {
    pub accepted: usize,
    /// Known already, by source and event id, around the client's day.
    pub duplicates: usize,
    pub rejected_count: usize,
    /// The first hundred of them.
    pub rejected: Vec<Rejection>,
}

/// What the HTTP layer knows about a request.
#[derive(Debug, Clone)]
pub struct Envelope {
    pub source: Source,
    pub client: Option<IpAddr>,
}

/// What was taken since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    pub accepted: u64,
    pub duplicates: u64,
    pub rejected: u64,
    /// Taken, but in no play session: theirs has too many events.
    pub left_out: u64,
}

/// What is durable, but not in the event store yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Backlog {
    pub events: u64,
    /// How long the oldest of them has been waiting.
    pub oldest_ms: u64,
}
