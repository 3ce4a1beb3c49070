//! What counts as watching and as having seen something, and what is taken for a script's.

/// The figures of NRTA, 网络视听收视指标及计算方法 (public draft of 18 January 2024), which an operator may set otherwise.
/// Changing one changes new facts only; `lingdong rebuild-facts` works the others out by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CleaningRules {
    /// A play is effective that lasted longer.
    pub effective_play_over_ms: u32,
    /// A household that begins more plays in one clock minute is a script: none of that minute counts.
    pub most_plays_a_minute: u32,
    /// A household that begins more plays on one day is a script: none of that day counts.
    pub most_plays_a_day: u32,
    /// What could be seen for so long was seen.
    pub exposure_ms: u32,
    /// The same of an advertisement.
    pub ad_exposure_ms: u32,
}

impl Default for CleaningRules {
    fn default() -> Self {
        Self {
            effective_play_over_ms: 3_000,
            most_plays_a_minute: 60,
            most_plays_a_day: 10_000,
            exposure_ms: 2_000,
            ad_exposure_ms: 1_000,
        }
    }
}

impl CleaningRules {
    /// Each by the name under which the catalogue's files speak of it, with its number; times in seconds are there too.
    pub(crate) fn named(self) -> [(&'static str, String); 8] {
        let seconds = |ms: u32| (f64::from(ms) / 1_000.0).to_string();
        [
            ("effective_play_s", seconds(self.effective_play_over_ms)),
            ("plays_a_minute", self.most_plays_a_minute.to_string()),
            ("plays_a_day", self.most_plays_a_day.to_string()),
            ("exposure_ms", self.exposure_ms.to_string()),
            ("exposure_s", seconds(self.exposure_ms)),
            ("ad_exposure_ms", self.ad_exposure_ms.to_string()),
            ("ad_exposure_s", seconds(self.ad_exposure_ms)),
            ("effective_play_over_ms", self.effective_play_over_ms.to_string()),
        ]
    }
}
