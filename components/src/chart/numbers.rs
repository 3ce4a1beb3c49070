//! How the numbers of one measure are written in a chart.

use crate::words;
use model::{
    board::Look,
    formatting::{
        Locale, change_percent, column_decimals, column_number, exact_number, figure_among, number_among,
        short_figure_with, short_number_with,
    },
    metric::Unit,
};

/// The numbers of one measure, written alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) unit: Unit,
    pub(super) locale: Locale,
    /// Those of numbers in full.
    decimals: usize,
    /// Those that somebody wished for, which short numbers have as well.
    wished: Option<u8>,
    in_full: bool,
}

impl Numbers {
    /// As these numbers need it, unless the look says otherwise.
    pub(super) fn of(values: impl IntoIterator<Item = f64>, unit: Unit, look: &Look, locale: Locale) -> Self {
        let decimals = column_decimals(values, unit, look.decimals);
        Self { unit, locale, decimals, wished: look.decimals, in_full: look.in_full }
    }

    /// With its unit, short where it is large: `12.35万户`.
    pub(super) fn short(self, value: f64) -> String {
        match self.wished {
            _ if self.in_full => self.full(value),
            Some(wished) => short_number_with(value, self.unit, usize::from(wished), self.locale).joined(),
            None => number_among(value, self.unit, self.decimals, self.locale).joined(),
        }
    }

    /// Without its unit and with at most so many decimals, for little room: `12.3万`.
    pub(super) fn figure(self, value: f64, most: usize) -> String {
        match self.wished {
            _ if self.in_full => column_number(value, self.unit, self.decimals.min(most)),
            Some(wished) => short_figure_with(value, self.unit, usize::from(wished).min(most), self.locale),
            None => figure_among(value, self.unit, self.decimals, most, self.locale),
        }
    }

    /// With all its figures, for readouts.
    pub(super) fn exact(self, value: f64) -> String {
        exact_number(value, self.unit, self.locale).joined()
    }

    /// Like [`Self::exact`]; what is undefined is a dash.
    pub(super) fn exact_or_dash(self, value: Option<f64>) -> String {
        value.map_or_else(|| words::NO_VALUE.in_locale(self.locale).to_owned(), |value| self.exact(value))
    }

    fn full(self, value: f64) -> String {
        let suffix = exact_number(0.0, self.unit, self.locale).suffix;
        format!("{}{suffix}", column_number(value, self.unit, self.decimals))
    }
}

/// A share of the whole: `12.3%`. Without a sign.
pub(super) fn share_percent(share: f64) -> String {
    change_percent(share * 100.0).trim_start_matches('+').to_owned()
}

/// A share of the whole for little room, such as the inside of a part: `12%`.
pub(super) fn whole_percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(decimals: Option<u8>, locale: Locale) -> Vec<String> {
        let look = Look { decimals, ..Look::default() };
        let values = [123_456.0, 9_876_543_210.0, 12.75];
        let numbers = Numbers::of(values, Unit::Households, &look, locale);
        values.into_iter().flat_map(|value| [numbers.short(value), numbers.figure(value, 1)]).collect()
    }

    #[test]
    fn short_numbers_have_as_many_decimals_as_somebody_wished() {
        let zh = |decimals| written(decimals, Locale::ZhCn);
        assert_eq!(zh(Some(0)), ["12万户", "12万", "99亿户", "99亿", "13户", "13"]);
        assert_eq!(zh(Some(1)), ["12.3万户", "12.3万", "98.8亿户", "98.8亿", "12.8户", "12.8"]);
        assert_eq!(zh(Some(4)), ["12.3456万户", "12.3万", "98.7654亿户", "98.8亿", "12.7500户", "12.8"]);
        let en = |decimals| written(decimals, Locale::En);
        assert_eq!(en(Some(0)), ["123k", "123k", "10B", "10B", "13", "13"]);
        assert_eq!(en(Some(1)), ["123.5k", "123.5k", "9.9B", "9.9B", "12.8", "12.8"]);
    }

    #[test]
    fn without_a_wish_they_have_about_four_figures() {
        assert_eq!(written(None, Locale::ZhCn)[..4], ["12.35万户", "12.3万", "98.77亿户", "98.8亿"]);
        assert_eq!(written(None, Locale::En)[..4], ["123.5k", "123.5k", "9.88B", "9.9B"]);
    }

    #[test]
    fn in_full_they_are_not_short() {
        let look = Look { decimals: Some(1), in_full: true, ..Look::default() };
        let numbers = Numbers::of([123_456.0], Unit::Households, &look, Locale::ZhCn);
        assert_eq!(numbers.short(123_456.0), "123,456.0户");
    }
}
