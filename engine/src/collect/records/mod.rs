//! Foreign records become events: one adapter per form, the same limits for all.

mod fields;
mod limits;
mod native;
mod segment;
mod segment_body;
mod segment_page;
mod segment_video;
mod value;

pub(super) use native::parse_lines;
pub use segment::SegmentKind;
pub(super) use segment_body::parse_body;
pub use segment_body::write_key_of_segment_body;

use super::{Envelope, Rejection, addresses::Origin};
use crate::events::{Event, GeoSource, Text};
use model::{
    problem::{Problem, ProblemCode},
    time::{Calendar, Day, Timestamp},
};
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

/// A record that was understood, and the day its id is kept under: the client's own, before its clock is corrected, so
/// that sending it again gives the same one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parsed {
    pub event: Event,
    pub client_day: Day,
    /// Under which days its id may stand already: the client's and the corrected one may take turns, and each moves at
    /// midnight.
    pub known_days: RangeInclusive<Day>,
}

/// A record that was not, with its beginning for the quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub rejection: Rejection,
    pub record: String,
}

/// The records of one request.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub parsed: Vec<Parsed>,
    /// The first of the refused ones.
    pub refused: Vec<Refused>,
    /// All of them.
    pub refused_count: usize,
}

impl Records {
    /// Takes in those of the next part of the body.
    pub(super) fn append(&mut self, next: Self) {
        self.parsed.extend(next.parsed);
        let room = limits::KEPT_REFUSALS.saturating_sub(self.refused.len());
        self.refused.extend(next.refused.into_iter().take(room));
        self.refused_count += next.refused_count;
    }

    /// Refuses a request of too many records as a whole: its sender must learn to send fewer.
    pub(super) fn check_count(&self) -> Result<(), Problem> {
        check_count(self.parsed.len() + self.refused_count)
    }

    fn add(&mut self, position: usize, record: impl FnOnce() -> String, outcome: Result<Parsed, Reason>) {
        match outcome {
            Ok(parsed) => self.parsed.push(parsed),
            Err(reason) => {
                self.refused_count += 1;
                if self.refused.len() < limits::KEPT_REFUSALS {
                    let rejection = Rejection { position, field: reason.field, reason: reason.text };
                    self.refused.push(Refused { rejection, record: limits::beginning(record()) });
                }
            }
        }
    }
}

fn check_count(records: usize) -> Result<(), Problem> {
    let limit = limits::REQUEST_RECORDS;
    if records <= limit {
        return Ok(());
    }
    let detail = format!("the body holds more than {limit} records: send fewer at once");
    Err(Problem::new(ProblemCode::BodyTooLarge, detail).with("limit_records", limit))
}

/// Why a record is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    field: Option<String>,
    text: String,
}

impl Reason {
    fn of_record(text: impl Into<String>) -> Self {
        Self { field: None, text: text.into() }
    }

    fn of_field(field: &str, text: impl Into<String>) -> Self {
        Self { field: Some(field.chars().take(60).collect()), text: text.into() }
    }
}

/// What the collector knows about all records of a request, whatever they say.
pub(super) struct Arrival<'r> {
    envelope: &'r Envelope,
    origin: Origin,
    received: Timestamp,
    calendar: Calendar,
    horizon: limits::Horizon,
}

impl<'r> Arrival<'r> {
    pub(super) fn new(envelope: &'r Envelope, received: Timestamp, calendar: Calendar) -> Self {
        let origin = envelope.client.map(Origin::of).unwrap_or_default();
        Self { envelope, origin, received, calendar, horizon: limits::Horizon::OfSource }
    }

    /// A file's records may be of any age.
    pub(super) fn of_file(envelope: &'r Envelope, received: Timestamp, calendar: Calendar) -> Self {
        Self { horizon: limits::Horizon::None, ..Self::new(envelope, received, calendar) }
    }

    /// Puts what a client may not say over the event, and checks its moment. `sent` corrects a client's wrong clock,
    /// where the record comes from the client itself.
    fn stamp(&self, mut event: Event, sent: Option<Timestamp>) -> Result<Parsed, Reason> {
        let client_day = self.calendar.day_of(event.ts_event);
        let today = self.calendar.day_of(self.received);
        // A file is read long after its records were sent: what lies between says nothing about the client's clock.
        let sent = match self.horizon {
            limits::Horizon::OfSource => sent,
            limits::Horizon::None => None,
        };
        if let Some(sent) = sent {
            let wrong_by_ms = self.received.millis_since(sent);
            event.ts_event = event.ts_event.plus_millis(wrong_by_ms);
            event.ts_broadcast = event.ts_broadcast.map(|on_air| on_air.plus_millis(wrong_by_ms));
        }
        limits::check_moments(&event, self.received, self.horizon)?;
        let source = &self.envelope.source;
        event.org = source.organisation;
        event.source_id = source.id;
        event.simulated = source.simulated;
        event.ts_received = self.received;
        event.day = self.calendar.day_of(event.ts_event);
        let (first, last) = (client_day.min(event.day), client_day.max(event.day));
        let known_days = first.plus(-1)..=last.plus(1);
        // A clock that is wrong by years would open a day of its own.
        let plausible = today.plus(-limits::HORIZON_DAYS - 1)..=today.plus(1);
        let client_day = if plausible.contains(&client_day) { client_day } else { event.day };
        event.household = event.household_named();
        event.geo_source = event.province.map(|_| GeoSource::Event);
        if let Some(province) = source.province {
            event.province = Some(province);
            event.geo_source = Some(GeoSource::Key);
        }
        // A box in the operator's own network knows its operator; its address does not tell.
        event.isp = event.isp.or_else(|| self.origin.isp.clone());
        event.ip_prefix.clone_from(&self.origin.ip_prefix);
        Ok(Parsed { event, client_day, known_days })
    }

    /// For a record without a moment of its own: it happened when it came. Sent again, it comes on any later day.
    fn stamp_as_of_now(&self, mut event: Event) -> Result<Parsed, Reason> {
        event.ts_event = self.received;
        let parsed = self.stamp(event, None)?;
        let first = parsed.client_day.plus(-limits::HORIZON_DAYS - 1);
        Ok(Parsed { known_days: first..=*parsed.known_days.end(), ..parsed })
    }
}

/// An id for a record that has none: the same record sent again gets the same one. `sent` is the field that says when it
/// was sent, and is another each time.
fn id_of_content(mut fields: Map<String, Value>, sent: &str) -> Text {
    use sha2::{Digest, Sha256};
    fields.remove(sent);
    let digest = Sha256::digest(Value::Object(fields).to_string());
    Text::from(hex::encode(digest.get(..16).unwrap_or(&digest)))
}
