//! What a number is expected to be, by those before it.

use model::time::Grain;

/// The band is as wide as the modified z-score of 3.5 on either side, and the deviation of a normal distribution is 0.6745
/// of its standard one.
///
/// Source: B. Iglewicz and D. C. Hoaglin, How to detect and handle outliers (1993), chapter 3. Median and median absolute
/// deviation bear nearly half of the numbers being outliers themselves.
const MOST_Z: f64 = 3.5;
const MAD_OF_NORMAL: f64 = 0.6745;
/// The same for the mean absolute deviation, which is taken where more than half of the numbers are alike.
const MEAN_AD_OF_NORMAL: f64 = 0.797_885;

/// How many numbers make an expectation.
const ENOUGH: usize = 5;

/// After how many steps the same part of the week or of the day comes again, the better of them first, and how many of the last
/// steps are looked at where too few of those are known.
struct Rhythm {
    periods: &'static [usize],
    trailing: usize,
}

const fn rhythm(grain: Grain) -> Rhythm {
    match grain {
        Grain::Minute => Rhythm { periods: &[], trailing: 60 },
        Grain::Hour => Rhythm { periods: &[168, 24], trailing: 24 },
        Grain::Day => Rhythm { periods: &[7], trailing: 14 },
        Grain::Week => Rhythm { periods: &[], trailing: 12 },
        Grain::Month => Rhythm { periods: &[12], trailing: 12 },
    }
}

/// The band in which the number after those of `before` is expected: by the same steps of earlier weeks or days where there are
/// five of them, else by the last ones. `None` where even those are fewer.
///
/// Nothing is known of the time before the first number that is not 0: the product may not have been in use.
pub(super) fn band(before: &[Option<f64>], grain: Grain) -> Option<(f64, f64)> {
    let begun = before.iter().position(|number| number.is_some_and(|number| number != 0.0))?;
    let known = before.get(begun..)?;
    let Rhythm { periods, trailing } = rhythm(grain);
    let of_period = periods.iter().map(|period| -> Vec<f64> {
        known.iter().rev().skip(period - 1).step_by(*period).copied().flatten().collect()
    });
    let of_last = || known.iter().rev().take(trailing).copied().flatten().collect();
    let mut alike = of_period.filter(|numbers| numbers.len() >= ENOUGH);
    let numbers = alike.next().unwrap_or_else(of_last);
    if numbers.len() < ENOUGH {
        return None;
    }
    let middle = median(numbers.clone())?;
    let distances: Vec<f64> = numbers.iter().map(|number| (number - middle).abs()).collect();
    let mad = median(distances.clone())?;
    let half = if mad > 0.0 {
        MOST_Z * mad / MAD_OF_NORMAL
    } else {
        let mean = distances.iter().sum::<f64>() / distances.len() as f64;
        MOST_Z * mean / MEAN_AD_OF_NORMAL
    };
    // What never was below 0 is not expected to be.
    let low = if numbers.iter().all(|number| *number >= 0.0) { (middle - half).max(0.0) } else { middle - half };
    Some((low, middle + half))
}

/// -1 below the band, 0 in it, 1 above it.
pub(super) fn side(number: f64, (low, high): (f64, f64)) -> i64 {
    i64::from(number > high) - i64::from(number < low)
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let (half, is_odd) = (numbers.len() / 2, numbers.len() % 2 == 1);
    let upper = *numbers.get(half)?;
    if is_odd { Some(upper) } else { Some(f64::midpoint(*numbers.get(half.checked_sub(1)?)?, upper)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some(numbers: impl IntoIterator<Item = i32>) -> Vec<Option<f64>> {
        numbers.into_iter().map(|number| Some(f64::from(number))).collect()
    }

    #[test]
    fn a_day_is_expected_to_be_like_its_weekday() {
        // Weekends have ten times as much; six weeks, and the last number is that of a Friday.
        let week = [100, 101, 99, 100, 102, 1_000, 1_010];
        let mut days = some((0..42).map(|day| week[day % 7] + i32::try_from(day / 7).unwrap() % 3));
        days.truncate(40);
        let (low, high) = band(&days, Grain::Day).unwrap();
        assert!(low > 990.0 && high < 1_010.0, "a Saturday: {low} to {high}");
        assert_eq!((side(100.0, (low, high)), side(1_001.0, (low, high)), side(1_200.0, (low, high))), (-1, 0, 1));
    }

    #[test]
    fn without_enough_weeks_the_last_steps_say_it() {
        assert_eq!(band(&some([5, 6, 5, 6]), Grain::Day), None);
        let (low, high) = band(&some([5, 6, 5, 6, 5, 6, 7]), Grain::Day).unwrap();
        // The median is 6, and the median distance from it 1.
        assert!(
            (high - (6.0 + 3.5 / 0.6745)).abs() < 1e-9 && (low - (6.0 - 3.5 / 0.6745)).abs() < 1e-9,
            "{low} {high}"
        );
        assert_eq!(
            band(&some([0, 0, 0, 0, 0, 0, 5, 6]), Grain::Day),
            None,
            "what is before the first number is not known"
        );
    }

    #[test]
    fn numbers_that_are_alike_leave_no_room_but_for_those_that_were_not() {
        assert_eq!(band(&some([3; 20]), Grain::Minute), Some((3.0, 3.0)));
        let (low, high) = band(&some([3, 3, 3, 3, 3, 3, 3, 3, 3, 13]), Grain::Minute).unwrap();
        assert!(low == 0.0 && high > 3.0 && high < 13.0, "{low} {high}");
    }

    proptest! {
        /// Multiplying everything multiplies the band, and one outlier hardly moves it.
        #[test]
        fn the_band_is_of_the_numbers_own_size(
            numbers in prop::collection::vec(100_i32..200, 15..60),
            place in any::<prop::sample::Index>(),
        ) {
            let (low, high) = band(&some(numbers.clone()), Grain::Minute).unwrap();
            let (low_twice, high_twice) = band(&some(numbers.iter().map(|number| number * 2)), Grain::Minute).unwrap();
            prop_assert!((low_twice - 2.0 * low).abs() < 1e-6 && (high_twice - 2.0 * high).abs() < 1e-6);
            prop_assert!(low <= high && low >= 0.0);
            let mut spoilt = numbers;
            let place = place.index(spoilt.len());
            spoilt[place] = 1_000_000;
            let (_, high_spoilt) = band(&some(spoilt), Grain::Minute).unwrap();
            prop_assert!(high_spoilt < 1_000.0, "{high_spoilt}");
        }
    }
}
