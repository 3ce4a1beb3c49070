//! Days that are dropped for their age, and which were.
//!
//! Accounts have no day and stay. A day leaves whole, and only where nothing can change any more that has events on it:
//! facts of a play session are made of all its events, so one that may still get a late event keeps its days, and with
//! them all behind.

use super::{EventStore, Transaction};
use crate::events::{
    EngineError, Touched,
    clickhouse::DAYS_OF_SLICE,
    fact_tables::{ARRIVALS, FACTS, FactTables},
};
use ::duckdb::params;
use model::time::Day;

/// From where on things are kept; nothing where all of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dropped {
    /// Events of days before this one.
    pub events_before: Option<Day>,
    /// Facts of days before this one.
    pub facts_before: Option<Day>,
}

/// A play session may have begun so long before the first event that is left: twice what lies between two of its events.
const DAYS_OF_DOUBT: i32 = 3;

impl Dropped {
    /// From this day on, play sessions have all their events.
    pub(crate) fn sessions_whole_from(&self) -> Option<Day> {
        self.events_before.map(|day| day.plus(DAYS_OF_DOUBT))
    }
}

/// What was dropped so far.
pub(crate) fn dropped(transaction: &Transaction<'_>) -> Result<Dropped, EngineError> {
    let sql = "select max(events_before), max(facts_before) from dropped";
    Ok(transaction.connection().query_row(sql, [], |row| {
        let day = |index: usize| Ok::<_, ::duckdb::Error>(row.get::<_, Option<i32>>(index)?.map(Day));
        Ok(Dropped { events_before: day(0)?, facts_before: day(1)? })
    })?)
}

/// The first day of the play sessions that are open, or that ended at that moment or later.
pub(crate) fn may_change_from(transaction: &Transaction<'_>, ended_ms: i64) -> Result<Option<Day>, EngineError> {
    let sql = "select min(day) from (
        select day from fact_view_open union all select day from fact_view where end_ms >= $1
    ) may_change";
    Ok(transaction.connection().query_row(sql, params![ended_ms], |row| row.get::<_, Option<i32>>(0))?.map(Day))
}

fn tables_of(before: Dropped) -> Vec<(Option<FactTables>, &'static str, Day)> {
    let events = before.events_before.map(|day| (None, "event", day));
    let facts = FACTS.iter().chain([&ARRIVALS]).filter(|fact| fact.has_days()).flat_map(|fact| {
        before
            .facts_before
            .into_iter()
            .flat_map(move |day| fact.tables.iter().map(move |table| (Some(*fact), *table, day)))
    });
    events.into_iter().chain(facts).collect()
}

/// How many rows there are of those days: events, and facts.
pub(crate) fn lost(transaction: &Transaction<'_>, before: Dropped) -> Result<(u64, u64), EngineError> {
    let (mut events, mut facts) = (0, 0);
    for (fact, table, day) in tables_of(before) {
        let sql = format!("select count(*) from {table} where day < $1");
        let rows: i64 = transaction.connection().query_row(&sql, params![day.0], |row| row.get(0))?;
        *if fact.is_some() { &mut facts } else { &mut events } += rows as u64;
    }
    Ok((events, facts))
}

/// Drops those days, oldest first, no more than a slice of the cluster in one transaction. Says how many rows there were:
/// events, and facts. What was dropped before may be dropped again, for what came since.
pub(crate) fn drop_days(store: &EventStore, before: Dropped) -> Result<(u64, u64), EngineError> {
    let oldest = store.look_up(|read| {
        let mut oldest: Option<i32> = None;
        for (_, table, day) in tables_of(before) {
            let sql = format!("select min(day) from {table} where day < $1");
            let first = read.connection().query_row(&sql, params![day.0], |row| row.get::<_, Option<i32>>(0))?;
            oldest = first.into_iter().chain(oldest).min();
        }
        Ok(oldest)
    })?;
    let Some(oldest) = oldest else { return Ok((0, 0)) };
    let (mut events, mut facts) = (0, 0);
    let last = before.events_before.max(before.facts_before).map_or(oldest, |day| day.0);
    let mut until = oldest;
    while until < last {
        until = ((until.div_euclid(DAYS_OF_SLICE) + 1) * DAYS_OF_SLICE).min(last);
        let up_to = |day: Option<Day>| day.map(|day| day.min(Day(until)));
        let part = Dropped { events_before: up_to(before.events_before), facts_before: up_to(before.facts_before) };
        let (touched, gone) = store.write(move |transaction| drop_part(transaction, part)).wait()?;
        store.moved(&touched);
        events += gone.0;
        facts += gone.1;
    }
    store.checkpoint().wait()?;
    Ok((events, facts))
}

fn drop_part(transaction: &Transaction<'_>, part: Dropped) -> Result<(Touched, (u64, u64)), EngineError> {
    let connection = transaction.connection();
    let (mut touched, mut events, mut facts) = (Touched::default(), 0, 0);
    for (fact, table, before) in tables_of(part) {
        if let Some(fact) = fact {
            let mut days = connection.prepare(&format!("select distinct day from {table} where day < $1"))?;
            for day in days.query_map(params![before.0], |row| row.get(0))? {
                touched.add(fact.fact, Day(day?));
            }
        }
        *if fact.is_some() { &mut facts } else { &mut events } += transaction.forget(table, before)?;
    }
    if let Some(before) = part.facts_before {
        connection.execute("delete from in_order where day < $1", params![before.0])?;
        connection.execute("delete from rolled_up where day < $1", params![before.0])?;
    }
    let known = dropped(transaction)?;
    connection.execute("delete from dropped", [])?;
    let events_before = known.events_before.max(part.events_before).map(|day| day.0);
    let facts_before = known.facts_before.max(part.facts_before).map(|day| day.0);
    connection.execute("insert into dropped values ($1, $2)", params![events_before, facts_before])?;
    Ok((touched, (events, facts)))
}
