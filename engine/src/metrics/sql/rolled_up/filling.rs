//! The text that adds up a day.

use super::{
    super::{
        Bind, Compiler, Writer,
        derived::unmeasured,
        dialect,
        expression::{DAY_MS, HOUR_MS},
    },
    days::RolledUpDays,
    wall_ms,
};
use crate::{
    events::SqlWords,
    metrics::{
        catalogue::{Aggregate, Catalogue, Identifier, MOMENT, RollUp, Source},
        plan::{Base, ScopedMeasure, Statement},
        scoped::ScopedRegions,
    },
};
use model::time::{Calendar, Day, Grain, Interval};

/// The rows of a roll-up about one day, which is the last of the values: text and the values before it.
pub(in crate::metrics) fn rows_of_a_day(
    catalogue: &Catalogue,
    roll_up: &RollUp,
    calendar: Calendar,
) -> (String, Vec<Bind>) {
    let dialect = dialect::of(SqlWords::DuckDb);
    let start = calendar.start_of(Day(0));
    let interval = Interval::new(start, start.plus_millis(1));
    let Some(interval) = interval else { return (String::new(), Vec::new()) };
    let base = Base {
        source: Source::Fact(roll_up.fact),
        regions: ScopedRegions::nowhere(),
        beside: None,
        interval,
        calendar,
        filters: Vec::new(),
        programmes: false,
        known_until: None,
    };
    let statement = Statement { base, keys: Vec::new(), measures: Vec::new() };
    let no_days = RolledUpDays::default();
    let compiler =
        Compiler { catalogue, statement: &statement, dialect, rolled_up_days: &no_days, roll_up: None, only_days: &[] };
    let mut writer = Writer::new(dialect);
    let (wall_ms, day_ms) = (wall_ms(calendar), calendar.shift_ms());
    let moment = match roll_up.step {
        Grain::Hour => {
            let hour = dialect.whole_division(&format!("{} + {wall_ms}", compiler.time()), HOUR_MS);
            format!("({hour}) * {HOUR_MS} - {wall_ms}")
        }
        Grain::Minute | Grain::Day | Grain::Week | Grain::Month => {
            format!("{} * {} - {day_ms}", dialect.wide("f.day"), DAY_MS)
        }
    };
    writer.push(&format!("SELECT f.org AS org, f.day AS day, {moment} AS {MOMENT}"));
    for column in &roll_up.columns {
        writer.push(&format!(", f.{0} AS {0}", column.as_str()));
    }
    for (index, measure) in roll_up.measures.iter().enumerate() {
        writer.push(", ");
        let scoped = ScopedMeasure {
            aggregate: measure.aggregate.clone(),
            conditions: measure.conditions.clone(),
            ..unmeasured()
        };
        compiler.measure(&mut writer, &scoped);
        writer.push(&format!(" AS m{index}"));
    }
    if let Some(table) = compiler.table() {
        for (measure, occurrence) in roll_up.occurrences() {
            let simulated = Identifier::of_derivation("simulated");
            for (column, name) in [(&table.newest, occurrence.newest), (&simulated, occurrence.simulated)] {
                writer.push(", ");
                let largest = Aggregate::Largest(column.clone());
                let conditions = measure.conditions.clone();
                compiler.measure(&mut writer, &ScopedMeasure { aggregate: largest, conditions, ..unmeasured() });
                writer.push(&format!(" AS {}", name.as_str()));
            }
        }
        writer.push(&format!(", max(f.{}) AS newest, max(f.simulated) AS simulated", table.newest.as_str()));
    }
    compiler.source(&mut writer);
    writer.push(&format!("\nWHERE f.day = ${}", writer.binds.len() + 1));
    let columns: Vec<String> = roll_up.columns.iter().map(|column| format!("f.{}", column.as_str())).collect();
    let keys = [format!("f.org, f.day, {MOMENT}")].into_iter().chain(columns).collect::<Vec<_>>().join(", ");
    writer.push(&format!("\nGROUP BY {keys}\nORDER BY f.org, f.province NULLS FIRST, {MOMENT}"));
    (writer.text, writer.binds)
}
