//! The fixed logarithmic histogram behind every quantile.
//!
//! A value of at least 1 falls into bucket `floor(ln(value) / ln(1.02))`: a bucket is 2 % wide, so its midpoint is off
//! by 1 % at most. Counts per bucket add up over any rows, days and provinces, in any engine.

const WIDTH: f64 = 1.02;

/// The bucket of a value in milliseconds; values below 1 fall into the first one.
pub fn log_bucket(value_ms: i64) -> i16 {
    let bucket = (value_ms.max(1) as f64).ln() / WIDTH.ln();
    // The largest i64 lies in bucket 2,205.
    bucket.floor() as i16
}

/// The value that stands for all of a bucket.
pub fn bucket_midpoint(bucket: i16) -> f64 {
    let lower = WIDTH.powi(i32::from(bucket));
    f64::midpoint(lower, lower * WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_values_have_a_bucket_too() {
        assert_eq!(log_bucket(-5), 0);
        assert_eq!(log_bucket(0), 0);
        assert_eq!(log_bucket(1), 0);
        assert_eq!(log_bucket(i64::MAX), 2205);
    }

    proptest! {
        #[test]
        fn a_midpoint_is_off_by_one_percent_at_most(value in 1_i64..10_000_000_000) {
            let error = (bucket_midpoint(log_bucket(value)) - value as f64).abs() / value as f64;
            prop_assert!(error <= 0.010_001, "{value}: {error}");
        }

        #[test]
        fn buckets_keep_the_order(smaller in 0_i64..10_000_000, more in 0_i64..10_000_000) {
            prop_assert!(log_bucket(smaller) <= log_bucket(smaller + more));
        }
    }
}
