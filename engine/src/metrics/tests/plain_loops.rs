//! What is derived from what lasts and from several facts, held against plain loops over the same rows, in random worlds.

mod lasting;
mod meeting;

use self::{
    lasting::{boxes_on, heat, on_minutes, subscriptions},
    meeting::{inherited, met, programme_plays, steps_to_play},
};
use super::{random::worlds, world::*};
use crate::{
    events::{AdAction, fact_rows::ProgrammeRow},
    metrics::SharedFrame,
};
use model::time::{Calendar, Timestamp};
use proptest::{prelude::*, test_runner::TestRunner};

const NOW: &str = "2026-03-10T12:00:00+08:00";
const THREE_DAYS: &str = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-04T00:00:00+08:00"}"#;
const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// Midnight before one of the three days, or behind the last.
fn midnight(number: i64) -> Timestamp {
    at("2026-03-01T00:00:00+08:00").plus_millis(number * DAY_MS)
}

/// The rows that say something.
fn lines(frame: &SharedFrame) -> Vec<String> {
    let says = |line: &&str| !line.ends_with(" –") && !line.ends_with(" 0") && !line.ends_with(" 0.000");
    written(frame).lines().filter(says).map(str::to_owned).collect()
}

/// With programmes and spots that begin when some are watching, and plays of some programmes.
fn with_programmes(mut world: World) -> World {
    for (index, row) in world.minutes.iter().enumerate().step_by(3) {
        let begins = Timestamp::from_millis(i64::from(row.minute) * MINUTE_MS);
        let title = ["P", "Q", "R"][index % 2];
        let listed = programme(&row.channel_id, title, begins, begins.plus_millis(30 * MINUTE_MS));
        if !world.programmes.iter().any(|known| known.start_minute == row.minute && known.channel_id == row.channel_id)
        {
            world.programmes.push(ProgrammeRow { org: row.org, ..listed });
        }
    }
    let ids: Vec<_> = world.programmes.iter().map(|row| row.programme_id.clone()).collect();
    for (view, id) in world.views.iter_mut().zip(ids.into_iter().rev()).step_by(2) {
        view.content_id = Some(id);
    }
    // Some plays begin shortly after a page was opened.
    let opened: Vec<Timestamp> = world.pages.iter().map(|row| row.ts_ms).collect();
    for (index, (view, opened)) in world.views.iter_mut().zip(opened).enumerate().step_by(2) {
        view.start_ms = opened.plus_millis(index as i64 * 2 * MINUTE_MS).min(midnight(3).plus_millis(-1));
        view.day = Calendar::CHINA.day_of(view.start_ms);
    }
    // Spots begin while some are watching.
    let minutes: Vec<i32> = world.minutes.iter().map(|row| row.minute).collect();
    for (spot, minute) in world.advertisements.iter_mut().zip(minutes) {
        spot.action = AdAction::Air;
        spot.ts_ms = Timestamp::from_millis(i64::from(minute) * MINUTE_MS + 20_000);
    }
    world
}

fn of_home(mut world: World) -> World {
    world.activity.retain(|row| row.org == HOME);
    world.accounts.retain(|row| row.org == HOME);
    world.orders.retain(|row| row.org == HOME);
    world.minutes.retain(|row| row.org == HOME);
    world.advertisements.retain(|row| row.org == HOME);
    world.views.retain(|row| row.org == HOME);
    world.pages.retain(|row| row.org == HOME);
    world.programmes.retain(|row| row.org == HOME);
    world
}

#[test]
fn random_worlds_against_plain_loops() {
    against_plain_loops(48, TestStore::new());
}

#[test]
fn random_worlds_against_plain_loops_on_modern_clickhouse() {
    against_plain_loops(16, TestStore::on_modern_clickhouse());
}

fn against_plain_loops(cases: u32, store: impl Future<Output = TestStore>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let store = runtime.block_on(store);
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&worlds(), |world| {
            let world = with_programmes(world);
            runtime.block_on(store.fill(&world));
            // The same household id in another organisation is somebody else.
            let world = of_home(world);
            let ask = |metric: &str, by: &str| {
                let json = format!(r#"{{"metrics":["{metric}"],"by":[{by}],"limit":10000,{THREE_DAYS}}}"#);
                runtime.block_on(store.ask(at(NOW), &everything(&[HOME]), &json)).unwrap()
            };
            prop_assert_eq!(lines(&ask("iptv.on_minutes", r#"{"time":"day"}"#)), on_minutes(&world));
            prop_assert_eq!(lines(&ask("iptv.online_rate_t", r#"{"time":"hour"}"#)), boxes_on(&world));
            prop_assert_eq!(lines(&ask("tv.inherit_pct", r#""programme""#)), inherited(&world));
            prop_assert_eq!(lines(&ask("tv.prog_online_plays", r#""programme""#)), programme_plays(&world));
            prop_assert_eq!(lines(&ask("tv.freq", r#""ad""#)), met(&world));
            prop_assert_eq!(lines(&ask("epg.steps_to_play", r#"{"time":"day"}"#)), steps_to_play(&world));
            prop_assert_eq!(lines(&ask("content.heat", r#"{"time":"day"}"#)), heat(&world));
            prop_assert_eq!(lines(&ask("order.subscriptions", r#"{"time":"day"}"#)), subscriptions(&world));
            Ok(())
        })
        .unwrap();
}
