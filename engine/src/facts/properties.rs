//! What must hold for any events in any order of arrival.

use super::{
    FactSettings,
    minutes::attribute,
    session::{MOST_EVENTS, Session, SessionEvent},
};
use crate::events::{
    Event, PlayState,
    fact_rows::{MinuteRow, QualityMinuteRow, ViewRow},
};
use model::{
    access::OrganisationId,
    time::{Calendar, Timestamp},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const ORGANISATION: OrganisationId = OrganisationId(1);

/// Events of up to four sessions of one household within three hours.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let bitrates = prop::option::weighted(0.3, 1..9_999);
    let event =
        (0_u8..4, 0_i64..180 * 60, 0..PlayState::ALL.len() + 1, 0_usize..4, prop::bool::weighted(0.2), bitrates);
    prop::collection::vec(event, 1..60).prop_map(|drawn| {
        drawn
            .into_iter()
            .enumerate()
            .map(|(number, (sid, at_s, state, channel, shifted, bitrate_kbps))| {
                let at = Timestamp::from_millis(1_763_600_000_000 + at_s * 1_000);
                Event {
                    sid: Some(format!("{sid}").into()),
                    household_id: Some("H".into()),
                    play_state: PlayState::ALL.get(state).copied(),
                    channel_id: ["X", "Y", "Z"].get(channel).map(|channel| (*channel).into()),
                    bitrate_kbps,
                    ts_broadcast: shifted.then(|| at.plus_millis(-7_200_000)),
                    ..Event::new(format!("{number}"), at)
                }
            })
            .collect()
    })
}

fn facts(events: &[Event]) -> (Vec<ViewRow>, Vec<MinuteRow>) {
    let settings = FactSettings::default();
    let mut sessions: BTreeMap<_, Session> = BTreeMap::new();
    for event in events {
        sessions.entry(event.sid.clone().unwrap()).or_default().insert(SessionEvent::of(event));
    }
    let views = sessions
        .iter()
        .filter_map(|(sid, session)| session.view(ORGANISATION, sid, true, Calendar::CHINA, settings))
        .collect();
    let spans: Vec<_> = sessions.values().flat_map(|session| session.spans(settings)).collect();
    let minutes = attribute(ORGANISATION, &"H".into(), spans.iter(), i32::MIN, None, Calendar::CHINA, settings);
    (views, minutes)
}

#[test]
fn a_session_of_too_many_events_keeps_the_earliest_in_any_order() {
    let more = 50;
    let event = |number: usize| {
        let at = Timestamp::from_millis(1_763_600_000_000 + number as i64 * 1_000);
        let channel = ["X", "Y"][number % 2];
        SessionEvent::of(&Event {
            play_state: Some(PlayState::Playing),
            channel_id: Some(channel.into()),
            ..Event::new(format!("{number}"), at)
        })
    };
    let session = |order: &mut dyn Iterator<Item = usize>| {
        let mut session = Session::default();
        for number in order {
            session.insert(event(number));
        }
        assert_eq!(session.left_out(), more as u64);
        let settings = FactSettings::default();
        (session.view(ORGANISATION, &"s".into(), true, Calendar::CHINA, settings), session.spans(settings))
    };
    let count = MOST_EVENTS + more;
    let in_order = session(&mut (0..count));
    assert_eq!(in_order.0.as_ref().unwrap().play_ms, (MOST_EVENTS as i64 - 1) * 1_000);
    assert_eq!(session(&mut (0..count).rev()), in_order);
    assert_eq!(session(&mut (0..count).step_by(2).chain((1..count).step_by(2))), in_order);
}

proptest! {
    #[test]
    fn the_order_of_arrival_does_not_matter(
        (events, shuffled) in events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
    ) {
        prop_assert_eq!(facts(&events), facts(&shuffled));
    }

    #[test]
    fn events_that_come_twice_change_nothing(events in events()) {
        let twice: Vec<_> = events.iter().chain(&events).cloned().collect();
        prop_assert_eq!(facts(&events), facts(&twice));
    }

    #[test]
    fn a_clock_minute_counts_once_at_most(events in events()) {
        let (_, minutes) = facts(&events);
        let mut per_minute: BTreeMap<i32, usize> = BTreeMap::new();
        for row in minutes.iter().filter(|row| row.counted) {
            *per_minute.entry(row.clock_minute).or_default() += 1;
        }
        prop_assert!(per_minute.values().all(|count| *count == 1));
        // So a household has 1,440 of them on a day at most.
    }

    #[test]
    fn the_minutes_of_a_view_add_up_to_it(events in events(), from in 0_i32..180) {
        let settings = FactSettings::default();
        let mut sessions: BTreeMap<_, Session> = BTreeMap::new();
        for event in &events {
            sessions.entry(event.sid.clone().unwrap()).or_default().insert(SessionEvent::of(event));
        }
        for (sid, session) in &sessions {
            let minutes_from =
                |from| session.quality_minutes(ORGANISATION, sid, from, Calendar::CHINA, settings);
            let minutes = minutes_from(i32::MIN);
            let Some(view) = session.view(ORGANISATION, sid, true, Calendar::CHINA, settings) else {
                prop_assert!(minutes.is_empty());
                continue;
            };
            let sum = |of: fn(&QualityMinuteRow) -> i64| minutes.iter().map(of).sum::<i64>();
            prop_assert_eq!(sum(|row| row.play_ms.into()), view.play_ms);
            prop_assert_eq!(sum(|row| row.stall_ms.into()), view.stall_ms);
            prop_assert_eq!(sum(|row| row.stall_count.into()), i64::from(view.stall_count));
            prop_assert_eq!(sum(|row| row.watched_ms.into()), view.watched_ms);
            prop_assert_eq!(sum(|row| row.rated_ms.into()), view.rated_ms);
            prop_assert_eq!(sum(|row| row.rated_kbit), view.rated_kbit);
            for row in &minutes {
                prop_assert!(row.watched_ms <= 60_000 && row.rated_ms <= row.play_ms, "{row:?}");
                let starts = Timestamp::from_millis(i64::from(row.minute) * 60_000);
                prop_assert!(starts < view.end_ms || row.watched_ms == 0);
                prop_assert!(starts.plus_millis(60_000) > view.start_ms);
                prop_assert_eq!(row.day, Calendar::CHINA.day_of(starts));
            }
            let from = minutes.first().map_or(0, |row| row.minute) + from;
            let later: Vec<_> = minutes.iter().filter(|row| row.minute >= from).cloned().collect();
            prop_assert_eq!(minutes_from(from), later);
        }
    }

    #[test]
    fn times_of_a_view_lie_within_it(events in events()) {
        let (views, _) = facts(&events);
        for view in views {
            let all = view.watched_ms + view.pause_ms + view.seek_ms;
            prop_assert!(all <= view.end_ms.millis_since(view.start_ms), "{view:?}");
            prop_assert!(!view.failed_in_startup || (view.failed && !view.started));
            prop_assert_eq!(view.startup_ms.is_some(), view.startup_bucket.is_some());
        }
    }

    #[test]
    fn attribution_from_the_middle_goes_on_where_it_was(events in events(), cut in 0_i32..180) {
        let (_, whole) = facts(&events);
        let from_minute = whole.first().map_or(0, |row| row.clock_minute) + cut;
        let before = whole.iter().rev().find(|row| row.counted && row.clock_minute < from_minute).map(|row| {
            super::minutes::Counted {
                clock_minute: row.clock_minute,
                minute: row.minute,
                channel_id: row.channel_id.clone(),
                run_start_minute: row.run_start_minute,
            }
        });
        let settings = FactSettings::default();
        let mut sessions: BTreeMap<_, Session> = BTreeMap::new();
        for event in &events {
            sessions.entry(event.sid.clone().unwrap()).or_default().insert(SessionEvent::of(event));
        }
        let spans: Vec<_> = sessions.values().flat_map(|session| session.spans(settings)).collect();
        let rest =
            attribute(ORGANISATION, &"H".into(), spans.iter(), from_minute, before.as_ref(), Calendar::CHINA, settings);
        let expected: Vec<_> = whole.into_iter().filter(|row| row.clock_minute >= from_minute).collect();
        prop_assert_eq!(rest, expected);
    }
}
