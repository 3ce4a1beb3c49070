//! How long events and facts are kept: days that are too old are dropped.

use crate::events::{Dropped, EngineError, EventStore, drop_days, lost, may_change_from};
use model::time::{Calendar, Day, Timestamp};
use std::{fmt, str::FromStr};

/// A late event may be seven days old by its client's clock, which may be off by one; it may belong to a play session that
/// ended two days before, and that session may have lasted. What lies further back is asked for ([`may_change_from`]).
const LATE_EVENTS_MS: i64 = 10 * 86_400_000;

/// So many days are kept, today among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptDays(u16);

impl KeptDays {
    /// Younger days can still change by late events, and are never dropped.
    pub const FEWEST: u16 = 14;

    /// Days before this one are dropped.
    fn before(self, today: Day) -> Day {
        today.plus(1 - i32::from(self.0))
    }
}

impl FromStr for KeptDays {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(days) if days >= Self::FEWEST => Ok(Self(days)),
            Ok(_) => Err(format!("late events may change the last {} days: keep at least those", Self::FEWEST)),
            Err(_) => Err(format!("“{text}” is no number of days from {} to {}", Self::FEWEST, u16::MAX)),
        }
    }
}

impl fmt::Display for KeptDays {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What is kept how long; all of it where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retention {
    pub events: Option<KeptDays>,
    pub facts: Option<KeptDays>,
}

/// Days to be dropped, or that were: those before these. Accounts have no day, and stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OldDays {
    pub events_before: Option<Day>,
    pub facts_before: Option<Day>,
}

/// What dropping days costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loss {
    /// As far as was wished, or as far as nothing there can change any more.
    pub days: OldDays,
    pub events: u64,
    /// Rows of facts.
    pub facts: u64,
}

/// What dropping these days would cost; nothing is dropped.
pub async fn loss_of(store: &EventStore, days: OldDays, now: Timestamp) -> Result<Loss, EngineError> {
    on_a_thread(store, move |store| {
        let days = unchanging(store, days, now)?;
        let (events, facts) = store.look_up(|read| lost(read, days.into()))?;
        Ok(Loss { days, events, facts })
    })
    .await
}

/// Drops these days, but none that can still change. Interrupted, some of them are gone, the oldest ones.
pub async fn drop_old_days(store: &EventStore, days: OldDays, now: Timestamp) -> Result<Loss, EngineError> {
    on_a_thread(store, move |store| {
        let days = unchanging(store, days, now)?;
        let (events, facts) = drop_days(store, days.into())?;
        Ok(Loss { days, events, facts })
    })
    .await
}

impl Retention {
    /// What is too old on that day.
    pub fn old_days(self, today: Day) -> OldDays {
        let before = |kept: Option<KeptDays>| kept.map(|kept| kept.before(today));
        OldDays { events_before: before(self.events), facts_before: before(self.facts) }
    }
}

impl From<OldDays> for Dropped {
    fn from(OldDays { events_before, facts_before }: OldDays) -> Self {
        Self { events_before, facts_before }
    }
}

/// As far as nothing in it can change any more.
fn unchanging(store: &EventStore, days: OldDays, now: Timestamp) -> Result<OldDays, EngineError> {
    let calendar: Calendar = store.calendar();
    let youngest = calendar.day_of(now).plus(1 - i32::from(KeptDays::FEWEST));
    let late_from_ms = now.millis() - LATE_EVENTS_MS;
    let session = store.look_up(|read| may_change_from(read, late_from_ms))?;
    let limit = session.map_or(youngest, |session| session.min(youngest));
    let limited = |day: Option<Day>| day.map(|day| day.min(limit));
    let unchanging = OldDays { events_before: limited(days.events_before), facts_before: limited(days.facts_before) };
    if session.is_some_and(|session| session < youngest) && unchanging != days {
        tracing::warn!(
            first_day = limit.0,
            "a play session that began long ago still goes on: its days are kept, and all behind"
        );
    }
    Ok(unchanging)
}

pub(super) async fn on_a_thread<T: Send + 'static>(
    store: &EventStore,
    work: impl FnOnce(&EventStore) -> Result<T, EngineError> + Send + 'static,
) -> Result<T, EngineError> {
    let store = store.clone();
    let done = tokio::task::spawn_blocking(move || work(&store)).await;
    done.map_err(|error| EngineError::Failed(Box::new(error)))?
}
