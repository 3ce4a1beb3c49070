//! The numbers that facts depend on.

use super::CleaningRules;

/// What facts are worked out by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactSettings {
    /// A session without an event for longer ended at its last one; such a silence counts as nothing.
    pub silence_ms: i64,
    /// A clock minute counts for a household that watched at least this much of it.
    pub minute_counts_from_ms: i64,
    pub cleaning: CleaningRules,
}

impl Default for FactSettings {
    fn default() -> Self {
        Self { silence_ms: 120_000, minute_counts_from_ms: 30_000, cleaning: CleaningRules::default() }
    }
}
