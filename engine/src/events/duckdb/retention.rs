//! Which days were dropped for their age.

use super::Transaction;
use crate::events::EngineError;
use model::time::Day;

/// From where on things are kept; nothing where all of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dropped {
    /// Events of days before this one.
    pub events_before: Option<Day>,
    /// Facts of days before this one.
    pub facts_before: Option<Day>,
}

/// What was dropped so far.
pub(crate) fn dropped(transaction: &Transaction<'_>) -> Result<Dropped, EngineError> {
    let sql = "select max(events_before), max(facts_before) from dropped";
    Ok(transaction.connection().query_row(sql, [], |row| {
        let day = |index: usize| Ok::<_, ::duckdb::Error>(row.get::<_, Option<i32>>(index)?.map(Day));
        Ok(Dropped { events_before: day(0)?, facts_before: day(1)? })
    })?)
}
