//! What lasts: boxes that are on, and subscriptions that live; and what cools down.

use super::{MINUTE_MS, midnight};
use crate::{
    events::{
        AccountEvent,
        fact_rows::{ActivityRow, OrderRow, ViewRow},
    },
    metrics::tests::world::*,
};
use model::time::{Calendar, Timestamp};
use std::collections::BTreeMap;

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
pub(super) fn on_minutes(world: &World) -> Vec<String> {
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
pub(super) fn boxes_on(world: &World) -> Vec<String> {
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
pub(super) fn subscriptions(world: &World) -> Vec<String> {
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

/// By day: what its plays are still worth at its end, in millionths.
pub(super) fn heat(world: &World) -> Vec<String> {
    let of_day = |number: i64| {
        let (from, to) = (midnight(number), midnight(number + 1));
        let plays = world.views.iter().filter(|row| row.effective && (from..to).contains(&row.start_ms));
        let left = |row: &ViewRow| (1e6 * 0.5_f64.powf(to.millis_since(row.start_ms) as f64 / 86_400_000.0)).round();
        let heat = plays.map(left).sum::<f64>() / 1e6;
        (heat > 0.0).then(|| format!("{} {heat:.3}", from.to_rfc3339(480).unwrap()))
    };
    (0..3).filter_map(of_day).collect()
}
