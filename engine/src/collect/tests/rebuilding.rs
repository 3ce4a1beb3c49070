//! Facts worked out again from the events are those that were made as the events came.

use super::*;
use crate::events::{EngineError, Transaction, fact_tables::FACTS};

const MINUTE_MS: i64 = 60_000;
/// A little more than an hour before midnight in China.
const EVENING: i64 = NOW;

impl World {
    /// Nothing is taken any more, and nothing written.
    async fn rest(&self) {
        self.collector.flush().await.unwrap();
        self.collector.close().await.unwrap();
    }

    async fn rebuild(&self, rebuilding: Rebuilding) -> Rebuilt {
        let clock: SharedClock = self.clock.clone();
        rebuild_facts(&self.store, self.folder.path(), clock, rebuilding, |_| {}).await.unwrap()
    }

    /// Every row of every fact.
    async fn facts(&self) -> Vec<String> {
        let mut facts = Vec::new();
        for fact in FACTS {
            let rows = fact.tables.iter().map(|table| format!("select * from {table}")).collect::<Vec<_>>();
            let rows = self.store.ask(&format!("{} order by all", rows.join(" union all "))).await;
            facts.extend(rows.iter().map(|row| format!("{} {}", fact.name, written(row))));
        }
        for table in ["fact_view", "fact_view_open"] {
            let rows = self.store.ask(&format!("select sid from {table} order by all")).await;
            facts.extend(rows.iter().map(|row| format!("{table} {}", written(row))));
        }
        facts
    }

    async fn alter(&self, text: &'static str) {
        let alter =
            move |transaction: &Transaction<'_>| Ok::<_, EngineError>(transaction.connection().execute_batch(text)?);
        self.store.write(alter).arrives().await.unwrap();
    }
}

fn differing(rebuilt: &Rebuilt) -> Vec<(&'static str, u64, u64)> {
    let facts = rebuilt.facts.iter().filter(|fact| fact.rows() > 0);
    facts.map(|fact| (fact.fact, fact.surplus, fact.missing)).collect()
}

const NO_FACTS: &str =
    "delete from fact_view; delete from fact_view_open; delete from fact_minute; delete from fact_minute_open;
    delete from fact_quality_minute; delete from fact_quality_minute_open; delete from fact_account; delete from fact_account_activity; delete from fact_order; delete from fact_page;
    delete from fact_participation; delete from fact_article; delete from fact_advertisement; delete from fact_service;
    delete from fact_appraisal; delete from fact_request; delete from fact_figure; delete from fact_seek";

#[tokio::test]
async fn what_is_wrong_is_told_and_put_right() {
    let world = World::new().await;
    for number in 0..3 {
        world.send(&session(&format!("{number}"), NOW - 3_600_000 + number * 1_000)).await;
    }
    let order = r#"{"event_id":"o","ts_event":1763649000000,"household_id":"h","order_id":"1","amount_fen":990}"#;
    world.send(&[order.to_owned()]).await;
    world.rest().await;
    world.clock.set(Timestamp::from_millis(NOW + 600_000));
    let same = world.rebuild(Rebuilding::Compared).await;
    assert_eq!((same.events, differing(&same)), (13, vec![]));
    let right = world.facts().await;

    world.alter("update fact_view set play_ms = play_ms + 1 where sid = '1'; insert into fact_order select * from fact_order").await;
    let told = world.rebuild(Rebuilding::Compared).await;
    assert_eq!(differing(&told), [("view", 1, 1), ("order", 1, 0)]);
    let totals = |fact: usize| told.facts[fact].totals.clone();
    assert_eq!(totals(0)[..2], [("rows", 3, 3), ("play_ms", 266_401, 266_400)]);
    assert_eq!(totals(5), [("rows", 2, 1), ("amount_fen", 1_980, 990)]);
    let left = last_reconciled(&world.store).await.unwrap().unwrap();
    assert_eq!(left.checked.millis(), NOW + 600_000);
    let left: Vec<_> = left.differences.iter().filter(|(_, rows)| *rows > 0).collect();
    assert_eq!(left, [&("order".to_owned(), 1), &("view".to_owned(), 2)]);
    assert_ne!(world.facts().await, right, "nothing was exchanged");

    assert_eq!(differing(&world.rebuild(Rebuilding::Exchanged).await), differing(&told));
    assert_eq!(world.facts().await, right);
    let left = last_reconciled(&world.store).await.unwrap().unwrap();
    assert!(left.differences.iter().all(|(_, rows)| *rows == 0), "{left:?}");
    assert_eq!(left.differences.len(), FACTS.len());
    assert!(!world.folder.path().join("rebuild").exists());
}

/// A store from before there was such a fact has none of its tables; opened, it has them, and rebuilt, its history.
#[tokio::test]
async fn facts_that_came_later_are_worked_out_of_the_events_of_before() {
    let world = World::new().await;
    world.send(&session("a", NOW - 3_600_000)).await;
    world.send(&session("b", NOW - 60_000)[..3]).await;
    world.rest().await;
    let right = world.facts().await;
    world
        .alter("drop view all_quality_minute; drop table fact_quality_minute; drop table fact_quality_minute_open")
        .await;
    world.store.close().await.unwrap();
    let opened = world.killed(NOW).await;
    // The session that goes on has all its minutes as soon as something more is known of it.
    opened.send(&session("b", NOW - 60_000)[3..]).await;
    let minutes = "select sid, sum(play_ms) from all_quality_minute group by sid order by sid";
    assert_eq!(opened.rows(minutes).await, ["b 88800"]);
    opened.rest().await;
    assert_eq!(differing(&opened.rebuild(Rebuilding::Exchanged).await), [("quality_minute", 0, 3)]);
    assert_eq!(opened.one_of_store(minutes).await, "a 88800 / b 88800");
    let of_a = |facts: &[String]| facts.iter().filter(|row| row.contains(" a ")).cloned().collect::<Vec<_>>();
    assert_eq!(of_a(&opened.facts().await), of_a(&right));
}

#[tokio::test]
async fn a_rebuilding_that_was_killed_leaves_the_facts_and_is_done_again() {
    let world = World::new().await;
    world.send(&session("a", NOW - 3_600_000)).await;
    world.rest().await;
    world.alter("update fact_view_open set play_ms = 7").await;
    // What a process that dies leaves: half of another store.
    let folder = world.folder.path().join("rebuild");
    let shadow = EventStore::open(&folder, Calendar::CHINA).await.unwrap();
    shadow
        .write(|shadow| shadow.append("event", &[Event::new("half", Timestamp::from_millis(NOW))]))
        .arrives()
        .await
        .unwrap();
    shadow.close().await.unwrap();
    drop(shadow);
    assert_eq!(world.one_of_store("select play_ms from all_view").await, "7");
    assert_eq!(world.rebuild(Rebuilding::Exchanged).await.events, 4);
    assert_eq!(world.one_of_store("select play_ms from all_view").await, "88800");
}

impl World {
    async fn one_of_store(&self, sql: &str) -> String {
        self.store.ask(sql).await.iter().map(|row| written(row)).collect::<Vec<_>>().join(" / ")
    }
}

/// A clock on which every look takes a minute.
#[derive(Debug)]
struct RunningClock(std::sync::atomic::AtomicI64);

impl crate::clock::Clock for RunningClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.fetch_add(MINUTE_MS, std::sync::atomic::Ordering::SeqCst))
    }
}

#[tokio::test]
async fn sessions_that_settle_while_events_are_counted_do_not_differ() {
    let world = World::new().await;
    world.send(&session("a", NOW - 80_000)[..3]).await;
    world.rest().await;
    let clock = Arc::new(RunningClock((NOW + 100_000).into()));
    let compared = rebuild_facts(&world.store, world.folder.path(), clock.clone(), Rebuilding::Compared, |_| {}).await;
    assert_eq!(differing(&compared.unwrap()), []);
    assert_eq!(world.one_of_store("select ended from all_view").await, "false");
    let later = rebuild_facts(&world.store, world.folder.path(), clock, Rebuilding::Compared, |_| {}).await;
    assert_eq!(differing(&later.unwrap()), []);
    assert_eq!(world.one_of_store("select ended from all_view").await, "true", "its time had come");
}

/// What happens, and what then.
#[derive(Debug, Clone)]
struct Step {
    line: String,
    now_ms: i64,
    then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    More,
    Send,
    Flush,
    Kill,
}

fn line(number: usize, now_ms: i64, (what, who, late_s, choice): (u8, u8, i64, usize)) -> String {
    let at_ms = now_ms - late_s * 1_000;
    let province = ["ZJ", "GD", "SH"][choice % 3];
    let head = format!(r#""event_id":"{number}","ts_event":{at_ms},"household_id":"h{}""#, who % 3);
    let rest = match what {
        0 => format!(
            r#""account_event":"{}","province":"{province}""#,
            ["open", "activate", "close", "suspend"][choice % 4]
        ),
        1 => r#""account_event":"power_on""#.to_owned(),
        2 => format!(r#""order_id":"o{who}","order_status":"paid","amount_fen":{choice}00,"province":"{province}""#),
        3 => r#""event_class":"page","page_id":"home","visible_ms":100"#.to_owned(),
        4 => r#""activity_id":"gala","action":"vote""#.to_owned(),
        5 => r#""article_id":"a","article_action":"read","reads":3"#.to_owned(),
        6 => r#""ad_id":"a","ad_action":"impression""#.to_owned(),
        7 => r#""service":"help","service_action":"done","took_ms":900"#.to_owned(),
        9 => format!(r#""figure":"titles","figure_value":{choice},"genre":"g{}""#, who % 2),
        8 => format!(r#""kpi_id":"k","actual_milli":{choice}00,"target_milli":500,"unit":"u""#),
        _ => {
            let state = ["s", "p", "p", "r", "a", "q"][choice % 6];
            let channel = ["X", "Y"][choice % 2];
            format!(r#""sid":"s{who}","play_state":"{state}","channel_id":"{channel}","province":"{province}""#)
        }
    };
    format!("{{{head},{rest}}}")
}

/// A night around midnight, in which events come late, come again, and the server is killed.
fn night() -> impl Strategy<Value = Vec<Step>> {
    let late_s = prop_oneof![6 => Just(0_i64), 2 => 1_i64..100, 1 => 100_i64..7_200];
    let then = prop_oneof![4 => Just(Then::More), 4 => Just(Then::Send), 1 => Just(Then::Flush), 1 => Just(Then::Kill)];
    let drawn = ((0_u8..24, 0_u8..5, late_s, 0_usize..12), 1_i64..200, then, prop::bool::weighted(0.1));
    prop::collection::vec(drawn, 1..120).prop_map(|drawn| {
        let mut now_ms = EVENING;
        let mut steps: Vec<Step> = Vec::new();
        for (number, (what, pause_s, then, again)) in drawn.into_iter().enumerate() {
            now_ms += pause_s * 1_000;
            let earlier = steps.get(number / 2).filter(|_| again).map(|step| step.line.clone());
            steps.push(Step { line: earlier.unwrap_or_else(|| line(number, now_ms, what)), now_ms, then });
        }
        steps
    })
}

async fn live_through(mut world: World, steps: &[Step]) -> World {
    let mut batch = Vec::new();
    for step in steps {
        world.clock.set(Timestamp::from_millis(step.now_ms));
        batch.push(step.line.clone());
        if step.then != Then::More {
            world.send(&std::mem::take(&mut batch)).await;
        }
        match step.then {
            Then::More | Then::Send => {}
            Then::Flush => world.collector.flush().await.unwrap(),
            Then::Kill => world = world.killed(step.now_ms).await,
        }
    }
    if !batch.is_empty() {
        world.send(&batch).await;
    }
    world
}

#[test]
fn facts_worked_out_again_are_those_that_were_made_live() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig { cases: 8, ..ProptestConfig::default() });
    runner
        .run(&(night(), 0_usize..120, 0_i64..300), |(steps, until, later_s)| {
            let (first, rest) = steps.split_at(until.min(steps.len()));
            let now_ms = first.last().map_or(EVENING, |step| step.now_ms) + later_s * 1_000;
            runtime.block_on(async {
                let world = live_through(World::over(tempfile::tempdir().unwrap(), EVENING).await, first).await;
                world.rest().await;
                world.clock.set(Timestamp::from_millis(now_ms));
                let compared = world.rebuild(Rebuilding::Compared).await;
                assert_eq!(differing(&compared), [], "as they stand");
                let made_live = world.facts().await;
                let rebuilt = world.killed(now_ms).await;
                rebuilt.rest().await;
                rebuilt.alter(NO_FACTS).await;
                rebuilt.rebuild(Rebuilding::Exchanged).await;
                assert_eq!(rebuilt.facts().await, made_live, "worked out of nothing");

                // And they go on alike.
                let (mut world, mut rebuilt) = (world.killed(now_ms).await, rebuilt.killed(now_ms).await);
                world = live_through(world, rest).await;
                rebuilt = live_through(rebuilt, rest).await;
                for world in [&world, &rebuilt] {
                    world.clock.set(Timestamp::from_millis(EVENING + 2 * 86_400_000));
                    world.rest().await;
                    assert_eq!(differing(&world.rebuild(Rebuilding::Compared).await), []);
                }
                assert_eq!(rebuilt.facts().await, world.facts().await, "after more events");
            });
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn a_session_across_midnight_and_one_that_goes_on_are_worked_out_again() {
    let world = World::over(tempfile::tempdir().unwrap(), EVENING).await;
    for minute in 70..78 {
        let at_ms = EVENING + minute * MINUTE_MS;
        world.clock.set(Timestamp::from_millis(at_ms));
        world.send(&[play(&format!("m{minute}"), "night", at_ms, "p")]).await;
    }
    world.rest().await;
    let made_live = world.facts().await;
    assert_eq!(world.one_of_store("select count(distinct day) from all_minute").await, "2");
    assert_eq!(world.one_of_store("select ended from fact_view_open").await, "false");
    world.alter(NO_FACTS).await;
    world.rebuild(Rebuilding::Exchanged).await;
    assert_eq!(world.facts().await, made_live);
}
