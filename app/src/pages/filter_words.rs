//! Board filters in words.

use crate::i18n::{compare_name, text, time_range_name};
use components::tile::Names;
use model::{
    board::{BoardFilter, FilterSubject},
    formatting::Locale,
    metric::DimensionId,
};

/// So many values are told by name; more are counted.
const NAMED: usize = 2;

/// What a filter is about: `时间`, `省份`.
pub(crate) fn subject_name(subject: &FilterSubject, names: &Names, locale: Locale) -> String {
    match subject {
        FilterSubject::Time => text!(locale, filters.time).to_owned(),
        FilterSubject::Compare => text!(locale, filters.compare).to_owned(),
        FilterSubject::Dimension(dimension) => names.dimension(dimension.as_str(), locale),
    }
}

/// What a filter begins with; `None` where it lets all in.
pub(crate) fn usual_words(filter: &BoardFilter, names: &Names, locale: Locale) -> Option<String> {
    match filter {
        BoardFilter::Time { usual } => usual.map(|usual| time_range_name(usual, locale)),
        BoardFilter::Compare { usual } => usual.map(|usual| compare_name(usual, locale).to_owned()),
        BoardFilter::Values { usual, .. } if usual.is_empty() => None,
        BoardFilter::Values { dim, usual } => Some(values_words(dim, usual, names, locale)),
    }
}

/// Some values: `浙江、广东`, or `浙江、广东 等 5 个`.
pub(crate) fn values_words(
    dimension: &DimensionId,
    values: &[Option<String>],
    names: &Names,
    locale: Locale,
) -> String {
    let named = values.iter().take(NAMED).map(|value| names.value(dimension.as_str(), value.as_deref(), locale));
    let named = named.collect::<Vec<_>>().join(text!(locale, common.list_separator));
    if values.len() > NAMED { text!(locale, filters.and_more, values = named, count = values.len()) } else { named }
}
