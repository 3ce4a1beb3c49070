//! The facts worked out again from the events, held against those that stand, and put in their place.
//!
//! A second event store under the data folder gets all events in the order in which they were counted, as a bulk load
//! does. What differs between its facts and those that stand is then exchanged in one transaction of the real store: until
//! that is committed, the old facts stand, whole. Rows that are alike stay where they are, so a cluster that follows is
//! told no more than what was wrong.
//!
//! Where events were dropped for their age (`events::duckdb::retention`), their facts can't be worked out
//! again and stay, with those of the first days behind them, whose sessions may have begun before; accounts go on from what
//! they are.
//!
//! One thing facts owe to the batches that events came in: an event that is more than two days away from all others of its
//! play session begins another one, unless it comes in the same batch as they. The batches here are other ones.

mod exchange;
mod replay;

use super::{pipeline::Pipeline, scripts::take_for_scripts};
use crate::{
    clock::{SetClock, SharedClock},
    events::{EngineError, EventStore, StoreSettings, Tally},
    postgres::Failure,
};
use ::duckdb::params;
use exchange::{exchange, horizons};
use model::time::Timestamp;
use std::{fs, io, path::Path, sync::Arc};

/// The folder of the second store, in the data folder.
const FOLDER: &str = "rebuild";

/// What is to come of the facts that were worked out again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuilding {
    /// They are only held against those that stand.
    Compared,
    /// They take the place of those that stand.
    Exchanged,
}

/// How far the events were counted again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RebuildProgress {
    pub events: u64,
    pub of: u64,
}

/// A fact as it stood, and as it was worked out again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactDifference {
    pub fact: &'static str,
    /// Rows that stood and should not.
    pub surplus: u64,
    /// Rows that should have stood and did not.
    pub missing: u64,
    /// How many rows, then what of it adds up: its name, as it stood, and worked out again.
    pub totals: Vec<(&'static str, i64, i64)>,
}

impl FactDifference {
    /// Rows that differ.
    pub const fn rows(&self) -> u64 {
        self.surplus + self.missing
    }

    fn of(fact: &'static str, sums: &[(&'static str, &str)], stands: &Tally, anew: &Tally) -> Self {
        let names = sums.iter().map(|(name, _)| *name);
        let sums = names.zip(stands.sums.iter().zip(&anew.sums)).map(|(name, (stood, anew))| (name, *stood, *anew));
        let totals = [("rows", stands.rows, anew.rows)].into_iter().chain(sums).collect();
        Self { fact, surplus: 0, missing: 0, totals }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// The events that were counted again.
    pub events: u64,
    /// Every fact.
    pub facts: Vec<FactDifference>,
    /// What was exchanged could not be told to the cluster that follows: it must be copied to anew.
    pub cluster_lacks: bool,
}

/// What was found the last time the facts were held against the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    pub checked: Timestamp,
    /// Rows that differ since, fact by fact; what was exchanged differs no longer.
    pub differences: Vec<(String, u64)>,
}

/// Works the facts of a store out again. Nothing else may write to it meanwhile; `data_dir` is its folder, which needs as
/// much room again. What a run that was interrupted left there is taken away first.
pub async fn rebuild_facts(
    store: &EventStore,
    data_dir: &Path,
    clock: SharedClock,
    rebuilding: Rebuilding,
    progress: impl Fn(RebuildProgress) + Send + 'static,
) -> Result<Rebuilt, Failure> {
    let folder = data_dir.join(FOLDER);
    take_away(&folder)?;
    let settings = StoreSettings { rules: store.rules(), ..StoreSettings::default() };
    let shadow = EventStore::open_with(&folder, store.calendar(), settings).await?;
    let outcome = {
        let (store, shadow) = (store.clone(), shadow.clone());
        tokio::task::spawn_blocking(move || work(&store, &shadow, &clock, rebuilding, progress)).await?
    };
    // It is deleted: what could not be closed does not matter.
    let _ = shadow.close().await;
    drop(shadow);
    take_away(&folder)?;
    Ok(outcome?)
}

fn work(
    store: &EventStore,
    shadow: &EventStore,
    clock: &SharedClock,
    rebuilding: Rebuilding,
    progress: impl Fn(RebuildProgress),
) -> Result<Rebuilt, EngineError> {
    // One moment for all of it: which sessions have settled must not depend on how long the counting takes.
    let now = clock.now();
    let clock: SharedClock = Arc::new(SetClock::at(now));
    // As at the start of a server; otherwise sessions whose time came since would differ.
    Pipeline::settle_due(store.clone(), clock.clone())?;
    let horizons = store.look_up(|read| horizons(read, store.calendar()))?;
    if horizons.lacks_events {
        replay::begin_with_accounts(store, shadow)?;
    }
    let events = replay::replay(store, Pipeline::again(shadow.clone(), clock), progress)?;
    take_for_scripts(shadow, None)?;
    let (reading, horizons) = (shadow.clone(), horizons.of_facts);
    let (facts, cluster_lacks) = store
        .write(move |transaction| {
            let (facts, cluster_lacks) = reading.look_up(|anew| exchange(transaction, anew, &horizons, rebuilding))?;
            let left = |fact: &FactDifference| match rebuilding {
                Rebuilding::Compared => fact.rows(),
                Rebuilding::Exchanged => 0,
            };
            let connection = transaction.connection();
            connection.execute("delete from reconciled", [])?;
            for fact in &facts {
                let row = params![fact.fact, left(fact) as i64, now.millis()];
                connection.execute("insert into reconciled values ($1, $2, $3)", row)?;
            }
            Ok((facts, cluster_lacks))
        })
        .wait()?;
    Ok(Rebuilt { events, facts, cluster_lacks })
}

/// What was found the last time, if ever.
pub async fn last_reconciled(store: &EventStore) -> Result<Option<Reconciled>, EngineError> {
    let store = store.clone();
    let read = move || {
        store.look_up(|transaction| {
            let mut statement = transaction
                .connection()
                .prepare("select fact, difference, checked_ms from reconciled order by fact")?;
            let mut rows = statement.query([])?;
            let mut found: Option<Reconciled> = None;
            while let Some(row) = rows.next()? {
                let checked = Timestamp::from_millis(row.get(2)?);
                let found = found.get_or_insert_with(|| Reconciled { checked, differences: Vec::new() });
                found.differences.push((row.get(0)?, row.get::<_, i64>(1)? as u64));
            }
            Ok(found)
        })
    };
    tokio::task::spawn_blocking(read).await.map_err(|error| EngineError::Failed(Box::new(error)))?
}

fn take_away(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
