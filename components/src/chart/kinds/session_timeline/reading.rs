//! How a frame of sessions is read.

use super::{
    super::super::{LegendEntry, Source, Unfit},
    Session, SessionTimelineSpec, Span, Target,
    clock_axis::since_start,
    ink_of,
};
use crate::words;
use model::{
    formatting::exact_number,
    metric::{SessionColumns, SessionState, Unit},
    time::Timestamp,
};

/// What is told of a session and of a span, in this order; what is not known is left out.
const OF_SESSIONS: [&str; 7] =
    ["view_mode", "platform", "province", "isp", "cdn", "app_version", SessionColumns::SESSION];
const OF_SPANS: [&str; 3] = ["cdn_node", "error_class", SessionColumns::ERROR];

/// Milliseconds beyond this are no session's: a year.
const MOST_MS: f64 = 3.2e10;

/// The cells of a frame by the names of their columns.
#[derive(Clone, Copy)]
struct Cells<'a> {
    source: &'a Source<'a>,
}

impl<'a> Cells<'a> {
    fn text(self, column: &str, row: usize) -> Option<&'a str> {
        let column = self.source.frame.column(column)?;
        self.source.frame.rows.get(row)?.get(column)?.as_text()
    }

    /// Finite, and no less than nothing.
    fn number(self, column: &str, row: usize) -> Option<f64> {
        let column = self.source.frame.column(column)?;
        let number = self.source.frame.rows.get(row)?.get(column)?.as_number()?;
        number.is_finite().then(|| number.clamp(0.0, MOST_MS))
    }

    /// A value as it is read, where it is known.
    fn value(self, column: &str, row: usize) -> Option<String> {
        let reading = self.source.reading;
        self.text(column, row).map(|value| reading.names.value(column, Some(value), reading.locale))
    }

    /// The same with the name of its column.
    fn known(self, column: &str, row: usize) -> Option<(String, String)> {
        let reading = self.source.reading;
        Some((reading.names.column(column, reading.locale), self.value(column, row)?))
    }

    fn session(self, row: usize) -> Session {
        // What is live is known by its channel, all else by its title.
        let title = self.value("content", row).or_else(|| self.value("channel", row));
        let beside: Vec<String> = ["platform", "province"].into_iter().filter_map(|of| self.value(of, row)).collect();
        let at = self.text("time", row).and_then(|text| Timestamp::parse(text).ok());
        let offset = self.number(SessionColumns::OFFSET, row).unwrap_or(0.0);
        let unknown = words::UNKNOWN.in_locale(self.source.reading.locale);
        Session {
            title: title.unwrap_or_else(|| unknown.to_owned()),
            beside: beside.join(" · "),
            known: OF_SESSIONS.into_iter().filter_map(|column| self.known(column, row)).collect(),
            start: at.map(|at| at.plus_millis(-(offset as i64))),
            spans: Vec::new(),
        }
    }

    fn span(self, row: usize) -> Option<Span> {
        let reading = self.source.reading;
        let named = |column: &str, value: String| (reading.names.column(column, reading.locale), value);
        let bitrate = self
            .number(SessionColumns::BITRATE, row)
            .map(|kbps| named(SessionColumns::BITRATE, exact_number(kbps, Unit::Kbps, reading.locale).joined()));
        let position = self
            .number(SessionColumns::POSITION, row)
            .map(|position| named(SessionColumns::POSITION, since_start(position)));
        let said = OF_SPANS.into_iter().filter_map(|column| self.known(column, row));
        Some(Span {
            state: self.text(SessionColumns::STATE, row).and_then(SessionState::parse)?,
            from_ms: self.number(SessionColumns::OFFSET, row)?,
            length_ms: self.number(SessionColumns::LENGTH, row)?,
            known: said.chain(bitrate).chain(position).collect(),
        })
    }
}

impl SessionTimelineSpec {
    /// Reads a row for each span; those of one session have its name in common and may stand anywhere.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without the columns of sessions, [`Unfit::AllUndefined`] where no span has a state and a place in time.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let needed = [SessionColumns::SESSION, SessionColumns::STATE, SessionColumns::OFFSET, SessionColumns::LENGTH];
        if needed.into_iter().any(|column| source.frame.column(column).is_none()) {
            return Err(Unfit::Shape);
        }
        let cells = Cells { source };
        let mut names: Vec<Option<&str>> = Vec::new();
        let mut sessions: Vec<Session> = Vec::new();
        for row in 0..source.frame.rows.len() {
            let Some(span) = cells.span(row) else { continue };
            let name = cells.text(SessionColumns::SESSION, row);
            let place = names.iter().rposition(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                sessions.push(cells.session(row));
                sessions.len() - 1
            });
            if let Some(session) = sessions.get_mut(place) {
                session.spans.push(span);
            }
        }
        if sessions.is_empty() && !source.frame.rows.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        for session in &mut sessions {
            session.spans.sort_by(|one, other| one.from_ms.total_cmp(&other.from_ms));
        }
        let locale = source.reading.locale;
        let occurs =
            |state: &SessionState| sessions.iter().flat_map(|session| &session.spans).any(|span| span.state == *state);
        let entry = |state: SessionState| {
            let name = words::session_state(state).in_locale(locale).to_owned();
            (state, LegendEntry { is_hidden: source.hidden.contains(&name), name, ink: ink_of(state) })
        };
        let legend = SessionState::ALL.into_iter().filter(occurs).map(entry).collect();
        let mut spec = Self { locale, calendar: source.reading.calendar, sessions, legend, targets: Vec::new() };
        spec.targets = spec.targets();
        Ok(spec)
    }

    /// The names of the sessions and their spans, as far as they are drawn.
    fn targets(&self) -> Vec<Target> {
        let of_session = |(at, session): (usize, &Session)| {
            let shown = session.spans.iter().enumerate().filter(|(_, span)| !self.is_hidden(span.state));
            let spans: Vec<Target> = shown.map(|(span, _)| Target::Span(at, span)).collect();
            std::iter::once(Target::Session(at)).chain(spans)
        };
        self.sessions.iter().enumerate().flat_map(of_session).collect()
    }
}
