//! Days leave when they are too old, whole, and nothing else changes.

use super::*;
use crate::events::{AccountEvent, EventEngine as _, Fact};
use ::duckdb::params;
use model::time::Day;

const DAY_MS: i64 = 86_400_000;

/// On each of so many days before this one, and on this one: an account is opened, an order paid, a play watched.
pub(super) fn history(days: i64) -> std::vec::IntoIter<Event> {
    let of_day = |ago: i64| {
        let at = |after_ms: i64| Timestamp::from_millis(NOW - ago * DAY_MS - 3_600_000 + after_ms);
        let household = Some(format!("h{ago}").into());
        let event = move |id: &str, after_ms| Event {
            household_id: household.clone(),
            ..Event::new(format!("{id}{ago}"), at(after_ms))
        };
        let watched = move |id: &str, after_ms, state| Event {
            sid: Some(format!("s{ago}").into()),
            channel_id: Some("X".into()),
            play_state: Some(state),
            household_id: Some(format!("h{ago}").into()),
            ..Event::new(format!("{id}{ago}"), at(after_ms))
        };
        [
            Event { account_event: Some(AccountEvent::Open), ..event("a", 0) },
            Event { order_id: Some(format!("o{ago}").into()), amount_fen: Some(100), ..event("o", 1_000) },
            watched("p", 2_000, PlayState::Playing),
            watched("q", 92_000, PlayState::Quit),
        ]
    };
    (0..=days).rev().flat_map(of_day).collect::<Vec<_>>().into_iter()
}

fn today() -> Day {
    Calendar::CHINA.day_of(Timestamp::from_millis(NOW))
}

fn kept(events: &str, facts: &str) -> OldDays {
    let days = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    Retention { events: days(events), facts: days(facts) }.old_days(today())
}

const HAS: &str = "select (select count(*) from event), (select count(*) from all_view),
    (select count(distinct clock_minute // 1440) from all_minute), (select count(*) from fact_order), (select count(*) from fact_account)";

impl World {
    async fn with_history(days: i64) -> Self {
        let world = Self::new().await;
        world.collector.import(&source(), "history", Came::Together, history(days), |_| {}).await.unwrap();
        world
    }

    async fn drop_days(&self, days: OldDays) -> Loss {
        let now = Timestamp::from_millis(NOW);
        let cost = loss_of(&self.store, days, now).await.unwrap();
        let dropped = drop_old_days(&self.store, days, now).await.unwrap();
        assert_eq!(cost, dropped, "it costs what was told");
        dropped
    }
}

#[test]
fn days_that_may_change_are_always_kept() {
    assert!("13".parse::<KeptDays>().unwrap_err().contains("14"));
    assert!("".parse::<KeptDays>().is_err() && "-3".parse::<KeptDays>().is_err());
    assert_eq!(kept("14", "").events_before, Some(today().plus(-13)), "today is one of them");
}

#[tokio::test]
async fn days_that_are_too_old_are_dropped() {
    let world = World::with_history(40).await;
    assert_eq!(world.one(HAS).await, "164 41 41 41 41");
    let version = |ago: i32| world.store.version(Fact::View, (today().plus(-ago), today().plus(-ago)));
    let versions = [35, 25].map(version);
    let Loss { events, facts, .. } = world.drop_days(kept("20", "30")).await;
    assert_eq!(
        (events, facts),
        (84, 11 * 8),
        "of 21 and of 11 days; a view, an order, and three minutes of audience and of quality each"
    );
    assert_eq!(world.one(HAS).await, "80 30 30 30 41");
    assert!(version(35) > versions[0], "no cache serves it any more");
    assert_eq!(version(25), versions[1]);
    assert_eq!(world.drop_days(kept("20", "30")).await.events, 0, "once");

    // After a restart, and with the facts that can be worked out again.
    let again = world.killed(NOW).await;
    assert_eq!(again.one(HAS).await, "80 30 30 30 41");
    again.collector.close().await.unwrap();
    let clock: SharedClock = again.clock.clone();
    let folder = again.folder.path();
    let rebuilt = rebuild_facts(&again.store, folder, clock, Rebuilding::Exchanged, |_| {}).await.unwrap();
    assert!(rebuilt.facts.iter().all(|fact| fact.rows() == 0), "{rebuilt:?}");
    assert_eq!(again.store.ask("select count(*) from fact_account").await, [[Value::Integer(41)]]);
}

#[tokio::test]
async fn what_was_asked_for_is_dropped_only_as_far_as_nothing_there_can_change() {
    let world = World::with_history(40).await;
    let all = OldDays { events_before: Some(today().plus(1)), facts_before: None };
    assert_eq!(world.drop_days(all).await.days.events_before, Some(today().plus(-13)));
    assert_eq!(world.one(HAS).await, "56 41 41 41 41");
}

#[tokio::test]
async fn a_session_that_goes_on_keeps_its_days() {
    let world = World::with_history(40).await;
    let beats = (5..=30).rev().map(|ago| Event {
        sid: Some("endless".into()),
        play_state: Some(PlayState::Playing),
        ..Event::new(format!("e{ago}"), Timestamp::from_millis(NOW - ago * DAY_MS))
    });
    world.collector.import(&source(), "endless", Came::Together, beats, |_| {}).await.unwrap();
    let loss = world.drop_days(kept("20", "20")).await;
    assert_eq!(loss.days.events_before, Some(today().plus(-30)), "not before it is over");
    assert_eq!(loss.events, 4 * 10);
    // Ten days after its end it goes as well.
    let later = Timestamp::from_millis(NOW + 6 * DAY_MS);
    let retention = Retention { events: Some("20".parse().unwrap()), facts: None };
    let loss = drop_old_days(&world.store, retention.old_days(today().plus(6)), later).await.unwrap();
    assert_eq!(loss.days.events_before, Some(today().plus(-13)));
    assert_eq!(world.one("select count(*) from event where sid = 'endless'").await, "9");
}

#[tokio::test]
async fn a_file_brings_no_dropped_day_back() {
    let world = World::with_history(40).await;
    world.drop_days(kept("20", "")).await;
    let line = |ago: i64| format!(r#"{{"event_id":"f{ago}","ts_event":{},"user_id":"u"}}"#, NOW - ago * DAY_MS);
    let file = (15..25).map(line).collect::<Vec<_>>().join("\n").into_bytes();
    let taken = world.collector.import_lines(&source(), "file", std::io::Cursor::new(file)).await.unwrap();
    assert_eq!(taken, FileImport { accepted: 2, too_old: 8, ..FileImport::default() });
    assert_eq!(world.one("select count(*) from event where user_id = 'u'").await, "2");
    assert_eq!(world.one("select events, finished from imported where label = 'file'").await, "10 true");
}

#[tokio::test]
async fn a_late_event_takes_its_day_out_of_those_in_order() {
    let world = World::with_history(8).await;
    let days = (3..8).rev().map(|ago| today().plus(-ago).0).collect::<Vec<_>>();
    let in_order = days.clone();
    let mark = move |transaction: &crate::events::Transaction<'_>| {
        for day in in_order {
            for fact in ["view", "order"] {
                transaction.connection().execute("insert into in_order values ($1, $2)", params![fact, day])?;
            }
        }
        Ok(())
    };
    world.store.write(mark).arrives().await.unwrap();
    world.send(&[play("late", "s5", NOW - 5 * DAY_MS - 3_600_000 + 40_000, "r")]).await;
    let expected = |ago: i32| {
        let left = days.iter().filter(|day| **day != today().plus(-ago).0);
        left.map(i32::to_string).collect::<Vec<_>>().join(" / ")
    };
    assert_eq!(world.one("select day from in_order where fact = 'view' order by day").await, expected(5));
    assert_eq!(world.one("select day from in_order where fact = 'order' order by day").await, expected(0));
}

#[tokio::test]
async fn a_server_drops_what_is_too_old_when_it_starts() {
    let world = World::with_history(40).await;
    let retention = Retention { events: Some("20".parse().unwrap()), facts: None };
    let stop = tokio_util::sync::CancellationToken::new();
    let clock: SharedClock = world.clock.clone();
    let keeping = tokio::spawn(keep_house(world.store.clone(), clock, retention, stop.clone()));
    let dropped = async {
        while world.one("select count(*) from event").await != "80" {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), dropped).await.expect("they are dropped");
    stop.cancel();
    keeping.await.unwrap();
    assert_eq!(world.one(HAS).await, "80 41 41 41 41");
}
