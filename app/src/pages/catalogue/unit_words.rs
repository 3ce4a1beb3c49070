//! What a metric is counted in and whether its parts add up, in words.

use crate::i18n::text;
use model::{
    formatting::Locale,
    metric::{Additivity, Unit},
};

pub(super) fn unit_name(unit: Unit, locale: Locale) -> &'static str {
    match unit {
        Unit::Count => text!(locale, unit.count),
        Unit::Users => text!(locale, unit.users),
        Unit::Households => text!(locale, unit.households),
        Unit::Minutes => text!(locale, unit.minutes),
        Unit::Hours => text!(locale, unit.hours),
        Unit::Seconds => text!(locale, unit.seconds),
        Unit::Milliseconds => text!(locale, unit.milliseconds),
        Unit::Percent => text!(locale, unit.percent),
        Unit::Fen => text!(locale, unit.fen),
        Unit::Kbps => text!(locale, unit.kbps),
        Unit::Gigabytes => text!(locale, unit.gigabytes),
        Unit::Ratio => text!(locale, unit.ratio),
    }
}

pub(super) fn additivity_words(additivity: Additivity, locale: Locale) -> &'static str {
    match additivity {
        Additivity::Additive => text!(locale, additivity.additive),
        Additivity::SemiAdditive => text!(locale, additivity.semi_additive),
        Additivity::Distinct => text!(locale, additivity.distinct),
        Additivity::Ratio => text!(locale, additivity.ratio),
        Additivity::Quantile => text!(locale, additivity.quantile),
    }
}
