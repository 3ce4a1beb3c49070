//! Where the lanes of sessions stand, and what is drawn on them.

use super::{
    super::super::{
        Align, Area, Ink, Mark, Point, SeriesColour, Size,
        label_room::LabelRoom,
        scene::{FONT_PX, LABEL_PX},
        shortened,
        strokes::hatch,
        text_width_px,
        value_ticks::{BESIDE_PX, crisp, label},
    },
    Session, SessionTimelineSpec, Span, Target,
    clock_axis::{has_axis, ticks},
    ink_of,
};
use crate::words;
use model::metric::SessionState;
use std::collections::BTreeSet;

const FOOT_PX: f64 = 24.0;
const LEAST_LANE_PX: f64 = 12.0;
const MOST_LANE_PX: f64 = 46.0;
/// Lanes from here on have what stands beside the title under it.
const TWO_LINES_FROM_PX: f64 = 2.0 * LABEL_PX;
/// How much of the width names may take.
const NAME_SHARE: f64 = 0.28;
/// Narrower drawings have no names.
const NAMES_FROM_PX: f64 = 240.0;
/// To the right of the plot, for marks at its end.
const EDGE_PX: f64 = 8.0;
const LEAST_SPAN_PX: f64 = 1.5;
const END_PX: f64 = 4.5;

/// The lanes over one size.
pub(super) struct Lanes {
    /// How many sessions have a lane.
    pub(super) count: usize,
    plot: Area,
    lane_px: f64,
    /// How wide names may be; 0 without them.
    names_px: f64,
    has_axis: bool,
    length_ms: f64,
}

impl Lanes {
    pub(super) fn of(spec: &SessionTimelineSpec, size: Size) -> Self {
        let has_axis = has_axis(size);
        let h = (size.h - if has_axis { FOOT_PX } else { 0.0 }).max(1.0);
        let room = (h / LEAST_LANE_PX).floor() as usize;
        let count = spec.sessions.len().min(room.max(1));
        let lane_px = (h / count as f64).min(MOST_LANE_PX);
        let texts = spec.sessions.iter().take(count).flat_map(|session| [&session.title, &session.beside]);
        let widest = texts.map(|text| text_width_px(text, FONT_PX)).fold(0.0, f64::max).ceil();
        let has_names = size.w >= NAMES_FROM_PX && lane_px >= LABEL_PX;
        let names_px = if has_names { widest.min((size.w * NAME_SHARE).floor()) } else { 0.0 };
        let x = if has_names { names_px + BESIDE_PX } else { EDGE_PX.min(size.w / 4.0) };
        let plot = Area { x, y: 0.0, w: (size.w - x - EDGE_PX.min(size.w / 4.0)).max(1.0), h: lane_px * count as f64 };
        let length_ms = spec.sessions.iter().map(Session::length_ms).fold(1.0, f64::max);
        Self { count, plot, lane_px, names_px, has_axis, length_ms }
    }

    fn x(&self, ms: f64) -> f64 {
        self.plot.x + (ms / self.length_ms).clamp(0.0, 1.0) * self.plot.w
    }

    fn middle(&self, session: usize) -> f64 {
        self.plot.y + (session as f64 + 0.5) * self.lane_px
    }

    /// Where a span lies on its lane, as high as it is drawn.
    fn bar(&self, session: usize, span: &Span) -> Area {
        let full = (self.lane_px * 0.5).clamp(3.0, 18.0);
        let h = match span.state {
            SessionState::Paused => full / 2.0,
            SessionState::Starting
            | SessionState::Playing
            | SessionState::Stalled
            | SessionState::Seeking
            | SessionState::Ended
            | SessionState::Left
            | SessionState::Failed => full,
        };
        let (x, to) = (self.x(span.from_ms), self.x(span.to_ms()));
        let w = if span.length_ms > 0.0 { (to - x).max(LEAST_SPAN_PX).min(self.plot.right() - x) } else { 0.0 };
        Area { x, y: self.middle(session) - h / 2.0, w: w.max(0.0), h }
    }

    pub(super) fn marks(&self, spec: &SessionTimelineSpec, size: Size) -> Vec<Mark> {
        let mut marks = Vec::new();
        if self.has_axis {
            self.draw_axis(&mut marks, spec, size);
        }
        for (at, session) in spec.sessions.iter().take(self.count).enumerate() {
            let y = crisp(self.middle(at));
            let ends = [0.0, session.length_ms()].map(|ms| Point { x: self.x(ms), y });
            // What lies on it is known; where it is seen, nothing was heard.
            marks.push(Mark::Line { points: ends.to_vec(), ink: Ink::Axis, width: 1.0 });
            let shown = || session.spans.iter().filter(|span| !spec.is_hidden(span.state));
            // Of what is narrower than a pixel, one of each state in each.
            let mut drawn: BTreeSet<(i64, SessionState)> = BTreeSet::new();
            for span in shown() {
                let bar = self.bar(at, span);
                if drawn.insert((bar.x.floor() as i64, span.state)) || bar.w > LEAST_SPAN_PX {
                    draw_bar(&mut marks, span.state, bar);
                }
            }
            // Over the bars, so that none hides one.
            let mut marked: BTreeSet<(i64, SessionState)> = BTreeSet::new();
            for span in shown() {
                let bar = self.bar(at, span);
                if marked.insert((bar.x.floor() as i64, span.state)) {
                    draw_moment(&mut marks, span.state, bar);
                }
            }
            self.draw_name(&mut marks, at, session);
        }
        marks
    }

    /// To the left of a lane: what was watched, and under it on what and where.
    fn draw_name(&self, marks: &mut Vec<Mark>, at: usize, session: &Session) {
        if self.names_px <= 0.0 {
            return;
        }
        let mut write = |text: &str, y: f64, ink: Ink| {
            let text = shortened(text, FONT_PX, self.names_px);
            if !text.is_empty() {
                marks.push(label(self.names_px, y, text, ink, Align::End));
            }
        };
        let middle = self.middle(at);
        if self.lane_px >= TWO_LINES_FROM_PX && !session.beside.is_empty() {
            write(&session.title, middle - LABEL_PX / 2.0, Ink::Text);
            write(&session.beside, middle + LABEL_PX / 2.0, Ink::Muted);
        } else {
            write(&session.title, middle, Ink::Text);
        }
    }

    fn draw_axis(&self, marks: &mut Vec<Mark>, spec: &SessionTimelineSpec, size: Size) {
        let y = self.plot.bottom() + FOOT_PX - LABEL_PX / 2.0;
        let mut room = LabelRoom::among(&[], size);
        let left_out = spec.sessions.len() - self.count;
        if left_out > 0 {
            let more = words::more_items(left_out, spec.locale);
            room.write_first(marks, [label(0.0, y, more, Ink::Muted, Align::Start)]);
        }
        for (share, text) in ticks(self.length_ms, self.plot.w) {
            let x = self.plot.x + share * self.plot.w;
            let line = [self.plot.y, self.plot.bottom() + 4.0].map(|y| Point { x: crisp(x).min(size.w), y });
            marks.push(Mark::Line { points: line.to_vec(), ink: Ink::Grid, width: 1.0 });
            let at = |align: Align| label(x, y, text.clone(), Ink::Muted, align);
            room.write_first(marks, [at(Align::Middle), at(Align::End), at(Align::Start)]);
        }
    }

    /// What can be pointed at, in the order of the targets. What is a moment lies in front of what it ends.
    pub(super) fn areas<'a>(&self, spec: &SessionTimelineSpec, targets: impl Iterator<Item = &'a Target>) -> Vec<Area> {
        let lane =
            |session: usize| Area { y: self.plot.y + session as f64 * self.lane_px, h: self.lane_px, ..self.plot };
        let area = |target: &Target| match target {
            Target::Session(session) => (*session, Area { x: 0.0, w: self.names_px, ..lane(*session) }),
            Target::Span(session, span) => {
                let Some((_, span)) = spec.span(*session, *span) else { return (*session, lane(*session)) };
                let bar = self.bar(*session, span);
                let half = if bar.w < 2.0 * END_PX { END_PX - bar.w / 2.0 } else { 0.0 };
                (*session, Area { x: bar.x - half, w: bar.w + 2.0 * half, ..lane(*session) })
            }
        };
        let mut areas: Vec<(usize, Area)> = targets.map(area).collect();
        for at in 1..areas.len() {
            if let Some([(session, before), (next, after)]) = areas.get_mut(at - 1..=at)
                && session == next
                && before.right() > after.x
                && after.x > before.x
            {
                before.w = after.x - before.x;
            }
        }
        areas.into_iter().map(|(_, area)| area).collect()
    }
}

fn draw_bar(marks: &mut Vec<Mark>, state: SessionState, area: Area) {
    if area.w <= 0.0 {
        return;
    }
    match state {
        SessionState::Starting => {
            marks.push(Mark::Rect { area, ink: Ink::Surface });
            hatch(marks, area);
            let corners =
                [(area.x, area.y), (area.right(), area.y), (area.right(), area.bottom()), (area.x, area.bottom())];
            let outline = corners.iter().chain(corners.first()).map(|(x, y)| Point { x: *x, y: *y }).collect();
            marks.push(Mark::Line { points: outline, ink: Ink::Hatch, width: 1.0 });
        }
        SessionState::Playing | SessionState::Stalled | SessionState::Paused | SessionState::Seeking => {
            marks.push(Mark::Rect { area, ink: Ink::Surface });
            marks.push(Mark::Rect { area, ink: ink_of(state) });
        }
        SessionState::Ended | SessionState::Left | SessionState::Failed => {}
    }
}

/// The mark of a jump, and of how a session ends.
fn draw_moment(marks: &mut Vec<Mark>, state: SessionState, bar: Area) {
    let (x, y) = (bar.x, bar.centre().y);
    match state {
        SessionState::Seeking => {
            let top = (bar.y - 5.0).max(0.0);
            let points = [(x - 3.5, top), (x + 3.5, top), (x, bar.y + 1.0)].map(|(x, y)| Point { x, y }).to_vec();
            marks.push(Mark::Polygon { points, ink: Ink::Series(SeriesColour::FIRST) });
        }
        SessionState::Ended => {
            let points = vec![Point { x, y: bar.y }, Point { x, y: bar.bottom() }];
            marks.push(Mark::Line { points, ink: ink_of(state), width: 2.0 });
        }
        SessionState::Left => {
            let centre = Point { x, y };
            marks.push(Mark::Disc { centre, radius: END_PX - 1.0, ink: ink_of(state) });
            marks.push(Mark::Disc { centre, radius: END_PX - 2.5, ink: Ink::Surface });
        }
        SessionState::Failed => {
            let centre = Point { x, y };
            marks.push(Mark::Disc { centre, radius: END_PX + 1.0, ink: Ink::Surface });
            marks.push(Mark::Disc { centre, radius: END_PX, ink: ink_of(state) });
        }
        SessionState::Starting | SessionState::Playing | SessionState::Stalled | SessionState::Paused => {}
    }
}
