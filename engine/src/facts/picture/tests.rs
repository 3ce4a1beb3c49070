use crate::{
    events::{Event, PlayState, fact_rows::ViewRow},
    facts::{
        FactSettings,
        session::{Session, SessionEvent},
    },
};
use PlayState::{Asked, Ended, Failed, Paused, Playing, Quit, Seeking, Stalled};
use model::{
    access::OrganisationId,
    time::{Calendar, Timestamp},
};

/// The view of a session from its states, their moments, and what else is told there.
fn view(told: &[(i64, PlayState, Event)]) -> ViewRow {
    let mut session = Session::default();
    for (at_ms, state, event) in told {
        let ts_event = Timestamp::from_millis(*at_ms);
        let event_id = at_ms.to_string().into();
        session.insert(SessionEvent::of(&Event { event_id, ts_event, play_state: Some(*state), ..event.clone() }));
    }
    session.view(OrganisationId(1), &"sid".into(), true, Calendar::CHINA, FactSettings::default()).unwrap()
}

fn nothing() -> Event {
    Event::new("", Timestamp::from_millis(0))
}

fn states(states: &[(i64, PlayState)]) -> ViewRow {
    view(&states.iter().map(|(at_ms, state)| (*at_ms, *state, nothing())).collect::<Vec<_>>())
}

#[test]
fn frames_are_counted_through_a_session() {
    let frames = |dropped, rendered| Event { dropped_frames: dropped, rendered_frames: rendered, ..nothing() };
    let told = view(&[
        (0, Asked, nothing()),
        (1_000, Playing, frames(Some(0), Some(25))),
        (11_000, Playing, frames(Some(6), Some(244))),
        (12_000, Quit, frames(Some(4), None)),
    ]);
    assert_eq!((told.dropped_frames, told.rendered_frames), (Some(6), Some(244)));
    let half = view(&[(0, Playing, frames(Some(3), None)), (1_000, Quit, nothing())]);
    assert_eq!((half.dropped_frames, half.rendered_frames), (None, None), "of how many?");
}

/// Ten seconds are two seconds behind, thirty are four; nobody knows of the first ten, and a stall is no playing.
#[test]
fn latency_is_a_mean_over_the_playing() {
    let behind = |ms| Event { live_latency_ms: Some(ms), ..nothing() };
    let told = view(&[
        (0, Playing, nothing()),
        (10_000, Playing, behind(2_000)),
        (20_000, Stalled, behind(9_000)),
        (22_000, Playing, behind(4_000)),
        (42_000, Playing, nothing()),
        (52_000, Ended, behind(90_000)),
    ]);
    assert_eq!(told.live_latency_ms, Some(3_500));
    assert!(told.live_latency_bucket.is_some());
    assert_eq!(states(&[(0, Playing), (10_000, Quit)]).live_latency_ms, None);
}

#[test]
fn a_jump_takes_until_there_is_a_picture_again() {
    let seek = |told: &[(i64, PlayState)]| states(told).seek_latency_ms;
    let start = [(0, Asked), (1_000, Playing)];
    let then = |rest: &[(i64, PlayState)]| seek(&[&start, rest].concat());
    assert_eq!(then(&[(9_000, Quit)]), None, "nobody jumped");
    assert_eq!(then(&[(9_000, Seeking), (9_300, Playing), (20_000, Quit)]), Some(300));
    // The picture is not there while it stalls, and a beat repeats the state.
    assert_eq!(
        then(&[(9_000, Seeking), (9_300, Stalled), (9_500, Seeking), (9_900, Playing), (20_000, Quit)]),
        Some(900)
    );
    let twice = [(9_000, Seeking), (9_300, Playing), (15_000, Asked), (15_500, Playing), (20_000, Quit)];
    assert_eq!(then(&twice), Some(400));
    for (unknown, told) in [
        ("left before", vec![(9_000, Seeking), (9_300, Quit)]),
        ("failed", vec![(9_000, Seeking), (9_300, Failed)]),
        ("paused", vec![(9_000, Paused), (9_500, Seeking), (9_600, Paused), (60_000, Playing), (61_000, Quit)]),
        ("silent", vec![(9_000, Seeking), (900_000, Playing), (901_000, Quit)]),
    ] {
        assert_eq!(then(&told), None, "{unknown}");
    }
    assert_eq!(seek(&[(0, Asked), (500, Seeking), (1_000, Playing), (9_000, Quit)]), None, "that is its start");
}

#[test]
fn a_switch_is_another_vendor_or_node() {
    let from = |vendor: Option<&str>, node: Option<&str>| Event {
        cdn_vendor: vendor.map(Into::into),
        cdn_node: node.map(Into::into),
        ..nothing()
    };
    let switches = |places: &[Event]| {
        let told: Vec<_> = (0_i64..).zip(places).map(|(at, place)| (at * 1_000, Playing, place.clone())).collect();
        view(&told).cdn_switches
    };
    assert_eq!(switches(&[nothing(), nothing()]), None);
    let (a1, a2, b2) = (from(Some("a"), Some("1")), from(Some("a"), Some("2")), from(Some("b"), Some("2")));
    assert_eq!(switches(&[a1.clone(), nothing(), a1.clone()]), Some(0));
    assert_eq!(switches(&[a1.clone(), a2, b2.clone(), a1.clone()]), Some(3), "both at once are one");
    assert_eq!(switches(&[from(Some("a"), None), from(None, Some("1")), a1]), Some(0), "it only became known");
}

#[test]
fn how_a_view_went_in_all() {
    let score = |told: &[(i64, PlayState)]| states(told).mux_overall_milli;
    // 8 ÷ 9.2 of 100 for the start, 100 for the rest.
    assert_eq!(score(&[(0, Asked), (1_200, Playing), (62_000, Ended)]), Some(93_479));
    assert_eq!(score(&[(0, Asked), (4_000, Quit)]), Some(50_000));
    assert_eq!(score(&[(0, Asked), (900, Quit)]), None, "Mux scores no exit of less than a second");
    assert_eq!(score(&[(0, Asked), (900, Failed)]), Some(0));
    assert_eq!(score(&[(0, Asked), (800, Playing), (20_000, Failed)]), Some(0));
}
