//! Every template has numbers in the demo: the simulated world goes into a real store by the ways that the demo takes, and
//! every tile of every template is asked with the widest scope.

// What the test stands on unwraps as the test itself does: a broken world is a failed test.
#![allow(clippy::unwrap_used)]

use engine::{
    access::{Access, NewGrant, NewUser, Scope},
    clock::{Clock as _, SetClock},
    collect::{Came, Collector, Envelope},
    events::EventStore,
    metrics::Metrics,
    programmes,
    simulation::{LiveFeed, World, WorldSettings, native_lines, programme_list},
    templates::shipped,
};
use model::{
    access::Role,
    board::TemplateBoard,
    formatting::Locale,
    frame::Frame,
    geo::Region,
    metric::Domain,
    time::{Calendar, Timestamp},
};
use sqlx::{ConnectOptions as _, PgPool};
use std::{sync::Arc, time::Instant};
use tempfile::TempDir;

/// The demo has five times as many.
const ACCOUNTS: u32 = 1_000;
const HISTORY_DAYS: u16 = 30;
/// What is told second by second, as players and servers tell it.
const PRESENT_MS: i64 = 15 * 60_000;
const LOOKS_EVERY_MS: i64 = 10_000;

/// What is as it should be while it is zero.
const BEST_AT_ZERO: [&str; 2] = ["sys.freshness", "qoe.vsf_pct"];

/// What rests on too few cases in a world of this size, and says so beside its numbers.
const MARKED: [(&str, &str); 2] = [
    // A programme has fewer than thirty households before it.
    ("rating", "tv.inherit_pct rests on too few"),
    // A genre has fewer than thirty titles.
    ("content", "content.active_rate rests on too few"),
];

struct Demo {
    metrics: Metrics,
    scope: Scope,
    _folder: TempDir,
}

/// The demo as it stands at that moment.
async fn demo(pool: PgPool, now: Timestamp) -> Demo {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(SetClock::at(now.plus_millis(-PRESENT_MS)));
    let url = pool.connect_options().to_url_lossy();
    let databases = engine::postgres::Databases::open(url.as_str()).await.unwrap();
    let calendar = Calendar::CHINA;
    let store = EventStore::open(folder.path(), calendar).await.unwrap();
    let access = Access::open(&databases, clock.clone()).await.unwrap();
    let metrics = Metrics::open(store.clone().into(), calendar, store.rules(), clock.clone()).unwrap();
    let collector = Collector::open(folder.path(), &databases, store.clone(), clock.clone()).await.unwrap();
    let email = "leader@demo.lingdong".to_owned();
    let password = Some("correct horse battery".to_owned());
    // An editor: single play sessions are shown to nobody else.
    let leader = NewUser { email: email.clone(), name: "leader".into(), role: Role::Editor, password };
    access.add_user(leader).await.unwrap();
    let everything = NewGrant { email: email.clone(), domains: Domain::ALL.to_vec(), regions: Region::all().collect() };
    access.grant(everything).await.unwrap();
    let key = collector.create_source("demo", None, true).await.unwrap();
    let source = collector.source_of_write_key(&key).await.unwrap();

    let founded = calendar.day_of(now);
    let settings =
        WorldSettings { seed: 20_240_930, accounts: ACCOUNTS, founded, history_days: HISTORY_DAYS, calendar };
    let world = Arc::new(World::new(settings));
    let first = calendar.day_of(world.begins()).plus(-7);
    for day in first.0..founded.0 + 2 {
        let list = programme_list(model::time::Day(day));
        programmes::import_xmltv(&store, source.organisation, list, 0).await.unwrap();
    }
    let begun = Instant::now();
    let to = clock.now();
    let past = Arc::clone(&world).past(None, to);
    let came = Came::OneByOne { from: to.plus_millis(-86_400_000) };
    let events = collector.import(&source, "history", came, past, |_| {}).await.unwrap();
    eprintln!("{events} events of the past in {:?}", begun.elapsed());
    let envelope = Envelope { source, client: None };
    let mut feed = LiveFeed::from(Arc::clone(&world), to);
    while clock.now() < now {
        clock.set(clock.now().plus_millis(LOOKS_EVERY_MS));
        let happened = feed.until(clock.now());
        let lines = native_lines(&happened);
        let taken = collector.accept_native(&envelope, lines.join("\n").as_bytes()).await.unwrap();
        assert_eq!(taken.accepted, happened.len(), "every event is taken once: {:?}", taken.rejected);
    }
    collector.flush().await.unwrap();
    // Nobody looks in the very moment of the newest event.
    clock.set(clock.now().plus_millis(7_000));
    let scope = access.principal_at_console(Some(&email)).await.unwrap().scope().unwrap().clone();
    Demo { metrics, scope, _folder: folder }
}

/// What is wrong with the answer to a tile: a number that rests on too few cases is as bad as none.
fn fault(frame: &Frame) -> Option<String> {
    let faults = frame.metric_columns().filter_map(|column| {
        let name = &frame.columns[column].name;
        let numbers: Vec<usize> =
            (0..frame.rows.len()).filter(|row| frame.rows[*row][column].as_number().is_some()).collect();
        let firm = numbers.iter().filter(|row| frame.columns[column].minimum_missed(**row).is_none()).count();
        let other_than_zero =
            numbers.iter().any(|row| frame.rows[*row][column].as_number().is_some_and(|number| number != 0.0));
        match (numbers.len(), firm) {
            (0, _) => Some(format!("{name} is empty")),
            (_, 0) => Some(format!("{name} rests on too few")),
            _ if !other_than_zero && !BEST_AT_ZERO.contains(&name.as_str()) => {
                Some(format!("{name} is nothing but zeros"))
            }
            _ => None,
        }
    });
    let faults: Vec<String> = faults.collect();
    (!faults.is_empty()).then(|| faults.join(", "))
}

async fn faults(demo: &Demo) -> Vec<String> {
    let mut faults = Vec::new();
    for TemplateBoard { summary, board } in shipped::all(Locale::En) {
        let bound: Vec<_> = board.tiles().iter().filter_map(|tile| Some((tile, tile.content.query()?))).collect();
        let queries: Vec<_> = bound.iter().map(|(_, query)| query.clone()).collect();
        for ((tile, _), answer) in bound.iter().zip(demo.metrics.ask_many(&demo.scope, &queries).await) {
            let fault = match answer {
                Ok(frame) => fault(&frame),
                Err(problem) => Some(problem.detail),
            };
            faults.extend(fault.map(|fault| format!("{} “{}”: {fault}", summary.id, tile.title)));
        }
    }
    faults
}

#[sqlx::test(migrations = "../migrations")]
async fn every_tile_has_numbers_on_a_weekday_morning(pool: PgPool) {
    let now = Timestamp::parse("2026-11-25T10:20:00+08:00").unwrap();
    let demo = demo(pool, now).await;
    let (marked, faults): (Vec<String>, Vec<String>) = faults(&demo)
        .await
        .into_iter()
        .partition(|fault| MARKED.iter().any(|(template, what)| fault.starts_with(template) && fault.ends_with(what)));
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(marked.len(), MARKED.len(), "no more exceptions than there are: {marked:#?}");
}
