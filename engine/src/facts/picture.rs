//! What the picture of a play session was like, as far as its player tells: lost frames, how far behind the broadcast it is,
//! how long one waits for it after a jump, and how often it comes from somewhere else.

use super::session::{SessionEvent, Stretch};
use crate::events::{PlayState, Text};

/// What is told of a session's picture. What its player does not tell is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Picture {
    /// Both or neither. Players count on through a session, so the largest number is the last one.
    pub dropped_frames: Option<i64>,
    pub rendered_frames: Option<i64>,
    /// The mean over the playing of which it is known.
    pub live_latency_ms: Option<i32>,
    /// The mean over the session's jumps, from the wish to the picture.
    pub seek_latency_ms: Option<i32>,
    /// How often the vendor or the node became another one.
    pub cdn_switches: Option<i32>,
}

impl Picture {
    /// Of those events and the stretches between them.
    pub(super) fn of(events: &[SessionEvent], stretches: impl Iterator<Item = Stretch>) -> Self {
        let most = |told: fn(&SessionEvent) -> Option<i64>| events.iter().filter_map(told).max();
        let frames = most(|event| event.dropped_frames).zip(most(|event| event.rendered_frames));
        let (mut latency, mut seeks) = (Latency::default(), Seeks::default());
        for stretch in stretches {
            latency.goes_on(events, stretch);
            seeks.go_on(stretch);
        }
        Self {
            dropped_frames: frames.map(|(dropped, _)| dropped),
            rendered_frames: frames.map(|(_, rendered)| rendered),
            live_latency_ms: mean(latency.weighted, latency.playing_ms),
            seek_latency_ms: mean(seeks.waited_ms, seeks.number),
            cdn_switches: switches(events),
        }
    }
}

fn mean(sum: i64, number: i64) -> Option<i32> {
    (number > 0).then(|| i32::try_from((sum + number / 2) / number).unwrap_or(i32::MAX))
}

/// How far behind the broadcast the playing is. What is told holds until something else is.
#[derive(Debug, Default)]
struct Latency {
    told: usize,
    now_ms: Option<i32>,
    playing_ms: i64,
    /// Milliseconds behind, times milliseconds played.
    weighted: i64,
}

impl Latency {
    fn goes_on(&mut self, events: &[SessionEvent], stretch: Stretch) {
        let since = events.get(self.told..=stretch.index).unwrap_or_default();
        self.told = stretch.index + 1;
        self.now_ms = since.iter().rev().find_map(|event| event.live_latency_ms).or(self.now_ms);
        if let (PlayState::Playing, Some(latency_ms)) = (stretch.state, self.now_ms) {
            let length_ms = stretch.to_ms - stretch.from_ms;
            self.playing_ms += length_ms;
            self.weighted = self.weighted.saturating_add(i64::from(latency_ms).saturating_mul(length_ms));
        }
    }
}

/// Jumps that led to a picture. One that ends in a pause, in silence or with the session has not told how long it would take.
#[derive(Debug, Default)]
struct Seeks {
    has_started: bool,
    since_ms: Option<i64>,
    known_until_ms: i64,
    number: i64,
    waited_ms: i64,
}

impl Seeks {
    fn go_on(&mut self, stretch: Stretch) {
        if stretch.from_ms > self.known_until_ms {
            self.since_ms = None;
        }
        self.known_until_ms = stretch.to_ms;
        match stretch.state {
            // Asked for again after the picture was there: the viewer jumps.
            PlayState::Seeking | PlayState::Asked if self.has_started => {
                self.since_ms.get_or_insert(stretch.from_ms);
            }
            PlayState::Seeking | PlayState::Asked | PlayState::Stalled => {}
            PlayState::Playing => {
                self.has_started = true;
                if let Some(since_ms) = self.since_ms.take() {
                    self.number += 1;
                    self.waited_ms += stretch.from_ms - since_ms;
                }
            }
            PlayState::Paused | PlayState::Ended | PlayState::Quit | PlayState::Failed => self.since_ms = None,
        }
    }
}

/// How often what delivers it is another than before; an event that says nothing of it changes nothing.
fn switches(events: &[SessionEvent]) -> Option<i32> {
    let (mut vendor, mut node): (Option<&Text>, Option<&Text>) = (None, None);
    let mut switches = 0;
    for event in events {
        let (next_vendor, next_node) = (event.attributes.cdn_vendor.as_ref(), event.attributes.cdn_node.as_ref());
        let is_another =
            |before: Option<&Text>, next: Option<&Text>| before.zip(next).is_some_and(|(one, two)| one != two);
        switches += i32::from(is_another(vendor, next_vendor) || is_another(node, next_node));
        (vendor, node) = (next_vendor.or(vendor), next_node.or(node));
    }
    (vendor.is_some() || node.is_some()).then_some(switches)
}

#[cfg(test)]
mod tests;
