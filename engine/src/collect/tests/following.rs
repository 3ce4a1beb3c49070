//! What the collector writes stands in ClickHouse too: open sessions, those that end, and those that a late event changes.

use super::*;
use crate::{
    events::{ClickHouseStore, EventEngine as _, Fact, clickhouse::tests::TestCluster},
    programmes::import_xmltv,
};
use std::time::Duration;

/// A world that a cluster follows.
async fn followed(servers: &TestCluster) -> (World, ClickHouseStore) {
    let folder = tempfile::tempdir().unwrap();
    let clickhouse = ClickHouseStore::connect_with(&servers.address(), Duration::ZERO).await.unwrap();
    let settings = clickhouse.settings_of_working_store();
    let store = EventStore::open_with(folder.path(), Calendar::CHINA, settings).await.unwrap();
    clickhouse.follow(store.clone()).await.unwrap();
    let clock = Arc::new(SetClock::at(Timestamp::from_millis(NOW)));
    let shared: SharedClock = clock.clone();
    let collector = Collector::open_with(folder.path(), None, store.clone(), shared).await.unwrap();
    (World { folder, clock, store, collector }, clickhouse)
}

async fn both_agree(world: &World, clickhouse: &ClickHouseStore) {
    world.collector.flush().await.unwrap();
    clickhouse.has_everything().await;
    clickhouse.must_agree_with(&world.store).await;
}

async fn views(clickhouse: &ClickHouseStore) -> String {
    let text = "SELECT sid, play_ms, ended FROM all_view FINAL WHERE gone = 0 ORDER BY sid";
    let rows = clickhouse.ask(text).await.unwrap().rows().collect::<Vec<_>>();
    rows.iter().map(|row| written(row)).collect::<Vec<_>>().join(" / ")
}

#[tokio::test]
async fn every_change_of_a_session_arrives() {
    let servers = TestCluster::start().await;
    let (world, clickhouse) = followed(&servers).await;
    let start = NOW - 300_000;
    for number in 0..20 {
        world.send(&session(&format!("whole-{number}"), start + number * 1_000)).await;
    }
    world.send(&[play("1", "open", start, "s"), play("2", "open", start + 1_000, "p")]).await;
    both_agree(&world, &clickhouse).await;
    // It goes on, minute by minute.
    for minute in 1..4 {
        let at = start + minute * 60_000;
        world.send(&[play(&format!("beat-{minute}"), "open", at, "p")]).await;
        both_agree(&world, &clickhouse).await;
    }
    world.send(&[play("end", "open", start + 240_000, "q")]).await;
    both_agree(&world, &clickhouse).await;
    assert!(views(&clickhouse).await.starts_with("open 239000 1 / whole-0 88800 1"));
    // It had begun before, and stalled in between: the row is another one, at another moment.
    world.send(&[play("late-1", "open", start - 60_000, "s"), play("late-2", "open", start + 100_000, "r")]).await;
    both_agree(&world, &clickhouse).await;
    // And another that nobody ends.
    world.send(&[play("3", "left", NOW - 10_000, "s"), play("4", "left", NOW - 9_000, "p")]).await;
    both_agree(&world, &clickhouse).await;
    world.clock.set(Timestamp::from_millis(NOW + 600_000));
    world.send(&session("later", NOW + 500_000)).await;
    both_agree(&world, &clickhouse).await;
}

#[tokio::test]
async fn accounts_orders_pages_and_guides_arrive() {
    let servers = TestCluster::start().await;
    let (world, clickhouse) = followed(&servers).await;
    let line =
        |id: &str, rest: &str| format!(r#"{{"event_id":"{id}","ts_event":{},"household_id":"h",{rest}}}"#, NOW - 9_000);
    world
        .send(&[
            line("a", r#""account_event":"open","tier":"gold","province":"ZJ""#),
            line("b", r#""order_id":"o","order_status":"paid","amount_fen":1990"#),
            line("c", r#""event_class":"page","page_id":"it's \\ 首页""#),
            line("d", r#""activity_id":"gala","action":"vote""#),
        ])
        .await;
    both_agree(&world, &clickhouse).await;
    // The account moves to another province: its row is another one.
    world.send(&[line("e", r#""account_event":"activate","province":"GD""#)]).await;
    world.send(&[line("f", r#""account_event":"close""#)]).await;
    both_agree(&world, &clickhouse).await;
    let guide = || include_bytes!("../../../../assets/epg-cctv1.xml").to_vec();
    for _ in 0..2 {
        import_xmltv(&world.store, OrganisationId(1), guide(), 0).await.unwrap();
        both_agree(&world, &clickhouse).await;
    }
    let programmes = clickhouse.ask("SELECT count(*) FROM programme FINAL WHERE gone = 0").await.unwrap();
    assert_eq!(programmes.rows().collect::<Vec<_>>(), [[Value::Integer(37)]]);
}

#[tokio::test]
async fn what_is_put_right_arrives_too() {
    let servers = TestCluster::start().await;
    let (world, clickhouse) = followed(&servers).await;
    for number in 0..3 {
        world.send(&session(&format!("{number}"), NOW - 3_600_000 + number * 1_000)).await;
    }
    world.send(&[format!(r#"{{"event_id":"o","ts_event":{NOW},"order_id":"o","amount_fen":1990}}"#)]).await;
    both_agree(&world, &clickhouse).await;
    world.collector.close().await.unwrap();
    let write = async |text: &'static str, tell: bool| {
        let work = move |transaction: &crate::events::Transaction<'_>| {
            if tell {
                return transaction.change("fact_view_open", text, []);
            }
            Ok(transaction.connection().execute_batch(text)?)
        };
        world.store.write(work).arrives().await.unwrap();
    };
    write("update fact_view_open set play_ms = 7 where sid = '1'", true).await;
    clickhouse.has_everything().await;
    assert_eq!(views(&clickhouse).await, "0 88800 1 / 1 7 1 / 2 88800 1");
    let rebuild = async || {
        let clock: SharedClock = world.clock.clone();
        rebuild_facts(&world.store, world.folder.path(), clock, Rebuilding::Exchanged, |_| {}).await.unwrap()
    };
    assert!(!rebuild().await.cluster_lacks);
    clickhouse.has_everything().await;
    assert_eq!(views(&clickhouse).await, "0 88800 1 / 1 88800 1 / 2 88800 1");
    clickhouse.must_agree_with(&world.store).await;

    // Of two orders that are alike, the cluster can't be told which one goes: it is copied to anew.
    write("insert into fact_order select * from fact_order", false).await;
    assert!(rebuild().await.cluster_lacks);
    world.store.close().await.unwrap();
    clickhouse.close().await;
    let again = ClickHouseStore::connect_with(&servers.address(), Duration::ZERO).await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    copy_folder(world.folder.path(), copy.path());
    let store = EventStore::open_with(copy.path(), Calendar::CHINA, again.settings_of_working_store()).await.unwrap();
    let refused = again.follow(store.clone()).await.unwrap_err().to_string();
    assert!(refused.contains("lingdong migrate-events"), "{refused}");
    again.take_history(&store, |_| {}).await.unwrap();
    again.must_agree_with(&store).await;
}

#[tokio::test]
async fn days_that_are_dropped_leave_it_too() {
    let servers = TestCluster::start().await;
    let (world, clickhouse) = followed(&servers).await;
    world.collector.import(&source(), "history", Came::Together, retaining::history(70), |_| {}).await.unwrap();
    both_agree(&world, &clickhouse).await;
    let count = async |text: &str| match clickhouse.ask(text).await.unwrap().rows().next().unwrap()[0] {
        Value::Integer(count) => count,
        ref other => panic!("{other:?}"),
    };
    let orders = "SELECT count(*) FROM fact_order FINAL WHERE gone = 0";
    assert_eq!(count(orders).await, 71);
    // Within a slice of thirty days, over its end, and once more what is gone.
    for kept in [65, 33, 20, 20] {
        let today = world.store.calendar().day_of(Timestamp::from_millis(NOW));
        let before = Some(today.plus(-kept));
        let version = clickhouse.version(Fact::OrderEvent, (today.plus(-66), today.plus(-66)));
        let days = OldDays { events_before: before, facts_before: before };
        drop_old_days(&world.store, days, Timestamp::from_millis(NOW)).await.unwrap();
        both_agree(&world, &clickhouse).await;
        assert_eq!(count(orders).await, i64::from(kept) + 1);
        assert!(kept != 65 || clickhouse.version(Fact::OrderEvent, (today.plus(-66), today.plus(-66))) > version);
        // It goes on.
        world.send(&session(&format!("after-{kept}"), NOW - 100_000)).await;
        both_agree(&world, &clickhouse).await;
    }
    assert_eq!(count("SELECT count(*) FROM fact_account FINAL WHERE gone = 0").await, 71);
}
