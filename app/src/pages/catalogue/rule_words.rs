//! What is wrong with an own metric, and what its parts are called, in words.

use super::unit_words::unit_name;
use crate::i18n::text;
use model::{
    formatting::Locale,
    metric::own::{Mistake, Part, Rule, ValueKind},
};

/// What is wrong, for beside the field.
pub(super) fn rule_words(rule: &Rule, locale: Locale) -> String {
    match rule {
        Rule::Missing => text!(locale, rule.missing).to_owned(),
        Rule::TooLong { limit } => text!(locale, rule.too_long, limit = *limit).to_string(),
        Rule::NoName { .. } => text!(locale, rule.no_name).to_owned(),
        Rule::Taken { id } => text!(locale, rule.taken, id = id.clone()),
        Rule::Unreadable { reason } => text!(locale, rule.unreadable, reason = reason.clone()),
        Rule::NotInForm { form, reason } => {
            text!(locale, rule.not_in_form, form = form.name(), reason = reason.clone())
        }
        Rule::FieldMissing { name } => text!(locale, rule.field_missing, name = name.clone()),
        Rule::FieldUnknown { given, expected } if expected.is_empty() => {
            text!(locale, rule.field_unknown_here, name = given.clone())
        }
        Rule::FieldUnknown { given, expected } => {
            text!(locale, rule.field_unknown, name = given.clone(), expected = listed(expected, locale))
        }
        Rule::WordUnknown { given, expected } => {
            text!(locale, rule.word_unknown, given = given.clone(), expected = listed(expected, locale))
        }
        Rule::WrongKind { found, expected } => {
            text!(locale, rule.wrong_kind, found = kind_name(*found, locale), expected = kind_name(*expected, locale))
        }
        Rule::NotOneFormula => text!(locale, rule.not_one_formula).to_owned(),
        Rule::NotBesideATerm { name } => text!(locale, rule.not_beside_a_term, name = name.clone()),
        Rule::TooMany { limit } => text!(locale, rule.too_many, limit = *limit),
        Rule::Twice { id } => text!(locale, rule.twice, id = id.clone()),
        Rule::UnknownMeasure { id } => text!(locale, rule.unknown_measure, id = id.clone()),
        Rule::UnknownMetric { id } => text!(locale, rule.unknown_metric, id = id.clone()),
        Rule::Retired { id } => text!(locale, rule.retired, id = id.clone()),
        Rule::Broken { id } => text!(locale, rule.broken, id = id.clone()),
        Rule::Breaks { id, reason } => text!(locale, rule.breaks, id = id.clone(), reason = reason.clone()),
        Rule::UnknownStat { id } => text!(locale, rule.unknown_stat, id = id.clone()),
        Rule::UnknownProfile { id } => text!(locale, rule.unknown_profile, id = id.clone()),
        Rule::UnknownDimension { dimension } => text!(locale, rule.unknown_dimension, dimension = dimension.clone()),
        Rule::NotADimension { of, dimension } => {
            text!(locale, rule.not_a_dimension, of = of.clone(), dimension = dimension.clone())
        }
        Rule::NotForNarrowing { dimension } => text!(locale, rule.not_for_narrowing, dimension = dimension.clone()),
        Rule::FilterTwice { dimension } => text!(locale, rule.filter_twice, dimension = dimension.clone()),
        Rule::NoValues { .. } => text!(locale, rule.no_values).to_owned(),
        Rule::TooManyValues { limit, .. } => text!(locale, rule.too_many_values, limit = *limit),
        Rule::UnknownValue { dimension, value } => {
            text!(locale, rule.unknown_value, dimension = dimension.clone(), value = value.clone())
        }
        Rule::NotANumber => text!(locale, rule.not_a_number).to_owned(),
        Rule::DifferentUnits { one, other } => {
            text!(locale, rule.different_units, one = unit_name(*one, locale), other = unit_name(*other, locale))
        }
        Rule::UnitDoesNotFit { given, derived } => text!(
            locale,
            rule.unit_does_not_fit,
            given = unit_name(*given, locale),
            derived = unit_name(*derived, locale)
        ),
        Rule::TooDeep { limit } => text!(locale, rule.too_deep, limit = *limit),
        Rule::TooManyTerms { limit } => text!(locale, rule.too_many_terms, limit = *limit),
        Rule::Cycle { through } => text!(locale, rule.cycle, through = through.clone()),
        Rule::NoStep => text!(locale, rule.no_step).to_owned(),
        Rule::NothingGranted => text!(locale, rule.nothing_granted).to_owned(),
    }
}

fn listed(words: &[String], locale: Locale) -> String {
    words.join(text!(locale, common.list_separator))
}

fn kind_name(kind: ValueKind, locale: Locale) -> &'static str {
    match kind {
        ValueKind::Text => text!(locale, value_kind.text),
        ValueKind::Number => text!(locale, value_kind.number),
        ValueKind::TrueOrFalse => text!(locale, value_kind.true_or_false),
        ValueKind::List => text!(locale, value_kind.list),
        ValueKind::Table => text!(locale, value_kind.table),
        ValueKind::Nothing => text!(locale, value_kind.nothing),
    }
}

/// A mistake in a file: its line, its metric, its field.
pub(super) fn place_words(mistake: &Mistake, locale: Locale) -> String {
    let line = mistake.line.map(|line| text!(locale, own.line, line = line));
    let parts = [line, mistake.metric.clone(), Some(mistake.field.clone())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What a part of a metric is called.
pub(super) fn part_name(part: Part, locale: Locale) -> &'static str {
    match part {
        Part::NameZh => text!(locale, metric_part.name_zh),
        Part::NameEn => text!(locale, metric_part.name_en),
        Part::DefinitionZh => text!(locale, metric_part.definition_zh),
        Part::DefinitionEn => text!(locale, metric_part.definition_en),
        Part::Unit => text!(locale, metric_part.unit),
        Part::Owner => text!(locale, metric_part.owner),
        Part::Source => text!(locale, metric_part.source),
        Part::Formula => text!(locale, metric_part.formula),
    }
}
