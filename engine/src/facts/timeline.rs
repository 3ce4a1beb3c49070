//! What a play session was in when: its spans, one after the other.
//!
//! A state counts here as it counts in the sums of the session's view, by the one function [`state_of`], so that a timeline
//! and the metrics tell the same.

use super::session::{SessionEvent, Stretch};
use crate::events::{PlayState, Text};
use model::metric::SessionState;

/// What time in a state counts as. `started`: whether there was a picture before.
pub(super) const fn state_of(state: PlayState, started: bool) -> SessionState {
    match (state, started) {
        (PlayState::Asked | PlayState::Stalled | PlayState::Seeking, false) => SessionState::Starting,
        // Asked for again after the picture was there: the viewer jumps.
        (PlayState::Asked | PlayState::Seeking, true) => SessionState::Seeking,
        (PlayState::Stalled, true) => SessionState::Stalled,
        (PlayState::Playing, _) => SessionState::Playing,
        (PlayState::Paused, _) => SessionState::Paused,
        (PlayState::Ended, _) => SessionState::Ended,
        (PlayState::Quit, _) => SessionState::Left,
        (PlayState::Failed, _) => SessionState::Failed,
    }
}

/// A stretch of a session in one state, delivered by one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SessionSpan {
    pub state: SessionState,
    pub from_ms: i64,
    /// Not before `from_ms`; the same where it is a moment.
    pub to_ms: i64,
    /// Where in the content it begins, where that is told.
    pub position_ms: Option<i64>,
    /// As it was told last when the span began.
    pub bitrate_kbps: Option<i32>,
    pub cdn_node: Option<Text>,
    /// The kind of the error it ended with.
    pub error_class: Option<Text>,
}

impl SessionSpan {
    /// Whether it goes on with what begins then.
    fn goes_on_with(&self, next: &Self) -> bool {
        let is_same_node = self.cdn_node.is_none() || self.cdn_node == next.cdn_node;
        self.state == next.state && self.to_ms == next.from_ms && is_same_node
    }

    /// A jump is worth telling even where the picture is there at once, and so is the end.
    const fn is_told(&self) -> bool {
        self.to_ms > self.from_ms || self.state.is_end() || matches!(self.state, SessionState::Seeking)
    }
}

/// The spans of a session. Silences are in none of them.
pub(super) fn spans(events: &[SessionEvent], stretches: impl Iterator<Item = Stretch>) -> Vec<SessionSpan> {
    let mut spans: Vec<SessionSpan> = Vec::new();
    let (mut started, mut told) = (false, 0);
    let (mut bitrate_kbps, mut cdn_node) = (None, None);
    for stretch in stretches {
        let since = events.get(told..=stretch.index).unwrap_or_default();
        told = stretch.index + 1;
        bitrate_kbps = since.iter().rev().find_map(|event| event.bitrate_kbps).or(bitrate_kbps);
        cdn_node = since.iter().rev().find_map(|event| event.attributes.cdn_node.as_ref()).or(cdn_node);
        let state = state_of(stretch.state, started);
        started |= state == SessionState::Playing;
        let event = events.get(stretch.index);
        let error_class = event.and_then(|event| event.attributes.error_class.clone());
        let span = SessionSpan {
            state,
            from_ms: stretch.from_ms,
            to_ms: stretch.to_ms,
            position_ms: event.and_then(|event| event.position_ms),
            bitrate_kbps,
            cdn_node: cdn_node.cloned(),
            error_class: error_class.filter(|_| state == SessionState::Failed),
        };
        match spans.last_mut().filter(|last| last.goes_on_with(&span)) {
            Some(last) => {
                last.to_ms = span.to_ms;
                last.cdn_node = span.cdn_node;
                last.bitrate_kbps = last.bitrate_kbps.or(span.bitrate_kbps);
                last.position_ms = last.position_ms.or(span.position_ms);
            }
            None => spans.push(span),
        }
    }
    spans.retain(SessionSpan::is_told);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::Event,
        facts::{FactSettings, session::Session},
    };
    use model::{
        access::OrganisationId,
        time::{Calendar, Timestamp},
    };
    use proptest::prelude::*;

    const START_MS: i64 = 1_763_600_000_000;

    fn session(events: impl IntoIterator<Item = Event>) -> Session {
        let mut session = Session::default();
        for event in events {
            session.insert(SessionEvent::of(&event));
        }
        session
    }

    fn event(number: usize, at_ms: i64, state: Option<PlayState>) -> Event {
        Event { play_state: state, ..Event::new(format!("{number}"), Timestamp::from_millis(START_MS + at_ms)) }
    }

    fn told(events: &[(i64, Option<PlayState>)]) -> Vec<(SessionState, i64, i64)> {
        let events = events.iter().enumerate().map(|(number, (at, state))| event(number, *at, *state));
        let spans = session(events).timeline(FactSettings::default());
        spans.iter().map(|span| (span.state, span.from_ms - START_MS, span.to_ms - START_MS)).collect()
    }

    #[test]
    fn beats_go_on_and_silences_are_left_out() {
        use PlayState::{Asked, Failed, Paused, Playing, Seeking, Stalled};
        let spans = told(&[
            (0, Some(Asked)),
            (400, Some(Stalled)),
            (900, Some(Playing)),
            (30_900, None),
            (60_900, Some(Playing)),
            (70_000, Some(Stalled)),
            (74_000, Some(Playing)),
            (80_000, Some(Seeking)),
            (80_000, Some(Playing)),
            (90_000, Some(Paused)),
            // Three minutes without a word.
            (270_000, Some(Playing)),
            (280_000, Some(Failed)),
            (290_000, Some(Playing)),
        ]);
        // Of two events at one moment the jump is the later one: it goes on until the pause.
        assert_eq!(
            spans,
            [
                (SessionState::Starting, 0, 900),
                (SessionState::Playing, 900, 70_000),
                (SessionState::Stalled, 70_000, 74_000),
                (SessionState::Playing, 74_000, 80_000),
                (SessionState::Seeking, 80_000, 90_000),
                (SessionState::Playing, 270_000, 280_000),
                (SessionState::Failed, 280_000, 280_000),
            ]
        );
    }

    #[test]
    fn another_node_begins_another_span() {
        let on = |number: usize, node: Option<&str>| Event {
            cdn_node: node.map(Into::into),
            ..event(number, number as i64 * 10_000, Some(PlayState::Playing))
        };
        let session = session([on(0, None), on(1, Some("a")), on(2, None), on(3, Some("b")), on(4, Some("b"))]);
        let spans = session.timeline(FactSettings::default());
        let nodes: Vec<_> =
            spans.iter().map(|span| (span.cdn_node.as_deref(), (span.to_ms - span.from_ms) / 1_000)).collect();
        assert_eq!(nodes, [(Some("a"), 30), (Some("b"), 10)]);
    }

    proptest! {
        #[test]
        fn spans_follow_one_another_and_add_up_to_the_view(
            drawn in prop::collection::vec((0_i64..1_800, 0..=PlayState::ALL.len(), 0_usize..4), 1..60),
        ) {
            let events = drawn.iter().enumerate().map(|(number, (at_s, state, node))| Event {
                cdn_node: ["a", "b"].get(*node).map(|node| (*node).into()),
                ..event(number, at_s * 1_000, PlayState::ALL.get(*state).copied())
            });
            let (session, settings) = (session(events), FactSettings::default());
            let spans = session.timeline(settings);
            let view = session.view(OrganisationId(1), &"s".into(), true, Calendar::CHINA, settings);
            let Some(view) = view else {
                prop_assert!(spans.is_empty());
                return Ok(());
            };
            for span in &spans {
                prop_assert!(view.start_ms.millis() <= span.from_ms && span.from_ms <= span.to_ms);
                prop_assert!(span.to_ms <= view.end_ms.millis());
                prop_assert!(!span.state.is_end() || span.from_ms == span.to_ms);
            }
            for pair in spans.windows(2) {
                prop_assert!(pair[0].to_ms <= pair[1].from_ms, "{:?}", pair);
            }
            let sum = |state: SessionState| -> i64 {
                spans.iter().filter(|span| span.state == state).map(|span| span.to_ms - span.from_ms).sum()
            };
            prop_assert_eq!(sum(SessionState::Stalled), view.stall_ms);
            prop_assert_eq!(sum(SessionState::Playing), view.play_ms);
            prop_assert_eq!(sum(SessionState::Paused), view.pause_ms);
            prop_assert_eq!(sum(SessionState::Seeking), view.seek_ms);
            let startup_ms = view.watched_ms - view.play_ms - view.stall_ms;
            prop_assert_eq!(sum(SessionState::Starting), startup_ms);
            prop_assert_eq!(spans.iter().any(|span| span.state == SessionState::Failed), view.failed);
        }
    }
}
