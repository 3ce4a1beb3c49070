//! Columns of a row of the store, as our types.

use crate::events::{EngineError, Text};
use ::duckdb::Row;
use model::{access::OrganisationId, time::Timestamp};

pub(super) fn organisation(row: &Row<'_>, index: usize) -> Result<OrganisationId, EngineError> {
    Ok(OrganisationId(row.get(index)?))
}

pub(super) fn text(row: &Row<'_>, index: usize) -> Result<Text, EngineError> {
    Ok(Text::from(row.get::<_, String>(index)?))
}

pub(super) fn maybe_text(row: &Row<'_>, index: usize) -> Result<Option<Text>, EngineError> {
    Ok(row.get::<_, Option<String>>(index)?.map(Text::from))
}

pub(super) fn word<W: std::str::FromStr>(row: &Row<'_>, index: usize) -> Result<Option<W>, EngineError> {
    // The column holds only words that were written from the same type.
    Ok(row.get::<_, Option<String>>(index)?.and_then(|word| word.parse().ok()))
}

pub(super) fn moment(row: &Row<'_>, index: usize) -> Result<Timestamp, EngineError> {
    Ok(Timestamp::from_millis(row.get(index)?))
}

pub(super) fn maybe_moment(row: &Row<'_>, index: usize) -> Result<Option<Timestamp>, EngineError> {
    Ok(row.get::<_, Option<i64>>(index)?.map(Timestamp::from_millis))
}
