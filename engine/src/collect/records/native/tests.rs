use super::*;
use crate::{
    collect::{Envelope, Source},
    events::{GeoSource, PlayState},
    facts::{appraisal, delivery, figures, media},
};
use model::{
    access::OrganisationId,
    geo::Province,
    time::{Calendar, Timestamp},
};

const NOW: i64 = 1_763_650_000_000;

fn envelope(province: Option<Province>) -> Envelope {
    let source = Source { id: 7, organisation: OrganisationId(3), name: "box".to_owned(), province, simulated: false };
    Envelope { source, client: Some("1.12.14.77".parse().unwrap()) }
}

fn parse(lines: &str) -> Records {
    let envelope = envelope(None);
    parse_lines(lines.as_bytes(), 1, &Arrival::new(&envelope, Timestamp::from_millis(NOW), Calendar::CHINA))
}

#[test]
fn columns_are_read_and_the_rest_is_kept() {
    let line = format!(
        r#"{{"event_id":"a","ts_event":{NOW},"sid":"s","play_state":"p","user_id":42,"province":"CN-ZJ","colour":"r\u00f6t","tags":[1]}}"#
    );
    let records = parse(&line);
    assert_eq!(records.refused, []);
    let event = &records.parsed[0].event;
    assert_eq!((event.org, event.source_id), (OrganisationId(3), 7));
    assert_eq!(event.play_state, Some(PlayState::Playing));
    assert_eq!(event.user_id.as_deref(), Some("42"));
    assert_eq!(event.household.as_deref(), Some("42"));
    assert_eq!((event.province, event.geo_source), (Some(Province::ZJ), Some(GeoSource::Event)));
    assert_eq!((event.isp.as_deref(), event.ip_prefix.as_deref()), (Some("ct"), Some("1.12.14.0/24")));
    assert_eq!(event.props.as_deref(), Some(r#"{"colour":"röt","tags":[1]}"#));
}

#[test]
fn what_happens_in_a_media_network_is_read_and_a_word_of_no_list_refused() {
    let lines = [
        format!(
            r#"{{"event_id":"a","ts_event":{NOW},"unit":"县融媒","unit_level":"county","article_id":"n1","article_action":"read","reads":300}}"#
        ),
        format!(r#"{{"event_id":"b","ts_event":{NOW},"ad_id":"x","ad_action":"impression","visible_ms":1200}}"#),
        format!(r#"{{"event_id":"c","ts_event":{NOW},"service":"help","service_action":"done","took_ms":3600000}}"#),
        format!(
            r#"{{"event_id":"d","ts_event":{NOW},"unit":"新闻部","kpi_id":"rating","actual_milli":900,"target_milli":1000,"better":"higher"}}"#
        ),
        format!(r#"{{"event_id":"g","ts_event":{NOW},"figure":"downloads","figure_value":54600000,"platform":"ios"}}"#),
        format!(r#"{{"event_id":"e","ts_event":{NOW},"article_id":"n1","article_action":"burn"}}"#),
        format!(r#"{{"event_id":"f","ts_event":{NOW},"reads":-1}}"#),
    ];
    let records = parse(&lines.join("\n"));
    let events: Vec<_> = records.parsed.iter().map(|parsed| &parsed.event).collect();
    assert_eq!(media::article(events[0]).map(|row| row.reads), Some(300));
    assert_eq!(media::advertisement(events[1]).and_then(|row| row.visible_ms), Some(1_200));
    assert!(media::service(events[2]).is_some_and(|row| row.took_bucket.is_some()));
    assert_eq!(appraisal::result(events[3]).and_then(|row| row.attainment_milli), Some(900));
    assert_eq!(figures::reported(events[4]).map(|row| row.value), Some(54_600_000));
    let told: Vec<_> = records.refused.iter().map(|refused| refused.rejection.reason.as_str()).collect();
    assert_eq!(
        told,
        [
            "“burn” is no thing that happens to an article: expected one of submit, adopt, publish, share, reprint, read",
            "-1 is not between 0 and 10000000000",
        ]
    );
}

#[test]
fn requests_to_the_delivery_network_are_read_and_so_is_what_is_said_of_a_title() {
    let lines = [
        format!(
            r#"{{"event_id":"a","ts_event":{NOW},"event_class":"request","cdn_vendor":"wangsu","cdn_node":"10.1.2.3","object_type":"segment","http_status":206,"ttfb_ms":12,"ttlb_ms":80,"resp_bytes":1000000,"cache_hit":true}}"#
        ),
        format!(
            r#"{{"event_id":"b","ts_event":{NOW},"sid":"s","content_len_ms":5400000,"cp_id":"huashu","ts_released":{NOW}}}"#
        ),
        format!(r#"{{"event_id":"c","ts_event":{NOW},"http_status":1000}}"#),
        format!(r#"{{"event_id":"d","ts_event":{NOW},"cache_hit":"HIT"}}"#),
    ];
    let records = parse(&lines.join("\n"));
    let events: Vec<_> = records.parsed.iter().map(|parsed| &parsed.event).collect();
    let request = delivery::request(events[0]).unwrap();
    assert_eq!((request.status_class.as_str(), request.timed_bytes, request.cache_hit), ("2xx", 1_000_000, Some(true)));
    assert_eq!((events[1].content_len_ms, events[1].cp_id.as_deref()), (Some(5_400_000), Some("huashu")));
    assert_eq!(events[1].ts_released.map(Timestamp::millis), Some(NOW));
    let told: Vec<_> = records.refused.iter().map(|refused| refused.rejection.reason.as_str()).collect();
    assert_eq!(told, ["1000 is not between 0 and 999", "expected true or false, found a text"]);
}

#[test]
fn what_a_player_tells_of_its_picture_is_read() {
    let line = format!(
        r#"{{"event_id":"a","ts_event":{NOW},"sid":"s","dropped_frames":3,"rendered_frames":1500,"live_latency_ms":4200}}"#
    );
    let event = parse(&line).parsed.remove(0).event;
    assert_eq!(
        (event.dropped_frames, event.rendered_frames, event.live_latency_ms),
        (Some(3), Some(1_500), Some(4_200))
    );
    let wrong = format!(r#"{{"event_id":"a","ts_event":{NOW},"dropped_frames":-1}}"#);
    assert_eq!(parse(&wrong).refused[0].rejection.field.as_deref(), Some("dropped_frames"));
}

#[test]
fn what_the_collector_sets_cannot_be_sent() {
    let line = format!(
        r#"{{"event_id":"a","ts_event":{NOW},"tenant":9,"org":9,"ts_received":5,"geo_source":"account","ip_prefix":"9.9.9.0/24","simulated":true}}"#
    );
    let event = parse(&line).parsed.remove(0).event;
    assert_eq!((event.org, event.ts_received.millis(), event.simulated), (OrganisationId(3), NOW, false));
    assert_eq!((event.geo_source, event.ip_prefix.as_deref()), (None, Some("1.12.14.0/24")));
    assert_eq!(event.props, None);
}

#[test]
fn the_key_says_the_province() {
    let envelope = envelope(Some(Province::GD));
    let line = format!(r#"{{"event_id":"a","ts_event":{NOW},"province":"ZJ"}}"#);
    let arrival = Arrival::new(&envelope, Timestamp::from_millis(NOW), Calendar::CHINA);
    let event = parse_lines(line.as_bytes(), 1, &arrival).parsed.remove(0).event;
    assert_eq!((event.province, event.geo_source), (Some(Province::GD), Some(GeoSource::Key)));
}

#[test]
fn bad_lines_are_told_and_the_others_taken() {
    let good = format!(r#"{{"event_id":"a","ts_event":{NOW}}}"#);
    let lines = [
        good.clone(),
        "{\"event_id\":".to_owned(),
        "[1]".to_owned(),
        r#"{"event_id":"b","ts_event":"1970-01-01T00:00:00Z"}"#.to_owned(),
        r#"{"event_id":"c","ts_event":"2100-01-01T00:00:00Z"}"#.to_owned(),
        format!(r#"{{"event_id":"d","ts_event":{NOW},"play_state":"x"}}"#),
        format!(r#"{{"event_id":"e","ts_event":{NOW},"bitrate_kbps":"fast"}}"#),
        r#"{"event_id":"f"}"#.to_owned(),
        format!(r#"{{"event_id":"g","ts_event":{NOW},"province":"XX"}}"#),
        format!(r#"{{"event_id":"{}","ts_event":{NOW}}}"#, "h".repeat(129)),
        format!(r#"{{"event_id":"i","ts_event":{NOW},"view_mode":"cinema"}}"#),
        format!(r#"{{"event_id":"j","ts_event":{NOW},"x":"{}"}}"#, "y".repeat(70_000)),
        format!(r#"{{"event_id":"k","ts_event":{NOW},"x":{}{}}}"#, "[".repeat(20), "]".repeat(20)),
        format!("{good} trailing"),
        format!(r#"{{"event_id":"l","ts_event":{}}}"#, i64::MAX),
        format!(r#"{{"event_id":"m","ts_event":{NOW},"amount_fen":{}}}"#, i64::MAX),
        format!(r#"{{"event_id":"n","ts_event":{NOW},"sid":"a\u001eb"}}"#),
    ];
    let records = parse(&lines.join("\n"));
    assert_eq!(records.parsed.len(), 1);
    let told: Vec<_> = records
        .refused
        .iter()
        .map(|refused| {
            let rejection = &refused.rejection;
            format!("{} {}: {}", rejection.position, rejection.field.as_deref().unwrap_or("-"), rejection.reason)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_record_without_an_id_gets_one_from_its_content() {
    let line = format!(r#"{{"ts_event":{NOW},"sid":"s"}}"#);
    let other = format!(r#"{{"ts_event":{NOW},"sid":"t"}}"#);
    let ids: Vec<_> = [&line, &line, &other].map(|line| parse(line).parsed.remove(0).event.event_id).into();
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
}

#[test]
fn a_wrong_clock_is_corrected_by_the_time_of_sending() {
    let hour = 3_600_000;
    let (at, sent) = (NOW + hour - 2_000, NOW + hour);
    let event = parse(&format!(r#"{{"event_id":"a","ts_event":{at},"ts_sent":{sent}}}"#)).parsed.remove(0).event;
    assert_eq!(event.ts_event.millis(), NOW - 2_000);
}

#[test]
fn a_file_keeps_the_moments_of_its_records() {
    let at = NOW - 365 * 86_400_000;
    let line = format!(r#"{{"event_id":"a","ts_event":{at},"ts_broadcast":{at},"ts_sent":{}}}"#, at + 5_000);
    let envelope = envelope(None);
    let arrival = Arrival::of_file(&envelope, Timestamp::from_millis(NOW), Calendar::CHINA);
    let parsed = parse_lines(line.as_bytes(), 1, &arrival).parsed.remove(0);
    let moment = Timestamp::from_millis(at);
    assert_eq!((parsed.event.ts_event, parsed.event.ts_broadcast), (moment, Some(moment)));
    assert_eq!(parsed.event.day, Calendar::CHINA.day_of(moment));
}
