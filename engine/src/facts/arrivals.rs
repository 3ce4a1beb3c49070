//! How many events came in, from which source, and how late; and how many records were not kept.

use super::minutes::minute_of;
use crate::events::{Event, NotKept, Protocol, Text, fact_rows::ArrivalRow, log_bucket};
use model::{
    access::OrganisationId,
    geo::Province,
    time::{Calendar, Timestamp},
};
use rustc_hash::FxHashMap;

/// Delays are told apart by whole seconds, so that a batch has a few rows and not one for each event.
const SECOND_MS: i64 = 1_000;

/// What tells rows of a batch apart.
type Key = (i32, i32, Option<Province>, i32, i16, Option<NotKept>, Option<Text>);

/// The records of a batch by organisation, source, province, minute of arrival, what became of them and delay. Files bring
/// history: when they are loaded says nothing of how late anything came.
pub(crate) fn of(events: &[Event], calendar: Calendar) -> Vec<ArrivalRow> {
    let mut rows: FxHashMap<Key, ArrivalRow> = FxHashMap::default();
    for event in events {
        let (not_kept, records) = match event.source_protocol {
            Protocol::File => continue,
            Protocol::Native | Protocol::Segment => (None, 1),
            Protocol::Collector => (event.not_kept, event.not_kept_records.unwrap_or(0)),
        };
        let received = event.ts_received;
        // A client's clock may be a little ahead.
        let delay_ms = received.millis_since(event.ts_event).max(0);
        let minute = minute_of(received.millis());
        let delay_bucket = log_bucket(up_to_a_second(delay_ms));
        let field = &event.not_kept_field;
        let key = (event.org.0, event.source_id, event.province, minute, delay_bucket, not_kept, field.clone());
        let row = rows.entry(key).or_insert_with(|| ArrivalRow {
            org: event.org,
            province: event.province,
            source_id: event.source_id,
            minute,
            day: calendar.day_of(Timestamp::from_millis(i64::from(minute) * 60_000)),
            events: 0,
            delay_ms: 0,
            delay_bucket,
            received_ms: received,
            simulated: false,
            not_kept,
            field: field.clone(),
        });
        row.events += records;
        row.delay_ms = row.delay_ms.saturating_add(delay_ms);
        row.received_ms = row.received_ms.max(received);
        row.simulated |= event.simulated;
    }
    let mut rows: Vec<ArrivalRow> = rows.into_values().collect();
    rows.sort_by(|one, two| placed(one).cmp(&placed(two)));
    rows
}

fn placed(row: &ArrivalRow) -> (OrganisationId, i32, Option<Province>, i32, i16, Option<NotKept>, Option<&Text>) {
    (row.org, row.source_id, row.province, row.minute, row.delay_bucket, row.not_kept, row.field.as_ref())
}

fn up_to_a_second(delay_ms: i64) -> i64 {
    delay_ms.saturating_add(SECOND_MS - 1).div_euclid(SECOND_MS) * SECOND_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(source_id: i32, at_ms: i64, delay_ms: i64) -> Event {
        let at = Timestamp::from_millis(at_ms);
        Event { source_id, ts_received: at.plus_millis(delay_ms), ..Event::new("1", at) }
    }

    #[test]
    fn those_alike_are_one_row() {
        let events = [event(7, 0, 10), event(7, 0, 900), event(7, 0, 1_500), event(8, 0, 10), event(7, 60_000, 10)];
        let rows = of(&events, Calendar::CHINA);
        let told: Vec<_> = rows.iter().map(|row| (row.source_id, row.minute, row.events, row.delay_ms)).collect();
        assert_eq!(told, [(7, 0, 2, 910), (7, 0, 1, 1_500), (7, 1, 1, 10), (8, 0, 1, 10)]);
    }

    #[test]
    fn a_clock_that_is_ahead_is_no_delay() {
        assert_eq!(of(&[event(7, 5_000, -3_000)], Calendar::CHINA)[0].delay_ms, 0);
    }

    #[test]
    fn what_a_file_brings_has_not_come_late() {
        let source_protocol = Protocol::File;
        assert_eq!(of(&[Event { source_protocol, ..event(7, 0, 86_400_000) }], Calendar::CHINA), []);
    }

    #[test]
    fn what_was_not_kept_is_told_apart() {
        let told = |not_kept, field: Option<&str>, records| Event {
            source_protocol: Protocol::Collector,
            not_kept: Some(not_kept),
            not_kept_field: field.map(Into::into),
            not_kept_records: Some(records),
            ..event(7, 0, 0)
        };
        let events = [
            event(7, 0, 0),
            told(NotKept::Repeated, None, 5),
            told(NotKept::Refused, Some("ts_event"), 2),
            told(NotKept::Refused, Some("ts_event"), 1),
        ];
        let rows = of(&events, Calendar::CHINA);
        let told: Vec<_> = rows.iter().map(|row| (row.not_kept, row.field.as_deref(), row.events)).collect();
        let expected =
            [(None, None, 1), (Some(NotKept::Repeated), None, 5), (Some(NotKept::Refused), Some("ts_event"), 3)];
        assert_eq!(told, expected);
    }

    proptest! {
        #[test]
        fn every_event_is_in_one_row(delays in prop::collection::vec((0_i32..3, 0_i64..200_000), 0..50)) {
            let events: Vec<Event> = delays.iter().map(|(source, delay)| event(*source, 0, *delay)).collect();
            let rows = of(&events, Calendar::CHINA);
            prop_assert_eq!(rows.iter().map(|row| row.events).sum::<i64>(), events.len() as i64);
            prop_assert_eq!(rows.iter().map(|row| row.delay_ms).sum::<i64>(), delays.iter().map(|(_, delay)| delay).sum::<i64>());
        }
    }
}
