//! Weeks that are over, rewritten province by province.
//!
//! Each province is moved in a transaction of its own, so that what comes in waits for none of them long; broken off, a week is
//! begun anew another time.

use super::{
    super::{EventStore, Transaction},
    Rewritten,
};
use crate::events::EngineError;
use ::duckdb::params;
use model::time::Day;

/// The number of a day's week, as an expression.
const WEEK: &str = "cast(floor((day + 3) / 7) as integer)";
/// In a week with more rows, a province has whole row groups of its own on every day.
const MOST_ROWS: u64 = 8_000_000;

/// Rewrites the weeks of a table that are over before that day, have no fewer rows than that, nothing open, and were not
/// rewritten yet. `finish` is told the first and the last day of each, in the transaction that says it is in order.
pub(in crate::events::duckdb) fn put_weeks_in_order(
    store: &EventStore,
    table: &str,
    open: Option<&str>,
    moment: &str,
    (before, fewest): (Day, u64),
    goes_on: &impl Fn() -> bool,
    finish: impl Fn(&Transaction<'_>, (Day, Day)) -> Result<(), EngineError> + Clone + Send + 'static,
) -> Result<Rewritten, EngineError> {
    let mut rewritten = Rewritten::default();
    for Week { number, days, rows } in store.look_up(|read| unsorted(read, table, open, before, fewest))? {
        let (first, last) = (Day(number * 7 - 3), Day(number * 7 + 3));
        if !move_places(store, table, moment, (first, last), goes_on)? {
            break;
        }
        let (relation, finish) = (table.to_owned(), finish.clone());
        let finishing = move |transaction: &Transaction<'_>| {
            let mark = "insert into weeks_in_order values ($1, $2)";
            transaction.connection().execute(mark, params![relation, number])?;
            finish(transaction, (first, last))
        };
        store.write(finishing).wait()?;
        rewritten.days += days;
        rewritten.rows += rows;
    }
    Ok(rewritten)
}

/// Puts the rows of those days, both ends in them, behind all others, place by place; says whether all were moved.
pub(super) fn move_places(
    store: &EventStore,
    table: &str,
    moment: &str,
    days: (Day, Day),
    goes_on: &impl Fn() -> bool,
) -> Result<bool, EngineError> {
    for (organisation, province) in store.look_up(|read| places(read, table, days))? {
        if !goes_on() {
            return Ok(false);
        }
        let statements = Moving::of(table, moment);
        let move_one =
            move |transaction: &Transaction<'_>| statements.run(transaction, organisation, province.as_deref(), days);
        store.write(move_one).wait()?;
    }
    Ok(true)
}

struct Week {
    number: i32,
    days: u64,
    rows: u64,
}

fn unsorted(
    read: &Transaction<'_>,
    table: &str,
    open: Option<&str>,
    before: Day,
    fewest: u64,
) -> Result<Vec<Week>, EngineError> {
    let nothing_open = open.map(|open| format!(" and {WEEK} not in (select {WEEK} from {open})")).unwrap_or_default();
    let text = format!(
        "select {WEEK} as week, count(distinct day), count(*) from {table}
         where {WEEK} * 7 + 3 < $1 and {WEEK} not in (select week from weeks_in_order where relation = $2){nothing_open}
         group by week having count(*) between $3 and {MOST_ROWS} order by week"
    );
    let mut statement = read.connection().prepare(&text)?;
    let week = |row: &::duckdb::Row<'_>| {
        let number = |index: usize| row.get::<_, i64>(index).map(|number| number as u64);
        Ok(Week { number: row.get(0)?, days: number(1)?, rows: number(2)? })
    };
    let weeks = statement.query_map(params![before.0, table, fewest as i64], week)?;
    Ok(weeks.collect::<Result<_, _>>()?)
}

type Place = (i32, Option<String>);

fn places(read: &Transaction<'_>, table: &str, (first, last): (Day, Day)) -> Result<Vec<Place>, EngineError> {
    let text =
        format!("select distinct org, province from {table} where day between $1 and $2 order by all nulls first");
    let mut statement = read.connection().prepare(&text)?;
    let places = statement.query_map(params![first.0, last.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(places.collect::<Result<_, _>>()?)
}

/// Moves the rows of a place behind all others.
struct Moving {
    take: String,
    remove: String,
    put: String,
}

impl Moving {
    fn of(table: &str, moment: &str) -> Self {
        let place = "day between $1 and $2 and org = $3 and province is not distinct from $4";
        Self {
            take: format!(
                "create or replace temp table place_in_order as select * from {table} where {place} order by {moment}"
            ),
            remove: format!("delete from {table} where {place}"),
            put: format!("insert into {table} select * from place_in_order"),
        }
    }

    /// Past the notes for a cluster: it keeps rows in an order of its own.
    fn run(
        &self,
        transaction: &Transaction<'_>,
        organisation: i32,
        province: Option<&str>,
        (first, last): (Day, Day),
    ) -> Result<(), EngineError> {
        let connection = transaction.connection();
        let place = params![first.0, last.0, organisation, province];
        connection.execute(&self.take, place)?;
        connection.execute(&self.remove, place)?;
        connection.execute(&self.put, [])?;
        connection.execute("drop table place_in_order", [])?;
        Ok(())
    }
}
