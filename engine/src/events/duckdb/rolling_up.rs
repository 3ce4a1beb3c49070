//! Days that are over, added up once, so that statements over many days read less (`metrics::sql::rolled_up`).
//!
//! A day is added up roll-up by roll-up, each in a transaction of its own, so that what comes in waits for none of it long.
//! Meanwhile the day stands in the table `rolled_up` as not whole; whatever changes the day's rows takes it out, and then it
//! is begun anew another time. What was added up of such a day stays until then, for statements that began before: they get
//! what they would have got at that moment. Which days are whole is also in memory, and a day leaves that before the version
//! of its fact moves.

mod whole;

pub(super) use whole::RollUps;

use super::{EventStore, Transaction, noted_days::take_out, open::ROW_GROUP, sorting::put_weeks_in_order};
use crate::{
    events::{
        EngineError, Fact, Touched,
        fact_tables::{FACTS, FactTables},
    },
    metrics::Bind,
};
use ::duckdb::{ToSql, params, params_from_iter};
use model::time::Day;
use std::{collections::BTreeSet, sync::Arc};

/// Days with fewer rows of a fact than that are read as fast as what they come to.
const FEWEST_ROWS: i64 = 2_048;

/// A table that holds what the rows of each day come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RollUp {
    pub fact: Fact,
    pub table: String,
    /// The table's rows about one day, which is the last of the values.
    pub rows_of_a_day: String,
    /// The values before it.
    pub binds: Vec<Bind>,
}

impl RollUp {
    /// What tells this version of it from another one.
    fn definition(&self) -> String {
        format!("{}\n{:?}", self.rows_of_a_day, self.binds)
    }

    /// All values, with that day as the last one.
    fn values<'a>(&'a self, day: &'a i32) -> Vec<&'a dyn ToSql> {
        let binds = self.binds.iter().map(|bind| match bind {
            Bind::Integer(number) => number as &dyn ToSql,
            Bind::Text(text) => text as &dyn ToSql,
        });
        binds.chain([day as &dyn ToSql]).collect()
    }
}

/// Says that rows of these days were added, removed or changed, in the transaction that does it.
pub(crate) fn no_longer_rolled_up(transaction: &Transaction<'_>, touched: &Touched) -> Result<(), EngineError> {
    take_out(transaction, "rolled_up", touched)
}

/// Adds up the days before that one that are not and have nothing open, day by day; says how many. It is asked before
/// each day whether to go on.
pub(crate) fn roll_up_days(store: &EventStore, before: Day, goes_on: impl Fn() -> bool) -> Result<u64, EngineError> {
    roll_up_days_of(store, before, FEWEST_ROWS, goes_on)
}

/// Days with fewer rows than that are left as they are.
pub(crate) fn roll_up_days_of(
    store: &EventStore,
    before: Day,
    fewest: i64,
    goes_on: impl Fn() -> bool,
) -> Result<u64, EngineError> {
    let roll_ups = Arc::clone(&store.shared.roll_ups.defined.lock());
    if roll_ups.is_empty() {
        return Ok(0);
    }
    let stale = store.look_up(|read| stale(read, &roll_ups))?;
    if !stale.is_empty() {
        let defined = Arc::clone(&roll_ups);
        store.write(move |transaction| define(transaction, &defined, &stale)).wait()?;
        // Replaying definitions from the log is where DuckDB breaks.
        store.checkpoint().wait()?;
    }
    store.write(forget_dropped_days).wait()?;
    let mut done = 0;
    for fact in FACTS.iter().filter(|fact| roll_ups.iter().any(|roll_up| roll_up.fact == fact.fact)) {
        for day in store.look_up(|read| missing(read, fact, before, fewest))?.into_iter().take_while(|_| goes_on()) {
            done += u64::from(roll_up_day(store, &roll_ups, fact, day)?);
            store.look_up_whole_days()?;
        }
    }
    let mut moved = 0;
    for roll_up in roll_ups.iter() {
        let before = (before, ROW_GROUP as u64);
        moved += put_weeks_in_order(store, &roll_up.table, None, "day", before, &goes_on, |_, _| Ok(()))?.days;
    }
    if done + moved > 0 {
        store.checkpoint().wait()?;
    }
    Ok(done)
}

/// Adds up one day, unless it is touched meanwhile; says whether it is whole.
fn roll_up_day(store: &EventStore, roll_ups: &Arc<[RollUp]>, fact: &FactTables, day: Day) -> Result<bool, EngineError> {
    let name = fact.name;
    let begin = move |transaction: &Transaction<'_>| {
        transaction.connection().execute("insert into rolled_up values ($1, $2, false)", params![name, day.0])?;
        Ok(())
    };
    store.write(begin).wait()?;
    for index in 0..roll_ups.len() {
        let roll_ups = Arc::clone(roll_ups);
        let fact = fact.fact;
        let add_up = move |transaction: &Transaction<'_>| match roll_ups.get(index) {
            Some(roll_up) if roll_up.fact == fact => add_up(transaction, roll_up, day),
            Some(_) | None => Ok(()),
        };
        store.write(add_up).wait()?;
    }
    let finish = move |transaction: &Transaction<'_>| {
        let finish = "update rolled_up set whole = true where fact = $1 and day = $2";
        Ok(transaction.connection().execute(finish, params![name, day.0])? > 0)
    };
    store.write(finish).wait()
}

/// Past the notes for a cluster, which adds nothing up.
fn add_up(transaction: &Transaction<'_>, roll_up: &RollUp, day: Day) -> Result<(), EngineError> {
    let RollUp { table, rows_of_a_day, .. } = roll_up;
    transaction.connection().execute(&format!("delete from {table} where day = $1"), params![day.0])?;
    let insert = format!("insert into {table} {rows_of_a_day}");
    transaction.connection().execute(&insert, params_from_iter(roll_up.values(&day.0)))?;
    Ok(())
}

/// The tables of roll-ups that were defined otherwise, and those that are to be defined.
fn stale(read: &Transaction<'_>, roll_ups: &[RollUp]) -> Result<BTreeSet<String>, EngineError> {
    let mut statement = read.connection().prepare("select name, definition from roll_up_definition")?;
    let known = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let known: BTreeSet<(String, String)> = known.collect::<Result<_, _>>()?;
    let wanted: BTreeSet<(String, String)> =
        roll_ups.iter().map(|roll_up| (roll_up.table.clone(), roll_up.definition())).collect();
    Ok(known.symmetric_difference(&wanted).map(|(table, _)| table.clone()).collect())
}

fn define(transaction: &Transaction<'_>, roll_ups: &[RollUp], stale: &BTreeSet<String>) -> Result<(), EngineError> {
    let connection = transaction.connection();
    // All of them are of the same days.
    connection.execute("delete from rolled_up", [])?;
    for table in stale {
        connection.execute(&format!("drop table if exists {table}"), [])?;
        connection.execute("delete from roll_up_definition where name = $1", params![table])?;
        connection.execute("delete from weeks_in_order where relation = $1", params![table])?;
    }
    for roll_up in roll_ups.iter().filter(|roll_up| stale.contains(&roll_up.table)) {
        let create = format!("create table {} as {} limit 0", roll_up.table, roll_up.rows_of_a_day);
        connection.execute(&create, params_from_iter(roll_up.values(&i32::MIN)))?;
        let definition = params![roll_up.table, roll_up.definition()];
        connection.execute("insert into roll_up_definition values ($1, $2)", definition)?;
    }
    Ok(())
}

/// Forgets what was added up of days that were dropped since, and the days that a run was broken off at.
fn forget_dropped_days(transaction: &Transaction<'_>) -> Result<(), EngineError> {
    let connection = transaction.connection();
    connection.execute("delete from rolled_up where not whole", [])?;
    let mut statement = connection.prepare("select name from roll_up_definition")?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for table in tables {
        let forget =
            format!("delete from {table} where day < (select coalesce(max(facts_before), -2147483648) from dropped)");
        connection.execute(&forget, [])?;
    }
    Ok(())
}

fn missing(read: &Transaction<'_>, fact: &FactTables, before: Day, fewest: i64) -> Result<Vec<Day>, EngineError> {
    let Some((closed, open)) = fact.tables.split_first() else { return Ok(Vec::new()) };
    let nothing_open: Vec<String> =
        open.iter().map(|open| format!(" and day not in (select day from {open})")).collect();
    let text = format!(
        "select day from {closed}
         where day < $1 and day not in (select day from rolled_up where fact = $2){}
         group by day having count(*) >= $3 order by day",
        nothing_open.concat()
    );
    let mut statement = read.connection().prepare(&text)?;
    let days = statement.query_map(params![before.0, fact.name, fewest], |row| Ok(Day(row.get(0)?)))?;
    Ok(days.collect::<Result<_, _>>()?)
}

fn whole_days(read: &Transaction<'_>) -> Result<BTreeSet<(Fact, Day)>, EngineError> {
    let mut statement = read.connection().prepare("select fact, day from rolled_up where whole")?;
    let mut rows = statement.query([])?;
    let mut days = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let fact = FACTS.iter().find(|fact| fact.name == name).map(|fact| fact.fact);
        days.extend(fact.map(|fact| Ok::<_, EngineError>((fact, Day(row.get(1)?)))).transpose()?);
    }
    Ok(days)
}

#[cfg(test)]
mod tests;
