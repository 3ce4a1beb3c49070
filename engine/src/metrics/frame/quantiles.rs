//! Quantiles by the nearest rank: of the buckets of a histogram, and of the amounts of slices of time.

use std::collections::BTreeMap;

/// The smallest value, or its bucket, that at least the fraction of the cases does not exceed.
///
/// `counts` come in the order of the values.
pub(super) fn nearest_rank<K>(counts: impl Iterator<Item = (K, i64)> + Clone, fraction: f64) -> Option<K> {
    let total = counts.clone().map(|(_, count)| count).fold(0, i64::saturating_add);
    if total <= 0 {
        return None;
    }
    let rank = ((total as f64 * fraction).ceil() as i64).max(1);
    let mut seen = 0_i64;
    counts.into_iter().find_map(|(value, count)| {
        seen = seen.saturating_add(count);
        (seen >= rank).then_some(value)
    })
}

/// The amount that so many percent of the slices do not exceed, by the nearest rank, in whole numbers alone. Of the slices that
/// have passed those without an amount are of nothing; before any has passed there is no percentile.
pub(super) fn slice_percentile(amounts: &BTreeMap<i64, i64>, passed: i64, percent: u8) -> Option<i64> {
    let known = amounts.values().copied().fold(0, i64::saturating_add);
    let slices = passed.max(known);
    let rank = slices.saturating_mul(i64::from(percent)).saturating_add(99).div_euclid(100);
    let mut seen = slices - known;
    if slices == 0 || rank <= seen {
        return (slices > 0).then_some(0);
    }
    amounts.iter().find_map(|(amount, count)| {
        seen = seen.saturating_add(*count);
        (seen >= rank).then_some(*amount)
    })
}

#[cfg(test)]
mod tests {
    use super::{super::histogram::Histogram, *};
    use crate::events::{bucket_midpoint, log_bucket};
    use proptest::prelude::*;

    #[test]
    fn nothing_has_no_quantile() {
        assert_eq!(nearest_rank(Histogram::default().buckets(), 0.5), None);
    }

    #[test]
    fn no_slice_has_no_percentile_and_a_quiet_one_counts() {
        assert_eq!(slice_percentile(&BTreeMap::new(), 0, 95), None);
        assert_eq!(slice_percentile(&BTreeMap::new(), 288, 95), Some(0));
        let busy = BTreeMap::from([(10, 14), (70, 1)]);
        assert_eq!(slice_percentile(&busy, 288, 95), Some(10), "274 of 288 do not exceed it, and 273 are of nothing");
        assert_eq!(slice_percentile(&busy, 300, 95), Some(0), "285 are");
    }

    proptest! {
        #[test]
        fn a_percentile_of_slices_is_the_one_of_the_sorted_list(
            values in prop::collection::vec(0_i64..50, 0..60),
            quiet in 0_usize..60,
            percent in 1_u8..100,
        ) {
            let mut all: Vec<i64> = values.iter().copied().chain(std::iter::repeat_n(0, quiet)).collect();
            all.sort_unstable();
            let mut amounts = BTreeMap::new();
            for value in &values {
                *amounts.entry(*value).or_default() += 1;
            }
            // The largest once at most the rest of a hundred percent is left out.
            let left_out = all.len() * usize::from(100 - percent) / 100;
            let expected = all.iter().rev().nth(left_out).copied();
            prop_assert_eq!(slice_percentile(&amounts, all.len() as i64, percent), expected);
        }

        #[test]
        fn quantiles_are_off_by_one_percent_at_most(mut values in prop::collection::vec(1_i64..600_000, 1..200), percent in 1_u8..100) {
            let fraction = f64::from(percent) / 100.0;
            let mut buckets = Histogram::default();
            for value in &values {
                buckets.add(log_bucket(*value), 1);
            }
            values.sort_unstable();
            let rank = ((values.len() as f64 * fraction).ceil() as usize).max(1);
            let exact = values[rank - 1] as f64;
            let found = bucket_midpoint(nearest_rank(buckets.buckets(), fraction).unwrap());
            prop_assert!((found - exact).abs() <= exact * 0.0101, "{found} for {exact}");
        }
    }
}
