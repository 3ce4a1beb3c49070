//! What the collector tells of records that it did not keep: as events of its own, so that the numbers are as durable as what
//! was kept, and stand within the same scope.

use super::records::Refused;
use crate::events::{Event, GeoSource, NotKept, Protocol, Text};
use model::{
    access::OrganisationId,
    geo::Province,
    time::{Day, Timestamp},
};
use std::collections::BTreeMap;

/// Who sent a request, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sender {
    pub organisation: OrganisationId,
    pub source_id: i32,
    /// The one that the write key is bound to: what a refused record says of its own is not known.
    pub province: Option<Province>,
    pub simulated: bool,
    pub received: Timestamp,
    /// The organisation's day of that moment.
    pub day: Day,
}

/// How many records of a group of requests were not kept, source by source.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<(i32, NotKept, Option<Text>), (Sender, usize)>);

impl Tally {
    pub(super) fn repeated(&mut self, sender: Sender, records: usize) {
        self.add(sender, NotKept::Repeated, None, records);
    }

    /// Those that are listed by the field that was wrong, the others together.
    pub(super) fn refused(&mut self, sender: Sender, listed: &[Refused], unlisted: usize) {
        for Refused { rejection, .. } in listed {
            self.add(sender, NotKept::Refused, rejection.field.as_deref().map(Into::into), 1);
        }
        self.add(sender, NotKept::Refused, None, unlisted);
    }

    fn add(&mut self, sender: Sender, why: NotKept, field: Option<Text>, records: usize) {
        if records > 0 {
            self.0.entry((sender.source_id, why, field)).or_insert((sender, 0)).1 += records;
        }
    }

    /// An event for each. They are part of the group's entry of the log, which has that number.
    pub(super) fn told(self, sequence: u64) -> impl Iterator<Item = Event> {
        self.0.into_iter().enumerate().map(move |(index, ((source_id, why, field), (sender, records)))| Event {
            org: sender.organisation,
            source_id,
            day: sender.day,
            source_protocol: Protocol::Collector,
            province: sender.province,
            geo_source: sender.province.map(|_| GeoSource::Key),
            simulated: sender.simulated,
            not_kept: Some(why),
            not_kept_field: field,
            not_kept_records: Some(i64::try_from(records).unwrap_or(i64::MAX)),
            ..Event::new(format!("collector-{sequence}-{index}"), sender.received)
        })
    }
}
