use super::*;
use crate::events::{Event, PlayState, Text};
use model::time::{Calendar, Day, Timestamp};
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

const FOUNDED: Day = Day(20_778);

fn world(seed: u64, accounts: u32, history_days: u16) -> Arc<World> {
    Arc::new(World::new(WorldSettings { seed, accounts, founded: FOUNDED, history_days, calendar: Calendar::CHINA }))
}

/// 09:10 on the day the world was founded.
fn now() -> Timestamp {
    Calendar::CHINA.start_of(FOUNDED).plus_millis(550 * 60_000)
}

fn bytes(events: impl Iterator<Item = Event>) -> String {
    events.map(|event| serde_json::to_string(&event).unwrap() + "\n").collect()
}

/// A session put together again from its events.
#[derive(Debug, Default, Clone)]
struct Seen {
    household: String,
    mode: String,
    states: Vec<(i64, PlayState)>,
}

fn sessions(events: &[Event]) -> BTreeMap<String, Seen> {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for event in events {
        if let (Some(sid), Some(play_state)) = (&event.sid, event.play_state) {
            let session = seen.entry(sid.to_string()).or_default();
            session.household = event.household_id.clone().unwrap().to_string();
            session.mode = event.view_mode.clone().unwrap().to_string();
            session.states.push((event.ts_event.millis(), play_state));
        }
    }
    seen
}

impl Seen {
    fn spent_ms(&self, in_state: PlayState) -> i64 {
        self.states.windows(2).filter(|pair| pair[0].1 == in_state).map(|pair| pair[1].0 - pair[0].0).sum()
    }

    fn last(&self) -> PlayState {
        self.states[self.states.len() - 1].1
    }
}

#[test]
fn the_first_events_are_these() {
    let events: Vec<Event> = world(1, 200, 1).history(now()).collect();
    let from = events.iter().position(|event| event.sid.is_some()).unwrap();
    insta::assert_snapshot!(native_lines(&events[from..from + 4]).join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_same_seed_is_the_same_bytes(seed in any::<u64>(), accounts in 1_u32..60) {
        let once = bytes(world(seed, accounts, 2).history(now()));
        let again = bytes(world(seed, accounts, 2).history(now()));
        prop_assert_eq!(once, again);
    }

    #[test]
    fn another_seed_is_another_world(seed in any::<u64>()) {
        let one = bytes(world(seed, 40, 2).history(now()));
        let other = bytes(world(seed.wrapping_add(1), 40, 2).history(now()));
        prop_assert_ne!(one, other);
    }

    #[test]
    fn history_comes_in_order_and_ends_now(seed in any::<u64>(), accounts in 1_u32..60) {
        let times: Vec<i64> = world(seed, accounts, 3).history(now()).map(|event| event.ts_event.millis()).collect();
        prop_assert!(times.windows(2).all(|pair| pair[0] <= pair[1]));
        prop_assert!(times.iter().all(|at| *at < now().millis()));
    }

    #[test]
    fn no_event_id_is_used_twice(seed in any::<u64>(), accounts in 1_u32..60) {
        let ids: Vec<Text> = world(seed, accounts, 3).past(None, now()).map(|event| event.event_id).collect();
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    /// Looking every few seconds or once in an hour gives the same events, and they go on where the history ended.
    #[test]
    fn the_present_goes_on_from_the_past(seed in any::<u64>(), looks in prop::collection::vec(1_i64..4_000, 1..8)) {
        let world = world(seed, 50, 2);
        let end = now().plus_millis(looks.iter().sum::<i64>() * 1_000);
        let mut feed = LiveFeed::from(Arc::clone(&world), now());
        let mut moment = now();
        let mut seen = Vec::new();
        for look in &looks {
            moment = moment.plus_millis(look * 1_000);
            seen.extend(feed.until(moment));
        }
        let at_once = LiveFeed::from(Arc::clone(&world), now()).until(end);
        prop_assert_eq!(&seen, &at_once);
        // Players beat more often in the present, and of the feeds only the last day is told.
        let is_beat = |event: &Event| event.event_id.contains("-b") || event.event_id.contains("-probe-");
        let whole: BTreeSet<Text> =
            Arc::clone(&world).past(None, end).filter(|event| !is_beat(event)).map(|event| event.event_id).collect();
        let past = Arc::clone(&world).past(None, now()).filter(|event| !is_beat(event));
        let together: BTreeSet<Text> =
            past.chain(seen.into_iter().filter(|event| !is_beat(event))).map(|event| event.event_id).collect();
        prop_assert_eq!(whole, together);
    }

    #[test]
    fn a_household_watches_one_thing_at_a_time(seed in any::<u64>()) {
        let events: Vec<Event> = world(seed, 60, 3).history(now()).collect();
        let mut by_household: BTreeMap<String, Vec<(i64, i64)>> = BTreeMap::new();
        for session in sessions(&events).into_values() {
            let span = (session.states[0].0, session.states[session.states.len() - 1].0);
            by_household.entry(session.household).or_default().push(span);
        }
        for spans in by_household.values_mut() {
            spans.sort_unstable();
            prop_assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            let day = spans.iter().map(|(from, to)| to - from).sum::<i64>();
            prop_assert!(day <= 4 * 86_400_000);
        }
    }
}

#[test]
fn the_world_behaves_as_the_market_does() {
    let days = 7;
    let events: Vec<Event> = world(20_260_101, 5_000, days).history(Calendar::CHINA.start_of(FOUNDED)).collect();
    let powered_on = events.iter().filter(|event| event.event_name.as_deref() == Some("power_on")).count() as f64;
    let active = powered_on / (5_000.0 * f64::from(days));
    assert!((active - 0.6).abs() < 0.015, "active on a day: {active}");

    let sessions: Vec<Seen> = sessions(&events).into_values().collect();
    let count = sessions.len() as f64;
    let per_household = count / powered_on;
    assert!((per_household - 6.0).abs() < 0.15, "sessions of an active household: {per_household}");
    let is_aside =
        |event: &&Event| matches!(event.event_class.as_deref(), Some("epg" | "page" | "interact" | "request"));
    let aside = events.iter().filter(is_aside).count() as f64 / count;
    assert!((0.5..2.2).contains(&aside), "told of pages and activities: {aside}");
    let of_sessions = events.len() as f64 / count - aside;
    assert!(of_sessions < 9.5, "events of a session: {of_sessions}");

    let playing: i64 = sessions.iter().map(|session| session.spent_ms(PlayState::Playing)).sum();
    let started = sessions.iter().filter(|session| session.spent_ms(PlayState::Playing) > 0).count() as f64;
    let minutes = playing as f64 / started / 60_000.0;
    assert!((minutes - 10.7).abs() < 0.3, "minutes of a session: {minutes}");

    let stalled =
        sessions.iter().map(|session| session.spent_ms(PlayState::Stalled)).sum::<i64>() as f64 / playing as f64;
    assert!((0.001..=0.0025).contains(&stalled), "time stalled: {stalled}");

    let failed = sessions.iter().filter(|session| session.last() == PlayState::Failed).count() as f64 / count;
    assert!((0.01..=0.02).contains(&failed), "failures: {failed}");

    let mut startup: Vec<i64> = sessions
        .iter()
        .filter(|session| session.states.get(1).is_some_and(|(_, state)| *state == PlayState::Playing))
        .map(|session| session.spent_ms(PlayState::Asked))
        .collect();
    startup.sort_unstable();
    let quantile = |percent: usize| startup[startup.len() * percent / 100];
    assert!((quantile(50) - 900).abs() < 40, "median start-up: {}", quantile(50));
    assert!((quantile(95) - 3_000).abs() < 150, "95th percentile of start-up: {}", quantile(95));

    let users = |is: &dyn Fn(&Seen) -> bool| {
        sessions
            .iter()
            .filter(|session| is(session))
            .map(|session| session.household.as_str())
            .collect::<BTreeSet<_>>()
            .len() as f64
    };
    let on_demand_to_channels = users(&|session| session.mode == "vod") / users(&|session| session.mode != "vod");
    assert!((on_demand_to_channels - 2.0).abs() < 0.2, "users on demand to users of channels: {on_demand_to_channels}");
}

#[test]
fn a_tenth_more_orders_than_a_year_before() {
    let world = world(5, 5_000, 30);
    let events: Vec<Event> = world.history(Calendar::CHINA.start_of(FOUNDED)).collect();
    let year_before = FOUNDED.plus_months(-12);
    let paid_between = |from: Day, to: Day| {
        let (from, to) = (Calendar::CHINA.start_of(from).millis(), Calendar::CHINA.start_of(to).millis());
        let paid = |event: &&Event| {
            event.order_status.as_deref() == Some("paid") && (from..to).contains(&event.ts_event.millis())
        };
        events.iter().filter(paid).count() as f64
    };
    let growth = paid_between(FOUNDED.plus(-30), FOUNDED) / paid_between(year_before.plus(-30), year_before);
    assert!((growth - 1.1).abs() < 0.06, "growth: {growth}");
}

#[test]
fn players_tell_of_the_picture() {
    let events: Vec<Event> = world(5, 400, 2).history(now()).collect();
    let (mut sessions, mut jumps, mut frames) = (BTreeSet::new(), 0, BTreeMap::new());
    for event in &events {
        let (Some(sid), Some(position_ms)) = (&event.sid, event.position_ms) else { continue };
        let (mode, seek_to_ms) = (event.view_mode.as_deref().unwrap(), event.seek_to_ms);
        assert_eq!(event.live_latency_ms.is_some(), mode == "live");
        assert!(seek_to_ms.is_none() || event.play_state == Some(PlayState::Seeking) && mode == "vod");
        assert!(position_ms >= 0 && seek_to_ms.is_none_or(|to_ms| to_ms >= 0));
        if let Some(length_ms) = event.content_len_ms {
            assert!(position_ms <= length_ms && seek_to_ms.is_none_or(|to_ms| to_ms <= length_ms), "{event:?}");
        }
        let (dropped, rendered) = (event.dropped_frames.unwrap(), event.rendered_frames.unwrap());
        let before = frames.insert(sid.clone(), (dropped, rendered)).unwrap_or((0, 0));
        assert!(before.0 <= dropped && before.1 <= rendered, "they count on");
        if mode == "vod" {
            sessions.insert(sid.clone());
            jumps += u32::from(seek_to_ms.is_some());
        }
    }
    let share = f64::from(jumps) / sessions.len() as f64;
    assert!((0.07..0.16).contains(&share), "jumps of a play on demand: {share}");
    let (dropped, shown) = frames.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let lost = dropped as f64 / (dropped + shown) as f64;
    assert!((0.000_2..0.005).contains(&lost), "frames lost: {lost}");
}
