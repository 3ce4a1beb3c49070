//! What answering has come to since the start, for whoever runs the server.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Counted as it happens.
#[derive(Debug, Default)]
pub(super) struct Counters {
    run: AtomicU64,
    kept: AtomicU64,
    compiled: AtomicU64,
    compiling_ns: AtomicU64,
}

/// The counts at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Statements that the event store was asked.
    pub statements_run: u64,
    /// Statements that were answered from what was kept, or from a run under way.
    pub statements_kept: u64,
    /// Queries resolved, planned and written as statements.
    pub queries_compiled: u64,
    /// How long that took, together.
    pub compiling: Duration,
}

impl Counters {
    pub(super) fn ran(&self) {
        self.run.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn kept(&self) {
        self.kept.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn compiled(&self, took: Duration) {
        self.compiled.fetch_add(1, Ordering::Relaxed);
        self.compiling_ns.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(super) fn figures(&self) -> Figures {
        Figures {
            statements_run: self.run.load(Ordering::Relaxed),
            statements_kept: self.kept.load(Ordering::Relaxed),
            queries_compiled: self.compiled.load(Ordering::Relaxed),
            compiling: Duration::from_nanos(self.compiling_ns.load(Ordering::Relaxed)),
        }
    }
}
