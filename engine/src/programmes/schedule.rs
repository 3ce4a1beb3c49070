//! A listed guide becomes a schedule: per channel, one programme after the other.

use super::{
    ImportReport,
    xmltv::{Guide, Listed},
};
use crate::events::{
    Text,
    fact_rows::{ChannelRow, ProgrammeRow},
};
use model::{
    access::OrganisationId,
    time::{Calendar, Day, Timestamp},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const MINUTE_MS: i64 = 60_000;

/// What a file puts in the place of what was.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub report: ImportReport,
    pub channels: Vec<ChannelRow>,
    pub programmes: Vec<ProgrammeRow>,
    /// The days of each channel that the file speaks of, and up to which start: all of the day, unless the file stops in
    /// it.
    pub days: BTreeMap<(Text, Day), i64>,
}

/// No programme starts later.
const ALL_OF_THE_DAY: i64 = i64::MAX;

pub(super) fn plan(guide: Guide, organisation: OrganisationId, shift_ms: i64, calendar: Calendar) -> Plan {
    let mut plan = Plan {
        report: ImportReport {
            rejected: guide.rejected,
            broken: guide.broken,
            garbled: guide.garbled,
            cut_at: guide.cut_at,
            ..ImportReport::default()
        },
        ..Plan::default()
    };
    plan.channels = guide
        .channels
        .into_iter()
        .map(|(channel_id, name)| ChannelRow { org: organisation, channel_id, name })
        .collect();
    let mut by_channel: BTreeMap<Text, BTreeMap<i64, Listed>> = BTreeMap::new();
    for mut listed in guide.programmes {
        listed.start_ms += shift_ms;
        listed.stop_ms = listed.stop_ms.map(|stop_ms| stop_ms + shift_ms);
        let of_channel = by_channel.entry(listed.channel_id.clone()).or_default();
        plan.report.duplicates += usize::from(of_channel.insert(listed.start_ms, listed).is_some());
    }
    for listed in by_channel.into_values() {
        plan.add_channel(listed, organisation, calendar);
    }
    plan.report.channels = plan.channels.len();
    plan.report.programmes = plan.programmes.len();
    plan
}

impl Plan {
    fn add_channel(&mut self, listed: BTreeMap<i64, Listed>, organisation: OrganisationId, calendar: Calendar) {
        let starts: Vec<i64> = listed.keys().copied().collect();
        let read_until_ms = self.read_until(&listed);
        for (index, (start_ms, programme)) in listed.into_iter().enumerate() {
            let next_ms = starts.get(index + 1).copied();
            let stop_ms = self.stop_of(&programme, next_ms, calendar);
            let day = calendar.day_of(Timestamp::from_millis(start_ms));
            let is_last = index + 1 == starts.len();
            let until_ms = if is_last { read_until_ms } else { ALL_OF_THE_DAY };
            self.days.insert((programme.channel_id.clone(), day), until_ms);
            self.programmes.push(row(organisation, programme, stop_ms, day));
        }
    }

    /// Of a file that stops in the middle, a channel's last day may lack its evening: what stood there stays.
    fn read_until(&self, listed: &BTreeMap<i64, Listed>) -> i64 {
        match (self.report.cut_at, listed.last_key_value()) {
            // The last one itself is replaced, also where nobody says until when it lasts.
            (Some(_), Some((start_ms, last))) => last.stop_ms.unwrap_or(*start_ms).max(start_ms + 1),
            (None, _) | (_, None) => ALL_OF_THE_DAY,
        }
    }

    fn stop_of(&mut self, programme: &Listed, next_ms: Option<i64>, calendar: Calendar) -> i64 {
        let start_ms = programme.start_ms;
        let reversed = programme.stop_ms.is_some_and(|stop_ms| stop_ms <= start_ms);
        self.report.reversed += usize::from(reversed);
        match (programme.stop_ms.filter(|_| !reversed), next_ms) {
            (Some(stop_ms), Some(next_ms)) if stop_ms > next_ms => {
                self.report.overlaps += 1;
                next_ms
            }
            (Some(stop_ms), Some(next_ms)) => {
                self.report.gaps += usize::from(stop_ms < next_ms);
                stop_ms
            }
            (Some(stop_ms), None) => stop_ms,
            (None, Some(next_ms)) => next_ms,
            // The last one, and nobody says until when: until its day is over.
            (None, None) => {
                let day = calendar.day_of(Timestamp::from_millis(start_ms));
                calendar.start_of(day.plus(1)).millis()
            }
        }
    }
}

fn row(organisation: OrganisationId, programme: Listed, stop_ms: i64, day: Day) -> ProgrammeRow {
    let Listed { channel_id, start_ms, title, category, .. } = programme;
    ProgrammeRow {
        org: organisation,
        programme_id: programme_id(&channel_id, start_ms, &title),
        channel_id,
        title,
        category,
        start_ms: Timestamp::from_millis(start_ms),
        stop_ms: Timestamp::from_millis(stop_ms),
        start_minute: minute_of(start_ms),
        stop_minute: minute_of(stop_ms),
        day,
    }
}

/// The nearest minute: a programme has a minute of which it fills the larger part, and none belongs to two.
pub(super) const fn minute_of(at_ms: i64) -> i32 {
    (at_ms + MINUTE_MS / 2).div_euclid(MINUTE_MS) as i32
}

/// The id of a programme: what is broadcast on a channel from a moment, under a title.
pub(crate) fn programme_id(channel_id: &str, start_ms: i64, title: &str) -> Text {
    let digest = Sha256::digest(format!("{channel_id}\n{start_ms}\n{title}"));
    Text::from(hex::encode(digest.get(..8).unwrap_or(&digest)))
}
