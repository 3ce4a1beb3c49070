//! Counts by bucket, bucket beside bucket: those of a quantile lie close together, and there are many of them.

/// Counts from the first bucket that has one up to the last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Histogram {
    first: i16,
    counts: Vec<i64>,
}

impl Histogram {
    pub(super) fn of(bucket: i16, count: i64) -> Self {
        Self { first: bucket, counts: vec![count] }
    }

    /// A sum that leaves 64 bits stays at their end.
    pub(super) fn add(&mut self, bucket: i16, more: i64) {
        if self.counts.is_empty() {
            self.first = bucket;
        }
        if bucket < self.first {
            let before = usize::from(self.first.abs_diff(bucket));
            self.counts.splice(..0, std::iter::repeat_n(0, before));
            self.first = bucket;
        }
        let place = usize::from(bucket.abs_diff(self.first));
        if place >= self.counts.len() {
            self.counts.resize(place + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(place) {
            *count = count.saturating_add(more);
        }
    }

    /// The buckets that have a count, in their order.
    pub(super) fn buckets(&self) -> impl Iterator<Item = (i16, i64)> + Clone + '_ {
        let counted = (self.first..=i16::MAX).zip(self.counts.iter().copied());
        counted.filter(|(_, count)| *count != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_counts_as_a_map_does(rows in prop::collection::vec((any::<i16>(), 1_i64..9), 0..40)) {
            let (mut histogram, mut map) = (Histogram::default(), BTreeMap::new());
            for (bucket, count) in rows {
                histogram.add(bucket, count);
                *map.entry(bucket).or_default() += count;
            }
            prop_assert_eq!(histogram.buckets().collect::<Vec<_>>(), map.into_iter().collect::<Vec<_>>());
        }
    }
}
