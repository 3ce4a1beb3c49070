//! Single play sessions, a lane for each along the time since its beginning: starting, playing, stalled, and how it ended.

mod clock_axis;
mod lanes;
mod reading;
#[cfg(test)]
mod tests;

use super::super::{Chart, Ink, LegendEntry, Readout, ReadoutRow, Scene, SeriesColour, Size, scene::Hits};
use crate::words;
use clock_axis::{length, since_start};
use lanes::Lanes;
use model::{
    board::Tone,
    formatting::{Locale, clock_time, date_in_full},
    metric::SessionState,
    time::{Calendar, Timestamp},
};

/// Sessions with their spans.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionTimelineSpec {
    locale: Locale,
    calendar: Calendar,
    /// In the order of the frame.
    sessions: Vec<Session>,
    /// The states that occur, and which of them the reader has taken out.
    legend: Vec<(SessionState, LegendEntry)>,
    /// What can be pointed at, lane by lane.
    targets: Vec<Target>,
}

/// One session.
#[derive(Debug, Clone, PartialEq)]
struct Session {
    /// What was watched.
    title: String,
    /// On what and where.
    beside: String,
    /// What else is known of it, with what it is.
    known: Vec<(String, String)>,
    start: Option<Timestamp>,
    /// By their beginnings.
    spans: Vec<Span>,
}

/// A span of a session, in milliseconds since its beginning.
#[derive(Debug, Clone, PartialEq)]
struct Span {
    state: SessionState,
    /// Finite, and not negative; so is the length.
    from_ms: f64,
    length_ms: f64,
    known: Vec<(String, String)>,
}

impl Span {
    fn to_ms(&self) -> f64 {
        self.from_ms + self.length_ms
    }
}

impl Session {
    fn length_ms(&self) -> f64 {
        self.spans.iter().map(Span::to_ms).fold(0.0, f64::max)
    }

    fn stalled_ms(&self) -> f64 {
        self.spans.iter().filter(|span| span.state == SessionState::Stalled).map(|span| span.length_ms).sum()
    }

    fn has_failed(&self) -> bool {
        self.spans.iter().any(|span| span.state == SessionState::Failed)
    }
}

/// What is pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// The name of a session, by its place.
    Session(usize),
    /// A span by the place of its session and its own there.
    Span(usize, usize),
}

/// With what a state is drawn.
const fn ink_of(state: SessionState) -> Ink {
    match state {
        SessionState::Starting => Ink::Hatch,
        SessionState::Playing => Ink::Series(SeriesColour::FIRST),
        SessionState::Stalled => Ink::Tone(Tone::Warning),
        SessionState::Paused => Ink::Track,
        SessionState::Seeking => Ink::Band(SeriesColour::FIRST),
        SessionState::Ended | SessionState::Left => Ink::Muted,
        SessionState::Failed => Ink::Tone(Tone::Danger),
    }
}

impl SessionTimelineSpec {
    fn is_hidden(&self, state: SessionState) -> bool {
        self.legend.iter().any(|(other, entry)| *other == state && entry.is_hidden)
    }

    fn span(&self, session: usize, span: usize) -> Option<(&Session, &Span)> {
        let session = self.sessions.get(session)?;
        Some((session, session.spans.get(span)?))
    }

    fn rows(known: &[(String, String)]) -> impl Iterator<Item = ReadoutRow> + '_ {
        known.iter().map(|(name, value)| ReadoutRow { colour: None, name: name.clone(), value: value.clone() })
    }

    fn row(&self, name: words::Words, value: String) -> ReadoutRow {
        ReadoutRow { colour: None, name: name.in_locale(self.locale).to_owned(), value }
    }

    fn about_session(&self, session: &Session) -> Readout {
        let begun = session.start.map(|start| {
            let moment = clock_time(start, self.calendar);
            self.row(words::BEGUN, format!("{} {moment}", date_in_full(start, self.calendar, self.locale)))
        });
        let stalled = session.stalled_ms();
        let stalled = (stalled > 0.0)
            .then(|| self.row(words::session_state(SessionState::Stalled), length(stalled, self.locale)));
        let whole = self.row(words::LASTED, length(session.length_ms(), self.locale));
        let rows = begun.into_iter().chain([whole]).chain(stalled).chain(Self::rows(&session.known));
        Readout { heading: session.title.clone(), rows: rows.collect(), note: None }
    }

    fn about_span(&self, session: &Session, span: &Span) -> Readout {
        let state = words::session_state(span.state).in_locale(self.locale);
        let mut rows = Vec::new();
        if span.length_ms > 0.0 {
            let (from, to) = (since_start(span.from_ms), since_start(span.to_ms()));
            rows.push(self.row(words::SINCE_START, format!("{from} – {to}")));
            rows.push(self.row(words::LASTED, length(span.length_ms, self.locale)));
        } else {
            rows.push(self.row(words::SINCE_START, since_start(span.from_ms)));
        }
        rows.extend(Self::rows(&span.known));
        Readout { heading: format!("{} · {state}", session.title), rows, note: None }
    }
}

impl Chart for SessionTimelineSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.sessions.is_empty() {
            return Scene::empty(size);
        }
        let lanes = Lanes::of(self, size);
        let marks = lanes.marks(self, size);
        let drawn = self.targets.iter().take_while(|target| match target {
            Target::Session(session) | Target::Span(session, _) => *session < lanes.count,
        });
        Scene { size, marks, hits: Hits::Marks(lanes.areas(self, drawn)) }
    }

    fn readout(&self, hit: usize) -> Readout {
        match self.targets.get(hit) {
            Some(Target::Session(session)) => self.sessions.get(*session).map(|session| self.about_session(session)),
            Some(Target::Span(session, span)) => {
                self.span(*session, *span).map(|(session, span)| self.about_span(session, span))
            }
            None => None,
        }
        .unwrap_or_default()
    }

    fn summary(&self) -> String {
        let failed = self.sessions.iter().filter(|session| session.has_failed()).count();
        let worst = self.sessions.iter().map(Session::stalled_ms).fold(0.0, f64::max);
        let worst = (worst > 0.0).then(|| length(worst, self.locale));
        words::session_timeline_summary(self.sessions.len(), failed, worst.as_deref(), self.locale)
    }

    fn legend(&self) -> Vec<LegendEntry> {
        self.legend.iter().map(|(_, entry)| entry.clone()).collect()
    }
}
