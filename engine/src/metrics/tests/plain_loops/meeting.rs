//! What meets: households and programmes, plays and programmes, households and spots, pages and plays.

use super::{MINUTE_MS, midnight};
use crate::{
    events::{
        AdAction,
        fact_rows::{PageRow, ViewRow},
    },
    metrics::tests::world::*,
};
use model::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// By title: how many of those on its channel in the minute before it begins are still there in its first.
pub(super) fn inherited(world: &World) -> Vec<String> {
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
pub(super) fn programme_plays(world: &World) -> Vec<String> {
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
pub(super) fn met(world: &World) -> Vec<String> {
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
pub(super) fn steps_to_play(world: &World) -> Vec<String> {
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
