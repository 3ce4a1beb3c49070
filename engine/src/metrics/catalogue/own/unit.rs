//! The arithmetic of units.
//!
//! A quantity is of a kind (time, money, things counted, a plain number …) and stands for so many of the kind's base.
//! Adding needs the same unit; multiplying and dividing change what one of it is worth. Where what comes out has no name
//! of its own, a plain number is a ratio, and any other quantity stays in the unit it had: seven days' minutes divided by
//! seven are minutes.

use model::metric::Unit;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Occurrences and whoever takes part: what stands under a ratio as "per one".
    Counted,
    /// In seconds.
    Time,
    /// In fen.
    Money,
    /// In kbit/s.
    Rate,
    /// In gigabytes.
    Data,
    /// In ones.
    Plain,
}

/// The kind of a unit, and what one of it is worth.
const fn worth(unit: Unit) -> (Kind, f64) {
    match unit {
        Unit::Count | Unit::Users | Unit::Households => (Kind::Counted, 1.0),
        Unit::Milliseconds => (Kind::Time, 0.001),
        Unit::Seconds => (Kind::Time, 1.0),
        Unit::Minutes => (Kind::Time, 60.0),
        Unit::Hours => (Kind::Time, 3_600.0),
        Unit::Fen => (Kind::Money, 1.0),
        Unit::Kbps => (Kind::Rate, 1.0),
        Unit::Gigabytes => (Kind::Data, 1.0),
        Unit::Percent => (Kind::Plain, 0.01),
        Unit::Ratio => (Kind::Plain, 1.0),
    }
}

/// The unit of that kind and worth, where it has a name.
fn named(kind: Kind, wanted: f64) -> Option<Unit> {
    let is_it = |unit: &Unit| {
        let (its_kind, its_worth) = worth(*unit);
        its_kind == kind && (its_worth / wanted - 1.0).abs() < 1e-9
    };
    Unit::ALL.into_iter().find(is_it)
}

/// A plain number of that worth.
fn plain(wanted: f64) -> Unit {
    named(Kind::Plain, wanted).unwrap_or(Unit::Ratio)
}

/// The unit of a sum or a difference; `None` where the two can't be added up.
pub(super) fn added(one: Unit, other: Unit) -> Option<Unit> {
    (one == other).then_some(one)
}

/// The unit after a division by a number.
pub(super) fn divided(unit: Unit, by: f64) -> Unit {
    match worth(unit) {
        (Kind::Time, one) => named(Kind::Time, one * by).unwrap_or(unit),
        (Kind::Plain, one) => plain(one * by),
        (Kind::Counted | Kind::Money | Kind::Rate | Kind::Data, _) => unit,
    }
}

/// The unit of `of × scale ÷ to`.
pub(super) fn ratio(of: Unit, to: Unit, scale: f64) -> Unit {
    let ((of_kind, of_worth), (to_kind, to_worth)) = (worth(of), worth(to));
    match (of_kind, to_kind) {
        (Kind::Counted, Kind::Counted)
        | (Kind::Time, Kind::Time)
        | (Kind::Money, Kind::Money)
        | (Kind::Rate, Kind::Rate)
        | (Kind::Data, Kind::Data) => plain(of_worth / to_worth / scale),
        // Per one, and by a plain number: what is divided stays what it is.
        (_, Kind::Counted) => divided(of, 1.0 / scale),
        (_, Kind::Plain) => divided(of, 1.0 / (to_worth * scale)),
        // So many a second, so many a yuan: no unit has that name.
        (_, Kind::Time | Kind::Money | Kind::Rate | Kind::Data) => Unit::Ratio,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_ratio_of_the_same_is_a_plain_number() {
        assert_eq!(ratio(Unit::Count, Unit::Count, 100.0), Unit::Percent);
        assert_eq!(ratio(Unit::Count, Unit::Users, 1.0), Unit::Ratio);
        assert_eq!(ratio(Unit::Milliseconds, Unit::Milliseconds, 100.0), Unit::Percent);
        assert_eq!(ratio(Unit::Fen, Unit::Fen, 1.0), Unit::Ratio);
        assert_eq!(ratio(Unit::Count, Unit::Count, 1_000.0), Unit::Ratio, "per mille has no name here");
        // Minutes of hours: sixty times as many as the number says.
        assert_eq!(ratio(Unit::Minutes, Unit::Hours, 100.0), Unit::Ratio);
    }

    #[test]
    fn per_household_keeps_the_unit() {
        assert_eq!(ratio(Unit::Fen, Unit::Users, 1.0), Unit::Fen);
        assert_eq!(ratio(Unit::Hours, Unit::Households, 1.0), Unit::Hours);
        assert_eq!(ratio(Unit::Hours, Unit::Households, 60.0), Unit::Minutes);
        assert_eq!(ratio(Unit::Percent, Unit::Percent, 1.0), Unit::Ratio);
        assert_eq!(ratio(Unit::Count, Unit::Hours, 1.0), Unit::Ratio);
    }

    #[test]
    fn dividing_time_goes_over_to_the_unit_it_leads_to() {
        assert_eq!(divided(Unit::Milliseconds, 3_600_000.0), Unit::Hours);
        assert_eq!(divided(Unit::Minutes, 60.0), Unit::Hours);
        assert_eq!(divided(Unit::Minutes, 7.0), Unit::Minutes);
        assert_eq!(divided(Unit::Ratio, 0.01), Unit::Percent);
        assert_eq!(divided(Unit::Fen, 100.0), Unit::Fen);
        assert_eq!(
            (added(Unit::Minutes, Unit::Minutes), added(Unit::Minutes, Unit::Hours)),
            (Some(Unit::Minutes), None)
        );
    }

    proptest! {
        #[test]
        fn a_ratio_to_a_count_is_a_division(of in prop::sample::select(Unit::ALL.to_vec()), scale in 1_u32..5_000) {
            let is_counted = matches!(of, Unit::Count | Unit::Users | Unit::Households);
            prop_assume!(!is_counted);
            let scale = f64::from(scale);
            prop_assert_eq!(ratio(of, Unit::Count, scale), divided(of, 1.0 / scale));
        }
    }
}
