//! The same record counts once, whenever it is sent again.

use super::*;
use model::time::Day;

const DAY_MS: i64 = 86_400_000;

/// A minute before midnight.
fn evening() -> i64 {
    let today = Calendar::CHINA.day_of(Timestamp::from_millis(NOW));
    Calendar::CHINA.start_of(Day(today.0 + 1)).millis() - 60_000
}

impl World {
    async fn track(&self, record: &str) -> (usize, usize) {
        let kind = Some(SegmentKind::Track);
        let acceptance = self.collector.accept_segment(&envelope(), kind, record.as_bytes()).await.unwrap();
        (acceptance.accepted, acceptance.duplicates)
    }

    fn at(&self, now_ms: i64) -> &Self {
        self.clock.set(Timestamp::from_millis(now_ms));
        self
    }
}

#[tokio::test]
async fn a_record_without_a_moment_counts_once_across_midnight() {
    for record in [r#"{"event":"Vote","messageId":"m"}"#, r#"{"event":"Vote","userId":"u"}"#] {
        let world = World::over(tempfile::tempdir().unwrap(), evening()).await;
        assert_eq!(world.track(record).await, (1, 0));
        assert_eq!(world.at(evening() + 120_000).track(record).await, (0, 1), "two minutes later");
        assert_eq!(world.at(evening() + 3 * DAY_MS).track(record).await, (0, 1), "three days later");
        assert_eq!(world.one("select count(*) from event where not_kept is null").await, "1");
    }
}

#[tokio::test]
async fn a_native_record_counts_once_across_midnight() {
    let world = World::over(tempfile::tempdir().unwrap(), evening()).await;
    let line = |id: &str, sent_ms: i64| {
        vec![format!(r#"{{{id}"ts_event":{},"ts_sent":{sent_ms},"user_id":"u"}}"#, evening() - 1_000)]
    };
    for (number, id) in [r#""event_id":"a","#, ""].into_iter().enumerate() {
        world.at(evening());
        assert_eq!(world.send(&line(id, evening())).await.accepted, 1, "{number}");
        world.at(evening() + 120_000);
        assert_eq!(world.send(&line(id, evening() + 120_000)).await.duplicates, 1, "{number}");
    }
}

/// On the last day on which the client's own day is believed, the record stands under it; a day later it does not.
#[tokio::test]
async fn a_client_whose_clock_is_wrong_by_days_counts_once() {
    let world = World::new().await;
    let at_ms = NOW - 8 * DAY_MS;
    let line = [format!(r#"{{"event_id":"a","ts_event":{at_ms},"ts_sent":{at_ms},"user_id":"u"}}"#)];
    assert_eq!(world.send(&line).await.accepted, 1);
    world.clock.set(Timestamp::from_millis(NOW + DAY_MS));
    assert_eq!(world.send(&line).await.duplicates, 1);
    assert_eq!(world.one("select count(*) from event where not_kept is null").await, "1");
}

#[tokio::test]
async fn ids_stay_known_after_a_restart() {
    let world = World::over(tempfile::tempdir().unwrap(), evening()).await;
    let record = r#"{"event":"Vote","messageId":"m"}"#;
    assert_eq!(world.track(record).await, (1, 0));
    let again = world.killed(evening() + 120_000).await;
    assert_eq!(again.track(record).await, (0, 1));
}
