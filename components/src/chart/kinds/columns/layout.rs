//! Where columns stand, upright or level.

use super::super::super::{
    Align, Area, Ink, Mark, Point, Scene, Size,
    category_axis::CategoryAxis,
    label_room::LabelRoom,
    line::least_step,
    numbers::whole_percent,
    plot_room::{END_PX, FOOT_PX, PlotRoom, TOP_PX, level_line, upright_line},
    scene::{FONT_PX, Hits, LABEL_PX},
    shortened,
    strokes::dashes,
    text_width_px,
    ticks::ValueAxis,
    time_plot::TimePlot,
    value_ticks::{BESIDE_PX, ValueTicks, crisp, label},
};
use super::{ColumnSeries, ColumnsSpec};
use crate::words;
use model::{
    board::{Direction, Stacking},
    metric::Unit,
    time::Timestamp,
};

/// The narrowest slot of a value of a dimension, and the lowest row of one.
const LEAST_SLOT_PX: f64 = 6.0;
const LEAST_ROW_PX: f64 = 20.0;
const MOST_ROW_PX: f64 = 64.0;
/// How much of a slot is filled, and how wide a lone column gets.
const FILLED: f64 = 0.68;
const MOST_COLUMN_PX: f64 = 56.0;
const MOST_BAR_PX: f64 = 26.0;
/// With narrower slots than this columns of time are drawn as one outline.
const LEAST_STEP_PX: f64 = 2.0;
const MOST_MARKS: usize = 1_000;
/// How much of the width names may take.
const NAME_SHARE: f64 = 0.36;

impl ColumnsSpec {
    fn axis(&self) -> ValueAxis {
        if self.stacking == Stacking::Share {
            return ValueAxis { from: 0.0, to: 100.0, ticks: vec![0.0, 25.0, 50.0, 75.0, 100.0] };
        }
        let ends = (0..self.places.len()).flat_map(|place| self.spans(place)).flatten().map(|(_, end)| end);
        let target = self.target.as_ref().map(|target| target.value);
        ValueAxis::fitting(ends.chain(target).chain([0.0]), least_step(self.numbers.unit))
    }

    fn axis_unit(&self) -> Unit {
        if self.stacking == Stacking::Share { Unit::Percent } else { self.numbers.unit }
    }

    /// The spans of a place as shares of the axis.
    fn shares(&self, axis: &ValueAxis, place: usize) -> Vec<Option<(f64, f64)>> {
        let scale = if self.stacking == Stacking::Share { 100.0 } else { 1.0 };
        let share = |(from, to): (f64, f64)| (axis.share(from * scale), axis.share(to * scale));
        self.spans(place).into_iter().map(|span| span.map(share)).collect()
    }

    /// How many places there is room for. What does not fit is said at the end; steps of time are never left out.
    fn shown(&self, room_px: f64, least_px: f64) -> usize {
        let most = (room_px / least_px).floor().min(MOST_MARKS as f64 / self.series.len() as f64).max(1.0) as usize;
        if self.places.len() > most { (most - 1).max(1).min(self.places.len()) } else { self.places.len() }
    }

    /// What the columns of a slot take of it: from and to along the axis for each series.
    fn lane(&self, middle: f64, slot_px: f64, series: usize) -> (f64, f64) {
        let count = if self.stacking == Stacking::Beside { self.series.len() } else { 1 };
        let most = match self.direction {
            Direction::Upright => MOST_COLUMN_PX,
            Direction::Level => MOST_BAR_PX,
        };
        let filled = (slot_px * FILLED).min(most * count as f64).max((slot_px - 1.0).min(1.0));
        let lane = filled / count as f64;
        let at = if count == 1 { 0.0 } else { series as f64 };
        let from = middle - filled / 2.0 + at * lane;
        // A hair between neighbours, where it can be seen.
        (from, from + if count > 1 && lane > 4.0 { lane - 1.0 } else { lane })
    }

    fn ink(&self, series: &ColumnSeries, place: usize) -> Ink {
        if self.filling == Some(place) { Ink::Under(series.colour) } else { Ink::Series(series.colour) }
    }

    /// Whether the end of a column bears its number: of a stack its total, of a lone series each.
    fn end_values(&self, place: usize) -> Vec<(usize, f64)> {
        match self.stacking {
            Stacking::Share => Vec::new(),
            Stacking::Stacked => self.total(place).map(|total| (0, total)).into_iter().collect(),
            Stacking::Beside => {
                let values = self.values(place).enumerate();
                values.filter_map(|(series, value)| Some((series, value?))).collect()
            }
        }
    }
}

/// One column, or one part of a stack.
fn column(marks: &mut Vec<Mark>, area: Area, ink: Ink) {
    if let Ink::Under(colour) = ink {
        // Paler, with an edge: the step is still filling.
        marks.push(Mark::Rect { area, ink });
        let (x, right, y, foot) = (area.x + 0.5, area.right() - 0.5, area.y + 0.5, area.bottom());
        if area.w > 2.0 && area.h > 2.0 {
            let points = [(x, foot), (x, y), (right, y), (right, foot)].map(|(x, y)| Point { x, y }).to_vec();
            marks.push(Mark::Line { points, ink: Ink::Series(colour), width: 1.0 });
        }
    } else {
        marks.push(Mark::Rect { area, ink });
    }
}

pub(super) fn upright(spec: &ColumnsSpec, size: Size) -> Scene {
    let axis = spec.axis();
    let ticks = ValueTicks::new(&axis, spec.axis_unit(), spec.numbers.locale);
    let steps: Vec<Timestamp> = spec.places.iter().map_while(|place| place.step).collect();
    let is_time = steps.len() == spec.places.len();
    let shown = if is_time { spec.places.len() } else { spec.shown(size.w - ticks.room_px(), LEAST_SLOT_PX) };
    let left_out = spec.places.len() - shown;
    let names: Vec<&str> = spec.places.iter().take(shown).map(|place| place.name.as_str()).collect();
    let wide = size.w - ticks.room_px() - END_PX;
    let names_axis = CategoryAxis::fitting(&names, (wide / shown as f64).max(1.0));
    let foot = if is_time { FOOT_PX } else { names_axis.height_px() };
    let room = PlotRoom::of(size, (ticks.room_px(), END_PX), (TOP_PX, foot));
    let plot = room.plot;
    let time = TimePlot::in_slots(plot, &steps);
    let slot = if is_time { time.slot_px() } else { plot.w / shown as f64 };
    let middle = |place: usize| {
        let in_turn = plot.x + (place as f64 + 0.5) * plot.w / shown as f64;
        if is_time { time.at_x.get(place).copied().unwrap_or(in_turn) } else { in_turn }
    };
    let y = |share: f64| plot.bottom() - share * plot.h;
    let zero = y(axis.share(0.0));

    let mut marks = Vec::new();
    if room.has_sides {
        ticks.draw_upright(&mut marks, plot);
    }
    if room.has_foot && is_time {
        time.draw_axis(&mut marks, plot.bottom() + LABEL_PX, (0.0, size.w), spec.reading);
    } else if room.has_foot {
        let places: Vec<(f64, &str)> = names.iter().enumerate().map(|(place, name)| (middle(place), *name)).collect();
        names_axis.draw(&mut marks, &places, plot.bottom(), (plot.x, plot.right()));
    }
    let shares: Vec<Vec<Option<(f64, f64)>>> = (0..shown).map(|place| spec.shares(&axis, place)).collect();
    let mut drawn = Vec::new();
    if is_time && (slot < LEAST_STEP_PX || shown * spec.series.len() > MOST_MARKS) {
        draw_outlines(&mut marks, spec, &shares, |place| (middle(place) - slot / 2.0, middle(place) + slot / 2.0), y);
    } else {
        for (place, spans) in shares.iter().enumerate() {
            for (index, (series, span)) in spec.series.iter().zip(spans).enumerate() {
                if let Some((from, to)) = span {
                    let (x, right) = spec.lane(middle(place), slot, index);
                    let (top, bottom) = thick(y(to.max(*from)), y(to.min(*from)), from <= to);
                    let gap = if bottom - top > 4.0 && bottom < zero - 0.5 { 1.0 } else { 0.0 };
                    let area = Area { x, y: top, w: right - x, h: bottom - top - gap };
                    column(&mut marks, area, spec.ink(series, place));
                    drawn.push(area);
                }
            }
        }
    }
    level_line(&mut marks, plot, zero.min(plot.bottom() - 0.5), Ink::Axis);
    let mut labels = LabelRoom::among(&marks, size);
    if let Some(target) = &spec.target {
        let is_clear = |area| !drawn.iter().any(|column: &Area| column.overlaps(area));
        target.draw(&mut marks, &mut labels, (plot, &axis), is_clear);
    }
    write_ends_upright(&mut marks, &mut labels, spec, shown, |place, series, value| {
        let (x, right) = spec.lane(middle(place), slot, series);
        let end =
            shares.get(place).map_or(zero, |spans| far_end(spans, spec.stacking, series, value < 0.0).map_or(zero, y));
        let off = if value < 0.0 { LABEL_PX / 2.0 } else { -LABEL_PX / 2.0 };
        let room = if spec.stacking == Stacking::Beside && spec.series.len() > 1 { right - x } else { slot };
        (Point { x: f64::midpoint(x, right), y: end + off }, room)
    });
    write_shares(&mut marks, &mut labels, spec, &shares, |place, index, (from, to)| {
        let (x, right) = spec.lane(middle(place), slot, index);
        Area { x, y: y(to), w: right - x, h: y(from) - y(to) }
    });
    if left_out > 0 {
        let text = words::more_items(left_out, spec.numbers.locale);
        labels.write(&mut marks, label(plot.right(), LABEL_PX / 2.0, text, Ink::Muted, Align::End));
    }
    let area = |place: usize| {
        let x = (middle(place) - slot / 2.0).max(plot.x);
        Area { x, y: plot.y, w: slot.max(1.0).min(plot.right() - x), h: plot.h }
    };
    Scene { size, marks, hits: Hits::Marks((0..shown).map(area).collect()) }
}

/// A column of nothing is a hair, so that it is seen to be there.
fn thick(low: f64, high: f64, is_upwards: bool) -> (f64, f64) {
    const HAIR_PX: f64 = 1.5;
    match (high - low < HAIR_PX, is_upwards) {
        (false, _) => (low, high),
        (true, true) => (high - HAIR_PX, high),
        (true, false) => (low, low + HAIR_PX),
    }
}

/// Where the stack or the column of a series ends, on the side of its number.
fn far_end(spans: &[Option<(f64, f64)>], stacking: Stacking, series: usize, is_negative: bool) -> Option<f64> {
    let of_series = spans.iter().enumerate().filter(|(index, _)| stacking != Stacking::Beside || *index == series);
    let ends = of_series.filter_map(|(_, span)| span.map(|(_, to)| to));
    ends.reduce(if is_negative { f64::min } else { f64::max })
}

/// One outline for each series: for more steps than there are pixels.
fn draw_outlines(
    marks: &mut Vec<Mark>,
    spec: &ColumnsSpec,
    shares: &[Vec<Option<(f64, f64)>>],
    x: impl Fn(usize) -> (f64, f64),
    y: impl Fn(f64) -> f64,
) {
    for (index, series) in spec.series.iter().enumerate() {
        let mut tops = Vec::new();
        let mut feet = Vec::new();
        for (place, spans) in shares.iter().enumerate() {
            let (from, to) = spans.get(index).copied().flatten().unwrap_or_default();
            let (left, right) = x(place);
            tops.extend([Point { x: left, y: y(to) }, Point { x: right, y: y(to) }]);
            feet.extend([Point { x: left, y: y(from) }, Point { x: right, y: y(from) }]);
        }
        tops.extend(feet.into_iter().rev());
        marks.push(Mark::Polygon { points: tops, ink: Ink::Series(series.colour) });
    }
}

/// Numbers at the ends of the columns, where those of all fit; else of none, so that none seems to lack its number.
fn write_ends_upright(
    marks: &mut Vec<Mark>,
    labels: &mut LabelRoom,
    spec: &ColumnsSpec,
    shown: usize,
    at: impl Fn(usize, usize, f64) -> (Point, f64),
) {
    const MOST_NUMBERS: usize = 60;
    let ends: Vec<(usize, usize, f64)> = (0..shown.min(MOST_NUMBERS + 1))
        .flat_map(|place| spec.end_values(place).into_iter().map(move |(series, value)| (place, series, value)))
        .collect();
    let texts: Vec<(Mark, f64)> = ends
        .into_iter()
        .map(|(place, series, value)| {
            let (point, room) = at(place, series, value);
            let text = spec.end_text(value);
            let room = room - text_width_px(&text, FONT_PX);
            (label(point.x, point.y, text, Ink::Text, Align::Middle), room)
        })
        .collect();
    if texts.len() <= MOST_NUMBERS && texts.iter().all(|(_, room)| *room >= 2.0) {
        for (text, _) in texts {
            labels.write(marks, text);
        }
    }
}

/// How many percent each part of a stretched stack is, where that fits into it.
fn write_shares(
    marks: &mut Vec<Mark>,
    labels: &mut LabelRoom,
    spec: &ColumnsSpec,
    shares: &[Vec<Option<(f64, f64)>>],
    area: impl Fn(usize, usize, (f64, f64)) -> Area,
) {
    if spec.stacking != Stacking::Share || shares.len() * spec.series.len() > MOST_MARKS {
        return;
    }
    for (place, spans) in shares.iter().enumerate() {
        for (index, (series, span)) in spec.series.iter().zip(spans).enumerate() {
            let Some((from, to)) = *span else { continue };
            let area = area(place, index, (from, to));
            let text = whole_percent(to - from);
            let is_roomy = area.h >= LABEL_PX + 2.0 && area.w >= text_width_px(&text, FONT_PX) + 4.0;
            if is_roomy && spec.filling != Some(place) {
                let centre = area.centre();
                labels.write(marks, label(centre.x, centre.y, text, Ink::OnSeries(series.colour), Align::Middle));
            }
        }
    }
}

pub(super) fn level(spec: &ColumnsSpec, size: Size) -> Scene {
    let axis = spec.axis();
    let ticks = ValueTicks::new(&axis, spec.axis_unit(), spec.numbers.locale);
    let per_row = if spec.stacking == Stacking::Beside { spec.series.len() as f64 * 8.0 } else { 0.0 };
    let least_row = LEAST_ROW_PX.max(per_row);
    let shown = spec.shown(size.h - FOOT_PX, least_row);
    let left_out = spec.places.len() - shown;
    let places = spec.places.get(..shown).unwrap_or_default();
    let widest = places.iter().map(|place| text_width_px(&place.name, FONT_PX)).fold(0.0, f64::max);
    let name_w = widest.min(size.w * NAME_SHARE).ceil();
    let is_lone = spec.stacking != Stacking::Share && (spec.series.len() == 1 || spec.stacking == Stacking::Stacked);
    let end_texts = (0..shown).filter_map(|place| spec.total(place)).map(|total| spec.end_text(total));
    let end_w = end_texts.map(|text| text_width_px(&text, FONT_PX)).fold(0.0, f64::max).ceil() + BESIDE_PX;
    let has_ends = is_lone && end_w <= size.w * 0.25;
    let right = if has_ends { end_w } else { END_PX };
    let top = if left_out > 0 || spec.target.is_some() { LABEL_PX + 2.0 } else { 2.0 };
    let room = PlotRoom::of(size, (name_w + BESIDE_PX, right), (top, FOOT_PX));
    let most_h = shown as f64 * MOST_ROW_PX.max(per_row);
    let plot = Area { h: room.plot.h.min(most_h), ..room.plot };
    let row = plot.h / shown as f64;
    let middle = |place: usize| plot.y + (place as f64 + 0.5) * row;
    let x = |share: f64| plot.x + share * plot.w;
    let zero = x(axis.share(0.0));

    let mut marks = Vec::new();
    if room.has_foot {
        ticks.draw_level(&mut marks, plot, (0.0, size.w));
    }
    let shares: Vec<Vec<Option<(f64, f64)>>> = (0..shown).map(|place| spec.shares(&axis, place)).collect();
    let mut ends = Vec::new();
    for (place, (spans, described)) in shares.iter().zip(places).enumerate() {
        for (index, (series, span)) in spec.series.iter().zip(spans).enumerate() {
            if let Some((from, to)) = span {
                let (top, bottom) = spec.lane(middle(place), row, index);
                let (high, low) = thick(x(to.min(*from)), x(to.max(*from)), from > to);
                let gap = if low - high > 4.0 && high > zero + 0.5 { 1.0 } else { 0.0 };
                let area = Area { x: high + gap, y: top, w: low - high - gap, h: bottom - top };
                column(&mut marks, area, spec.ink(series, place));
            }
        }
        if room.has_sides && row >= LABEL_PX {
            let text = shortened(&described.name, FONT_PX, name_w);
            marks.push(label(name_w, middle(place), text, Ink::Text, Align::End));
        }
        if let (Some(total), true) = (spec.total(place), has_ends && row >= LABEL_PX) {
            let end = far_end(spans, Stacking::Stacked, 0, false).map_or(zero, x).max(zero);
            ends.push(label(end + 6.0, middle(place), spec.end_text(total), Ink::Text, Align::Start));
        }
    }
    upright_line(&mut marks, plot, zero.min(size.w - 0.5), Ink::Axis);
    let mut labels = LabelRoom::among(&marks, size);
    if let Some(target) = &spec.target {
        let at = crisp(x(axis.share(target.value)));
        let (from, to) = (Point { x: at, y: plot.y }, Point { x: at, y: plot.bottom() });
        dashes(&mut marks, from, to, Ink::Target, 1.0);
        labels.keep_off(Area { x: at - 0.5, y: plot.y, w: 1.0, h: plot.h });
        let half = text_width_px(&target.text, FONT_PX) / 2.0;
        let middle = at.min(size.w - half).max(half);
        labels.write(&mut marks, label(middle, LABEL_PX / 2.0, target.text.clone(), Ink::Text, Align::Middle));
    }
    for end in ends {
        labels.write(&mut marks, end);
    }
    write_shares(&mut marks, &mut labels, spec, &shares, |place, index, (from, to)| {
        let (top, bottom) = spec.lane(middle(place), row, index);
        Area { x: x(from), y: top, w: x(to) - x(from), h: bottom - top }
    });
    if left_out > 0 {
        let text = words::more_items(left_out, spec.numbers.locale);
        labels.write(&mut marks, label(plot.right(), LABEL_PX / 2.0, text, Ink::Muted, Align::End));
    }
    let area = |place: usize| Area { x: 0.0, y: plot.y + place as f64 * row, w: size.w, h: row };
    Scene { size, marks, hits: Hits::Marks((0..shown).map(area).collect()) }
}
