//! How a minute curve is laid out.

use super::{
    super::super::{
        Align, Area, Ink, Mark, Point, Scene, SeriesColour, Size, Weight,
        label_room::LabelRoom,
        line::least_step,
        scene::{FONT_PX, Hits, LABEL_PX, Track},
        shortened,
        strokes::{LINE_PX, dashes, draw_under, hatch, runs, runs_through, thinned},
        text_width_px,
        ticks::ValueAxis,
        time_axis::time_ticks,
        value_ticks::{ValueTicks, crisp, label},
    },
    MinuteCurveSpec,
    programmes::{bands, draw_boundaries, draw_strip},
    turns::Turn,
};
use crate::words;
use model::{
    board::Tone,
    formatting::clock_time,
    time::{Grain, Timestamp},
};

const TOP_PX: f64 = 24.0;
const BOTTOM_PX: f64 = 24.0;
const RIGHT_PX: f64 = 12.0;
const STRIP_PX: f64 = 24.0;
/// Between the plot and the strip.
const STRIP_GAP_PX: f64 = 4.0;
/// Lower charts have no strip; still lower or narrower ones are the bare curve.
const STRIP_FROM_PX: f64 = 150.0;
const AXES_FROM_PX: Size = Size { w: 110.0, h: 84.0 };
/// Half the width and the height of the triangle at a turn, and how far it stands from the curve.
const TRIANGLE_PX: (f64, f64, f64) = (4.0, 6.0, 5.0);

/// Where the parts stand.
struct Layout {
    plot: Area,
    strip: Option<Area>,
    has_axes: bool,
}

impl Layout {
    fn of(size: Size, left: f64, has_programmes: bool) -> Self {
        if size.h < AXES_FROM_PX.h || size.w < AXES_FROM_PX.w.max(left * 2.5) {
            let plot = Area { x: 2.0, y: 2.0, w: (size.w - 4.0).max(1.0), h: (size.h - 4.0).max(1.0) };
            return Self { plot, strip: None, has_axes: false };
        }
        let has_strip = has_programmes && size.h >= STRIP_FROM_PX;
        let strip_h = if has_strip { STRIP_PX + STRIP_GAP_PX } else { 0.0 };
        let plot = Area {
            x: left.round(),
            y: TOP_PX,
            w: size.w - left.round() - RIGHT_PX,
            h: size.h - TOP_PX - BOTTOM_PX - strip_h,
        };
        let strip = Area { y: plot.bottom() + STRIP_GAP_PX, h: STRIP_PX, ..plot };
        Self { plot, strip: has_strip.then_some(strip), has_axes: true }
    }

    /// Under the plot and the strip.
    fn foot(&self) -> f64 {
        self.strip.unwrap_or(self.plot).bottom()
    }
}

pub(super) fn scene(spec: &MinuteCurveSpec, size: Size) -> Scene {
    if spec.minutes.is_empty() {
        return Scene::empty(size);
    }
    let values = spec.minutes.iter().filter_map(|minute| minute.value);
    let axis = ValueAxis::fitting(values, least_step(spec.numbers.unit));
    let ticks = ValueTicks::new(&axis, spec.numbers.unit, spec.locale());
    let layout = Layout::of(size, ticks.room_px(), !spec.programmes.is_empty());
    let plot = layout.plot;
    let at_x = at_x(spec, plot);
    let bands = bands(&spec.programmes, &at_x, plot);
    let at_y = |value: f64| plot.bottom() - axis.share(value) * plot.h;
    let points: Vec<Option<Point>> = (spec.minutes.iter().zip(&at_x))
        .map(|(minute, x)| minute.value.map(|value| Point { x: *x, y: at_y(value) }))
        .collect();

    let mut marks = Vec::new();
    if layout.has_axes {
        draw_spans(&mut marks, spec, plot);
        draw_boundaries(&mut marks, &bands, plot, layout.foot());
        ticks.draw_upright(&mut marks, plot);
    }
    draw_missing(&mut marks, spec, &at_x, plot);
    draw_curve(&mut marks, spec, &points, (plot, axis.from == 0.0));
    if let Some(strip) = layout.strip {
        draw_strip(&mut marks, &bands, strip);
    }
    if layout.has_axes {
        draw_time_axis(&mut marks, spec, &at_x, (layout.foot(), size));
        let mut room = LabelRoom::among(&marks, size);
        draw_annotations(&mut marks, &mut room, spec, plot);
        let curve = Curve { at_x: &at_x, points: &points, plot };
        curve.draw_peak(&mut marks, &mut room, spec);
        for turn in &spec.turns {
            curve.draw_turn(&mut marks, &mut room, spec, *turn);
        }
    }
    let tracks = vec![Track { colour: SeriesColour::FIRST, points }];
    let plot = Area { h: layout.foot() - plot.y, ..plot };
    Scene { size, marks, hits: Hits::Steps { plot, at_x, tracks } }
}

/// Where a moment lies between the first minute and the last: 0 to 1 within.
fn share_of(spec: &MinuteCurveSpec, moment: Timestamp) -> f64 {
    match (spec.minutes.first(), spec.minutes.last()) {
        (Some(first), Some(last)) if last.start > first.start => {
            moment.millis_since(first.start) as f64 / last.start.millis_since(first.start) as f64
        }
        (Some(_) | None, _) => 0.5,
    }
}

fn at_x(spec: &MinuteCurveSpec, plot: Area) -> Vec<f64> {
    spec.minutes.iter().map(|minute| plot.x + share_of(spec, minute.start) * plot.w).collect()
}

/// The curve, with the light surface under it where it stands on zero; broken where minutes are not there.
fn draw_curve(
    marks: &mut Vec<Mark>,
    spec: &MinuteCurveSpec,
    points: &[Option<Point>],
    (plot, stands_on_zero): (Area, bool),
) {
    let ink = Ink::Series(SeriesColour::FIRST);
    let filling = spec.filling.and_then(|at| points.get(at).copied().flatten());
    let mut broken: Vec<Option<Point>> = Vec::with_capacity(points.len());
    for (index, (point, minute)) in points.iter().zip(&spec.minutes).enumerate() {
        if !minute.is_next {
            broken.push(None);
        }
        // The way to the minute that is still filling is dashed, below.
        broken.push(point.filter(|_| spec.filling != Some(index)));
    }
    let solid = Track { colour: SeriesColour::FIRST, points: broken };
    if stands_on_zero {
        draw_under(marks, &solid, plot);
    }
    for run in runs(&solid.points) {
        let run: Vec<Point> = run.into_iter().map(|(_, point)| point).collect();
        match run.as_slice() {
            [] => {}
            [lone] => marks.push(Mark::Disc { centre: *lone, radius: 1.75, ink }),
            line => marks.push(Mark::Line { points: thinned(line, plot), ink, width: LINE_PX }),
        }
    }
    if let Some(end) = filling {
        let before = spec.filling.and_then(|at| points.get(at.checked_sub(1)?).copied().flatten());
        let is_next = spec.filling.and_then(|at| spec.minutes.get(at)).is_some_and(|minute| minute.is_next);
        if let Some(from) = before.filter(|_| is_next) {
            dashes(marks, from, end, ink, LINE_PX);
        }
        marks.push(Mark::Disc { centre: end, radius: 3.0, ink });
        marks.push(Mark::Disc { centre: end, radius: 1.5, ink: Ink::Surface });
    }
}

/// Hatches the minutes whose data is not there yet.
fn draw_missing(marks: &mut Vec<Mark>, spec: &MinuteCurveSpec, at_x: &[f64], plot: Area) {
    let half = match at_x {
        [first, second, ..] => (second - first) / 2.0,
        _ => plot.w / 2.0,
    };
    let minutes: Vec<(bool, f64)> =
        spec.minutes.iter().zip(at_x).map(|(minute, x)| (minute.row.is_none(), *x)).collect();
    for run in minutes.chunk_by(|one, other| one.0 == other.0) {
        if let (Some((true, first)), Some((_, last))) = (run.first(), run.last()) {
            let (x, right) = ((first - half).max(plot.x), (last + half).min(plot.right()));
            hatch(marks, Area { x, w: (right - x).max(1.0), ..plot });
        }
    }
}

fn draw_time_axis(marks: &mut Vec<Mark>, spec: &MinuteCurveSpec, at_x: &[f64], (foot, size): (f64, Size)) {
    let steps: Vec<(Timestamp, f64)> =
        spec.minutes.iter().map(|minute| minute.start).zip(at_x.iter().copied()).collect();
    for tick in time_ticks(&steps, spec.grain, spec.calendar, spec.locale(), (0.0, size.w)) {
        let x = crisp(tick.x);
        let points = vec![Point { x, y: foot }, Point { x, y: foot + 4.0 }];
        marks.push(Mark::Line { points, ink: Ink::Axis, width: 1.0 });
        marks.push(label(tick.x, size.h - LABEL_PX / 2.0, tick.text, Ink::Muted, Align::Middle));
    }
}

/// Pale surfaces behind the curve for what lasted.
fn draw_spans(marks: &mut Vec<Mark>, spec: &MinuteCurveSpec, plot: Area) {
    for annotation in &spec.annotations {
        let Some(until) = annotation.until else { continue };
        let x = |moment: Timestamp| plot.x + share_of(spec, moment).clamp(0.0, 1.0) * plot.w;
        let (from, to) = (x(annotation.at), x(until));
        if to > from {
            marks
                .push(Mark::Rect { area: Area { x: from, w: to - from, ..plot }, ink: Ink::Under(SeriesColour::REST) });
        }
    }
}

/// Upright lines where something happened, named above the plot as far as there is room.
fn draw_annotations(marks: &mut Vec<Mark>, room: &mut LabelRoom, spec: &MinuteCurveSpec, plot: Area) {
    let is_seen = |share: &f64| (0.0..=1.0).contains(share);
    let mut seen: Vec<(f64, &str)> = (spec.annotations.iter())
        .filter_map(|one| Some((Some(share_of(spec, one.at)).filter(is_seen)?, one.text.as_str())))
        .map(|(share, text)| (plot.x + share * plot.w, text))
        .collect();
    seen.sort_by(|one, other| one.0.total_cmp(&other.0));
    let nexts = seen.iter().skip(1).map(|(x, _)| *x - 8.0).chain([plot.right() + RIGHT_PX]);
    for ((at, text), next) in seen.iter().zip(nexts) {
        let x = crisp(*at);
        let points = vec![Point { x, y: LABEL_PX }, Point { x, y: plot.bottom() }];
        marks.push(Mark::Line { points, ink: Ink::Muted, width: 1.0 });
        let text = shortened(text, FONT_PX, next - x);
        if !text.is_empty() && text != "…" {
            room.write_first(marks, [label(x, LABEL_PX / 2.0, text, Ink::Text, Align::Start)]);
        }
        room.keep_off(Area { x: x - 1.0, y: LABEL_PX, w: 2.0, h: plot.bottom() - LABEL_PX });
    }
}

/// The curve as labels see it.
struct Curve<'a> {
    at_x: &'a [f64],
    points: &'a [Option<Point>],
    plot: Area,
}

impl Curve<'_> {
    /// The first of the places where a label neither meets another nor the curve, else nothing.
    fn place(&self, marks: &mut Vec<Mark>, room: &mut LabelRoom, places: impl IntoIterator<Item = Mark>) {
        let is_clear = |label: &Mark| {
            label.label_area().is_some_and(|area| {
                !runs_through(self.at_x, self.points, area)
                    && area.bottom() <= self.plot.bottom()
                    && area.right() <= self.plot.right() + RIGHT_PX
            })
        };
        room.write_first(marks, places.into_iter().filter(is_clear));
    }

    /// The fullest minute: a disc, its number and its time.
    fn draw_peak(&self, marks: &mut Vec<Mark>, room: &mut LabelRoom, spec: &MinuteCurveSpec) {
        let Some((at, value)) = spec.peak().filter(|_| spec.minutes.len() > 1) else { return };
        let (Some(Some(point)), Some(minute)) = (self.points.get(at), spec.minutes.get(at)) else { return };
        let time = match spec.grain {
            Grain::Minute | Grain::Hour => format!(" {}", clock_time(minute.start, spec.calendar)),
            Grain::Day | Grain::Week | Grain::Month => String::new(),
        };
        let text = format!("{} {}{time}", words::PEAK.in_locale(spec.locale()), spec.numbers.short(value));
        marks.push(Mark::Disc { centre: *point, radius: 4.5, ink: Ink::Surface });
        marks.push(Mark::Disc { centre: *point, radius: 3.0, ink: Ink::Series(SeriesColour::FIRST) });
        let strong = |x: f64, y: f64, align: Align| Mark::Label {
            at: Point { x, y },
            text: text.clone(),
            ink: Ink::Text,
            align,
            weight: Weight::Strong,
            px: FONT_PX,
        };
        let half = text_width_px(&text, FONT_PX) / 2.0;
        let middle = point.x.max(self.plot.x + half).min(self.plot.right() - half);
        let above = point.y - LABEL_PX / 2.0 - 6.0;
        let beside = [(point.x + 8.0, Align::Start), (point.x - 8.0, Align::End)];
        let beside = beside.map(|(x, align)| strong(x, point.y.max(LABEL_PX / 2.0), align));
        self.place(marks, room, std::iter::once(strong(middle, above, Align::Middle)).chain(beside));
    }

    /// A triangle above the minute in which many came, below the one in which many left, with how many.
    fn draw_turn(&self, marks: &mut Vec<Mark>, room: &mut LabelRoom, spec: &MinuteCurveSpec, turn: Turn) {
        let Some(Some(point)) = self.points.get(turn.at) else { return };
        let is_gain = turn.change > 0.0;
        let (half, high, off) = TRIANGLE_PX;
        let way = if is_gain { -1.0 } else { 1.0 };
        let foot = point.y + way * off;
        let tip = foot + way * high;
        if tip < LABEL_PX || tip > self.plot.bottom() {
            return;
        }
        let ink = Ink::Tone(if is_gain == spec.rise_is_red { Tone::Danger } else { Tone::Good });
        let corners = [(point.x - half, foot), (point.x + half, foot), (point.x, tip)];
        let triangle = corners.map(|(x, y)| Point { x, y });
        let area = Area { x: point.x - half, y: foot.min(tip), w: 2.0 * half, h: high };
        if !room.is_free(area) {
            return;
        }
        room.keep_off(area);
        marks.push(Mark::Polygon { points: triangle.to_vec(), ink });
        let text = super::signed(turn.change, |change| spec.numbers.figure(change, 1));
        let middle = foot + way * (high / 2.0 + 2.0);
        let left = label(point.x - half - 3.0, middle, text.clone(), ink, Align::End);
        let right = label(point.x + half + 3.0, middle, text.clone(), ink, Align::Start);
        let far = label(point.x, tip + way * LABEL_PX / 2.0, text, ink, Align::Middle);
        let places = if is_gain { [left, far, right] } else { [right, far, left] };
        self.place(marks, room, places);
    }
}
