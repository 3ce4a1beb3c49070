//! How far chance alone may have moved a share of cases.

use super::evaluate::{Cells, Number};
use crate::metrics::{catalogue::Formula, frame::Key, plan::PlannedMetric};

/// The 97.5 % quantile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The ends of the 95 % confidence interval of a share, from 0 to 1: the score interval of Wilson, which stays within 0 and 1
/// and says something also of no case in few. `None` where there are no cases, or more that count than cases.
///
/// Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
/// Statistical Association 22 (1927), 209–212; recommended by Brown, Cai and `DasGupta`, Statistical Science 16 (2001).
pub(super) fn wilson(counting: f64, cases: f64) -> Option<(f64, f64)> {
    if cases < 1.0 || !(0.0..=cases).contains(&counting) {
        return None;
    }
    let share = counting / cases;
    let shrunk = 1.0 + Z * Z / cases;
    let centre = (share + Z * Z / (2.0 * cases)) / shrunk;
    let half = Z * (share * (1.0 - share) / cases + Z * Z / (4.0 * cases * cases)).sqrt() / shrunk;
    // Rounding must not put the share itself outside.
    Some(((centre - half).max(0.0).min(share), (centre + half).min(1.0).max(share)))
}

/// The ends of the interval of a cell, in the metric's own unit.
pub(super) fn interval(cells: &Cells<'_>, metric: &PlannedMetric, cell: &[Key]) -> Option<[Number; 2]> {
    let Formula::Ratio { of, to, scale } = &metric.formula else {
        return None;
    };
    let number = |formula| cells.evaluate(metric, formula, cell).map(Number::as_f64);
    let (low, high) = wilson(number(of)?, number(to)?)?;
    Some([Number::Broken(low * scale), Number::Broken(high * scale)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Worked out by hand from the formula, and in the tables of Brown, Cai and `DasGupta`.
    #[test]
    fn the_interval_is_the_published_one() {
        let rounded = |counting, cases| {
            wilson(counting, cases).map(|(low, high)| ((low * 1e4).round() / 1e4, (high * 1e4).round() / 1e4))
        };
        assert_eq!(rounded(0.0, 10.0), Some((0.0, 0.2775)));
        assert_eq!(rounded(5.0, 10.0), Some((0.2366, 0.7634)));
        assert_eq!(rounded(81.0, 263.0), Some((0.2553, 0.3662)));
        assert_eq!(wilson(0.0, 0.0), None);
        assert_eq!(wilson(3.0, 2.0), None);
    }

    proptest! {
        #[test]
        fn it_holds_the_share_and_narrows_with_more_cases(counting in 0_u32..1_000, more in 0_u32..1_000) {
            let cases = f64::from((counting + more).max(1));
            let counting = f64::from(counting);
            let (low, high) = wilson(counting, cases).unwrap();
            let share = counting / cases;
            prop_assert!((0.0..=share).contains(&low) && (share..=1.0).contains(&high));
            let (lower, higher) = wilson(counting * 10.0, cases * 10.0).unwrap();
            prop_assert!(higher - lower < high - low);
        }
    }
}
