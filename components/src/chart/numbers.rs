//! How the numbers of one measure are written in a chart.

use crate::words;
use model::{
    board::Look,
    formatting::{Locale, change_percent, column_number, exact_number, figure_among, number_among, shared_decimals},
    metric::Unit,
};

/// The numbers of one measure, written alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) unit: Unit,
    pub(super) locale: Locale,
    decimals: usize,
    in_full: bool,
}

impl Numbers {
    /// As these numbers need it, unless the look says otherwise.
    pub(super) fn of(values: impl IntoIterator<Item = f64>, unit: Unit, look: &Look, locale: Locale) -> Self {
        let decimals = look.decimals.map_or_else(|| shared_decimals(values, unit), usize::from);
        Self { unit, locale, decimals, in_full: look.in_full }
    }

    /// With its unit, short where it is large: `12.35万户`.
    pub(super) fn short(self, value: f64) -> String {
        if self.in_full {
            self.full(value)
        } else {
            number_among(value, self.unit, self.decimals, self.locale).joined()
        }
    }

    /// Without its unit and with at most so many decimals, for little room: `12.3万`.
    pub(super) fn figure(self, value: f64, most: usize) -> String {
        if self.in_full {
            column_number(value, self.unit, self.decimals.min(most))
        } else {
            figure_among(value, self.unit, self.decimals, most, self.locale)
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
