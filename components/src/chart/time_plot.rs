//! What charts along time share: where steps stand, their axis, what is not there yet, what is marked, and lines.

use super::{
    Align, Area, Ink, Mark, Point, SeriesColour, Source,
    label_room::LabelRoom,
    plot_room::upright_line,
    scene::{FONT_PX, LABEL_PX, Track},
    shortened,
    strokes::{LINE_PX, dashes, hatch, runs, thinned},
    text_width_px,
    ticks::ValueAxis,
    time_axis::time_ticks,
    value_ticks::{crisp, label},
};
use crate::words;
use model::{
    board::{Annotation, Target},
    formatting::Locale,
    time::{Calendar, Grain, Timestamp},
};

/// What ought to be reached, and how it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TargetLine {
    pub(super) value: f64,
    pub(super) text: String,
}

impl TargetLine {
    /// `written` writes its number.
    pub(super) fn of(target: &Target, locale: Locale, written: impl Fn(f64) -> String) -> Self {
        let name = if target.label.is_empty() { words::TARGET.in_locale(locale) } else { target.label.as_str() };
        let value = target.value.get();
        Self { value, text: format!("{name} {}", written(value)) }
    }

    /// A dashed level line, with what it is called above or under it: where that is clear of what is drawn if there is
    /// such a place, else at its right end.
    pub(super) fn draw(
        &self,
        marks: &mut Vec<Mark>,
        room: &mut LabelRoom,
        (plot, axis): (Area, &ValueAxis),
        is_clear: impl Fn(Area) -> bool,
    ) {
        let y = crisp(plot.bottom() - axis.share(self.value) * plot.h);
        dashes(marks, Point { x: plot.x, y }, Point { x: plot.right(), y }, Ink::Target, 1.0);
        room.keep_off(Area { x: plot.x, y: y - 0.5, w: plot.w, h: 1.0 });
        let text = shortened(&self.text, FONT_PX, plot.w);
        if text.is_empty() {
            return;
        }
        let off = LABEL_PX / 2.0 + 1.0;
        let ends = [(plot.right(), Align::End), (plot.x, Align::Start), (plot.centre().x, Align::Middle)];
        let at = |(x, align)| [y - off, y + off].map(|y| label(x, y, text.clone(), Ink::Text, align));
        let places = || ends.into_iter().flat_map(at);
        let clear = places().filter(|label| label.label_area().is_some_and(&is_clear));
        room.write_first(marks, clear.chain(places()));
    }
}

/// The newest step that has numbers, while its end lies after the newest event: it is still filling.
pub(super) fn filling_step(
    steps: &[Timestamp],
    missing: &[bool],
    as_of: Option<Timestamp>,
    calendar: Calendar,
    grain: Grain,
) -> Option<usize> {
    let newest = (0..steps.len()).rev().find(|index| missing.get(*index) == Some(&false))?;
    let end = calendar.next(*steps.get(newest)?, grain);
    as_of.is_some_and(|as_of| end > as_of).then_some(newest)
}

/// How the steps of an axis are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StepReading {
    pub(super) grain: Grain,
    pub(super) calendar: Calendar,
    pub(super) locale: Locale,
    /// Whether days off are marked.
    pub(super) marks_days_off: bool,
}

impl StepReading {
    pub(super) const fn of(source: &Source) -> Self {
        Self {
            grain: source.grain,
            calendar: source.reading.calendar,
            locale: source.reading.locale,
            marks_days_off: source.look.holidays,
        }
    }
}

/// Steps of time along a plot.
pub(super) struct TimePlot<'a> {
    pub(super) plot: Area,
    steps: &'a [Timestamp],
    pub(super) at_x: Vec<f64>,
    /// From an end of the plot to the first or last step.
    inset: f64,
}

impl<'a> TimePlot<'a> {
    /// The first step stands at one end of the plot and the last at the other, as lines have it.
    pub(super) fn end_to_end(plot: Area, steps: &'a [Timestamp]) -> Self {
        Self::inset_by(plot, steps, 0.0)
    }

    /// Each step stands in the middle of a slot, as columns have it. Where steps differ in length the slots are as wide
    /// as the shortest needs.
    pub(super) fn in_slots(plot: Area, steps: &'a [Timestamp]) -> Self {
        let shortest = steps.windows(2).filter_map(|pair| match pair {
            [one, other] => Some(other.millis_since(*one)).filter(|length| *length > 0),
            _ => None,
        });
        let slots = match (shortest.min(), steps.first(), steps.last()) {
            (Some(shortest), Some(first), Some(last)) => last.millis_since(*first) as f64 / shortest as f64 + 1.0,
            _ => 1.0,
        };
        Self::inset_by(plot, steps, plot.w / slots / 2.0)
    }

    fn inset_by(plot: Area, steps: &'a [Timestamp], inset: f64) -> Self {
        let mut placed = Self { plot, steps, at_x: Vec::new(), inset };
        placed.at_x = steps.iter().map(|step| placed.x_of(*step)).collect();
        placed
    }

    /// The first and the last step, where there are more than one.
    pub(super) fn first_and_last(&self) -> Option<(Timestamp, Timestamp)> {
        match self.steps {
            [first, .., last] => Some((*first, *last)),
            [] | [_] => None,
        }
    }

    /// How wide a slot is.
    pub(super) fn slot_px(&self) -> f64 {
        2.0 * self.inset
    }

    /// Where a moment stands; it may lie beside the plot.
    pub(super) fn x_of(&self, moment: Timestamp) -> f64 {
        let (Some(first), Some(last)) = (self.steps.first(), self.steps.last()) else {
            return self.plot.x;
        };
        let length = last.millis_since(*first) as f64;
        let share = if length > 0.0 { moment.millis_since(*first) as f64 / length } else { 0.5 };
        self.plot.x + self.inset + share * (self.plot.w - 2.0 * self.inset)
    }

    /// Marked steps under the plot, their labels at the height `y` and between the ends.
    pub(super) fn draw_axis(&self, marks: &mut Vec<Mark>, y: f64, ends: (f64, f64), reading: StepReading) {
        let steps: Vec<(Timestamp, f64)> = self.steps.iter().copied().zip(self.at_x.iter().copied()).collect();
        let foot = self.plot.bottom();
        for tick in time_ticks(&steps, reading.grain, reading.calendar, reading.locale, ends) {
            let x = crisp(tick.x);
            marks.push(Mark::Line {
                points: vec![Point { x, y: foot }, Point { x, y: foot + 4.0 }],
                ink: Ink::Axis,
                width: 1.0,
            });
            let half = text_width_px(&tick.text, FONT_PX) / 2.0;
            if tick.x - half >= ends.0 && tick.x + half <= ends.1 {
                marks.push(label(tick.x, y, tick.text, Ink::Muted, Align::Middle));
            }
        }
    }

    /// Hatches the runs of steps whose data is not there yet.
    pub(super) fn draw_missing(&self, marks: &mut Vec<Mark>, missing: &[bool]) {
        let plot = self.plot;
        let half_step = match self.at_x.as_slice() {
            [first, second, ..] => (second - first) / 2.0,
            _ => plot.w / 2.0,
        };
        let mut run: Option<(f64, f64)> = None;
        let ends = missing.iter().copied().zip(self.at_x.iter().copied()).map(Some).chain([None]);
        for step in ends {
            match (step, run) {
                (Some((true, x)), None) => run = Some((x, x)),
                (Some((true, x)), Some((from, _))) => run = Some((from, x)),
                (Some((false, _)) | None, Some((from, to))) => {
                    let x = (from - half_step).max(plot.x);
                    let right = (to + half_step).min(plot.right());
                    hatch(marks, Area { x, y: plot.y, w: (right - x).max(1.0), h: plot.h });
                    run = None;
                }
                (Some((false, _)) | None, None) => {}
            }
        }
    }

    /// A thin upright line at each thing that happened within the steps, with what it was above the plot where there is
    /// room; a pale band where it lasted.
    pub(super) fn draw_annotations(&self, marks: &mut Vec<Mark>, room: &mut LabelRoom, annotations: &[Annotation]) {
        const MOST_TEXT_PX: f64 = 96.0;
        let (plot, slot) = (self.plot, self.steps.len());
        let is_inside = |x: f64| slot > 1 && (plot.x..=plot.right()).contains(&x);
        for annotation in annotations {
            let from = self.x_of(annotation.at);
            let until = annotation.until.map(|until| self.x_of(until));
            if let Some(until) = until.filter(|until| slot > 1 && *until > plot.x && from < plot.right()) {
                let (x, right) = (from.max(plot.x), until.min(plot.right()));
                if right > x {
                    let area = Area { x, y: plot.y, w: right - x, h: plot.h };
                    marks.push(Mark::Rect { area, ink: Ink::Under(SeriesColour::REST) });
                }
            }
            if is_inside(from) {
                upright_line(marks, plot, from, Ink::Muted);
                let text = shortened(annotation.text.as_str(), FONT_PX, MOST_TEXT_PX.min(plot.w));
                let half = text_width_px(&text, FONT_PX) / 2.0;
                let x = from.min(plot.right() - half).max(plot.x + half);
                if !text.is_empty() {
                    room.write(marks, label(x, plot.y - LABEL_PX, text, Ink::Muted, Align::Middle));
                }
            }
        }
    }
}

/// The line of a series: broken at gaps, dashed to the step that is still filling.
pub(super) fn draw_line(marks: &mut Vec<Mark>, track: &Track, plot: Area, filling: Option<usize>) {
    let ink = Ink::Series(track.colour);
    for run in runs(&track.points) {
        let filling = filling.filter(|filling| run.last().is_some_and(|(index, _)| index == filling));
        let solid = if filling.is_some() { run.get(..run.len() - 1).unwrap_or_default() } else { &run };
        match solid {
            [(_, lone)] if filling.is_none() => {
                marks.push(Mark::Disc { centre: *lone, radius: 2.5, ink });
            }
            [] | [_] => {}
            solid => {
                let points: Vec<Point> = solid.iter().map(|(_, point)| *point).collect();
                marks.push(Mark::Line { points: thinned(&points, plot), ink, width: LINE_PX });
            }
        }
        if let (Some(_), Some((_, end))) = (filling, run.last()) {
            if let Some((_, from)) = solid.last() {
                dashes(marks, *from, *end, ink, LINE_PX);
            }
            marks.push(Mark::Disc { centre: *end, radius: 3.5, ink });
            marks.push(Mark::Disc { centre: *end, radius: 2.0, ink: Ink::Surface });
        }
    }
}
