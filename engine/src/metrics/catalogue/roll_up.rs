//! Roll-ups: what is added up beforehand of each day of a fact that is over.
//!
//! A roll-up is itself the answer to a statement about one day: its rows hold the province, so the scope is on them as on
//! those of the fact, and its numbers are those that measures would have given. What adds up over days, and over what a
//! statement is not split by, is the same number whether it is made of the fact's rows or of these.

use super::{
    Aggregate, CatalogueError, CatalogueFile, Column, Condition, DimensionColumn, FactTable, Identifier, Measure,
    Relation, Source, TimeUnit, fact::TimeColumn,
};
use crate::events::Fact;
use model::{metric::DimensionId, time::Grain};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};
use toml::Spanned;

/// What a roll-up's rows are placed in time by: the first millisecond of their step.
pub(in crate::metrics) const MOMENT: &str = "moment_ms";
/// The column that tells households apart.
pub(in crate::metrics) const HOUSEHOLD: &str = "household";
/// The dimension that holds the scope.
pub(in crate::metrics) const PROVINCE: &str = "province";

/// A table of the event store whose rows are added up from those of a fact.
#[derive(Debug)]
pub(in crate::metrics) struct RollUp {
    pub fact: Fact,
    /// How it may be read, in place of the fact's own table.
    pub table: FactTable,
    /// Hour or day.
    pub step: Grain,
    /// The columns of the fact that its rows are told apart by, besides organisation and time.
    pub columns: Vec<Identifier>,
    /// Whose histogram it is.
    pub bucket: Option<Identifier>,
    /// Whether each household has rows of its own.
    pub by_household: bool,
    /// Measure by measure, in the order of its columns `m0`, `m1`, …
    pub measures: Vec<Arc<Measure>>,
}

impl RollUp {
    /// The column that holds what such a measure comes to.
    pub(in crate::metrics) fn column(&self, aggregate: &Aggregate, conditions: &[Condition]) -> Option<Identifier> {
        let same = |measure: &Arc<Measure>| measure.aggregate == *aggregate && measure.conditions == conditions;
        self.measures.iter().position(same).map(Identifier::added_up)
    }

    /// The counts of its rows that say of which of the fact's rows they are told, besides how many those are: where
    /// households have rows of their own, which may have to be told apart by whether there are any.
    pub(in crate::metrics) fn occurrences(&self) -> impl Iterator<Item = (&Measure, Occurrence)> {
        let measures = self.measures.iter().enumerate().filter(|_| self.by_household);
        measures.filter(|(_, measure)| measure.aggregate == Aggregate::Count).map(|(index, measure)| {
            let count = Identifier::added_up(index);
            let (newest, simulated) = (count.newest_of_those(), count.simulated_of_those());
            (&**measure, Occurrence { count, newest, simulated })
        })
    }

    /// Where the rows of the fact that pass such conditions are told of.
    pub(in crate::metrics) fn occurrence(&self, conditions: &[Condition]) -> Option<Occurrence> {
        self.occurrences().find(|(measure, _)| measure.conditions == conditions).map(|(_, occurrence)| occurrence)
    }
}

/// The columns in which a roll-up tells of the rows of its fact that one of its counts counts.
#[derive(Debug)]
pub(in crate::metrics) struct Occurrence {
    /// How many they are.
    pub count: Identifier,
    /// When the newest of them was received.
    pub newest: Identifier,
    /// Whether any of them is simulated. Of the other rows of the household and day some may be, and these not.
    pub simulated: Identifier,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RollUpsFile {
    roll_up: Vec<WrittenRollUp>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRollUp {
    name: Spanned<Identifier>,
    fact: Spanned<String>,
    step: WrittenStep,
    dimensions: Vec<Spanned<DimensionId>>,
    #[serde(default)]
    household: bool,
    bucket: Option<Spanned<Identifier>>,
    measures: Option<Vec<Spanned<String>>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenStep {
    Hour,
    Day,
}

pub(super) fn read(
    file: CatalogueFile<'_>,
    facts: &BTreeMap<Source, FactTable>,
    measures: &BTreeMap<String, Arc<Measure>>,
) -> Result<Vec<RollUp>, CatalogueError> {
    let written: RollUpsFile = file.parse()?;
    let mut roll_ups: Vec<RollUp> = Vec::new();
    for roll_up in written.roll_up {
        let (name, span) = (roll_up.name.get_ref().as_str().to_owned(), roll_up.name.span());
        let read = read_one(file, facts, measures, roll_up)?;
        if roll_ups.iter().any(|other| other.table.name == name) {
            return Err(file.error(span, format!("the roll-up “{name}” stands here twice")));
        }
        roll_ups.push(read);
    }
    Ok(roll_ups)
}

fn read_one(
    file: CatalogueFile<'_>,
    facts: &BTreeMap<Source, FactTable>,
    measures: &BTreeMap<String, Arc<Measure>>,
    written: WrittenRollUp,
) -> Result<RollUp, CatalogueError> {
    let fact_name = written.fact.get_ref();
    let found = facts.iter().find_map(|(source, table)| match source {
        Source::Fact(fact) if table.name == *fact_name => Some((*fact, table)),
        Source::Fact(_) | Source::Derived(_) => None,
    });
    let Some((fact, of_fact)) = found.filter(|(_, table)| table.time.counts == TimeUnit::Milliseconds) else {
        let reason = format!("“{fact_name}” is no fact of facts.toml whose rows happen at moments");
        return Err(file.error(written.fact.span(), reason));
    };
    let mut columns = Vec::new();
    let mut dimensions = BTreeMap::new();
    for dimension in &written.dimensions {
        let Some(DimensionColumn::Own(column)) = of_fact.dimensions.get(dimension.get_ref()) else {
            let reason = format!("rows of “{fact_name}” are not split by “{}”", dimension.get_ref());
            return Err(file.error(dimension.span(), reason));
        };
        columns.push(column.clone());
        dimensions.insert(dimension.get_ref().clone(), DimensionColumn::Own(column.clone()));
    }
    if !dimensions.keys().any(|id| id.as_str() == PROVINCE) {
        return Err(file.error(written.name.span(), "without the province nothing holds the scope"));
    }
    if written.household {
        columns.push(Identifier::of_derivation(HOUSEHOLD));
    }
    let bucket = match written.bucket {
        Some(bucket) if of_fact.columns.get(bucket.get_ref()) == Some(&Column::Integer) => Some(bucket.into_inner()),
        Some(bucket) => {
            let reason = format!("“{}” is no histogram of “{fact_name}”", bucket.get_ref().as_str());
            return Err(file.error(bucket.span(), reason));
        }
        None => None,
    };
    columns.extend(bucket.clone());
    let source = Source::Fact(fact);
    let mut chosen = match written.measures {
        Some(names) => names
            .iter()
            .map(|name| {
                let measure = measures.get(name.get_ref()).filter(|measure| measure.source == source);
                let measure = measure.filter(|measure| adds_up(measure, bucket.as_ref())).cloned();
                let reason = || format!("“{}” is no measure of “{fact_name}” that adds up here", name.get_ref());
                measure.ok_or_else(|| file.error(name.span(), reason()))
            })
            .collect::<Result<Vec<_>, _>>()?,
        None => measures
            .values()
            .filter(|measure| measure.source == source && adds_up(measure, bucket.as_ref()))
            .filter(|measure| bucket.is_none() || is_by_bucket(measure))
            .cloned()
            .collect(),
    };
    if written.household {
        let of_fact = measures.values().filter(|measure| measure.source == source);
        for measure in of_fact.filter_map(|measure| occurrences(measure)) {
            let known = |other: &Arc<Measure>| {
                (&other.aggregate, &other.conditions) == (&measure.aggregate, &measure.conditions)
            };
            if !chosen.iter().any(known) {
                chosen.push(Arc::new(measure));
            }
        }
    }
    let table = FactTable {
        name: written.name.get_ref().as_str().to_owned(),
        relation: Relation::Table(Identifier::of_roll_up(written.name.get_ref())),
        time: TimeColumn { column: Identifier::of_derivation(MOMENT), until: None, counts: TimeUnit::Milliseconds },
        newest: Identifier::of_derivation("newest"),
        columns: BTreeMap::new(),
        dimensions,
    };
    let step = match written.step {
        WrittenStep::Hour => Grain::Hour,
        WrittenStep::Day => Grain::Day,
    };
    Ok(RollUp { fact, table, step, columns, bucket, by_household: written.household, measures: chosen })
}

/// Where households are counted: how many rows each has that count.
fn occurrences(measure: &Measure) -> Option<Measure> {
    let (Aggregate::Distinct(column) | Aggregate::DistinctByDay(column)) = &measure.aggregate else { return None };
    let of_the_row = |condition: &Condition| !matches!(condition, Condition::UnbrokenMinutes(_));
    let fits = column.as_str() == HOUSEHOLD && measure.conditions.iter().all(of_the_row);
    fits.then(|| Measure { aggregate: Aggregate::Count, ..measure.clone() })
}

fn is_by_bucket(measure: &Measure) -> bool {
    matches!(measure.aggregate, Aggregate::Buckets { .. } | Aggregate::Values(_))
}

/// Whether what the measure comes to can be added up: as a count or sum, or bucket by bucket.
fn adds_up(measure: &Measure, bucket: Option<&Identifier>) -> bool {
    let of_the_row = |condition: &Condition| !matches!(condition, Condition::UnbrokenMinutes(_));
    let fits = match &measure.aggregate {
        Aggregate::Count | Aggregate::Sum(_) => true,
        Aggregate::Buckets { of, .. } | Aggregate::Values(of) => Some(of) == bucket,
        Aggregate::Distinct(_)
        | Aggregate::DistinctByDay(_)
        | Aggregate::Largest(_)
        | Aggregate::Amounts(_)
        | Aggregate::Stock(_)
        | Aggregate::Decaying { .. } => false,
    };
    fits && measure.conditions.iter().all(of_the_row)
}

#[cfg(test)]
mod tests {
    use super::super::{Catalogue, CatalogueFiles, shipped};
    use super::*;

    const ROLL_UP: &str = r#"
[[roll_up]]
name = "mine"
fact = "view"
step = "day"
dimensions = ["province", "isp"]
measures = ["attempts"]
"#;

    fn read(text: &str) -> Result<Catalogue, CatalogueError> {
        let roll_ups = CatalogueFile { name: "roll_ups.toml", text };
        Catalogue::read(CatalogueFiles { roll_ups, ..shipped::FILES })
    }

    fn changed(from: &str, to: &str) -> String {
        assert!(ROLL_UP.contains(from), "the sample has no {from}");
        ROLL_UP.replace(from, to)
    }

    #[test]
    fn a_roll_up_is_a_table_of_its_own() {
        let catalogue = read(ROLL_UP).unwrap();
        let [roll_up] = catalogue.roll_ups() else { panic!("{:?}", catalogue.roll_ups()) };
        assert!(matches!(&roll_up.table.relation, Relation::Table(table) if table.as_str() == "roll_up_mine"));
        let column = |aggregate: &Aggregate, conditions: &[Condition]| {
            roll_up.column(aggregate, conditions).map(|column| column.as_str().to_owned())
        };
        assert_eq!(column(&Aggregate::Count, &[]).as_deref(), Some("m0"));
        assert_eq!(column(&Aggregate::Largest(Identifier::of_derivation("play_ms")), &[]), None);
    }

    #[test]
    fn households_are_counted_by_every_measure_that_does() {
        let shipped = Catalogue::shipped().unwrap();
        let by_household = shipped.roll_ups().iter().find(|roll_up| roll_up.by_household).unwrap();
        let counting = |measure: &&Arc<Measure>| measure.aggregate == Aggregate::Count;
        // Effective ones, those of video on demand, those of live television, and the scripts'.
        assert!(by_household.measures.iter().filter(counting).count() >= 4, "{:?}", by_household.measures);
    }

    #[test]
    fn what_does_not_add_up_is_refused_where_it_stands() {
        let twice = format!("{ROLL_UP}{ROLL_UP}");
        let cases = [
            (changed("\"view\"", "\"account\""), 4, "whose rows happen at moments"),
            (changed("\"view\"", "\"viewer_cohort\""), 4, "whose rows happen at moments"),
            (changed("\"isp\"", "\"page\""), 6, "are not split by “page”"),
            (changed("\"province\", ", ""), 3, "nothing holds the scope"),
            (changed("\"attempts\"", "\"effective_households\""), 7, "no measure of “view” that adds up here"),
            (changed("\"attempts\"", "\"startup_buckets\""), 7, "no measure of “view” that adds up here"),
            (changed("measures", "bucket = \"household\"\nmeasures"), 7, "no histogram"),
            (changed("\"day\"", "\"week\""), 5, "unknown variant `week`"),
            (twice, 10, "stands here twice"),
        ];
        for (text, line, reason) in cases {
            let error = read(&text).map(|_| ()).unwrap_err();
            assert_eq!((error.file.as_str(), error.line), ("roll_ups.toml", line), "{error}");
            assert!(error.reason.contains(reason), "{error}");
        }
    }
}
