//! The numbers that facts depend on.

/// What an operator may set about facts. Changing one changes new facts only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactSettings {
    /// A session without an event for longer ended at its last one; such a silence counts as nothing.
    pub silence_ms: i64,
    /// A clock minute counts for a household that watched at least this much of it.
    pub minute_counts_from_ms: i64,
    /// A play is effective that lasted longer: NRTA, 网络视听收视指标及计算方法 (public draft of 18 January 2024).
    pub effective_play_over_ms: i64,
    /// A household that begins more plays in one clock minute is a script: none of that minute counts (the same draft, which
    /// drops users with more than 60 viewing behaviours in a minute).
    pub most_plays_a_minute: usize,
}

impl Default for FactSettings {
    fn default() -> Self {
        Self {
            silence_ms: 120_000,
            minute_counts_from_ms: 30_000,
            effective_play_over_ms: 3_000,
            most_plays_a_minute: 60,
        }
    }
}
