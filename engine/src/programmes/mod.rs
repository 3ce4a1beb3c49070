//! Programme lists: what was, is and will be on air.
//!
//! Programmes are never frozen into facts: minutes join them when a query is asked, so a list that changes late is right
//! at once.

mod element;
mod encoding;
mod moment;
mod schedule;
mod store;
mod xmltv;

pub(crate) use schedule::programme_id;

use crate::events::EventStore;
use model::{
    access::OrganisationId,
    problem::{Problem, ProblemCode},
};

/// What became of a programme list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    pub channels: usize,
    pub programmes: usize,
    /// Listed twice for one channel and start; the last one is kept.
    pub duplicates: usize,
    /// Their stop is not after their start; they last until the next one starts.
    pub reversed: usize,
    /// Reach into the next one, and are cut there.
    pub overlaps: usize,
    /// Stretches of a channel with nothing listed between two programmes.
    pub gaps: usize,
    /// Places where the file is no XML; what follows up to the next programme was skipped.
    pub broken: usize,
    /// Characters that the file's encoding does not have.
    pub garbled: usize,
    /// The file ended early, at this byte.
    pub cut_at: Option<u64>,
    /// What could not be used, and why.
    pub rejected: Vec<String>,
}

/// Reads XMLTV (plain or gzip) and replaces the channel-days it covers. `shift_ms` moves all times (demo).
pub async fn import_xmltv(
    store: &EventStore,
    organisation: OrganisationId,
    file: Vec<u8>,
    shift_ms: i64,
) -> Result<ImportReport, Problem> {
    let calendar = store.calendar();
    let reading = tokio::task::spawn_blocking(move || {
        let guide = xmltv::read(&file)?;
        Ok::<_, Problem>(schedule::plan(guide, organisation, shift_ms, calendar))
    });
    let internal = |error: tokio::task::JoinError| Problem::new(ProblemCode::Internal, error.to_string());
    let plan = reading.await.map_err(internal)??;
    let report = plan.report.clone();
    store::replace(store, organisation, plan).await.map_err(|error| {
        let incident = uuid::Uuid::now_v7().to_string();
        tracing::error!(incident, error = ?error, "a programme list could not be stored");
        let mut problem =
            Problem::new(ProblemCode::Unavailable, "the programme list could not be stored; try again later");
        problem.incident = Some(incident);
        problem
    })?;
    Ok(report)
}

#[cfg(test)]
mod tests;
