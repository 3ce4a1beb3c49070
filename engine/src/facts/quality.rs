//! How well a play session went, minute by minute.
//!
//! A view says it for all of the session, under the moment it began: a stall at the end of a match would count at its kick-off.
//! Here it stands in the minute in which it happened. Added up, the minutes are what the view says.

use super::{
    minutes::{MINUTE_MS, minute_of},
    session::{SessionEvent, Stretch},
};
use crate::events::{PlayState, fact_rows::QualityMinuteRow};
use model::time::{Calendar, Timestamp};
use std::collections::BTreeMap;

/// What happened within a minute.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quality {
    startup_ms: i64,
    play_ms: i64,
    stall_ms: i64,
    stall_count: i32,
    rated_ms: i64,
    rated_kbit: i64,
    received_ms: i64,
}

impl Quality {
    /// Puts the minute's numbers into a row that knows the rest.
    pub(super) fn write(&self, minute: i32, calendar: Calendar, row: &mut QualityMinuteRow) {
        let short = |ms: i64| i32::try_from(ms).unwrap_or(i32::MAX);
        row.minute = minute;
        row.day = calendar.day_of(Timestamp::from_millis(i64::from(minute) * MINUTE_MS));
        row.play_ms = short(self.play_ms);
        row.stall_ms = short(self.stall_ms);
        row.stall_count = self.stall_count;
        row.watched_ms = short(self.startup_ms + self.play_ms + self.stall_ms);
        row.rated_ms = short(self.rated_ms);
        row.rated_kbit = self.rated_kbit;
        row.received_ms = Timestamp::from_millis(self.received_ms);
    }
}

/// What kind of waiting or playing a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    StartUp,
    Play { kbps: Option<i32> },
    Stall,
}

/// The minutes of those stretches, which are of those events. As in a view, what comes before the first picture is start-up.
pub(super) fn by_minute(events: &[SessionEvent], stretches: impl Iterator<Item = Stretch>) -> BTreeMap<i32, Quality> {
    let mut minutes: BTreeMap<i32, Quality> = BTreeMap::new();
    let (mut started, mut before) = (false, None);
    let (mut bitrate, mut told) = (None, 0);
    // All that was played so far in bits, so that what is rounded down is lost once and not in every minute.
    let mut bits = 0_i64;
    for stretch in stretches {
        let since = events.get(told..=stretch.index).unwrap_or_default();
        bitrate = since.iter().rev().find_map(|event| event.bitrate_kbps).or(bitrate);
        told = stretch.index + 1;
        let closing = events.get(stretch.index..=stretch.index + 1).unwrap_or(since);
        let received_ms = closing.iter().map(|event| event.received_ms).max().unwrap_or(0);
        started |= stretch.state == PlayState::Playing;
        let kind = match stretch.state {
            PlayState::Playing => Some(Kind::Play { kbps: bitrate }),
            PlayState::Asked | PlayState::Stalled | PlayState::Seeking if !started => Some(Kind::StartUp),
            PlayState::Stalled => Some(Kind::Stall),
            PlayState::Asked
            | PlayState::Seeking
            | PlayState::Paused
            | PlayState::Ended
            | PlayState::Quit
            | PlayState::Failed => None,
        };
        if kind == Some(Kind::Stall) && before != Some(PlayState::Stalled) {
            let quality = minutes.entry(minute_of(stretch.from_ms)).or_default();
            quality.stall_count += 1;
            quality.received_ms = quality.received_ms.max(received_ms);
        }
        before = Some(stretch.state);
        let Some(kind) = kind else { continue };
        let mut from_ms = stretch.from_ms;
        while from_ms < stretch.to_ms {
            let minute = minute_of(from_ms);
            let to_ms = stretch.to_ms.min((i64::from(minute) + 1) * MINUTE_MS);
            let quality = minutes.entry(minute).or_default();
            quality.received_ms = quality.received_ms.max(received_ms);
            let length_ms = to_ms - from_ms;
            match kind {
                Kind::StartUp => quality.startup_ms += length_ms,
                Kind::Stall => quality.stall_ms += length_ms,
                Kind::Play { kbps } => {
                    quality.play_ms += length_ms;
                    if let Some(kbps) = kbps {
                        let bits_before = bits;
                        bits = bits.saturating_add(i64::from(kbps).saturating_mul(length_ms));
                        quality.rated_ms += length_ms;
                        quality.rated_kbit += bits / 1_000 - bits_before / 1_000;
                    }
                }
            }
            from_ms = to_ms;
        }
    }
    minutes
}
