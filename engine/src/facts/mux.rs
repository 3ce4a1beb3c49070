//! The scores of Mux Data, 0 to 100, in thousandths.

/// Mux, "Playback success score": 100 for a play, 50 for an exit before it, 0 for a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Success {
    Played,
    LeftBeforeStart,
    Failed,
}

/// "Video startup time score": 8 ÷ (8 + seconds), of 100.
pub(super) fn startup_milli(startup_ms: i64) -> i32 {
    let divisor = 8_000 + startup_ms.max(0);
    i32::try_from((800_000_000 + divisor / 2) / divisor).unwrap_or(0)
}

/// "Smoothness score": the mean of 1 ÷ √(1 + (stalls ÷ 2)²) and e^(−10 × stalled share of the time watched), of 100.
pub(super) fn smoothness_milli(stalls: i32, stall_ms: i64, play_ms: i64) -> i32 {
    let by_count = 1.0 / (1.0 + (f64::from(stalls) / 2.0).powi(2)).sqrt();
    let stalled = stall_ms as f64 / (play_ms + stall_ms) as f64;
    let by_share = (-10.0 * stalled).exp();
    (f64::midpoint(by_count, by_share) * 100_000.0).round() as i32
}

/// "Viewer experience score": the success times the mean of the scores there are; where there are none, the success alone. The
/// score of the video's quality is none of them: it needs to know how much the picture is scaled up, which players don't tell.
pub(super) fn overall_milli(success: Success, startup_milli: Option<i32>, smoothness_milli: Option<i32>) -> i32 {
    let percent = match success {
        Success::Played => 100,
        Success::LeftBeforeStart => 50,
        Success::Failed => 0,
    };
    let scores = match (startup_milli, smoothness_milli) {
        (Some(startup), Some(smoothness)) => (i64::from(startup) + i64::from(smoothness) + 1) / 2,
        (Some(score), None) | (None, Some(score)) => i64::from(score),
        (None, None) => 100_000,
    };
    i32::try_from((scores * percent + 50) / 100).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_there_is_none_of_does_not_lower_the_others() {
        assert_eq!(overall_milli(Success::Played, Some(86_957), Some(80_705)), 83_831);
        assert_eq!(overall_milli(Success::Played, None, Some(80_705)), 80_705);
        assert_eq!(overall_milli(Success::Played, None, None), 100_000);
        assert_eq!(overall_milli(Success::LeftBeforeStart, None, None), 50_000);
        assert_eq!(overall_milli(Success::Failed, Some(90_909), Some(100_000)), 0);
    }
}
