//! What is done in the event store once a day.

use super::retention::{Loss, Retention, drop_old_days, on_a_thread};
use crate::{
    clock::SharedClock,
    events::{EngineError, EventStore, Rewritten, sort_days},
};
use model::time::{Day, Timestamp};
use std::time::Duration;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

const LOOK_EVERY: Duration = Duration::from_mins(10);
/// A day is put in order when it has been over for so long: late events mostly come before.
const DAYS_OUT_OF_ORDER: i32 = 2;

/// Drops the days that are too old and puts those in order that are over; now and once a day, until it is told to stop.
pub async fn keep_house(store: EventStore, clock: SharedClock, retention: Retention, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut done = None;
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        let now = clock.now();
        let today = store.calendar().day_of(now);
        if done == Some(today) {
            continue;
        }
        match keep_house_of(&store, retention, today, now).await {
            Ok(()) => done = Some(today),
            Err(error) => {
                tracing::error!(error = %error, source = ?std::error::Error::source(&error),
                    "old days could not be dropped or put in order; it is tried again");
            }
        }
    }
}

async fn keep_house_of(
    store: &EventStore,
    retention: Retention,
    today: Day,
    now: Timestamp,
) -> Result<(), EngineError> {
    let Loss { events, facts, .. } = drop_old_days(store, retention.old_days(today), now).await?;
    if events + facts > 0 {
        tracing::info!(events, facts, "dropped what is older than is kept");
    }
    // Where a cluster follows, it answers, and keeps rows in an order of its own.
    if store.outbox().is_none() {
        let before = today.plus(-DAYS_OUT_OF_ORDER);
        let Rewritten { days, rows } = on_a_thread(store, move |store| sort_days(store, before)).await?;
        if days > 0 {
            tracing::info!(days, rows, "put days that are over in order of province");
        }
    }
    Ok(())
}
