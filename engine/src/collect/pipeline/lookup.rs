//! What the store has of the sessions, households and accounts that a batch speaks of.

use super::{
    columns::{maybe_moment, maybe_text, moment, organisation, text, word},
    session_events::sessions_of,
    write::List,
};
use crate::{
    events::{EngineError, Text, Transaction, fact_rows::AccountRow, joined},
    facts::{
        audience::{Found, Needed, SessionKey},
        minutes::{Counted, MINUTE_MS, minute_of},
    },
};
use ::duckdb::{Row, params};
use model::time::Day;
use std::collections::BTreeMap;

/// How far from its other events an event of a known session may be. It bounds what is read of the tables.
pub(super) const REACH_MS: i64 = 2 * 86_400_000;

/// A view as far as finding its events goes.
pub(super) struct FoundView {
    pub key: SessionKey,
    pub household: Option<Text>,
    pub start_ms: i64,
    pub end_ms: i64,
    pub closed: bool,
}

const VIEWS: &str = "
    select org, sid, household, start_ms, end_ms, true as closed from fact_view
        where start_ms <= $1 and end_ms >= $2
    union all
    select org, sid, household, start_ms, end_ms, false from fact_view_open";

pub(super) fn look_up(transaction: &Transaction<'_>, needed: &Needed) -> Result<Found, EngineError> {
    let mut found = Found { households: needed.households.clone(), ..Found::default() };
    let mut views: BTreeMap<SessionKey, FoundView> = BTreeMap::new();
    if !needed.sessions.is_empty() {
        for view in views_of_sessions(transaction, needed)? {
            if let Some(household) = &view.household {
                let from_ms = found.households.entry((view.key.0, household.clone())).or_insert(view.start_ms);
                *from_ms = (*from_ms).min(view.start_ms);
            }
            views.insert(view.key.clone(), view);
        }
    }
    if !found.households.is_empty() {
        for view in views_of_households(transaction, &found.households)? {
            views.insert(view.key.clone(), view);
        }
        found.counted = counted_before(transaction, &found.households)?;
    }
    if !views.is_empty() {
        found.sessions = sessions_of(transaction, views)?;
    }
    if !needed.accounts.is_empty() {
        found.accounts = accounts(transaction, needed)?;
    }
    Ok(found)
}

/// The sessions that go on, and their households, as far back as they have open rows.
pub(super) fn going_on(transaction: &Transaction<'_>) -> Result<Needed, EngineError> {
    let mut needed = Needed { first_ms: i64::MAX, last_ms: i64::MIN, ..Needed::default() };
    let connection = transaction.connection();
    let mut statement = connection.prepare("select org, sid, start_ms, end_ms from fact_view_open")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        needed.sessions.insert((organisation(row, 0)?, text(row, 1)?));
        needed.first_ms = needed.first_ms.min(row.get(2)?);
        needed.last_ms = needed.last_ms.max(row.get(3)?);
    }
    let mut statement = connection.prepare(
        "select org, household, min(from_ms) from (
             select org, household, start_ms as from_ms from fact_view_open where household is not null
             union all
             select org, household, cast(clock_minute as bigint) * 60000 from fact_minute_open
         ) going_on group by org, household",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        needed.households.insert((organisation(row, 0)?, text(row, 1)?), row.get(2)?);
    }
    Ok(needed)
}

fn views_of_sessions(transaction: &Transaction<'_>, needed: &Needed) -> Result<Vec<FoundView>, EngineError> {
    let ids = List::of(needed.sessions.iter());
    let mut statement = transaction.connection().prepare_cached(&format!(
        "select views.org, views.sid, views.household, views.start_ms, views.end_ms, views.closed from ({VIEWS}) views
         semi join (
             select cast(unnest(string_split($3, chr(30))) as integer) as org, unnest(string_split($4, chr(30))) as sid
         ) wanted on wanted.org = views.org and wanted.sid = views.sid"
    ))?;
    let bounds = (needed.last_ms.saturating_add(REACH_MS), needed.first_ms.saturating_sub(REACH_MS));
    let mut rows = statement.query(params![bounds.0, bounds.1, ids.organisations, ids.texts])?;
    let mut views = Vec::new();
    while let Some(row) = rows.next()? {
        views.push(found_view(row)?);
    }
    Ok(views)
}

fn views_of_households(
    transaction: &Transaction<'_>,
    households: &BTreeMap<SessionKey, i64>,
) -> Result<Vec<FoundView>, EngineError> {
    // A session that ended in the minute in which another begins shares that minute with it.
    let start_of_minute = |from_ms: i64| i64::from(minute_of(from_ms)) * MINUTE_MS;
    let ids = List::of(households.keys());
    let from = joined(households.values().map(|from_ms| start_of_minute(*from_ms).to_string()));
    let earliest = households.values().copied().min().map_or(0, start_of_minute);
    let mut statement = transaction.connection().prepare_cached(&format!(
        "select views.org, views.sid, views.household, views.start_ms, views.end_ms, views.closed from ({VIEWS}) views
         join (
             select cast(unnest(string_split($3, chr(30))) as integer) as org,
                 unnest(string_split($4, chr(30))) as household,
                 cast(unnest(string_split($5, chr(30))) as bigint) as from_ms
         ) wanted on wanted.org = views.org and wanted.household = views.household and views.end_ms >= wanted.from_ms"
    ))?;
    let mut rows = statement.query(params![i64::MAX, earliest, ids.organisations, ids.texts, from])?;
    let mut views = Vec::new();
    while let Some(row) = rows.next()? {
        views.push(found_view(row)?);
    }
    Ok(views)
}

fn found_view(row: &Row<'_>) -> Result<FoundView, EngineError> {
    Ok(FoundView {
        key: (organisation(row, 0)?, text(row, 1)?),
        household: maybe_text(row, 2)?,
        start_ms: row.get(3)?,
        end_ms: row.get(4)?,
        closed: row.get(5)?,
    })
}

/// The counted minute just before each household's first one.
fn counted_before(
    transaction: &Transaction<'_>,
    households: &BTreeMap<SessionKey, i64>,
) -> Result<BTreeMap<SessionKey, Counted>, EngineError> {
    let ids = List::of(households.keys());
    let before = |from_ms: &i64| minute_of(*from_ms) - 1;
    let minutes = joined(households.values().map(|from_ms| before(from_ms).to_string()));
    let mut statement = transaction.connection().prepare_cached(
        "select all_minute.org, all_minute.household, clock_minute, minute, channel_id, run_start_minute from all_minute
         join (
             select cast(unnest(string_split($1, chr(30))) as integer) as org,
                 unnest(string_split($2, chr(30))) as household,
                 cast(unnest(string_split($3, chr(30))) as integer) as before_minute
         ) wanted on wanted.org = all_minute.org and wanted.household = all_minute.household
             and wanted.before_minute = all_minute.clock_minute
         where counted and clock_minute between $4 and $5",
    )?;
    let (first, last) = (households.values().map(before).min(), households.values().map(before).max());
    let mut rows = statement.query(params![ids.organisations, ids.texts, minutes, first, last])?;
    let mut counted = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let minute = Counted {
            clock_minute: row.get(2)?,
            minute: row.get(3)?,
            channel_id: text(row, 4)?,
            run_start_minute: row.get(5)?,
        };
        counted.insert((organisation(row, 0)?, text(row, 1)?), minute);
    }
    Ok(counted)
}

fn accounts(transaction: &Transaction<'_>, needed: &Needed) -> Result<Vec<AccountRow>, EngineError> {
    let ids = List::of(needed.accounts.iter());
    let mut statement = transaction.connection().prepare_cached(
        "select fact_account.org, fact_account.household, province, isp, tier, opened_day, closed_day, received_ms,
             simulated, first_opened_ms, last_opened_ms, last_closed_ms, described_ms
         from fact_account
         semi join (
             select cast(unnest(string_split($1, chr(30))) as integer) as org,
                 unnest(string_split($2, chr(30))) as household
         ) wanted on wanted.org = fact_account.org and wanted.household = fact_account.household",
    )?;
    let mut rows = statement.query(params![ids.organisations, ids.texts])?;
    let mut accounts = Vec::new();
    while let Some(row) = rows.next()? {
        accounts.push(AccountRow {
            org: organisation(row, 0)?,
            household: text(row, 1)?,
            province: word(row, 2)?,
            isp: maybe_text(row, 3)?,
            tier: maybe_text(row, 4)?,
            opened_day: row.get::<_, Option<i32>>(5)?.map(Day),
            closed_day: row.get::<_, Option<i32>>(6)?.map(Day),
            received_ms: moment(row, 7)?,
            simulated: row.get(8)?,
            first_opened_ms: maybe_moment(row, 9)?,
            last_opened_ms: maybe_moment(row, 10)?,
            last_closed_ms: maybe_moment(row, 11)?,
            described_ms: maybe_moment(row, 12)?,
        });
    }
    Ok(accounts)
}
