//! A box on a test bench that zaps by itself for a minute of each night: nobody watches, and nobody should count it.

use super::{occurrence::known, world::World};
use crate::events::{Event, PlayState, Text};
use model::{
    geo::Province,
    time::{Day, Timestamp},
};
use smol_str::format_smolstr;

/// When it goes wild, after midnight: at the beginning of a minute.
const BEGINS_MS: i64 = 195 * 60_000;
/// More than anybody can begin in a minute.
const PLAYS: i64 = 72;
const EVERY_MS: i64 = 800;

pub(super) fn of_day(world: &World, day: Day) -> Vec<Event> {
    let began_ms = world.calendar.start_of(day).millis() + BEGINS_MS;
    let of_play = |play: i64| {
        [(0, PlayState::Asked), (90, PlayState::Playing), (700, PlayState::Quit)].map(|(after_ms, state)| Event {
            event_class: known("play"),
            event_name: known("play"),
            household_id: known("sim-test-bench"),
            province: Some(Province::GD),
            isp: known("ct"),
            platform: known("stb"),
            channel_id: known("CCTV-1"),
            view_mode: known("live"),
            sid: Some(format_smolstr!("sim-{}-bench-{play}", day.0)),
            play_state: Some(state),
            ..Event::new(
                Text::from(format!("{}-bench-{play}-{}", day.0, state.word())),
                Timestamp::from_millis(began_ms + play * EVERY_MS + after_ms),
            )
        })
    };
    (0..PLAYS).flat_map(of_play).collect()
}
