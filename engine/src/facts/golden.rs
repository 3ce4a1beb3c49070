//! The worked examples G1 (ratings) and G2 (quality of experience), event by event.

use super::{
    FactSettings,
    minutes::{attribute, minute_of},
    session::{Session, SessionEvent},
};
use crate::events::{
    Event, PlayState, Text,
    fact_rows::{MinuteRow, ViewRow},
};
use model::{
    access::OrganisationId,
    time::{Calendar, Timestamp},
};
use std::collections::BTreeMap;

const ORGANISATION: OrganisationId = OrganisationId(1);

/// A session of a household on a channel, from its states and their moments.
fn session(household: &str, channel: &str, states: &[(i64, PlayState)]) -> Session {
    let mut session = Session::default();
    for (at_ms, state) in states {
        let event = Event {
            household_id: Some(household.into()),
            channel_id: Some(channel.into()),
            play_state: Some(*state),
            ..Event::new(format!("{at_ms}"), Timestamp::from_millis(*at_ms))
        };
        session.insert(SessionEvent::of(&event));
    }
    session
}

/// Watched from one moment to another, with a beat every half minute.
fn watched(household: &str, channel: &str, from_ms: i64, to_ms: i64) -> Session {
    let beats = (from_ms..to_ms).step_by(30_000).map(|at_ms| (at_ms, PlayState::Playing));
    let states: Vec<_> = beats.chain([(to_ms, PlayState::Quit)]).collect();
    session(household, channel, &states)
}

fn minutes_of(household: &str, sessions: &[Session]) -> Vec<MinuteRow> {
    let settings = FactSettings::default();
    let spans: Vec<_> = sessions.iter().flat_map(|session| session.spans(settings)).collect();
    attribute(ORGANISATION, &household.into(), spans.iter(), i32::MIN, None, Calendar::CHINA, settings)
}

fn at(text: &str) -> i64 {
    Timestamp::parse(&format!("2026-11-20T{text}+08:00")).unwrap().millis()
}

#[test]
fn g1_minutes_belong_to_the_channel_watched_longest() {
    let (start, end) = (at("20:00:00"), at("20:10:00"));
    let households = [
        ("H1", vec![watched("H1", "X", start, end)]),
        ("H2", vec![watched("H2", "X", at("20:02:00"), at("20:04:00"))]),
        ("H3", vec![watched("H3", "X", at("20:05:00"), at("20:05:40")), watched("H3", "Y", at("20:05:40"), end)]),
        ("H4", vec![watched("H4", "Y", start, end)]),
    ];
    let mut counted: BTreeMap<Text, i64> = BTreeMap::new();
    let mut seconds_on_x = 0;
    let mut longest_run_on_x: BTreeMap<Text, i32> = BTreeMap::new();
    for (household, sessions) in &households {
        for row in minutes_of(household, sessions) {
            assert_eq!((row.minute, row.lag_days), (row.clock_minute, 0));
            *counted.entry(row.channel_id.clone()).or_default() += i64::from(row.counted);
            if row.channel_id == "X" {
                seconds_on_x += i64::from(row.seconds);
                if row.counted {
                    let run = longest_run_on_x.entry(row.household.clone()).or_default();
                    *run = (*run).max(row.minute - row.run_start_minute + 1);
                }
            }
        }
    }
    assert_eq!(counted, BTreeMap::from([("X".into(), 13), ("Y".into(), 14)]));
    assert_eq!(seconds_on_x, 600 + 120 + 40);
    assert_eq!(longest_run_on_x, BTreeMap::from([("H1".into(), 10), ("H2".into(), 2), ("H3".into(), 1)]));
}

#[test]
fn g1_catch_up_counts_for_the_broadcast_minute() {
    let (on_air, watched_at) = (at("20:00:00"), at("22:00:20"));
    let mut session = Session::default();
    for beat in 0..=20_i64 {
        let now = watched_at + beat * 30_000;
        let event = Event {
            household_id: Some("H5".into()),
            channel_id: Some("X".into()),
            view_mode: Some("catchup".into()),
            play_state: Some(if beat == 20 { PlayState::Ended } else { PlayState::Playing }),
            ts_broadcast: Some(Timestamp::from_millis(on_air + beat * 30_000)),
            ..Event::new(format!("{beat}"), Timestamp::from_millis(now))
        };
        session.insert(SessionEvent::of(&event));
    }
    let rows = minutes_of("H5", &[session]);
    let counted: Vec<_> = rows.iter().filter(|row| row.counted).collect();
    assert_eq!(counted.len(), 10, "the eleventh clock minute holds 20 s only");
    assert_eq!(counted[0].clock_minute, minute_of(watched_at));
    assert_eq!(counted[0].minute, minute_of(on_air));
    assert_eq!(counted[9].minute, minute_of(on_air) + 9);
    assert!(counted.iter().all(|row| row.run_start_minute == minute_of(on_air)));
}

#[test]
fn a_tie_goes_to_the_later_channel_and_too_little_counts_for_none() {
    let minute = at("20:00:00");
    let tie = minutes_of(
        "H",
        &[watched("H", "X", minute, minute + 30_000), watched("H", "Y", minute + 30_000, minute + 60_000)],
    );
    let counted: Vec<_> = tie.iter().filter(|row| row.counted).map(|row| row.channel_id.as_str()).collect();
    assert_eq!(counted, ["Y"]);
    let little = minutes_of("H", &[watched("H", "X", minute, minute + 29_999)]);
    assert!(little.iter().all(|row| !row.counted));
    assert_eq!(little.iter().map(|row| row.seconds).sum::<i16>(), 30);
}

fn view(session: &Session) -> ViewRow {
    session.view(ORGANISATION, &"sid".into(), true, Calendar::CHINA, FactSettings::default()).unwrap()
}

#[test]
fn plays_of_the_first_day_begin_within_24_hours_of_the_release() {
    let begins = |after_ms: Option<i64>| {
        let mut session = Session::default();
        let released = after_ms.map(|after_ms| Timestamp::from_millis(100_000_000 - after_ms));
        let asked = Event {
            play_state: Some(PlayState::Asked),
            ts_released: released,
            ..Event::new("a", Timestamp::from_millis(100_000_000))
        };
        session.insert(SessionEvent::of(&asked));
        view(&session).in_first_day
    };
    let day_ms = 86_400_000;
    let told = [Some(-1), Some(0), Some(day_ms - 1), Some(day_ms), None].map(begins);
    assert_eq!(told, [false, true, true, false, false]);
}

/// A film of ten minutes: two minutes, a jump to the fifth, two more, and back to what was seen before.
#[test]
fn what_was_seen_of_a_film() {
    use PlayState::{Asked, Ended, Playing, Seeking};
    let seen = |view_mode: &str, content_len_ms: Option<i64>| {
        let steps = [
            (0, Asked, Some(0)),
            (1_000, Playing, Some(0)),
            (61_000, Playing, Some(60_000)),
            (121_000, Seeking, None),
            (122_000, Playing, Some(300_000)),
            (242_000, Seeking, None),
            (243_000, Playing, Some(90_000)),
            (273_000, Ended, None),
        ];
        let mut session = Session::default();
        for (at_ms, state, position_ms) in steps {
            let event = Event {
                play_state: Some(state),
                view_mode: Some(view_mode.into()),
                content_len_ms,
                cp_id: Some("huashu".into()),
                position_ms,
                ..Event::new(format!("{at_ms}"), Timestamp::from_millis(at_ms))
            };
            session.insert(SessionEvent::of(&event));
        }
        let view = view(&session);
        assert_eq!((view.cp_id.as_deref(), view.content_len_ms), (Some("huashu"), content_len_ms));
        (view.seen_milli, view.seen_tenth)
    };
    assert_eq!(seen("vod", Some(600_000)), (Some(400), Some(4)));
    assert_eq!(seen("vod", None), (None, None));
    assert_eq!(seen("live", Some(600_000)), (None, None), "what is live has no end");
}

#[test]
fn g2_attempts_failures_stalls_and_watched_time() {
    use PlayState::{Asked, Ended, Failed, Paused, Playing, Quit, Stalled};
    let s1 = session("H", "X", &[(0, Asked), (1_200, Playing), (10_000, Stalled), (12_000, Playing), (62_000, Ended)]);
    let s2 = session("H", "X", &[(0, Asked), (4_000, Quit)]);
    let s3 = session("H", "X", &[(0, Asked), (2_500, Failed)]);
    let s4 = session("H", "X", &[(0, Asked), (800, Playing), (20_800, Paused), (30_800, Playing), (50_800, Failed)]);
    let views = [view(&s1), view(&s2), view(&s3), view(&s4)];

    assert_eq!(views.each_ref().map(|view| view.started), [true, false, false, true], "2 plays of 4 attempts");
    assert_eq!(views.each_ref().map(|view| view.failed), [false, false, true, true], "failures 50 %");
    assert_eq!(views.each_ref().map(|view| view.failed_in_startup), [false, false, true, false], "VSF 25 %");
    let left_before_start = views.each_ref().map(|view| view.ended && !view.started && !view.failed);
    assert_eq!(left_before_start, [false, true, false, false], "EBVS 25 %");
    assert_eq!(views.each_ref().map(|view| view.startup_ms), [Some(1_200), None, None, Some(800)], "mean 1.00 s");
    assert_eq!(views.each_ref().map(|view| (view.stall_ms, view.stall_count)), [(2_000, 1), (0, 0), (0, 0), (0, 0)]);
    assert_eq!(views.each_ref().map(|view| view.watched_ms), [62_000, 4_000, 2_500, 40_800], "CTA 1.830 %");
    assert_eq!(views.iter().map(|view| view.play_ms + view.stall_ms).sum::<i64>(), 100_800, "Conviva 1.984 %");
    assert_eq!(views[3].pause_ms, 10_000);
    assert_eq!(views.each_ref().map(|view| view.effective), [true, false, false, true]);
}

/// S1 plays 30.0 s of media at 1,500 kbit/s and 28.8 s at 3,000, S4 40 s at 3,000: 2,544.5 kbit/s.
#[test]
fn g2_bitrate_and_the_scores_of_mux() {
    use PlayState::{Asked, Ended, Failed, Paused, Playing, Stalled};
    let rated = |states: &[(i64, PlayState, Option<i32>)]| {
        let mut session = Session::default();
        for (at_ms, state, bitrate_kbps) in states {
            let play_state = Some(*state);
            let event = Event {
                household_id: Some("H".into()),
                play_state,
                bitrate_kbps: *bitrate_kbps,
                ..Event::new(format!("{at_ms}"), Timestamp::from_millis(*at_ms))
            };
            session.insert(SessionEvent::of(&event));
        }
        view(&session)
    };
    let s1 = rated(&[
        (0, Asked, None),
        (1_200, Playing, Some(1_500)),
        (10_000, Stalled, None),
        (12_000, Playing, None),
        (33_200, Playing, Some(3_000)),
        (62_000, Ended, None),
    ]);
    let s4 = rated(&[
        (0, Asked, None),
        (800, Playing, Some(3_000)),
        (20_800, Paused, None),
        (30_800, Playing, None),
        (50_800, Failed, None),
    ]);
    assert_eq!((s1.rated_ms, s4.rated_ms), (30_000 + 28_800, 40_000));
    let kbps = (s1.rated_kbit + s4.rated_kbit) as f64 * 1_000.0 / (s1.rated_ms + s4.rated_ms) as f64;
    assert!((kbps - 2_544.5).abs() < 0.05, "{kbps}");
    assert_eq!((s1.mux_startup_milli, s4.mux_startup_milli), (Some(86_957), Some(90_909)));
    assert_eq!(s1.mux_smoothness_milli, Some(80_705));
    assert_eq!(s4.mux_smoothness_milli, Some(100_000), "it never stalled");
}

#[test]
fn silence_counts_as_nothing_and_ends_a_session() {
    let states = [(0, PlayState::Asked), (1_000, PlayState::Playing), (61_000, PlayState::Playing)];
    let quiet = view(&session("H", "X", &states));
    assert_eq!((quiet.play_ms, quiet.end_ms.millis(), quiet.ended), (60_000, 61_000, true));
    let again = [states.as_slice(), &[(500_000, PlayState::Playing), (510_000, PlayState::Quit)]].concat();
    let again = view(&session("H", "X", &again));
    assert_eq!((again.play_ms, again.end_ms.millis()), (70_000, 510_000));
}
