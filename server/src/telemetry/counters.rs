//! What the server counts about itself.

use std::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Duration,
};

/// Counters of one server.
#[derive(Debug, Default)]
pub struct Telemetry {
    /// Answers by the first digit of their status.
    answers: [AtomicU64; 6],
    /// How long queries of the API took, whole requests.
    pub queries: Histogram,
    /// How long collectors took from a whole body to a durable answer.
    pub collections: Histogram,
    open_streams: AtomicI64,
}

impl Telemetry {
    pub fn answered(&self, status: u16) {
        if let Some(counter) = self.answers.get(usize::from(status / 100)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Answers with a status of that hundred.
    pub fn answers(&self, hundred: usize) -> u64 {
        self.answers.get(hundred).map_or(0, |counter| counter.load(Ordering::Relaxed))
    }

    pub fn stream_opened(&self) {
        self.open_streams.fetch_add(1, Ordering::Relaxed);
    }

    pub fn stream_closed(&self) {
        self.open_streams.fetch_sub(1, Ordering::Relaxed);
    }

    pub fn open_streams(&self) -> i64 {
        self.open_streams.load(Ordering::Relaxed)
    }
}

/// Upper ends of the buckets, in milliseconds; the last bucket has none.
pub(super) const BUCKETS_MS: [u64; 12] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/// Durations, counted in buckets.
#[derive(Debug, Default)]
pub struct Histogram {
    buckets: [AtomicU64; BUCKETS_MS.len() + 1],
    sum_us: AtomicU64,
}

impl Histogram {
    pub fn record(&self, duration: Duration) {
        let millis = duration.as_millis();
        let index = BUCKETS_MS.iter().position(|end| millis <= u128::from(*end)).unwrap_or(BUCKETS_MS.len());
        if let Some(bucket) = self.buckets.get(index) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.sum_us.fetch_add(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// How many took at most so long: one number for each end in [`BUCKETS_MS`], then all.
    pub fn cumulative(&self) -> [u64; BUCKETS_MS.len() + 1] {
        let mut sum = 0;
        std::array::from_fn(|index| {
            sum += self.buckets.get(index).map_or(0, |bucket| bucket.load(Ordering::Relaxed));
            sum
        })
    }

    pub fn sum_seconds(&self) -> f64 {
        self.sum_us.load(Ordering::Relaxed) as f64 / 1e6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_fall_into_their_buckets() {
        let histogram = Histogram::default();
        for millis in [0, 1, 3, 7_000] {
            histogram.record(Duration::from_millis(millis));
        }
        let counts = histogram.cumulative();
        assert_eq!((counts[0], counts[1], counts[2], counts[11], counts[12]), (2, 2, 3, 3, 4));
        assert!((histogram.sum_seconds() - 7.004).abs() < 1e-9);
    }
}
