//! Measures: an aggregate over the rows of a fact that pass its conditions.

use super::{CatalogueError, CatalogueFile, Column, FactTable, Identifier, Source, TimeUnit, ruled::whole_number};
use crate::events::Fact;
use serde::Deserialize;
use std::{collections::BTreeMap, ops::Range, sync::Arc};
use toml::Spanned;

/// How rows become a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) enum Aggregate {
    Count,
    Sum(Identifier),
    /// Exact.
    Distinct(Identifier),
    /// Exact; counted anew on each day of the organisation's calendar, and the days added up.
    DistinctByDay(Identifier),
    /// Counts by bucket of the fixed logarithmic histogram; a row counts so many times, or once.
    Buckets {
        of: Identifier,
        times: Option<Identifier>,
    },
    /// Counts by value, where there are few of them: quantiles are exact.
    Values(Identifier),
    /// The largest value: of what slices of time came to, the peak.
    Largest(Identifier),
    /// How many there are on a day, or what a column of those comes to.
    Stock(Option<Identifier>),
    /// How often each amount occurs: of what slices of time came to, for a percentile of them.
    Amounts(Identifier),
    /// Millionths of what rows still count for at the end of the step or range, or now while it runs: half after this time, a
    /// quarter after twice as long. Newton's law of cooling, as rankings by time use it.
    Decaying {
        half_life_ms: i64,
    },
}

/// What a column must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) enum Test {
    Is(bool),
    OneOf(Vec<String>),
    /// None of these; what is unknown passes.
    NoneOf(Vec<String>),
    AtMost(i64),
    AtLeast(i64),
    /// At most so many hundredths of another column.
    AtMostPercentOf(i64, Identifier),
    Known(bool),
}

/// Which rows count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) enum Condition {
    Column {
        column: Identifier,
        test: Test,
    },
    Any(Vec<Self>),
    /// The row's minute is at least the so-manieth of an unbroken run inside the step and the programme.
    UnbrokenMinutes(u16),
}

impl Condition {
    /// Whether every row that passes all of the others passes this one too, as far as their forms tell.
    pub(super) fn follows_from(&self, others: &[Self]) -> bool {
        let is_among = |condition: &Self| others.contains(condition);
        match self {
            Self::Any(alternatives) => is_among(self) || alternatives.iter().any(is_among),
            Self::Column { .. } | Self::UnbrokenMinutes(_) => is_among(self),
        }
    }
}

/// An aggregate over the rows of a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) struct Measure {
    pub id: String,
    pub source: Source,
    pub aggregate: Aggregate,
    pub conditions: Vec<Condition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasuresFile {
    measure: Vec<WrittenMeasure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMeasure {
    id: Spanned<String>,
    fact: Spanned<String>,
    aggregate: WrittenAggregate,
    column: Option<Spanned<Identifier>>,
    times: Option<Spanned<Identifier>>,
    half_life_hours: Option<Spanned<u16>>,
    #[serde(default, rename = "where")]
    conditions: Vec<Spanned<WrittenCondition>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenAggregate {
    Count,
    Sum,
    Distinct,
    DistinctByDay,
    Buckets,
    Values,
    Largest,
    Amounts,
    Stock,
    Decaying,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCondition {
    column: Option<Identifier>,
    is: Option<bool>,
    one_of: Option<Vec<String>>,
    at_most: Option<i64>,
    #[serde(default, deserialize_with = "whole_number")]
    at_least: Option<i64>,
    at_most_percent: Option<i64>,
    of: Option<Identifier>,
    known: Option<bool>,
    any: Option<Vec<Self>>,
    unbroken_minutes: Option<u16>,
}

pub(super) fn read(
    file: CatalogueFile<'_>,
    facts: &BTreeMap<Source, FactTable>,
) -> Result<BTreeMap<String, Arc<Measure>>, CatalogueError> {
    let written: MeasuresFile = file.parse()?;
    let mut measures = BTreeMap::new();
    for measure in written.measure {
        let span = measure.id.span();
        let id = measure.id.get_ref().clone();
        let read = read_one(file, facts, measure)?;
        if measures.insert(id.clone(), Arc::new(read)).is_some() {
            return Err(file.error(span, format!("the measure “{id}” stands here twice")));
        }
    }
    Ok(measures)
}

fn read_one(
    file: CatalogueFile<'_>,
    facts: &BTreeMap<Source, FactTable>,
    written: WrittenMeasure,
) -> Result<Measure, CatalogueError> {
    let fact_name = written.fact.get_ref();
    let (source, table) = facts.iter().find(|(_, table)| table.name == *fact_name).ok_or_else(|| {
        let reason = format!("“{fact_name}” is neither in facts.toml nor in derived.toml");
        file.error(written.fact.span(), reason)
    })?;
    let known = |column: &Spanned<Identifier>, kinds: &[Column]| match table.columns.get(column.get_ref()) {
        Some(kind) if kinds.contains(kind) => Ok(column.get_ref().clone()),
        Some(_) => {
            Err(file.error(column.span(), format!("the column “{}” can't be aggregated so", column.get_ref().as_str())))
        }
        None => Err(file.error(column.span(), no_column(table, column.get_ref()))),
    };
    let wants = |kinds: &[Column]| {
        let needed = || file.error(written.id.span(), "this aggregate needs a column");
        known(written.column.as_ref().ok_or_else(needed)?, kinds)
    };
    if let (Some(hours), false) = (&written.half_life_hours, matches!(written.aggregate, WrittenAggregate::Decaying)) {
        return Err(file.error(hours.span(), "only what decays has a half-life"));
    }
    let times = match (&written.times, written.aggregate) {
        (None, _) => None,
        (Some(times), WrittenAggregate::Buckets) => Some(known(times, &[Column::Integer])?),
        (Some(times), _) => {
            return Err(
                file.error(times.span(), "“times” says how often a row counts in a histogram, and this is none")
            );
        }
    };
    let aggregate = match written.aggregate {
        WrittenAggregate::Count => Aggregate::Count,
        WrittenAggregate::Sum => Aggregate::Sum(wants(&[Column::Integer])?),
        WrittenAggregate::Distinct => Aggregate::Distinct(wants(&[Column::Text, Column::Integer])?),
        WrittenAggregate::DistinctByDay if table.time.counts == TimeUnit::Milliseconds => {
            Aggregate::DistinctByDay(wants(&[Column::Text, Column::Integer])?)
        }
        WrittenAggregate::DistinctByDay => {
            return Err(file.error(
                written.id.span(),
                format!("rows of “{fact_name}” have no moment, so they can't be counted day by day"),
            ));
        }
        WrittenAggregate::Buckets => Aggregate::Buckets { of: wants(&[Column::Integer])?, times },
        WrittenAggregate::Values => Aggregate::Values(wants(&[Column::Integer])?),
        WrittenAggregate::Largest => Aggregate::Largest(wants(&[Column::Integer])?),
        WrittenAggregate::Stock if table.has_stock() => {
            Aggregate::Stock(written.column.as_ref().map(|column| known(column, &[Column::Integer])).transpose()?)
        }
        WrittenAggregate::Amounts => Aggregate::Amounts(wants(&[Column::Integer])?),
        WrittenAggregate::Decaying => Aggregate::Decaying { half_life_ms: half_life_ms(file, &written, table)? },
        WrittenAggregate::Stock => {
            return Err(file.error(
                written.id.span(),
                format!("rows of “{fact_name}” do not say how many there are on a day, so there is no stock of them"),
            ));
        }
    };
    let conditions = written
        .conditions
        .into_iter()
        .map(|condition| {
            let span = condition.span();
            read_condition(file, *source, table, &span, condition.into_inner())
        })
        .collect::<Result<_, _>>()?;
    Ok(Measure { id: written.id.into_inner(), source: *source, aggregate, conditions })
}

fn half_life_ms(file: CatalogueFile<'_>, written: &WrittenMeasure, table: &FactTable) -> Result<i64, CatalogueError> {
    if table.time.counts != TimeUnit::Milliseconds {
        return Err(file.error(written.fact.span(), "its rows have no moment, so they have no age"));
    }
    match &written.half_life_hours {
        Some(hours) if *hours.get_ref() > 0 => Ok(i64::from(*hours.get_ref()) * 3_600_000),
        Some(hours) => Err(file.error(hours.span(), "nothing decays in no time")),
        None => Err(file.error(written.id.span(), "“decaying” needs half_life_hours")),
    }
}

pub(super) fn read_condition(
    file: CatalogueFile<'_>,
    source: Source,
    table: &FactTable,
    span: &Range<usize>,
    written: WrittenCondition,
) -> Result<Condition, CatalogueError> {
    let wrong = |reason: String| file.error(span.clone(), reason);
    match written {
        WrittenCondition {
            column: None,
            is: None,
            one_of: None,
            at_most: None,
            at_least: None,
            at_most_percent: None,
            of: None,
            known: None,
            any: Some(any),
            unbroken_minutes: None,
        } => {
            let alternatives = any.into_iter().map(|condition| read_condition(file, source, table, span, condition));
            Ok(Condition::Any(alternatives.collect::<Result<_, _>>()?))
        }
        WrittenCondition {
            column: None,
            is: None,
            one_of: None,
            at_most: None,
            at_least: None,
            at_most_percent: None,
            of: None,
            known: None,
            any: None,
            unbroken_minutes: Some(minutes),
        } if source == Source::Fact(Fact::MinuteAudience) => Ok(Condition::UnbrokenMinutes(minutes)),
        WrittenCondition { unbroken_minutes: Some(_), .. } => {
            Err(wrong(format!("rows of “{}” are no minutes", table.name)))
        }
        WrittenCondition {
            column: Some(column),
            is,
            one_of,
            at_most,
            at_least,
            at_most_percent,
            of,
            known,
            any: None,
            unbroken_minutes: None,
        } => {
            let kind_of =
                |column: &Identifier| table.columns.get(column).ok_or_else(|| wrong(no_column(table, column)));
            let kind = *kind_of(&column)?;
            let of = match of {
                Some(of) if *kind_of(&of)? == Column::Integer => Some(of),
                Some(of) => return Err(wrong(format!("“{}” is no number to compare with", of.as_str()))),
                None => None,
            };
            let test = match (kind, is, one_of, at_most, at_least, at_most_percent, of, known) {
                (Column::Boolean, Some(is), None, None, None, None, None, None) => Test::Is(is),
                (Column::Text, None, Some(values), None, None, None, None, None) => Test::OneOf(values),
                (Column::Integer, None, None, Some(most), None, None, None, None) => Test::AtMost(most),
                (Column::Integer, None, None, None, Some(least), None, None, None) => Test::AtLeast(least),
                (Column::Integer, None, None, None, None, Some(percent), Some(of), None) => {
                    Test::AtMostPercentOf(percent, of)
                }
                (_, None, None, None, None, None, None, Some(known)) => Test::Known(known),
                _ => {
                    return Err(wrong(format!(
                        "the column “{}” needs one test that fits it: is (boolean), one_of (text), at_most or at_least (integer), at_most_percent with of (integers), or known (true or false)",
                        column.as_str()
                    )));
                }
            };
            Ok(Condition::Column { column, test })
        }
        _ => Err(wrong("a condition is one of { column, … }, { any } and { unbroken_minutes }".to_owned())),
    }
}

fn no_column(table: &FactTable, column: &Identifier) -> String {
    format!("the fact “{}” has no column “{}”", table.name, column.as_str())
}
