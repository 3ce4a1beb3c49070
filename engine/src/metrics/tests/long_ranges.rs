//! Ranges of more days than one look at the activity tells.

use super::{
    derived::{lines, retention, state_changes},
    world::*,
};
use model::time::{Calendar, Timestamp};
use proptest::{prelude::*, test_runner::TestRunner};
use std::collections::BTreeSet;

/// All first days by all day numbers must be one answer.
const DAYS: i64 = 130;

fn day(number: i64) -> Timestamp {
    at("2026-01-01T20:00:00+08:00").plus_millis(number * 86_400_000)
}

/// A household's active days, and when its account was opened and closed.
type Life = (BTreeSet<i64>, i64, Option<i64>);

fn lives() -> impl Strategy<Value = Vec<Life>> {
    let seldom = prop::collection::btree_set(0..DAYS, 0..6);
    let often = (0..DAYS, prop::collection::btree_set(0_i64..40, 0..20))
        .prop_map(|(first, later)| later.into_iter().map(|after| first + after).filter(|day| *day < DAYS).collect());
    let days = prop_oneof![seldom, often];
    prop::collection::vec((days, 0..DAYS, prop::option::of(1..DAYS)), 1..8)
}

fn world(lives: &[Life]) -> World {
    let mut world = World::default();
    for (number, (days, opened, lasted)) in lives.iter().enumerate() {
        let household = format!("h{number}");
        for active in days {
            let blank = view(&format!("{household}-{active}"), &household, ZJ, day(*active));
            world.views.push(played(blank, 100, 60_000, 0));
        }
        let closed_day = lasted.map(|days| Calendar::CHINA.day_of(day(opened + days)));
        world
            .accounts
            .push(crate::events::fact_rows::AccountRow { closed_day, ..account(&household, ZJ, day(*opened)) });
    }
    world
}

/// With the days before added up, and without.
fn against_plain_loops(cases: u32, store: impl Future<Output = TestStore>, is_added_up: bool) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let store = runtime.block_on(store);
    let now = day(DAYS);
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&lives(), |lives| {
            let world = world(&lives);
            runtime.block_on(async {
                store.fill(&world).await;
                if is_added_up {
                    store.add_up_days().await;
                }
            });
            let range = |first: i64, last: i64| (Calendar::CHINA.day_of(day(first)), Calendar::CHINA.day_of(day(last)));
            let ask = |metric: &str, by: &str, (first, last): (model::time::Day, model::time::Day)| {
                let at = |day| Calendar::CHINA.start_of(day).to_rfc3339(480).unwrap();
                let json = format!(
                    r#"{{"metrics":["{metric}"],"by":[{by}],"time":{{"from":"{}","to":"{}"}},"limit":20000}}"#,
                    at(first),
                    at(last.plus(1))
                );
                runtime.block_on(store.ask(now, &everything(&[HOME]), &json)).unwrap()
            };
            let (first, last) = range(20, 110);
            let states = ask("iptv.state_changes", r#"{"time":"day"},"state_before","state""#, (first, last));
            prop_assert_eq!(lines(&states), state_changes(&world, first, last));
            let (first, last) = range(0, DAYS - 1);
            let cohorts = ask("iptv.retention_pct", r#"{"time":"day"},"day_number""#, (first, last));
            let told: BTreeSet<String> =
                written(&cohorts).lines().filter(|line| !line.ends_with('–')).map(str::to_owned).collect();
            prop_assert_eq!(told, retention(&world, last.plus(1)));
            Ok(())
        })
        .unwrap();
}

#[test]
fn states_and_cohorts_of_many_days() {
    against_plain_loops(24, TestStore::new(), false);
}

#[test]
fn states_and_cohorts_of_many_days_that_are_added_up() {
    against_plain_loops(12, TestStore::new(), true);
}

#[test]
fn states_and_cohorts_of_many_days_on_modern_clickhouse() {
    against_plain_loops(6, TestStore::on_modern_clickhouse(), false);
}
