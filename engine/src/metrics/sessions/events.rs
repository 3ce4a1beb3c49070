//! The spans of sessions, from the events that the second statement gave.

use super::found::{Found, integer, owned, text};
use crate::{
    events::{Event, PlayState, ResultSet, Text},
    facts::{
        FactSettings,
        session::{Session, SessionEvent},
        timeline::SessionSpan,
    },
    metrics::sql::EventColumn,
};
use model::{access::OrganisationId, time::Timestamp};
use std::{collections::BTreeMap, sync::Arc};

/// The most spans of one session that are told: more can't be told apart.
const MOST_SPANS: usize = 500;

/// What happened in one session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Timeline {
    pub spans: Vec<SessionSpan>,
    /// The code of the error that was told last.
    pub error_code: Option<Text>,
    /// Whether there is more than is told.
    pub is_cut_off: bool,
}

/// The timelines of the sessions, in their order; `most` events of each count.
pub(super) fn timelines(found: &[Found], parts: &[Arc<ResultSet>], most: usize) -> Vec<Timeline> {
    let mut by_session: BTreeMap<(OrganisationId, Text), Vec<Event>> = BTreeMap::new();
    let events = parts.iter().flat_map(|part| (0..part.row_count()).filter_map(|row| event(part, row)));
    for (sid, event) in events {
        by_session.entry((event.org, sid)).or_default().push(event);
    }
    let timeline = |session: &Found| {
        let mut events = by_session.remove(&(session.organisation, session.sid.as_str().into())).unwrap_or_default();
        events.sort_by(|one, other| (one.ts_event, &one.event_id).cmp(&(other.ts_event, &other.event_id)));
        let is_cut_off = events.len() > most;
        events.truncate(most);
        // The row of the session may be older than the events: what came since is told with the next one.
        events.retain(|event| (session.start..=session.end).contains(&event.ts_event));
        timeline_of(&events, is_cut_off)
    };
    found.iter().map(timeline).collect()
}

fn timeline_of(events: &[Event], is_cut_off: bool) -> Timeline {
    let mut session = Session::default();
    for event in events {
        session.insert(SessionEvent::of(event));
    }
    let mut spans = session.timeline(FactSettings::default());
    let is_cut_off = is_cut_off || spans.len() > MOST_SPANS;
    spans.truncate(MOST_SPANS);
    Timeline { spans, error_code: events.iter().rev().find_map(|event| event.error_code.clone()), is_cut_off }
}

/// An event as far as spans need it, and of which session it is.
fn event(part: &ResultSet, row: usize) -> Option<(Text, Event)> {
    let column = |column: EventColumn| part.column(column as usize);
    let number = |of: EventColumn| integer(column(of), row);
    let state = text(column(EventColumn::State), row);
    let at = Timestamp::from_millis(number(EventColumn::At)?);
    let event = Event {
        org: OrganisationId(i32::try_from(number(EventColumn::Organisation)?).ok()?),
        ts_received: Timestamp::from_millis(number(EventColumn::Received)?),
        play_state: state.and_then(|state| state.parse::<PlayState>().ok()),
        position_ms: number(EventColumn::Position),
        bitrate_kbps: number(EventColumn::Bitrate).and_then(|kbps| i32::try_from(kbps).ok()),
        cdn_node: owned(column(EventColumn::CdnNode), row),
        error_class: owned(column(EventColumn::ErrorClass), row),
        error_code: owned(column(EventColumn::ErrorCode), row),
        ..Event::new(owned(column(EventColumn::Id), row)?, at)
    };
    Some((owned(column(EventColumn::Sid), row)?, event))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beats(count: usize) -> Vec<Event> {
        let beat = |number: usize| Event {
            play_state: Some(if number == 0 { PlayState::Asked } else { PlayState::Playing }),
            ..Event::new(format!("{number}"), Timestamp::from_millis(number as i64 * 10_000))
        };
        (0..count).map(beat).collect()
    }

    #[test]
    fn a_cut_off_session_ends_with_its_last_event_and_says_so() {
        let whole = timeline_of(&beats(5), false);
        assert_eq!(whole.spans.last().map(|span| span.to_ms), Some(40_000));
        let cut = timeline_of(&beats(3), true);
        assert_eq!(cut.spans.last().map(|span| span.to_ms), Some(20_000));
        assert!(cut.is_cut_off && !whole.is_cut_off);
    }
}
