//! What is derived from what lasts and from several facts, held against plain loops over the same rows, in random worlds.

use super::{random::worlds, world::*};
use crate::{
    events::{
        AccountEvent, AdAction,
        fact_rows::{ActivityRow, OrderRow, PageRow, ProgrammeRow, ViewRow},
    },
    metrics::SharedFrame,
};
use model::time::{Calendar, Timestamp};
use proptest::{prelude::*, test_runner::TestRunner};
use std::collections::{BTreeMap, BTreeSet};

const NOW: &str = "2026-03-10T12:00:00+08:00";
const THREE_DAYS: &str = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-04T00:00:00+08:00"}"#;
const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// Midnight before one of the three days, or behind the last.
fn midnight(number: i64) -> Timestamp {
    at("2026-03-01T00:00:00+08:00").plus_millis(number * DAY_MS)
}

/// By household: from when to when its box was on.
fn on_times(world: &World) -> BTreeMap<String, Vec<(i64, i64)>> {
    let of_box = |row: &&ActivityRow| row.account_event.is_activity();
    let mut spans: BTreeMap<String, Vec<(i64, i64)>> = BTreeMap::new();
    for row in world.activity.iter().filter(of_box).filter(|row| row.account_event != AccountEvent::PowerOff) {
        let order = |row: &ActivityRow| (row.ts_ms, row.account_event == AccountEvent::PowerOff);
        let after = world.activity.iter().filter(of_box).filter(|other| other.household == row.household);
        let next = after.filter(|other| order(other) > order(row)).map(|other| other.ts_ms.millis()).min();
        let began = row.ts_ms.millis();
        let ended = next.unwrap_or(i64::MAX).min(began + 4 * 3_600_000);
        let of_household = spans.entry(row.household.to_string()).or_default();
        // Two that say the same at the same moment are one.
        if !of_household.contains(&(began, ended)) {
            of_household.push((began, ended));
        }
    }
    spans
}

/// By day: minutes on per household that was on.
fn on_minutes(world: &World) -> Vec<String> {
    let spans = on_times(world);
    let of_day = |number: i64| {
        let (from, to) = (midnight(number).millis(), midnight(number + 1).millis());
        let within = |spans: &Vec<(i64, i64)>| {
            let parts = spans.iter().map(|(began, ended)| (*ended).min(to) - (*began).max(from)).filter(|ms| *ms > 0);
            parts.sum::<i64>()
        };
        let on: Vec<i64> = spans.values().map(within).filter(|ms| *ms > 0).collect();
        let mean = on.iter().sum::<i64>() as f64 / on.len() as f64 / 60_000.0;
        (!on.is_empty()).then(|| format!("{} {mean:.3}", midnight(number).to_rfc3339(480).unwrap()))
    };
    (0..3).filter_map(of_day).collect()
}

/// By hour, the most boxes on at the beginning of one of its minutes, of those registered.
fn boxes_on(world: &World) -> Vec<String> {
    let spans = on_times(world);
    let on_at =
        |moment: i64| spans.values().flatten().filter(|(began, ended)| *began <= moment && moment < *ended).count();
    let of_hour = |hour: i64| {
        let start = midnight(0).plus_millis(hour * 60 * MINUTE_MS);
        let most = (0..60).map(|minute| on_at(start.millis() + minute * MINUTE_MS)).max().unwrap();
        let day = Calendar::CHINA.day_of(start);
        let is_open = |opened: Option<model::time::Day>, closed: Option<model::time::Day>| {
            opened.is_some_and(|opened| opened <= day) && closed.is_none_or(|closed| closed > day)
        };
        let registered = world.accounts.iter().filter(|row| is_open(row.opened_day, row.closed_day)).count();
        let rate = most as f64 * 100.0 / registered as f64;
        (registered > 0 && most > 0).then(|| format!("{} {rate:.3}", start.to_rfc3339(480).unwrap()))
    };
    (0..72).filter_map(of_hour).collect()
}

/// By day: how many subscriptions live at its end.
fn subscriptions(world: &World) -> Vec<String> {
    let ends = |row: &OrderRow| match row.order_status.as_deref() {
        Some("paid" | "renewed") => Some(false),
        Some("unsubscribed" | "expired" | "refunded" | "cancelled") => Some(true),
        _ => None,
    };
    let of_day = |number: i64| {
        let mut last: BTreeMap<(String, Option<String>), (Timestamp, bool)> = BTreeMap::new();
        for row in world.orders.iter().filter(|row| row.ts_ms < midnight(number + 1)) {
            let Some(is_end) = ends(row) else { continue };
            let key = (row.household.clone().unwrap().to_string(), row.product_id.as_ref().map(ToString::to_string));
            let known = last.entry(key).or_insert((row.ts_ms, is_end));
            *known = (row.ts_ms, is_end).max(*known);
        }
        let live = last.values().filter(|(_, is_end)| !is_end).count();
        (live > 0).then(|| format!("{} {live}", midnight(number).to_rfc3339(480).unwrap()))
    };
    (0..3).filter_map(of_day).collect()
}

/// By title: how many of those on its channel in the minute before it begins are still there in its first.
fn inherited(world: &World) -> Vec<String> {
    let on = |channel: &str, minute: i32, household: &str| {
        world.minutes.iter().any(|row| {
            row.counted
                && row.view_mode.as_deref() == Some("live")
                && (row.channel_id == channel && row.minute == minute && row.household == household)
        })
    };
    let mut by_title: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for programme in world.programmes.iter().filter(|row| row.start_ms < midnight(3)) {
        for household in ["h1", "h2", "h3", "h4"] {
            if on(&programme.channel_id, programme.start_minute - 1, household) {
                let (stayed, all) = by_title.entry(programme.title.to_string()).or_default();
                *stayed += f64::from(u8::from(on(&programme.channel_id, programme.start_minute, household)));
                *all += 1.0;
            }
        }
    }
    let of_title = |(title, (stayed, all)): (String, (f64, f64))| {
        (stayed > 0.0).then(|| format!("{title} {:.3}", stayed * 100.0 / all))
    };
    by_title.into_iter().filter_map(of_title).collect()
}

/// By title: plays of its programmes, but those that are live.
fn programme_plays(world: &World) -> Vec<String> {
    let mut by_title: BTreeMap<String, u32> = BTreeMap::new();
    let online = |row: &&ViewRow| row.effective && row.view_mode.as_deref() != Some("live");
    for row in world.views.iter().filter(online) {
        let listed = world.programmes.iter().find(|listed| Some(&listed.programme_id) == row.content_id.as_ref());
        if let Some(listed) = listed {
            *by_title.entry(listed.title.to_string()).or_default() += 1;
        }
    }
    by_title.into_iter().map(|(title, plays)| format!("{title} {plays}")).collect()
}

/// By advertisement: how often its spots met a household on average, and how many households they met.
fn met(world: &World) -> Vec<String> {
    let mut by_ad: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for spot in world.advertisements.iter().filter(|row| row.action == AdAction::Air) {
        let watching = world.minutes.iter().filter(|row| {
            row.counted
                && row.view_mode.as_deref() == Some("live")
                && Some(&row.channel_id) == spot.channel_id.as_ref()
                && row.minute == minute_of(spot.ts_ms)
                && (spot.province.is_none() || row.province == spot.province)
        });
        let met = by_ad.entry(spot.ad_id.clone().unwrap().to_string()).or_default();
        met.extend(watching.map(|row| row.household.to_string()));
    }
    let of_ad = |(ad, met): (String, Vec<String>)| {
        let households: BTreeSet<&String> = met.iter().collect();
        let frequency = met.len() as f64 / households.len() as f64;
        (!met.is_empty()).then(|| format!("{ad} {frequency:.3}"))
    };
    by_ad.into_iter().filter_map(of_ad).collect()
}

/// By day: the mean number of pages before the first play of a visit, walking through what each household did.
fn steps_to_play(world: &World) -> Vec<String> {
    let of_day = |number: i64| {
        let is_on_day = |moment: Timestamp| midnight(number) <= moment && moment < midnight(number + 1);
        let mut ways = Vec::new();
        for household in ["h1", "h2", "h3", "h4"] {
            let is_opening = |row: &&PageRow| row.platform.as_deref() == Some("stb") && row.element_action.is_none();
            let pages = world.pages.iter().filter(is_opening).filter(|row| row.household.as_deref() == Some(household));
            let plays = world.views.iter().filter(|row| row.effective && row.household.as_deref() == Some(household));
            let did = pages.map(|row| (row.ts_ms, false)).chain(plays.map(|row| (row.start_ms, true)));
            let mut did: Vec<(Timestamp, bool)> = did.filter(|(moment, _)| is_on_day(*moment)).collect();
            did.sort_unstable();
            let is_rest = |pair: &[(Timestamp, bool)]| pair[1].0.millis_since(pair[0].0) > 30 * MINUTE_MS;
            let rests = (1..did.len()).filter(|index| is_rest(&did[index - 1..=*index]));
            let cuts: Vec<usize> = std::iter::once(0).chain(rests).chain([did.len()]).collect();
            let visits = cuts.windows(2).map(|cut| &did[cut[0]..cut[1]]);
            ways.extend(
                visits.filter_map(|visit| visit.iter().position(|(_, is_play)| *is_play)).filter(|steps| *steps > 0),
            );
        }
        let mean = ways.iter().sum::<usize>() as f64 / ways.len() as f64;
        (!ways.is_empty()).then(|| format!("{} {mean:.3}", midnight(number).to_rfc3339(480).unwrap()))
    };
    (0..3).filter_map(of_day).collect()
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
            prop_assert_eq!(lines(&ask("order.subscriptions", r#"{"time":"day"}"#)), subscriptions(&world));
            Ok(())
        })
        .unwrap();
}
