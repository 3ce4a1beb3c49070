//! Axes of numbers: nice ends and at most five ticks.

/// The most ticks on an axis of numbers.
const MOST_TICKS: usize = 5;

/// An axis of numbers: where it begins and ends, and what is marked on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValueAxis {
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) ticks: Vec<f64>,
}

impl ValueAxis {
    /// The axis for these values. `least_step` is 1 for things that are counted in wholes, otherwise 0.
    ///
    /// It begins at zero but where all values lie far from it, so that their shape is seen.
    pub(crate) fn fitting(values: impl Iterator<Item = f64>, least_step: f64) -> Self {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return Self { from: 0.0, to: 1.0, ticks: vec![0.0] };
        }
        let stays_above = low > 0.6 * high && low > 0.0 && high > low;
        let stays_below = high < 0.6 * low && high < 0.0 && high > low;
        let low = if stays_above { low } else { low.min(0.0) };
        let high = if stays_below { high } else { high.max(0.0) };
        // All zero: an axis of one step, so that the line lies on its foot.
        let high = if high > low { high } else { low + least_step.max(1.0) };
        let step = nice_steps(high - low)
            .find(|step| *step >= least_step && marks(low, high, *step) <= MOST_TICKS)
            .unwrap_or(high - low);
        let first = (low / step).floor();
        let count = marks(low, high, step);
        // Multiplied and not added up, so that 0.1 × 3 stays near 0.3.
        let ticks: Vec<f64> = (0..count).map(|index| (first + index as f64) * step).collect();
        Self { from: first * step, to: (first + count as f64 - 1.0) * step, ticks }
    }

    /// Where a value lies between the ends: 0 at `from`, 1 at `to`.
    pub(crate) fn share(&self, value: f64) -> f64 {
        (value - self.from) / (self.to - self.from)
    }
}

/// How many ticks of a step cover the range.
fn marks(low: f64, high: f64, step: f64) -> usize {
    ((high / step).ceil() - (low / step).floor()) as usize + 1
}

/// Round steps, rising, from well below what is needed: 1, 2, 2.5 and 5 times a power of ten.
fn nice_steps(range: f64) -> impl Iterator<Item = f64> {
    let power = (range / MOST_TICKS as f64).log10().floor() as i32 - 1;
    (0..16).map(move |index| {
        let factor = [1.0, 2.0, 2.5, 5.0].get(index % 4).copied().unwrap_or(1.0);
        factor * 10_f64.powi(power + (index / 4) as i32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ticks(values: &[f64], least_step: f64) -> Vec<f64> {
        ValueAxis::fitting(values.iter().copied(), least_step).ticks
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(&[3.0, 97.0], 0.0), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(ticks(&[98.2, 99.6], 0.0), [98.0, 98.5, 99.0, 99.5, 100.0]);
        assert_eq!(ticks(&[-12.0, 30.0], 0.0), [-20.0, 0.0, 20.0, 40.0]);
        assert_eq!(ticks(&[0.0, 2.0], 1.0), [0.0, 1.0, 2.0]);
    }

    #[test]
    fn nothing_and_nothing_but_zero_have_an_axis_too() {
        assert_eq!(ticks(&[], 0.0), [0.0]);
        assert_eq!(ticks(&[f64::NAN], 0.0), [0.0]);
        assert_eq!(ticks(&[0.0, 0.0], 1.0), [0.0, 1.0]);
    }

    proptest! {
        #[test]
        fn the_axis_holds_its_values(
            values in prop::collection::vec(-1e9_f64..1e9, 1..40),
            scale in prop::sample::select(vec![1e-6, 1.0, 1e6]),
            whole in any::<bool>(),
        ) {
            let values: Vec<f64> = values.into_iter().map(|value| value * scale).collect();
            let axis = ValueAxis::fitting(values.iter().copied(), if whole { 1.0 } else { 0.0 });
            prop_assert!((1..=MOST_TICKS).contains(&axis.ticks.len()), "{axis:?}");
            prop_assert!(axis.from < axis.to);
            for value in values {
                let share = axis.share(value);
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&share), "{value} at {share} of {axis:?}");
            }
        }
    }
}
