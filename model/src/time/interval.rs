//! A piece of time between two moments.

use super::{Calendar, Day, Grain, Timestamp};

/// A half-open interval `[from, to)` that is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

impl Interval {
    /// `None` where it would be empty.
    pub fn new(from: Timestamp, to: Timestamp) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    pub const fn from(self) -> Timestamp {
        self.from
    }

    pub const fn to(self) -> Timestamp {
        self.to
    }

    pub const fn length_ms(self) -> i64 {
        self.to.millis_since(self.from)
    }

    pub fn contains(self, moment: Timestamp) -> bool {
        self.from <= moment && moment < self.to
    }

    #[must_use]
    pub const fn earlier_by_ms(self, distance_ms: i64) -> Self {
        Self { from: self.from.plus_millis(-distance_ms), to: self.to.plus_millis(-distance_ms) }
    }

    /// The starts of the steps that the interval touches, oldest first.
    pub fn steps(self, calendar: Calendar, grain: Grain) -> impl Iterator<Item = Timestamp> {
        let mut start = calendar.floor(self.from, grain);
        std::iter::from_fn(move || {
            let step = (start < self.to).then_some(start)?;
            start = calendar.next(step, grain);
            Some(step)
        })
    }

    /// The days that the interval touches, first and last.
    pub fn days(self, calendar: Calendar) -> (Day, Day) {
        (calendar.day_of(self.from), calendar.day_of(self.to.plus_millis(-1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn steps_cover_the_interval_without_overlap(
            from in 1_500_000_000_000_i64..1_900_000_000_000,
            minutes in 1_i64..10_000,
            grain in prop::sample::select(vec![Grain::Hour, Grain::Day, Grain::Week, Grain::Month]),
        ) {
            let from = Timestamp::from_millis(from);
            let interval = Interval::new(from, from.plus_millis(minutes * 60_000)).unwrap();
            let steps: Vec<_> = interval.steps(Calendar::CHINA, grain).collect();
            prop_assert!(steps[0] <= interval.from());
            prop_assert!(steps.windows(2).all(|pair| Calendar::CHINA.next(pair[0], grain) == pair[1]));
            prop_assert!(Calendar::CHINA.next(steps[steps.len() - 1], grain) >= interval.to());
        }
    }
}
