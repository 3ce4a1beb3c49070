use super::*;
use crate::{
    collect::{
        Envelope, Source,
        records::{Records, parse_body, write_key_of_segment_body},
    },
    events::PlayState,
};
use model::{access::OrganisationId, time::Calendar};
use serde_json::json;

const NOW: &str = "2026-11-20T12:00:00Z";

fn parse(body: &Value, kind: Option<SegmentKind>) -> Records {
    let source =
        Source { id: 7, organisation: OrganisationId(1), name: "web".to_owned(), province: None, simulated: false };
    let envelope = Envelope { source, client: None };
    let arrival = Arrival::new(&envelope, Timestamp::parse(NOW).unwrap(), Calendar::CHINA);
    parse_body(body.to_string().as_bytes(), kind, &arrival).unwrap()
}

#[test]
fn a_batch_is_read_record_by_record() {
    let body = json!({
        "sentAt": NOW,
        "batch": [
            { "type": "track", "event": "Vote", "messageId": "m1", "userId": "u", "timestamp": "2026-11-20T11:59:58Z",
              "properties": { "province": "ZJ", "option": 3 }, "context": { "library": { "name": "analytics.js" } } },
            { "type": "page", "name": "Home", "messageId": "m2", "anonymousId": "a", "properties": { "path": "/home" } },
            { "type": "identify", "messageId": "m3", "userId": "u", "traits": { "tier": "gold", "email": "x@y.z" } },
            { "type": "cow", "messageId": "m4" },
            { "type": "track", "messageId": "m5" },
            7,
        ],
    });
    let records = parse(&body, None);
    let [track, page, identify] = [0, 1, 2].map(|index| &records.parsed[index].event);
    assert_eq!(track.event_id, "m1");
    assert_eq!(track.ts_event, Timestamp::parse("2026-11-20T11:59:58Z").unwrap());
    assert_eq!((track.province.unwrap().code(), track.platform.as_deref()), ("ZJ", Some("web")));
    assert_eq!(track.props.as_deref(), Some(r#"{"option":3}"#));
    assert_eq!((page.page_id.as_deref(), page.household.as_deref()), (Some("/home"), Some("a")));
    assert_eq!((identify.tier.as_deref(), identify.props.as_deref()), (Some("gold"), None), "no address is kept");
    let refused: Vec<_> = records.refused.iter().map(|refused| refused.rejection.position).collect();
    assert_eq!(refused, [3, 4, 5]);
}

#[test]
fn the_video_tracks_make_a_play_session() {
    let tracks = [
        ("Video Playback Started", Some(PlayState::Asked)),
        ("Video Content Started", Some(PlayState::Playing)),
        ("Video Playback Buffer Started", Some(PlayState::Stalled)),
        ("Video Quality Updated", None),
        ("Video Playback Completed", Some(PlayState::Ended)),
    ];
    for (name, state) in tracks {
        let body = json!({
            "event": name, "messageId": "m", "timestamp": NOW,
            "properties": {
                "session_id": "s1", "content_asset_ids": ["c1"], "channel": "cctv1", "position": 12.5, "bitrate": 3000,
                "livestream": true, "genre": "news", "droppedFrames": 7,
            },
        });
        let event = parse(&body, Some(SegmentKind::Track)).parsed.remove(0).event;
        assert_eq!(event.play_state, state, "{name}");
        assert_eq!((event.sid.as_deref(), event.content_id.as_deref()), (Some("s1"), Some("c1")));
        assert_eq!((event.channel_id.as_deref(), event.view_mode.as_deref()), (Some("cctv1"), Some("live")));
        assert_eq!(
            (event.position_ms, event.bitrate_kbps, event.genre.as_deref()),
            (Some(12_500), Some(3_000), Some("news"))
        );
        assert_eq!(event.dropped_frames, Some(7));
    }
}

#[test]
fn a_jump_leaves_one_second_and_lands_in_another() {
    let body = json!({
        "type": "track", "event": "Video Playback Seek Started", "messageId": "m", "timestamp": NOW,
        "properties": { "session_id": "s1", "position": 12.5, "seek_position": 300 },
    });
    let event = parse(&body, None).parsed.remove(0).event;
    assert_eq!(
        (event.play_state, event.position_ms, event.seek_to_ms),
        (Some(PlayState::Seeking), Some(12_500), Some(300_000))
    );
    assert_eq!(event.props, None);
}

#[test]
fn orders_count_in_fen() {
    let body = json!({
        "type": "track", "event": "Order Completed", "messageId": "m", "userId": "u", "timestamp": NOW,
        "properties": { "order_id": "o1", "revenue": 19.99, "currency": "CNY", "products": [{ "product_id": "p1" }] },
    });
    let event = parse(&body, None).parsed.remove(0).event;
    assert_eq!((event.order_id.as_deref(), event.amount_fen), (Some("o1"), Some(1_999)));
    assert_eq!((event.order_status.as_deref(), event.product_id.as_deref()), (Some("paid"), Some("p1")));
    assert_eq!(event.currency.as_deref(), Some("CNY"));
}

#[test]
fn numbers_beyond_their_column_are_refused() {
    let of = |event: &str, name: &str, number: f64| {
        let body = json!({ "type": "track", "event": event, "messageId": "m", "timestamp": NOW, "properties": { name: number } });
        parse(&body, None)
    };
    for (event, field, number) in [
        ("Order Completed", "revenue", 1e18),
        ("Order Refunded", "total", -1e18),
        ("Video Content Playing", "position", 1e18),
        ("Video Content Playing", "position", -1.0),
    ] {
        let records = of(event, field, number);
        assert_eq!(records.parsed, [], "{field} {number}");
        assert_eq!(records.refused[0].rejection.field.as_deref(), Some(field));
        assert!(records.refused[0].rejection.reason.contains("is not between"), "{:?}", records.refused);
    }
    let playing = of("Video Content Playing", "bitrate", 1e18);
    assert_eq!(playing.parsed[0].event.bitrate_kbps, None, "a bitrate is no reason to lose the play");
    assert_eq!(of("Order Completed", "total", 1.5).parsed[0].event.amount_fen, Some(150));
}

#[test]
fn a_wrong_clock_is_corrected_and_the_day_of_the_key_is_not() {
    let record = |sent: &str| json!({ "type": "track", "event": "x", "messageId": "m", "timestamp": "2026-11-18T12:00:00Z", "sentAt": sent });
    let first = parse(&record("2026-11-18T12:00:05Z"), None).parsed.remove(0);
    let again = parse(&record("2026-11-19T12:00:05Z"), None).parsed.remove(0);
    assert_eq!(first.event.ts_event, Timestamp::parse("2026-11-20T11:59:55Z").unwrap());
    assert_ne!(first.event.day, again.event.day);
    assert_eq!(first.client_day, again.client_day);
}

#[test]
fn paths_name_kinds_by_word_and_letter() {
    assert_eq!(SegmentKind::from_path("t"), Some(SegmentKind::Track));
    assert_eq!(SegmentKind::from_path("screen"), Some(SegmentKind::Screen));
    assert_eq!(SegmentKind::from_path("b"), None);
    assert_eq!(SegmentKind::from_path(""), None);
    assert_eq!(write_key_of_segment_body(br#"{"writeKey":"k"}"#).as_deref(), Some("k"));
}
