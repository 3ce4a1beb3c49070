//! How much of a content was seen, where in it playing began and ended.

/// The fastest playing that still is watching. NRTA, 网络视听收视指标及计算方法 (draft of 2024): slower than three times.
const FASTEST: i64 = 3;

/// A time in one state, as it moves through the content. In milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Played {
    /// Where it begins, if it is told; else where the one before has ended.
    pub begins_at: Option<i64>,
    /// How long it was played; nothing where it was not.
    pub lasts: i64,
    /// Where it was by its end, if it is told.
    pub ends_at: Option<i64>,
}

/// The share of a content of that length that was seen, in thousandths, rounded down; what was seen twice counts once.
pub(super) fn seen_milli(played: &[Played], length_ms: i64) -> i32 {
    let mut stretches = Vec::new();
    let mut position_ms = 0_i64;
    for part in played {
        position_ms = part.begins_at.unwrap_or(position_ms);
        if part.lasts <= 0 {
            continue;
        }
        let furthest_ms = position_ms.saturating_add(part.lasts.saturating_mul(FASTEST));
        // Slower or faster than the clock, unless it is a jump.
        let to_ms = part.ends_at.filter(|to_ms| (position_ms..furthest_ms).contains(to_ms));
        let to_ms = to_ms.unwrap_or_else(|| position_ms.saturating_add(part.lasts));
        stretches.push((position_ms.clamp(0, length_ms), to_ms.clamp(0, length_ms)));
        position_ms = to_ms;
    }
    stretches.sort_unstable();
    let (mut seen_ms, mut until_ms) = (0_i64, 0_i64);
    for (from_ms, to_ms) in stretches {
        seen_ms += (to_ms - from_ms.max(until_ms)).max(0);
        until_ms = until_ms.max(to_ms);
    }
    let milli = i128::from(seen_ms) * 1_000 / i128::from(length_ms.max(1));
    i32::try_from(milli.clamp(0, 1_000)).unwrap_or(1_000)
}

/// Whole tenths of thousandths, up to ten.
pub(super) fn whole_tenths(milli: i32) -> i16 {
    i16::try_from(milli.clamp(0, 1_000) / 100).unwrap_or(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const fn part(begins_at: Option<i64>, lasts: i64, ends_at: Option<i64>) -> Played {
        Played { begins_at, lasts, ends_at }
    }

    #[test]
    fn what_is_seen_twice_counts_once() {
        assert_eq!(seen_milli(&[part(None, 400, None), part(Some(0), 300, None)], 1_000), 400);
        assert_eq!(seen_milli(&[part(None, 400, None), part(Some(600), 0, None), part(None, 300, None)], 1_000), 700);
        assert_eq!(seen_milli(&[part(Some(900), 300, None)], 1_000), 100, "behind its end there is nothing");
        assert_eq!(seen_milli(&[part(None, 400, Some(800))], 1_000), 800, "twice as fast");
        assert_eq!(seen_milli(&[part(None, 100, Some(300))], 1_000), 100, "three times as fast is a jump");
        assert_eq!((whole_tenths(0), whole_tenths(899), whole_tenths(1_000)), (0, 8, 10));
    }

    proptest! {
        /// Millisecond by millisecond.
        #[test]
        fn it_is_a_set_of_moments(parts in prop::collection::vec((prop::option::of(0_i64..60), 0_i64..20), 0..8), length in 1_i64..50) {
            let played: Vec<Played> = parts.iter().map(|(from, length)| part(*from, *length, None)).collect();
            let mut position = 0;
            let mut seen = BTreeSet::new();
            for (from, length) in &parts {
                position = from.unwrap_or(position);
                seen.extend(position..position + length);
                position += length;
            }
            let count = seen.into_iter().filter(|moment| *moment < length).count();
            let expected = i32::try_from(count as i64 * 1_000 / length).unwrap();
            prop_assert_eq!(seen_milli(&played, length), expected);
        }
    }
}
