//! Simulated viewers for a first look: people, programme lists, a month of history, two boards, and a present that
//! goes on while the server runs.
//!
//! Everything comes from [`engine::simulation`] and is marked as simulated by its source. What was done is kept in
//! the data folder ([`state::DemoState`]), so a second start does nothing twice and carries on where the first one
//! stopped. Events of the present go the way of every other client's: over HTTP to the collector ([`trickle`]).

mod boards;
mod guide;
mod people;
mod state;
#[cfg(test)]
mod tests;
mod trickle;

use engine::{
    Engine,
    collect::{Came, Source},
    events::EventStore,
    simulation::{World, WorldSettings},
};
use model::problem::Problem;
pub use people::DemoUser;
use state::{DemoState, HistoryPart};
use std::{path::Path, sync::Arc};
pub use trickle::Trickle;

const SEED: u64 = 20_240_930;
/// What people see who start the product with `--demo`.
const USUAL: WorldSize = WorldSize { accounts: 5_000, history_days: 30 };
/// Events of an account on a day, for the progress bar only.
const EVENTS_PER_ACCOUNT_DAY: f64 = 41.0;
/// Of so much of the past arrivals are told, so that the boards on them have a day before them.
const ARRIVALS_TOLD_MS: i64 = 24 * 3_600_000;
/// What the server missed while it was not running is loaded like history when it is more than this.
const LONGEST_GAP_MS: i64 = 10 * 60_000;

/// Why the demo could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the demo's file {path} can't be kept: check the owner and the free space of the data folder")]
    File { path: String, source: std::io::Error },
    #[error("the demo's file {path} can't be understood: remove the data folder and start again with --demo")]
    State { path: String, source: serde_json::Error },
    #[error("{attempting}")]
    Refused { attempting: &'static str, source: Problem },
    #[error("a board of the demo is broken")]
    Board(#[source] serde_json::Error),
}

/// Words a refusal with what was attempted.
fn refused(attempting: &'static str) -> impl FnOnce(Problem) -> DemoError {
    move |source| DemoError::Refused { attempting, source }
}

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub label: &'static str,
    pub done: u64,
    pub total: u64,
}

/// The demo, ready to go on.
pub struct Filled {
    /// Who may sign in; also in the data folder.
    pub accounts: Vec<DemoUser>,
    pub trickle: Trickle,
}

/// How large the simulated world is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct WorldSize {
    accounts: u32,
    history_days: u16,
}

/// Makes sure that the demo is there: people, programme lists, history, boards. Does nothing twice.
pub async fn fill(
    engine: &Engine,
    store: &EventStore,
    data_dir: &Path,
    progress: impl Fn(Progress) + Send + Sync + 'static,
) -> Result<Filled, DemoError> {
    fill_world(engine, store, data_dir, USUAL, Arc::new(progress)).await
}

async fn fill_world(
    engine: &Engine,
    store: &EventStore,
    data_dir: &Path,
    size: WorldSize,
    progress: Arc<dyn Fn(Progress) + Send + Sync>,
) -> Result<Filled, DemoError> {
    let accounts = people::ensure(&engine.access, data_dir).await?;
    let mut state = open_state(engine, data_dir).await?;
    let world = Arc::new(World::new(WorldSettings {
        seed: state.seed,
        accounts: size.accounts,
        founded: state.founded,
        history_days: size.history_days,
        calendar: engine.calendar,
    }));
    let source =
        engine.collector.source_of_write_key(&state.write_key).await.map_err(refused("find the demo's source"))?;
    let now = engine.clock.now();
    let guided = guide::Guided { store: store.clone(), organisation: source.organisation, calendar: engine.calendar };
    state.guide_until = guided.ensure(state.guide_until, &world, now, &*progress).await?;
    state.save()?;

    if !state.history_loaded {
        let part = HistoryPart { from: None, to: state.history_until };
        load(engine, &source, &world, part, size, Arc::clone(&progress)).await?;
        state.history_loaded = true;
        state.save()?;
    }
    let missed = HistoryPart { from: Some(state.told_until), to: now };
    if now.millis_since(state.told_until) > LONGEST_GAP_MS {
        // Noted before it is done: a part that was begun is finished under its own label at the next start.
        let part = state.begin_part(missed)?;
        load(engine, &source, &world, part, size, Arc::clone(&progress)).await?;
        state.end_part()?;
    }
    if !state.boards_made {
        boards::make(engine, &accounts).await?;
        state.boards_made = true;
        state.save()?;
    }
    Ok(Filled { accounts, trickle: Trickle::new(world, guided, Arc::clone(&engine.clock), state) })
}

/// What is known from earlier starts, or a new beginning with a source of its own.
async fn open_state(engine: &Engine, data_dir: &Path) -> Result<DemoState, DemoError> {
    if let Some(state) = DemoState::load(data_dir)? {
        return Ok(state);
    }
    let now = engine.clock.now();
    // The name tells apart two beginnings, should the first one have been cut off before it was noted.
    let name = format!("demo {}", now.millis());
    let write_key =
        engine.collector.create_source(&name, None, true).await.map_err(refused("make the demo's source"))?;
    let state = DemoState::new(data_dir, SEED, engine.calendar.day_of(now), now, write_key);
    state.save()?;
    Ok(state)
}

/// Loads a part of the world's past into the store.
async fn load(
    engine: &Engine,
    source: &Source,
    world: &Arc<World>,
    part: HistoryPart,
    size: WorldSize,
    progress: Arc<dyn Fn(Progress) + Send + Sync>,
) -> Result<(), DemoError> {
    let from = part.from.unwrap_or(world.begins());
    let days = part.to.millis_since(from) as f64 / 86_400_000.0;
    let expected = (days * f64::from(size.accounts) * EVENTS_PER_ACCOUNT_DAY) as u64;
    let step = move |done: u64| Progress { label: "history", done, total: expected.max(done) };
    let told = Arc::clone(&progress);
    let events = Arc::clone(world).past(part.from, part.to);
    let came = Came::OneByOne { from: part.to.plus_millis(-ARRIVALS_TOLD_MS) };
    let loaded = engine
        .collector
        .import(source, &part.label(), came, events, move |done| told(step(done)))
        .await
        .map_err(refused("load the demo's history"))?;
    progress(Progress { label: "history", done: loaded, total: loaded });
    Ok(())
}
