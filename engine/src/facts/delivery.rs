//! What the delivery network was asked for, and what it answered.

use crate::events::{Event, Text, fact_rows::RequestRow, log_bucket};

/// The class of events that tell of a request.
const REQUEST_CLASS: &str = "request";
/// Shorter answers say more of the way than of the width of the line (CMCD practice).
const TIMED_FROM_BYTES: i64 = 64 * 1_024;

/// The request that an event tells of.
pub(crate) fn request(event: &Event) -> Option<RequestRow> {
    if event.event_class.as_deref() != Some(REQUEST_CLASS) {
        return None;
    }
    let resp_bytes = event.resp_bytes.unwrap_or(0);
    let timed_ms = event.ttlb_ms.filter(|took_ms| *took_ms > 0 && resp_bytes >= TIMED_FROM_BYTES);
    Some(RequestRow {
        org: event.org,
        household: event.household.clone(),
        province: event.province,
        isp: event.isp.clone(),
        platform: event.platform.clone(),
        cdn_vendor: event.cdn_vendor.clone(),
        cdn_node: event.cdn_node.clone(),
        channel_id: event.channel_id.clone(),
        content_id: event.content_id.clone(),
        object_type: event.object_type.clone(),
        http_status: event.http_status,
        status_class: status_class(event.http_status),
        ttfb_ms: event.ttfb_ms,
        ttfb_bucket: event.ttfb_ms.map(|took_ms| log_bucket(i64::from(took_ms))),
        ttlb_ms: event.ttlb_ms,
        resp_bytes,
        timed_bytes: if timed_ms.is_some() { resp_bytes } else { 0 },
        timed_ms: timed_ms.map_or(0, i64::from),
        cache_hit: event.cache_hit,
        ts_ms: event.ts_event,
        day: event.day,
        received_ms: event.ts_received,
        simulated: event.simulated,
    })
}

/// The hundred that a status is of. One that is not told, or is none, is no answer.
fn status_class(status: Option<i32>) -> Text {
    match status {
        Some(status @ 100..=599) => smol_str::format_smolstr!("{}xx", status / 100),
        Some(_) | None => "none".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Timestamp;

    fn event() -> Event {
        Event { event_class: Some("request".into()), ..Event::new("1", Timestamp::from_millis(0)) }
    }

    #[test]
    fn only_a_request_is_one() {
        assert!(request(&event()).is_some());
        let elsewhere = Event { event_class: Some("play".into()), http_status: Some(200), ..event() };
        assert!(request(&elsewhere).is_none());
    }

    #[test]
    fn a_status_has_a_class() {
        let class = |status| request(&Event { http_status: status, ..event() }).unwrap().status_class;
        assert_eq!([Some(200), Some(404), Some(503), Some(0), None].map(class), ["2xx", "4xx", "5xx", "none", "none"]);
    }

    #[test]
    fn only_long_answers_tell_how_fast_the_line_is() {
        let timed = |resp_bytes, ttlb_ms| {
            let row = request(&Event { resp_bytes: Some(resp_bytes), ttlb_ms, ..event() }).unwrap();
            (row.resp_bytes, row.timed_bytes, row.timed_ms)
        };
        assert_eq!(timed(65_536, Some(100)), (65_536, 65_536, 100));
        assert_eq!(timed(65_535, Some(100)), (65_535, 0, 0));
        assert_eq!(timed(65_536, None), (65_536, 0, 0));
        assert_eq!(timed(65_536, Some(0)), (65_536, 0, 0), "in no time nothing can be divided");
    }
}
