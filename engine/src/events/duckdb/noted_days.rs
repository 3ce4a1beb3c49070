//! Tables that say of which days something is done: a fact's name and a day in each row.

use super::{Transaction, joined};
use crate::events::{EngineError, Touched, fact_tables::FACTS};
use ::duckdb::params;

/// Takes out the days that were touched, in the transaction that touches them.
pub(super) fn take_out(transaction: &Transaction<'_>, noted: &str, touched: &Touched) -> Result<(), EngineError> {
    let named = || touched.days().filter_map(|(of, day)| Some((FACTS.iter().find(|fact| fact.fact == of)?.name, day)));
    let (facts, days) = (joined(named().map(|(fact, _)| fact)), joined(named().map(|(_, day)| day.0.to_string())));
    if facts.is_empty() {
        return Ok(());
    }
    let mut forget = transaction.connection().prepare_cached(&format!(
        "delete from {noted} using (
             select unnest(string_split($1, chr(30))) as fact, cast(unnest(string_split($2, chr(30))) as integer) as day
         ) touched
         where {noted}.fact = touched.fact and {noted}.day = touched.day"
    ))?;
    forget.execute(params![facts, days])?;
    Ok(())
}
