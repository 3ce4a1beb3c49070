//! Worked examples of how well it plays and of the delivery network: rows made by hand, numbers by head.

use super::{
    worked_examples::{noon, told},
    world::*,
};
use crate::events::{fact_rows::ViewRow, log_bucket};

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
