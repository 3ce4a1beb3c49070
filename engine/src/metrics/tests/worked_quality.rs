//! Worked examples of how well it plays and of the delivery network: rows made by hand, numbers by head.

use super::{
    worked_examples::{noon, told},
    world::*,
};
use crate::events::{
    fact_rows::{RequestRow, ViewRow},
    log_bucket,
};

/// Four plays: one tells no frames, one no latency, one never jumps, one is left before it starts.
#[tokio::test]
async fn what_the_picture_was_like() {
    let on = |sid: &str, cdn: &str| ViewRow { cdn_vendor: Some(cdn.into()), ..view(sid, sid, ZJ, noon()) };
    let latency = |ms: i32| (Some(ms), Some(log_bucket(i64::from(ms))));
    let jumps =
        |view: ViewRow, ms: i32| ViewRow { seek_latency_ms: latency(ms).0, seek_latency_bucket: latency(ms).1, ..view };
    let behind =
        |view: ViewRow, ms: i32| ViewRow { live_latency_ms: latency(ms).0, live_latency_bucket: latency(ms).1, ..view };
    let frames = |view: ViewRow, dropped: i64, rendered: i64| ViewRow {
        dropped_frames: Some(dropped),
        rendered_frames: Some(rendered),
        ..view
    };
    let scored = |view: ViewRow, milli: i32, switches: i32| ViewRow {
        mux_overall_milli: Some(milli),
        cdn_switches: Some(switches),
        ..view
    };
    let plays = |sid: &str, cdn: &str| played(on(sid, cdn), 1_200, 60_000, 0);
    let views = vec![
        scored(jumps(behind(plays("1", "a"), 2_000), 300), 93_479, 2),
        scored(jumps(frames(plays("2", "a"), 10, 990), 900), 80_000, 0),
        scored(frames(behind(plays("3", "b"), 4_000), 90, 910), 100_000, 1),
        ViewRow { mux_overall_milli: Some(50_000), ..on("4", "b") },
    ];
    let world = World { views, ..World::default() };
    let metrics = r#""qoe.dropped_frame_pct","qoe.live_latency","qoe.seek_latency","qoe.mux_overall","cdn.switch""#;
    assert_eq!(told(&world, metrics, "").await, "5.000 3000.000 600.000 80.870 3");
    assert_eq!(
        told(&world, metrics, r#""cdn""#).await,
        "a 1.000 2000.000 600.000 86.740 2\nb 9.000 4000.000 – 75.000 1"
    );
    let slowest = told(&world, r#"{"id":"qoe.live_latency","stat":"p95"}"#, "").await;
    assert!((slowest.parse::<f64>().unwrap() - 4_000.0).abs() <= 40.0, "{slowest}");
    let middle = told(&world, r#"{"id":"qoe.seek_latency","stat":"p50"}"#, "").await;
    assert!((middle.parse::<f64>().unwrap() - 300.0).abs() <= 3.0, "the nearest rank of two is the first: {middle}");
}

fn traffic(node: &str, slice: i64, bytes: i64) -> RequestRow {
    let cdn_node = Some(node.into());
    RequestRow { cdn_node, ..answered(200, None, bytes, 10, noon().plus_millis(slice * 300_000 + 1_000)) }
}

/// Twenty slices of an hour and forty minutes: nineteen of 3,000,000 bytes on two nodes, and one of thirty times as much.
#[tokio::test]
async fn bandwidth_is_billed_without_its_top() {
    let steady = (0..20).flat_map(|slice| [traffic("n1", slice, 1_000_000), traffic("n2", slice, 2_000_000)]);
    let world = World { requests: steady.chain([traffic("n1", 7, 87_000_000)]).collect(), ..World::default() };
    let ask = async |by: &str, to: &str| {
        let store = TestStore::new().await;
        store.fill(&world).await;
        let time = format!(r#""time":{{"from":"2026-03-01T12:00:00+08:00","to":"2026-03-01T{to}:00+08:00"}}"#);
        let query = format!(r#"{{"metrics":["cdn.bandwidth_p95","cdn.bandwidth_peak"],"by":[{by}],{time}}}"#);
        written(&store.ask(at("2026-03-05T12:00:00+08:00"), &everything(&[HOME]), &query).await.unwrap())
    };
    // 3,000,000 bytes in 300 s are 80 kbit/s.
    assert_eq!(ask("", "13:40").await, "80.000 2400.000", "the nineteenth of twenty");
    assert_eq!(ask(r#""cdn_node""#, "13:40").await, "n1 26.667 2346.667\nn2 53.333 53.333", "no parts of a whole");
    assert_eq!(ask("", "18:40").await, "80.000 2400.000", "the 76th of eighty, of which sixty are quiet");
    assert_eq!(ask("", "23:40").await, "80.000 2400.000", "the 133rd of 140");
    assert_eq!(told(&world, r#""cdn.bandwidth_p95""#, "").await, "80.000", "the 274th of 288");
    let thin = World { requests: (0..14).map(|slice| traffic("n1", slice, 3_000_000)).collect(), ..World::default() };
    assert_eq!(
        told(&thin, r#""cdn.bandwidth_p95","cdn.bandwidth_peak""#, "").await,
        "0.000 80.000",
        "fourteen are the top"
    );
    // A slice that begins in the range is read to its end.
    assert_eq!(ask("", "12:01").await, "80.000 80.000");
    let by_hour = ask(r#"{"time":"hour"}"#, "15:00").await;
    let hours: Vec<&str> = by_hour.lines().map(|line| &line[26..]).collect();
    assert_eq!(hours, ["2400.000 2400.000", "80.000 80.000", "0.000 0.000"], "of twelve the twelfth");
}

/// Two jump back to the same scene and one forward over it.
#[tokio::test]
async fn jumps_land_in_pieces_of_a_title() {
    let play = |sid: &str| ViewRow { content_id: Some("film".into()), ..view(sid, sid, ZJ, noon()) };
    let seeks =
        vec![jump(&play("1"), 120_000, 60_000), jump(&play("2"), 124_900, 64_999), jump(&play("3"), 58_000, 125_000)];
    let world = World { seeks, ..World::default() };
    let landings = told(&world, r#""content.replay_skip_to""#, r#""content","seek_to","seek_way""#).await;
    assert_eq!(landings, "film 12 back 2\nfilm 25 forward 1");
    assert_eq!(told(&world, r#""content.replay_skip_from""#, r#""seek_from""#).await, "11 1\n24 2");
    assert_eq!(told(&world, r#""content.replay_skip_to","content.replay_skip_from""#, "").await, "3 3");
}
