//! One batch into the tables.
//!
//! The texts are constants; lists of ids go in as one bind each, their parts divided by a control character that no id
//! may hold.

use crate::{
    events::{Columns, EngineError, Event, Text, Transaction, joined, no_longer_rolled_up, out_of_order},
    facts::audience::Changes,
};
use ::duckdb::{OptionalExt, params};
use model::access::OrganisationId;

/// What the batch was, so that it is never applied twice.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// The log up to this sequence.
    Sequence(u64),
    /// The bulk load of this label, from so many events up to so many.
    Imported { label: String, before: u64, events: u64, finished: bool },
    /// Time has passed, nothing else.
    Nothing,
}

/// All that a batch adds to the tables.
pub(super) struct Additions {
    events: Columns,
    views: Columns,
    open_views: Columns,
    minutes: Columns,
    open_minutes: Columns,
    quality_minutes: Columns,
    open_quality_minutes: Columns,
    accounts: Columns,
    activities: Columns,
    orders: Columns,
    pages: Columns,
    participations: Columns,
    articles: Columns,
    advertisements: Columns,
    services: Columns,
    appraisals: Columns,
    figures: Columns,
    requests: Columns,
    seeks: Columns,
    arrivals: Columns,
}

impl Additions {
    pub(super) fn of(events: &[Event], changes: &Changes) -> Result<Self, EngineError> {
        let accounts: Vec<_> = changes.accounts.values().cloned().collect();
        Ok(Self {
            events: Columns::of(events)?,
            views: Columns::of(&changes.views)?,
            open_views: Columns::of(&changes.open_views)?,
            minutes: Columns::of(&changes.minutes)?,
            open_minutes: Columns::of(&changes.open_minutes)?,
            quality_minutes: Columns::of(&changes.quality_minutes)?,
            open_quality_minutes: Columns::of(&changes.open_quality_minutes)?,
            accounts: Columns::of(&accounts)?,
            activities: Columns::of(&changes.activities)?,
            orders: Columns::of(&changes.orders)?,
            pages: Columns::of(&changes.pages)?,
            participations: Columns::of(&changes.participations)?,
            articles: Columns::of(&changes.articles)?,
            advertisements: Columns::of(&changes.advertisements)?,
            services: Columns::of(&changes.services)?,
            appraisals: Columns::of(&changes.appraisals)?,
            figures: Columns::of(&changes.figures)?,
            requests: Columns::of(&changes.requests)?,
            seeks: Columns::of(&changes.seeks)?,
            arrivals: Columns::of(&changes.arrivals)?,
        })
    }
}

/// `additions` are those of `changes` and of the events.
pub(super) fn write(
    transaction: &Transaction<'_>,
    additions: &Additions,
    changes: &Changes,
    mark: &Mark,
) -> Result<(), EngineError> {
    write_mark(transaction, mark)?;
    out_of_order(transaction, &changes.touched)?;
    no_longer_rolled_up(transaction, &changes.touched)?;
    transaction.append_columns("event", &additions.events)?;
    remove_views(transaction, changes)?;
    transaction.append_columns("fact_view", &additions.views)?;
    transaction.append_columns("fact_view_open", &additions.open_views)?;
    remove_minutes(transaction, changes)?;
    transaction.append_columns("fact_minute", &additions.minutes)?;
    transaction.append_columns("fact_minute_open", &additions.open_minutes)?;
    remove_quality_minutes(transaction, changes)?;
    transaction.append_columns("fact_quality_minute", &additions.quality_minutes)?;
    transaction.append_columns("fact_quality_minute_open", &additions.open_quality_minutes)?;
    remove_accounts(transaction, changes)?;
    transaction.append_columns("fact_account", &additions.accounts)?;
    transaction.append_columns("fact_account_activity", &additions.activities)?;
    transaction.append_columns("fact_order", &additions.orders)?;
    transaction.append_columns("fact_page", &additions.pages)?;
    transaction.append_columns("fact_participation", &additions.participations)?;
    transaction.append_columns("fact_article", &additions.articles)?;
    transaction.append_columns("fact_advertisement", &additions.advertisements)?;
    transaction.append_columns("fact_service", &additions.services)?;
    transaction.append_columns("fact_appraisal", &additions.appraisals)?;
    transaction.append_columns("fact_figure", &additions.figures)?;
    transaction.append_columns("fact_request", &additions.requests)?;
    transaction.append_columns("fact_seek", &additions.seeks)?;
    transaction.append_columns("fact_arrival", &additions.arrivals)
}

fn remove_views(transaction: &Transaction<'_>, changes: &Changes) -> Result<(), EngineError> {
    if !changes.views_gone.is_empty() {
        let starts = || changes.views_gone.iter().map(|(_, start_ms)| *start_ms);
        let ids = List::of(changes.views_gone.iter().map(|(key, _)| key));
        transaction.remove(
            "fact_view",
            "delete from fact_view using (
                 select cast(unnest(string_split($1, chr(30))) as integer) as org, unnest(string_split($2, chr(30))) as sid
             ) gone
             where fact_view.org = gone.org and fact_view.sid = gone.sid and fact_view.start_ms between $3 and $4",
            params![ids.organisations, ids.texts, starts().min(), starts().max()],
        )?;
    }
    if !changes.open_views_gone.is_empty() {
        let ids = List::of(changes.open_views_gone.iter());
        transaction.remove(
            "fact_view_open",
            "delete from fact_view_open using (
                 select cast(unnest(string_split($1, chr(30))) as integer) as org, unnest(string_split($2, chr(30))) as sid
             ) gone
             where fact_view_open.org = gone.org and fact_view_open.sid = gone.sid",
            params![ids.organisations, ids.texts],
        )?;
    }
    Ok(())
}

fn remove_minutes(transaction: &Transaction<'_>, changes: &Changes) -> Result<(), EngineError> {
    if !changes.minutes_gone.is_empty() {
        let ids = List::of(changes.minutes_gone.iter().map(|(key, _)| key));
        let minutes = joined(changes.minutes_gone.iter().map(|(_, minute)| minute.to_string()));
        transaction.remove(
            "fact_minute",
            "delete from fact_minute using (
                 select cast(unnest(string_split($1, chr(30))) as integer) as org,
                     unnest(string_split($2, chr(30))) as household,
                     cast(unnest(string_split($3, chr(30))) as integer) as from_minute
             ) gone
             where fact_minute.org = gone.org and fact_minute.household = gone.household
                 and fact_minute.clock_minute >= gone.from_minute and fact_minute.clock_minute >= $4",
            params![
                ids.organisations,
                ids.texts,
                minutes,
                changes.minutes_gone.iter().map(|(_, minute)| *minute).min()
            ],
        )?;
    }
    if !changes.open_minutes_gone.is_empty() {
        let ids = List::of(changes.open_minutes_gone.iter());
        transaction.remove(
            "fact_minute_open",
            "delete from fact_minute_open using (
                 select cast(unnest(string_split($1, chr(30))) as integer) as org,
                     unnest(string_split($2, chr(30))) as household
             ) gone
             where fact_minute_open.org = gone.org and fact_minute_open.household = gone.household",
            params![ids.organisations, ids.texts],
        )?;
    }
    Ok(())
}

fn remove_quality_minutes(transaction: &Transaction<'_>, changes: &Changes) -> Result<(), EngineError> {
    if !changes.quality_minutes_gone.is_empty() {
        let ids = List::of(changes.quality_minutes_gone.iter().map(|(key, _)| key));
        let from = || changes.quality_minutes_gone.iter().map(|(_, minute)| *minute);
        let minutes = joined(from().map(|minute| minute.to_string()));
        transaction.remove(
            "fact_quality_minute",
            "delete from fact_quality_minute using (
                 select cast(unnest(string_split($1, chr(30))) as integer) as org, unnest(string_split($2, chr(30))) as sid,
                     cast(unnest(string_split($3, chr(30))) as integer) as from_minute
             ) gone
             where fact_quality_minute.org = gone.org and fact_quality_minute.sid = gone.sid
                 and fact_quality_minute.minute >= gone.from_minute and fact_quality_minute.minute >= $4",
            params![ids.organisations, ids.texts, minutes, from().min()],
        )?;
    }
    if !changes.open_quality_minutes_gone.is_empty() {
        let ids = List::of(changes.open_quality_minutes_gone.iter());
        transaction.remove(
            "fact_quality_minute_open",
            "delete from fact_quality_minute_open using (
                 select cast(unnest(string_split($1, chr(30))) as integer) as org, unnest(string_split($2, chr(30))) as sid
             ) gone
             where fact_quality_minute_open.org = gone.org and fact_quality_minute_open.sid = gone.sid",
            params![ids.organisations, ids.texts],
        )?;
    }
    Ok(())
}

fn remove_accounts(transaction: &Transaction<'_>, changes: &Changes) -> Result<(), EngineError> {
    if changes.accounts.is_empty() {
        return Ok(());
    }
    let ids = List::of(changes.accounts.keys());
    transaction.remove(
        "fact_account",
        "delete from fact_account using (
             select cast(unnest(string_split($1, chr(30))) as integer) as org, unnest(string_split($2, chr(30))) as household
         ) gone
         where fact_account.org = gone.org and fact_account.household = gone.household",
        params![ids.organisations, ids.texts],
    )
}

fn write_mark(transaction: &Transaction<'_>, mark: &Mark) -> Result<(), EngineError> {
    let connection = transaction.connection();
    match mark {
        Mark::Sequence(sequence) => {
            connection.execute("update applied set sequence = $1", params![*sequence as i64])?;
        }
        Mark::Imported { label, before, events, finished } => {
            // What follows a chunk that failed, or is loaded a second time, must not be taken as its continuation.
            let sql = "select events from imported where label = $1";
            let known: Option<i64> = connection.query_row(sql, params![label], |row| row.get(0)).optional()?;
            let known = known.unwrap_or(0);
            if known != *before as i64 {
                let text = format!("“{label}” is loaded up to event {known}; what follows event {before} does not fit");
                return Err(EngineError::Failed(text.into()));
            }
            connection.execute("delete from imported where label = $1", params![label])?;
            connection.execute("insert into imported values ($1, $2, $3)", params![label, *events as i64, finished])?;
        }
        Mark::Nothing => {}
    }
    Ok(())
}

/// Ids of several organisations, as two binds of equal length.
pub(super) struct List {
    pub organisations: String,
    pub texts: String,
}

impl List {
    pub(super) fn of<'k>(keys: impl Iterator<Item = &'k (OrganisationId, Text)> + Clone) -> Self {
        Self {
            organisations: joined(keys.clone().map(|(organisation, _)| organisation.0.to_string())),
            texts: joined(keys.map(|(_, text)| text.as_str())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::EventStore;
    use model::time::Calendar;

    #[tokio::test]
    async fn a_chunk_goes_only_behind_the_one_before_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
        let chunk = async |before: u64, events: u64| {
            let mark = Mark::Imported { label: "file".to_owned(), before, events, finished: false };
            let nothing = Changes::default();
            let additions = Additions::of(&[], &nothing).unwrap();
            store.write(move |transaction| write(transaction, &additions, &nothing, &mark)).arrives().await
        };
        assert!(chunk(10, 20).await.is_err(), "the first one is missing");
        chunk(0, 10).await.unwrap();
        assert!(chunk(0, 10).await.is_err(), "it is there already");
        chunk(10, 20).await.unwrap();
        let told = store.ask("select events from imported").await;
        assert_eq!(told, [[crate::events::Value::Integer(20)]]);
    }
}
