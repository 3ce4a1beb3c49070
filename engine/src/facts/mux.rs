//! The scores of Mux Data, 0 to 100, in thousandths.

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
