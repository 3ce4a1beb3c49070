//! What a household watched becomes minutes, each belonging to one channel.
//!
//! A clock minute counts for a household that watched at least 30 s of it, and belongs to the channel watched longest in
//! it, on a tie to the later one. Ratings put it where it was on air; concurrency where it was watched. Which is which
//! comes from `ts_broadcast`, and the half minute is rounded, so that a run of clock minutes is a run of broadcast
//! minutes.

use super::{FactSettings, session::Span};
use crate::events::{Text, fact_rows::MinuteRow};
use model::{
    access::OrganisationId,
    geo::Province,
    time::{Calendar, Timestamp},
};
use std::collections::BTreeMap;

pub(crate) const MINUTE_MS: i64 = 60_000;

/// The clock minute of a moment.
pub(crate) const fn minute_of(at_ms: i64) -> i32 {
    at_ms.div_euclid(MINUTE_MS) as i32
}

/// A minute that counts, as the next one needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    pub clock_minute: i32,
    pub minute: i32,
    pub channel_id: Text,
    pub run_start_minute: i32,
}

/// What was watched within a clock minute.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Watched {
    channel_id: Text,
    content_id: Option<Text>,
    view_mode: Option<Text>,
    minute: i32,
}

#[derive(Debug, Clone, Default)]
struct Amount {
    ms: i64,
    /// The last moment of it, which decides a tie.
    until_ms: i64,
    province: Option<Province>,
    isp: Option<Text>,
    received_ms: i64,
    simulated: bool,
}

/// The minutes of one household from a clock minute on. `before` is its counted minute just before that one, if any.
pub(crate) fn attribute<'s>(
    organisation: OrganisationId,
    household: &Text,
    spans: impl Iterator<Item = &'s Span>,
    from_minute: i32,
    before: Option<&Counted>,
    calendar: Calendar,
    settings: FactSettings,
) -> Vec<MinuteRow> {
    let mut run = before.cloned();
    let mut rows = Vec::new();
    for (clock_minute, watched) in watched_by_minute(spans, from_minute) {
        let belongs = belongs_to(&watched, settings);
        for (index, (what, amount)) in watched.into_iter().enumerate() {
            let counted = belongs == Some(index);
            let seconds = i16::try_from((amount.ms + 500) / 1_000).unwrap_or(i16::MAX);
            if seconds == 0 && !counted {
                continue;
            }
            let clock_day = calendar.day_of(start_of(clock_minute));
            let day = calendar.day_of(start_of(what.minute));
            let run_start_minute = if counted { run_start(run.as_ref(), clock_minute, &what) } else { what.minute };
            if counted {
                let channel_id = what.channel_id.clone();
                run = Some(Counted { clock_minute, minute: what.minute, channel_id, run_start_minute });
            }
            rows.push(MinuteRow {
                org: organisation,
                household: household.clone(),
                province: amount.province,
                isp: amount.isp,
                channel_id: what.channel_id,
                content_id: what.content_id,
                view_mode: what.view_mode,
                minute: what.minute,
                clock_minute,
                day,
                seconds,
                counted,
                run_start_minute,
                lag_days: i16::try_from(clock_day.0 - day.0).unwrap_or(i16::MAX),
                received_ms: Timestamp::from_millis(amount.received_ms),
                simulated: amount.simulated,
            });
        }
    }
    rows
}

const fn start_of(minute: i32) -> Timestamp {
    Timestamp::from_millis(minute as i64 * MINUTE_MS)
}

fn watched_by_minute<'s>(
    spans: impl Iterator<Item = &'s Span>,
    from_minute: i32,
) -> BTreeMap<i32, Vec<(Watched, Amount)>> {
    let mut minutes: BTreeMap<i32, Vec<(Watched, Amount)>> = BTreeMap::new();
    for span in spans {
        let Some(channel_id) = &span.channel_id else {
            continue;
        };
        for clock_minute in minute_of(span.from_ms).max(from_minute)..=minute_of(span.to_ms - 1) {
            let start_ms = start_of(clock_minute).millis();
            let until_ms = span.to_ms.min(start_ms + MINUTE_MS);
            let what = Watched {
                channel_id: channel_id.clone(),
                content_id: span.content_id.clone(),
                view_mode: span.view_mode.clone(),
                minute: minute_of(start_ms + MINUTE_MS / 2 + span.broadcast_shift_ms),
            };
            let watched = minutes.entry(clock_minute).or_default();
            let index = watched.iter().position(|(other, _)| *other == what).unwrap_or_else(|| {
                watched.push((what, Amount::default()));
                watched.len() - 1
            });
            let Some((_, amount)) = watched.get_mut(index) else {
                continue;
            };
            amount.ms += until_ms - span.from_ms.max(start_ms);
            amount.received_ms = amount.received_ms.max(span.received_ms);
            amount.simulated |= span.simulated;
            if until_ms >= amount.until_ms {
                amount.until_ms = until_ms;
                amount.province = span.province.or(amount.province);
                amount.isp = span.isp.clone().or(amount.isp.take());
            }
        }
    }
    for watched in minutes.values_mut() {
        watched.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
    minutes
}

/// Which of the things watched in a minute it belongs to: of the channel watched longest, the thing watched longest.
fn belongs_to(watched: &[(Watched, Amount)], settings: FactSettings) -> Option<usize> {
    let total_ms: i64 = watched.iter().map(|(_, amount)| amount.ms).sum();
    if total_ms < settings.minute_counts_from_ms {
        return None;
    }
    let of_channel = |channel_id: &Text| {
        let same = watched.iter().filter(|(what, _)| what.channel_id == *channel_id);
        same.fold((0, 0), |(ms, until_ms), (_, amount)| (ms + amount.ms, until_ms.max(amount.until_ms)))
    };
    watched
        .iter()
        .enumerate()
        .max_by_key(|(_, (what, amount))| {
            (of_channel(&what.channel_id), what.channel_id.clone(), amount.ms, amount.until_ms)
        })
        .map(|(index, _)| index)
}

fn run_start(run: Option<&Counted>, clock_minute: i32, what: &Watched) -> i32 {
    match run {
        Some(run)
            if run.clock_minute + 1 == clock_minute
                && run.minute + 1 == what.minute
                && run.channel_id == what.channel_id =>
        {
            run.run_start_minute
        }
        Some(_) | None => what.minute,
    }
}
