//! How large, how long, how old a record may be.

use super::Reason;
use crate::events::Event;
use model::time::Timestamp;
use std::ops::RangeInclusive;

/// How many records a request may hold: a body of the shortest ones would otherwise become many times its size.
pub(crate) const REQUEST_RECORDS: usize = 20_000;
/// How many refused records of a request are kept; the rest is counted.
pub(super) const KEPT_REFUSALS: usize = 1_000;
pub(super) const RECORD_BYTES: usize = 64 * 1_024;
pub(super) const TEXT_BYTES: usize = 128;
pub(super) const PROPS_BYTES: usize = 8 * 1_024;
/// Nesting of the properties that have no column.
pub(super) const PROPS_DEPTH: usize = 16;

/// What a number may be; sums over any number of events stay far from the ends of 64 bits.
pub(super) const AMOUNT_FEN: RangeInclusive<i64> = -1_000_000_000_000..=1_000_000_000_000;
pub(super) const POSITION_MS: RangeInclusive<i64> = 0..=1_000_000_000_000;
pub(super) const BITRATE_KBPS: RangeInclusive<i64> = 0..=10_000_000;
/// A day: nothing is looked at for longer.
pub(super) const VISIBLE_MS: RangeInclusive<i64> = 0..=86_400_000;
pub(super) const ROUND: RangeInclusive<i64> = 0..=1_000_000;
/// What other houses' platforms count in a day.
pub(super) const READS: RangeInclusive<i64> = 0..=10_000_000_000;
pub(super) const FIGURE: RangeInclusive<i64> = 0..=1_000_000_000_000;
/// Ten years.
pub(super) const TOOK_MS: RangeInclusive<i64> = 0..=315_360_000_000;
pub(super) const INDICATOR_MILLI: RangeInclusive<i64> = -1_000_000_000_000..=1_000_000_000_000;
/// 0 is no answer.
pub(super) const HTTP_STATUS: RangeInclusive<i64> = 0..=999;
/// A day: no answer takes longer.
pub(super) const ANSWER_MS: RangeInclusive<i64> = 0..=86_400_000;
/// A terabyte.
pub(super) const ANSWER_BYTES: RangeInclusive<i64> = 0..=1_000_000_000_000;
/// Years of pictures.
pub(super) const FRAMES: RangeInclusive<i64> = 0..=10_000_000_000;
pub(super) const WEIGHT_MILLI: RangeInclusive<i64> = 0..=1_000_000;
/// The years 1 to 9999.
pub(super) const YEARS_MS: RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

const DAY_MS: i64 = 86_400_000;
/// A source's horizon: within it, a record sent twice is recognised.
pub(crate) const HORIZON_DAYS: i32 = 7;
const FUTURE_MS: i64 = 5 * 60_000;
/// How far back a picture may have been on air.
const BROADCAST_DAYS: i64 = 400;
const QUARANTINED_BYTES: usize = 8 * 1_024;

/// How old an event may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Horizon {
    OfSource,
    /// Files bring history.
    None,
}

pub(super) fn check_moments(event: &Event, received: Timestamp, horizon: Horizon) -> Result<(), Reason> {
    let age_ms = received.millis_since(event.ts_event);
    if horizon == Horizon::OfSource && age_ms > i64::from(HORIZON_DAYS) * DAY_MS {
        let text = format!(
            "{} is more than {HORIZON_DAYS} days ago; older events can be imported from a file",
            event.ts_event
        );
        return Err(Reason::of_field("ts_event", text));
    }
    if age_ms < -FUTURE_MS {
        let text = format!("{} is more than 5 minutes in the future; check the client's clock", event.ts_event);
        return Err(Reason::of_field("ts_event", text));
    }
    if let Some(on_air) = event.ts_broadcast {
        let lag_ms = event.ts_event.millis_since(on_air);
        if !(-FUTURE_MS..=BROADCAST_DAYS * DAY_MS).contains(&lag_ms) {
            let text = format!("{on_air} is not within the {BROADCAST_DAYS} days before ts_event");
            return Err(Reason::of_field("ts_broadcast", text));
        }
    }
    Ok(())
}

pub(super) fn check_text(field: &str, text: &str) -> Result<(), Reason> {
    if text.len() > TEXT_BYTES {
        return Err(Reason::of_field(field, format!("longer than {TEXT_BYTES} bytes")));
    }
    if text.chars().any(char::is_control) {
        return Err(Reason::of_field(field, "holds a control character"));
    }
    Ok(())
}

/// As much of a refused record as the quarantine keeps.
pub(super) fn beginning(mut record: String) -> String {
    if record.len() > QUARANTINED_BYTES {
        let cut = (0..=QUARANTINED_BYTES).rev().find(|index| record.is_char_boundary(*index)).unwrap_or(0);
        record.truncate(cut);
    }
    record
}
