//! Households that begin more plays on a day than a person can: all of that day is taken for a script's.
//!
//! How many there are is known once they were counted, so the rows are looked through again and again: the plays are kept, are
//! not effective, and earn no minutes. What such a household does after a look is right after the next one.

use super::retention::on_a_thread;
use crate::{
    clock::SharedClock,
    events::{EngineError, EventStore, Fact, Text, Touched, Transaction, joined, no_longer_rolled_up},
};
use ::duckdb::params;
use model::{
    access::OrganisationId,
    time::{Calendar, Day},
};
use std::time::Duration;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

const LOOK_EVERY: Duration = Duration::from_mins(2);
/// Late events may still come for these, so plays of the last run are looked through once more.
const DAYS_AT_THE_START: i32 = 9;

/// A household on a day.
type HouseholdDay = (OrganisationId, Text, Day);

/// Looks through the days that anything came for, every two minutes, until it is told to stop.
pub async fn keep_scripts_out(store: EventStore, clock: SharedClock, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = 0;
    let mut from = Some(store.calendar().day_of(clock.now()).plus(-DAYS_AT_THE_START));
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        let (touched_from, newest) = store.first_day_touched_since(Fact::View, seen);
        let first = from.into_iter().chain(touched_from).min();
        let Some(first) = first else { continue };
        match on_a_thread(&store, move |store| take_for_scripts(store, Some(first))).await {
            Ok(found) => {
                (seen, from) = (newest, None);
                if found > 0 {
                    tracing::warn!(
                        found,
                        "households began more plays on a day than a person can: none of those count"
                    );
                }
            }
            Err(error) => {
                tracing::error!(error = %error, source = ?std::error::Error::source(&error),
                    "plays could not be looked through for scripts; it is tried again");
            }
        }
    }
}

/// Marks the plays of such households, and takes their minutes away, on all days from that one on. How many households, day by
/// day, had plays that were not marked yet.
pub(super) fn take_for_scripts(store: &EventStore, from: Option<Day>) -> Result<usize, EngineError> {
    let most = store.rules().most_plays_a_day;
    let found = store.look_up(|read| unmarked(read, from, most))?;
    let count = found.len();
    if count > 0 {
        let calendar = store.calendar();
        let touched = store.write(move |transaction| mark(transaction, &found, calendar)).wait()?;
        store.moved(&touched);
    }
    Ok(count)
}

fn unmarked(read: &Transaction<'_>, from: Option<Day>, most: u32) -> Result<Vec<HouseholdDay>, EngineError> {
    let mut statement = read.connection().prepare_cached(
        "select org, household, day from all_view where household is not null and ($1 is null or day >= $1)
         group by org, household, day having count(*) > $2 and count(*) > count(case when abnormal then 1 end)",
    )?;
    let mut rows = statement.query(params![from.map(|day| day.0), most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((OrganisationId(row.get(0)?), row.get::<_, String>(1)?.into(), Day(row.get(2)?)));
    }
    Ok(found)
}

/// The households and days of three lists, as a relation.
const GONE: &str = "(
    select cast(unnest(string_split($1, chr(30))) as integer) as org, unnest(string_split($2, chr(30))) as household,
        cast(unnest(string_split($3, chr(30))) as integer) as day
)";

fn mark(transaction: &Transaction<'_>, found: &[HouseholdDay], calendar: Calendar) -> Result<Touched, EngineError> {
    let organisations = joined(found.iter().map(|(organisation, _, _)| organisation.0.to_string()));
    let households = joined(found.iter().map(|(_, household, _)| household.as_str()));
    let days = joined(found.iter().map(|(_, _, day)| day.0.to_string()));
    let mut touched = Touched::default();
    for table in ["fact_view", "fact_view_open"] {
        let update = format!(
            "update {table} set effective = false, abnormal = true from {GONE} gone
             where {table}.org = gone.org and {table}.household = gone.household and {table}.day = gone.day
                 and not {table}.abnormal"
        );
        transaction.change(table, &update, params![organisations, households, days])?;
    }
    for (_, _, day) in found {
        touched.add(Fact::View, *day);
    }
    // A minute lies on the day on which it was watched, whenever it was on air.
    let first_minutes = joined(found.iter().map(|(_, _, day)| first_minute(calendar, *day).to_string()));
    for table in ["fact_minute", "fact_minute_open"] {
        let of_theirs = format!(
            "{table}.org = gone.org and {table}.household = gone.household
                 and {table}.clock_minute >= gone.day and {table}.clock_minute < gone.day + 1440"
        );
        let days = format!("select distinct {table}.day from {table}, {GONE} gone where {of_theirs}");
        let mut statement = transaction.connection().prepare_cached(&days)?;
        let mut rows = statement.query(params![organisations, households, first_minutes])?;
        while let Some(row) = rows.next()? {
            touched.add(Fact::MinuteAudience, Day(row.get(0)?));
        }
        let delete = format!("delete from {table} using {GONE} gone where {of_theirs}");
        transaction.remove(table, &delete, params![organisations, households, first_minutes])?;
    }
    no_longer_rolled_up(transaction, &touched)?;
    Ok(touched)
}

/// The first minute of a day since 1970. Days have 1,440 of them: calendars are cut by a fixed offset.
fn first_minute(calendar: Calendar, day: Day) -> i64 {
    calendar.start_of(day).millis().div_euclid(60_000)
}
