//! What is done in the event store once each night.

use super::retention::{Loss, Retention, drop_old_days, on_a_thread};
use crate::{
    clock::SharedClock,
    events::{EngineError, EventStore, Rewritten, roll_up_days, sort_days, sort_running_days},
};
use model::time::{Day, Timestamp};
use std::time::Duration;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

const LOOK_EVERY: Duration = Duration::from_mins(10);
/// A day is looked after when it has been over for so long: then those who watched at midnight have gone to bed, so nothing
/// is open, and most late events have come.
const INTO_THE_NIGHT: Duration = Duration::from_hours(3);
/// How often the running day is put in order as far as it has come.
const SORT_EVERY: Duration = Duration::from_hours(3);

/// Drops the days that are too old, puts those in order that are over and adds them up; now and once each night, until it
/// is told to stop.
pub async fn keep_house(store: EventStore, clock: SharedClock, retention: Retention, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut done = None;
    let mut sorted: Option<Timestamp> = None;
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        let now = clock.now();
        let today = store.calendar().day_of(now.plus_millis(-(INTO_THE_NIGHT.as_millis() as i64)));
        if done != Some(today) {
            if let Err(error) = keep_house_of(&store, retention, (today, now), &stop).await {
                tracing::error!(error = %error, source = ?std::error::Error::source(&error),
                    "old days could not be dropped, put in order or added up; it is tried again");
                continue;
            }
            (done, sorted) = (Some(today), None);
        }
        let is_due = sorted.is_none_or(|at| now.millis_since(at) >= SORT_EVERY.as_millis() as i64);
        if is_due && sort_what_runs(&store, today, &stop).await {
            sorted = Some(now);
        }
    }
}

/// Whether it was done; if not, it is tried again.
async fn sort_what_runs(store: &EventStore, today: Day, stop: &CancellationToken) -> bool {
    // Where a cluster follows, it answers.
    if store.outbox().is_some() {
        return true;
    }
    let stop = stop.clone();
    match on_a_thread(store, move |store| sort_running_days(store, today, || !stop.is_cancelled())).await {
        Ok(_) => true,
        Err(error) => {
            tracing::error!(error = %error, source = ?std::error::Error::source(&error),
                "the running day could not be put in order; it is tried again");
            false
        }
    }
}

async fn keep_house_of(
    store: &EventStore,
    retention: Retention,
    (today, now): (Day, Timestamp),
    stop: &CancellationToken,
) -> Result<(), EngineError> {
    let Loss { events, facts, .. } = drop_old_days(store, retention.old_days(today), now).await?;
    if events + facts > 0 {
        tracing::info!(events, facts, "dropped what is older than is kept");
    }
    // Where a cluster follows, it answers, and keeps rows in an order of its own.
    if store.outbox().is_none() {
        let stopping = stop.clone();
        let sort = move |store: &EventStore| sort_days(store, today, || !stopping.is_cancelled());
        let Rewritten { days, rows } = on_a_thread(store, sort).await?;
        if days > 0 {
            tracing::info!(days, rows, "put days that are over in order of province");
        }
        let stop = stop.clone();
        let days = on_a_thread(store, move |store| roll_up_days(store, today, || !stop.is_cancelled())).await?;
        if days > 0 {
            tracing::info!(days, "added up days that are over");
        }
    }
    Ok(())
}
