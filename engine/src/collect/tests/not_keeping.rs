//! What was not kept is told as durably as what was.

use super::*;

const NOT_KEPT: &str = "select source_id, province, not_kept, field, sum(events) from fact_arrival \
                        where not_kept is not null group by all order by all";

#[tokio::test]
async fn what_is_not_kept_is_told_after_a_kill_too() {
    let world = World::new().await;
    let lines = session("a", NOW - 100_000);
    world.send(&lines).await;
    world.send(&lines).await;
    let bad = [
        r#"{"event_id":"old","ts_event":"1970-01-01T00:00:00Z"}"#.to_owned(),
        format!(r#"{{"event_id":"1","ts_event":{NOW},"play_state":"z"}}"#),
        format!(r#"{{"event_id":"2","ts_event":{NOW},"play_state":"y"}}"#),
        "no record at all".to_owned(),
    ];
    world.send(&[bad.to_vec(), lines[..1].to_vec()].concat()).await;
    let told = ["1 - refused play_state 2", "1 - refused ts_event 1", "1 - refused - 1", "1 - repeated - 5"];
    assert_eq!(world.rows(NOT_KEPT).await, told);
    let again = world.killed(NOW).await;
    assert_eq!(again.rows(NOT_KEPT).await, told);
    assert_eq!(again.one("select sum(events) from fact_arrival where not_kept is null").await, "4");
}

/// A write key that stands for a province says where it happened; records beyond those that are listed count too.
#[tokio::test]
async fn what_a_province_sends_in_vain_is_told_as_its_own() {
    let world = World::new().await;
    let envelope = Envelope { source: Source { province: Some(Province::GD), ..source() }, client: None };
    world.collector.accept_native(&envelope, &b"x\n".repeat(19_000)).await.unwrap();
    assert_eq!(world.rows(NOT_KEPT).await, ["1 GD refused - 19000"]);
}
