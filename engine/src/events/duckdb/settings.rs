//! How much of the machine the event store may take.

use super::outbox::Outbox;
use crate::facts::CleaningRules;
use std::time::Duration;
use sysinfo::{MemoryRefreshKind, RefreshKind, System};

const LEAST_MEMORY_MIB: u64 = 1_024;
const MOST_MEMORY_MIB: u64 = 16_384;

/// Limits of the embedded event store.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// What DuckDB may hold in memory; beyond it, it spills to disk.
    pub memory_mib: u32,
    /// What it may spill under the data directory.
    pub temporary_mib: u32,
    /// Threads of one statement, and half the number of statements at a time.
    pub threads: usize,
    /// How many statements may wait for a reader; more are refused.
    pub waiting: usize,
    /// How many rows a statement may give.
    pub most_rows: usize,
    /// How long a statement may wait and run, together.
    pub deadline: Duration,
    /// What is taken for watching, and for a script's doing.
    pub rules: CleaningRules,
    /// What is written is also kept for a cluster, until that has it.
    pub(crate) outbox: Option<Outbox>,
}

impl Default for StoreSettings {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            memory_mib: share_of_memory(),
            temporary_mib: 8_192,
            threads,
            waiting: 256,
            // Distinct values by day and province come to some hundred thousand at the most.
            most_rows: 2_000_000,
            deadline: Duration::from_secs(30),
            rules: CleaningRules::default(),
            outbox: None,
        }
    }
}

/// A quarter of the machine's memory, or of what its container may take: pages, PostgreSQL and the system live there too.
/// Funnels over a month of ten million plays hold more than 1 GiB, and take twice as long where they spill.
fn share_of_memory() -> u32 {
    let ram = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    let system = System::new_with_specifics(ram);
    let bytes = system.cgroup_limits().map_or_else(|| system.total_memory(), |limits| limits.total_memory);
    let quarter_mib = (bytes / 4 / 1_048_576).clamp(LEAST_MEMORY_MIB, MOST_MEMORY_MIB);
    u32::try_from(quarter_mib).unwrap_or(u32::MAX)
}

impl StoreSettings {
    /// Two statements at a time per core: one computes while the other waits for its pages.
    pub(super) fn readers(&self) -> usize {
        (self.threads * 2).max(2)
    }
}
