//! A schedule into the store: it replaces the channel-days it covers, and the rest stays.

use super::schedule::{Plan, minute_of};
use crate::events::{EngineError, EventStore, Fact, Text, Touched, Transaction};
use ::duckdb::params;
use model::{access::OrganisationId, time::Timestamp};
use std::collections::BTreeMap;

const DIVIDER: &str = "\u{1e}";

pub(super) async fn replace(
    store: &EventStore,
    organisation: OrganisationId,
    mut plan: Plan,
) -> Result<(), EngineError> {
    let calendar = store.calendar();
    let mut touched = Touched::default();
    for programme in &plan.programmes {
        touched.add(Fact::Programme, programme.day);
        touched.add(Fact::Programme, calendar.day_of(programme.stop_ms));
        // One of the day before may have been cut.
        touched.add(Fact::Programme, programme.day.plus(-1));
    }
    let written = store.write(move |transaction| {
        remove(transaction, organisation, &plan)?;
        fit_in(transaction, organisation, &mut plan)?;
        transaction.append("programme", &plan.programmes)?;
        let names = list(plan.channels.iter().map(|channel| channel.channel_id.as_str()));
        transaction.remove(
            "channel",
            "delete from channel where org = $1 and channel_id in (select unnest(string_split($2, chr(30))))",
            params![organisation.0, names],
        )?;
        transaction.append("channel", &plan.channels)
    });
    written.arrives().await?;
    store.moved(&touched);
    // The ingest log does not hold it: only the main file does.
    store.checkpoint().arrives().await
}

fn remove(transaction: &Transaction<'_>, organisation: OrganisationId, plan: &Plan) -> Result<(), EngineError> {
    let channels = list(plan.days.keys().map(|(channel_id, _)| channel_id.as_str()));
    let days = list(plan.days.keys().map(|(_, day)| day.0.to_string()));
    let until = list(plan.days.values().map(i64::to_string));
    transaction.remove(
        "programme",
        "delete from programme using (
             select unnest(string_split($1, chr(30))) as channel_id,
                 cast(unnest(string_split($2, chr(30))) as integer) as day,
                 cast(unnest(string_split($3, chr(30))) as bigint) as until_ms
         ) covered
         where programme.org = $4 and programme.channel_id = covered.channel_id and programme.day = covered.day
             and programme.start_ms < covered.until_ms",
        params![channels, days, until, organisation.0],
    )
}

/// At both ends of a channel's new programmes, the earlier one is cut at the start of the later one.
fn fit_in(transaction: &Transaction<'_>, organisation: OrganisationId, plan: &mut Plan) -> Result<(), EngineError> {
    let mut ends: BTreeMap<Text, (i64, i64)> = BTreeMap::new();
    for programme in &plan.programmes {
        let start_ms = programme.start_ms.millis();
        let (first, last) = ends.entry(programme.channel_id.clone()).or_insert((start_ms, start_ms));
        *first = (*first).min(start_ms);
        *last = (*last).max(start_ms);
    }
    let connection = transaction.connection();
    let channels = list(ends.keys());
    let first = list(ends.values().map(|(first, _)| first.to_string()));
    transaction.change(
        "programme",
        "update programme set stop_ms = new.first_ms, stop_minute = cast((new.first_ms + 30000) // 60000 as integer)
         from (
             select unnest(string_split($1, chr(30))) as channel_id,
                 cast(unnest(string_split($2, chr(30))) as bigint) as first_ms
         ) new
         where programme.org = $3 and programme.channel_id = new.channel_id
             and programme.start_ms < new.first_ms and programme.stop_ms > new.first_ms",
        params![channels, first, organisation.0],
    )?;
    let last = list(ends.values().map(|(_, last)| last.to_string()));
    let mut statement = connection.prepare(
        "select programme.channel_id, min(programme.start_ms) from programme
         join (
             select unnest(string_split($1, chr(30))) as channel_id,
                 cast(unnest(string_split($2, chr(30))) as bigint) as last_ms
         ) new on programme.channel_id = new.channel_id and programme.start_ms > new.last_ms
         where programme.org = $3 group by programme.channel_id",
    )?;
    let mut rows = statement.query(params![channels, last, organisation.0])?;
    let mut next: BTreeMap<String, i64> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        next.insert(row.get(0)?, row.get(1)?);
    }
    for programme in &mut plan.programmes {
        if let Some(next_ms) = next.get(programme.channel_id.as_str()).copied()
            && programme.stop_ms.millis() > next_ms
        {
            programme.stop_ms = Timestamp::from_millis(next_ms);
            programme.stop_minute = minute_of(next_ms);
        }
    }
    Ok(())
}

fn list<S: AsRef<str>>(parts: impl Iterator<Item = S>) -> String {
    let parts: Vec<S> = parts.collect();
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    parts.join(DIVIDER)
}
