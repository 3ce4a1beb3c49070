//! Line charts: numbers along time.

use super::{
    Align, Area, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Weight,
    scene::{FONT_PX, Hits, LABEL_PX, Track},
    shortened,
    strokes::{LINE_PX, dashes, draw_under, hatch, runs, thinned},
    text_width_px,
    ticks::ValueAxis,
    time_axis::{step_in_full, time_ticks},
};
use crate::words;
use model::{
    formatting::{Locale, axis_number, exact_number, short_number},
    metric::Unit,
    time::{Calendar, Grain, Timestamp},
};

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSeries {
    pub name: String,
    pub colour: SeriesColour,
    /// One for each step; `None` is a gap, and a gap is drawn as one.
    pub values: Vec<Option<f64>>,
    /// Where each number may well lie, or is expected to; empty where nothing is said of it.
    pub band: Vec<Option<(f64, f64)>>,
    /// On which side of what is expected each number lies that is not; empty where nothing is said of it.
    pub outside: Vec<Option<Side>>,
}

/// On which side of what is expected a number lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Below,
    Above,
}

/// A line chart.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSpec {
    pub unit: Unit,
    pub locale: Locale,
    pub calendar: Calendar,
    pub grain: Grain,
    /// Starts of the steps, rising.
    pub steps: Vec<Timestamp>,
    pub series: Vec<LineSeries>,
    /// For each step, whether its data is not there yet; such steps are hatched.
    pub missing: Vec<bool>,
    /// The step that is still filling, if any; the line to it is dashed.
    pub filling: Option<usize>,
}

const TOP_PX: f64 = 24.0;
const BOTTOM_PX: f64 = 24.0;
const RIGHT_PX: f64 = 12.0;
/// Between an axis label and the plot.
const BESIDE_PX: f64 = 8.0;
/// The most lines that are named at their ends, and the least width for it.
const MOST_NAMED: usize = 4;
const NAMED_FROM_PX: f64 = 420.0;
const NAME_ROOM_PX: f64 = 108.0;
/// The mark in the line's colour before its name.
const NAME_MARK_PX: f64 = 3.0;

impl LineSpec {
    /// What is drawn of a frame that has no such columns.
    pub const fn empty(locale: Locale, calendar: Calendar) -> Self {
        Self {
            unit: Unit::Count,
            locale,
            calendar,
            grain: Grain::Day,
            steps: Vec::new(),
            series: Vec::new(),
            missing: Vec::new(),
            filling: None,
        }
    }

    /// Whether the lines are named at their ends; otherwise a legend is needed. Follows from the width alone, so that
    /// showing a legend can't change it back.
    pub fn names_its_lines(&self, width_px: f64) -> bool {
        (2..=MOST_NAMED).contains(&self.series.len()) && width_px >= NAMED_FROM_PX
    }

    pub(super) fn scene(&self, size: Size) -> Scene {
        if self.steps.is_empty() {
            return Scene::empty(size);
        }
        let ends = |series: &LineSeries| -> Vec<f64> {
            series.band.iter().flatten().flat_map(|(low, high)| [*low, *high]).collect()
        };
        let values = self.series.iter().flat_map(|series| series.values.iter().copied().flatten());
        let values = values.chain(self.series.iter().flat_map(ends));
        let axis = ValueAxis::fitting(values, least_step(self.unit));
        let tick_texts: Vec<(f64, String)> =
            axis.ticks.iter().map(|tick| (*tick, axis_number(*tick, self.unit, self.locale))).collect();
        let left = tick_texts.iter().map(|(_, text)| text_width_px(text, FONT_PX)).fold(0.0, f64::max) + BESIDE_PX;
        let names = self.names_its_lines(size.w);
        let name_room = if names { self.widest_name_px().min(NAME_ROOM_PX) + NAME_MARK_PX + 5.0 } else { 0.0 };
        let plot = Area {
            x: left.round(),
            y: TOP_PX,
            w: (size.w - left.round() - RIGHT_PX - name_room).max(1.0),
            h: (size.h - TOP_PX - BOTTOM_PX).max(1.0),
        };
        let place = Place { plot, axis: &axis, at_x: self.at_x(plot) };

        let mut marks = Vec::new();
        self.draw_value_axis(&mut marks, &place, &tick_texts);
        self.draw_missing(&mut marks, &place);
        self.draw_time_axis(&mut marks, &place, size);
        let tracks: Vec<Track> = self.series.iter().map(|series| place.track(series)).collect();
        let has_bands = self.series.iter().any(|series| !series.band.is_empty());
        // A surface that does not begin at zero would lie about the number, and one under a band hides it.
        if let ([only], true, false) = (tracks.as_slice(), axis.from == 0.0, has_bands) {
            draw_under(&mut marks, only, plot);
        }
        for series in &self.series {
            place.draw_band(&mut marks, series);
        }
        for (track, series) in tracks.iter().zip(&self.series) {
            self.draw_track(&mut marks, track, plot);
            draw_outside(&mut marks, track, series);
        }
        if names {
            self.draw_names(&mut marks, &tracks, plot);
        }
        Scene { size, marks, hits: Hits::Steps { plot, at_x: place.at_x, tracks } }
    }

    fn widest_name_px(&self) -> f64 {
        self.series.iter().map(|series| text_width_px(&series.name, FONT_PX)).fold(0.0, f64::max)
    }

    /// Where each step stands, by its time.
    fn at_x(&self, plot: Area) -> Vec<f64> {
        let (first, last) = (self.steps.first().copied(), self.steps.last().copied());
        let (Some(first), Some(last)) = (first, last) else {
            return Vec::new();
        };
        let length = last.millis_since(first) as f64;
        let share = |step: &Timestamp| {
            if length > 0.0 { step.millis_since(first) as f64 / length } else { 0.5 }
        };
        self.steps.iter().map(|step| plot.x + share(step) * plot.w).collect()
    }

    fn draw_value_axis(&self, marks: &mut Vec<Mark>, place: &Place, ticks: &[(f64, String)]) {
        let plot = place.plot;
        // In a low chart every second tick is left unnamed.
        let apart_px = plot.h / (ticks.len().saturating_sub(1)).max(1) as f64;
        let every = (LABEL_PX / apart_px).ceil().max(1.0) as usize;
        for (index, (value, text)) in ticks.iter().enumerate() {
            let y = place.y(*value);
            let is_foot = index == 0;
            marks.push(Mark::Line {
                points: vec![Point { x: plot.x, y: crisp(y) }, Point { x: plot.right(), y: crisp(y) }],
                ink: if is_foot { Ink::Axis } else { Ink::Grid },
                width: 1.0,
            });
            if index % every == 0 {
                marks.push(label(plot.x - BESIDE_PX, y, text.clone(), Ink::Muted, Align::End));
            }
        }
        let unit = short_number(0.0, self.unit, self.locale).suffix;
        if !unit.trim().is_empty() {
            marks.push(label(plot.x, LABEL_PX / 2.0, unit.trim().to_owned(), Ink::Muted, Align::Start));
        }
    }

    fn draw_time_axis(&self, marks: &mut Vec<Mark>, place: &Place, size: Size) {
        let steps: Vec<(Timestamp, f64)> = self.steps.iter().copied().zip(place.at_x.iter().copied()).collect();
        let foot = place.plot.bottom();
        let ends = (0.0, size.w.min(place.plot.right() + RIGHT_PX));
        for tick in time_ticks(&steps, self.grain, self.calendar, self.locale, ends) {
            let x = crisp(tick.x);
            marks.push(Mark::Line {
                points: vec![Point { x, y: foot }, Point { x, y: foot + 4.0 }],
                ink: Ink::Axis,
                width: 1.0,
            });
            marks.push(label(tick.x, size.h - LABEL_PX / 2.0, tick.text, Ink::Muted, Align::Middle));
        }
    }

    /// Hatches the runs of steps whose data is not there yet.
    fn draw_missing(&self, marks: &mut Vec<Mark>, place: &Place) {
        let plot = place.plot;
        let half_step = match place.at_x.as_slice() {
            [first, second, ..] => (second - first) / 2.0,
            _ => plot.w / 2.0,
        };
        let mut run: Option<(f64, f64)> = None;
        let ends = self.missing.iter().copied().zip(place.at_x.iter().copied()).map(Some).chain([None]);
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

    fn draw_track(&self, marks: &mut Vec<Mark>, track: &Track, plot: Area) {
        let ink = Ink::Series(track.colour);
        for run in runs(&track.points) {
            let filling = self.filling.filter(|filling| run.last().is_some_and(|(index, _)| index == filling));
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
                    dashes(marks, *from, *end, ink);
                }
                marks.push(Mark::Disc { centre: *end, radius: 3.5, ink });
                marks.push(Mark::Disc { centre: *end, radius: 2.0, ink: Ink::Surface });
            }
        }
    }

    /// Names at the ends of the lines, pushed apart where the lines end close together.
    fn draw_names(&self, marks: &mut Vec<Mark>, tracks: &[Track], plot: Area) {
        let mut ends: Vec<(f64, &LineSeries)> = self
            .series
            .iter()
            .zip(tracks)
            .filter_map(|(series, track)| Some((track.points.iter().rev().find_map(|point| *point)?.y, series)))
            .collect();
        ends.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let lowest = plot.bottom() + LABEL_PX / 2.0;
        let mut free = plot.y - LABEL_PX / 2.0;
        let mut placed: Vec<f64> = Vec::new();
        for (y, _) in &ends {
            let y = y.max(free + LABEL_PX / 2.0);
            placed.push(y);
            free = y + LABEL_PX / 2.0;
        }
        // What was pushed off the foot pushes the others up again.
        let mut ceiling = lowest;
        for y in placed.iter_mut().rev() {
            *y = y.min(ceiling - LABEL_PX / 2.0);
            ceiling = *y - LABEL_PX / 2.0;
        }
        if ceiling < 0.0 {
            return;
        }
        for (y, (_, series)) in placed.into_iter().zip(ends) {
            let x = plot.right() + RIGHT_PX;
            marks.push(Mark::Rect {
                area: Area { x, y: y - 4.0, w: NAME_MARK_PX, h: 8.0 },
                ink: Ink::Series(series.colour),
            });
            let text = shortened(&series.name, FONT_PX, NAME_ROOM_PX);
            marks.push(label(x + NAME_MARK_PX + 5.0, y, text, Ink::Text, Align::Start));
        }
    }

    pub(super) fn readout(&self, hit: usize) -> Readout {
        let Some(step) = self.steps.get(hit) else {
            return Readout::default();
        };
        let at = |series: &LineSeries| series.values.get(hit).copied().flatten();
        let mut series: Vec<&LineSeries> = self.series.iter().collect();
        series.sort_by(|one, other| {
            let key = |series| at(series).unwrap_or(f64::NEG_INFINITY);
            key(other).total_cmp(&key(one))
        });
        let rows = series.into_iter().map(|series| ReadoutRow {
            colour: Some(series.colour),
            name: series.name.clone(),
            value: at(series).map_or_else(
                || words::NO_VALUE.in_locale(self.locale).to_owned(),
                |value| exact_number(value, self.unit, self.locale).joined(),
            ),
        });
        let is_missing = self.missing.get(hit).copied().unwrap_or(false);
        let side = self.series.iter().find_map(|series| series.outside.get(hit).copied().flatten());
        let note = if is_missing {
            Some(words::NOT_THERE_YET)
        } else if self.filling == Some(hit) {
            Some(words::STILL_FILLING)
        } else {
            side.map(|side| match side {
                Side::Below => words::BELOW_EXPECTED,
                Side::Above => words::ABOVE_EXPECTED,
            })
        };
        Readout {
            heading: step_in_full(*step, self.grain, self.calendar, self.locale),
            rows: rows.collect(),
            note: note.map(|note| note.in_locale(self.locale)),
        }
    }

    pub(super) fn summary(&self) -> String {
        words::line_summary(self.series.len(), self.steps.len(), self.locale)
    }
}

/// Things that are counted in wholes have no half ticks.
pub(super) const fn least_step(unit: Unit) -> f64 {
    match unit {
        Unit::Count | Unit::Users => 1.0,
        Unit::Households
        | Unit::Minutes
        | Unit::Hours
        | Unit::Seconds
        | Unit::Milliseconds
        | Unit::Percent
        | Unit::Fen
        | Unit::Kbps
        | Unit::Gigabytes
        | Unit::Ratio => 0.0,
    }
}

/// Where values stand in a plot.
struct Place<'a> {
    plot: Area,
    axis: &'a ValueAxis,
    at_x: Vec<f64>,
}

impl Place<'_> {
    fn y(&self, value: f64) -> f64 {
        self.plot.bottom() - self.axis.share(value) * self.plot.h
    }

    fn track(&self, series: &LineSeries) -> Track {
        let point = |(value, x): (&Option<f64>, &f64)| value.map(|value| Point { x: *x, y: self.y(value) });
        Track { colour: series.colour, points: series.values.iter().zip(&self.at_x).map(point).collect() }
    }

    /// A pale area between the ends of the band, broken where there is none.
    fn draw_band(&self, marks: &mut Vec<Mark>, series: &LineSeries) {
        let edge = |end: fn(&(f64, f64)) -> f64| -> Vec<Option<Point>> {
            let point = |(band, x): (&Option<(f64, f64)>, &f64)| {
                band.as_ref().map(|band| Point { x: *x, y: self.y(end(band)) })
            };
            series.band.iter().zip(&self.at_x).map(point).collect()
        };
        for (low, high) in runs(&edge(|band| band.0)).into_iter().zip(runs(&edge(|band| band.1))) {
            let points = |run: &[(usize, Point)]| -> Vec<Point> { run.iter().map(|(_, point)| *point).collect() };
            let mut outline = thinned(&points(&high), self.plot);
            outline.extend(thinned(&points(&low), self.plot).into_iter().rev());
            if outline.len() > 2 {
                marks.push(Mark::Polygon { points: outline, ink: Ink::Under(series.colour) });
            }
        }
    }
}

/// A ring around every number that lies outside of what is expected: seen without colour too.
fn draw_outside(marks: &mut Vec<Mark>, track: &Track, series: &LineSeries) {
    let marked = track.points.iter().zip(&series.outside).filter_map(|(point, side)| point.filter(|_| side.is_some()));
    for centre in marked {
        for (radius, ink) in [(5.5, Ink::Text), (4.25, Ink::Surface), (2.75, Ink::Series(track.colour))] {
            marks.push(Mark::Disc { centre, radius, ink });
        }
    }
}

/// Half a pixel in, so that a line of one pixel is one pixel.
fn crisp(position: f64) -> f64 {
    position.floor() + 0.5
}

fn label(x: f64, y: f64, text: String, ink: Ink, align: Align) -> Mark {
    Mark::Label { at: Point { x, y }, text, ink, align, weight: Weight::Regular }
}

#[cfg(test)]
mod tests {
    use super::super::{scene::tests::assert_labels_stand_apart, svg};
    use super::*;
    use proptest::prelude::*;

    fn spec(series: Vec<(&str, Vec<Option<f64>>)>, grain: Grain) -> LineSpec {
        let count = series.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
        let mut moment =
            Timestamp::parse("2026-11-20T21:00:00+08:00").map(|at| Calendar::CHINA.floor(at, grain)).unwrap();
        let mut steps = Vec::new();
        for _ in 0..count {
            steps.push(moment);
            moment = Calendar::CHINA.next(moment, grain);
        }
        let line = |(index, (name, values)): (usize, (&str, Vec<Option<f64>>))| LineSeries {
            name: name.to_owned(),
            colour: SeriesColour::new(index as u8),
            values,
            band: Vec::new(),
            outside: Vec::new(),
        };
        LineSpec {
            unit: Unit::Households,
            locale: Locale::ZhCn,
            calendar: Calendar::CHINA,
            grain,
            missing: vec![false; steps.len()],
            steps,
            series: series.into_iter().enumerate().map(line).collect(),
            filling: None,
        }
    }

    #[test]
    fn a_line_with_a_gap_a_filling_step_and_missing_ones() {
        let mut spec =
            spec(vec![("直播", vec![Some(2.0e4), Some(5.0e4), None, Some(4.0e4), Some(1.0e4), None])], Grain::Hour);
        spec.filling = Some(4);
        spec.missing[5] = true;
        let drawn = svg(&spec.scene(Size { w: 320.0, h: 160.0 }));
        insta::assert_snapshot!(drawn.replace("><", ">\n<"));
        assert_eq!(spec.readout(4).note, Some("统计中，尚不完整"));
        assert_eq!(spec.readout(5).spoken(), "11月21日 周六 02:00, 直播 —, 数据尚未到达");
    }

    #[test]
    fn a_band_lies_under_the_line_and_what_is_outside_is_ringed() {
        let mut spec = spec(vec![("直播", vec![Some(5.0e4), Some(4.0e4), Some(1.0e4)])], Grain::Hour);
        spec.series[0].band = vec![None, Some((3.0e4, 6.0e4)), Some((3.0e4, 7.0e4))];
        spec.series[0].outside = vec![None, None, Some(Side::Below)];
        let scene = spec.scene(Size { w: 320.0, h: 160.0 });
        let areas: Vec<&Vec<Point>> = scene
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Polygon { points, ink: Ink::Under(_) } => Some(points),
                _ => None,
            })
            .collect();
        assert_eq!(areas.len(), 1, "the band alone, and no surface down to the foot");
        assert_eq!(areas[0].len(), 4);
        assert!(areas[0].iter().all(|point| point.y >= TOP_PX), "the axis has room for the band");
        let rings = |mark: &&Mark| matches!(mark, Mark::Disc { ink: Ink::Text, .. });
        assert_eq!(scene.marks.iter().filter(rings).count(), 1);
        assert_eq!(spec.readout(2).note, Some("低于预期区间"));
        assert_eq!(spec.readout(1).note, None);
    }

    #[test]
    fn readouts_begin_with_the_largest() {
        let spec = spec(vec![("甲", vec![Some(1.0)]), ("乙", vec![Some(3.0)]), ("丙", vec![None])], Grain::Day);
        let names: Vec<String> = spec.readout(0).rows.into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["乙", "甲", "丙"]);
    }

    proptest! {
        #[test]
        fn labels_never_overlap(
            values in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.9, -1e6_f64..1e8), 1..60), 1..6),
            w in 120.0_f64..1_400.0,
            h in 90.0_f64..600.0,
            grain in prop::sample::select(Grain::ALL.to_vec()),
            english in any::<bool>(),
        ) {
            let names = ["直播", "中央广播电视总台体育赛事频道", "VOD", "时移回看", "Catch-up", "其他"];
            let mut spec = spec(names.into_iter().zip(values).collect(), grain);
            spec.locale = if english { Locale::En } else { Locale::ZhCn };
            let scene = spec.scene(Size { w, h });
            assert_labels_stand_apart(&scene);
            prop_assert_eq!(scene.hit_count(), spec.steps.len());
            prop_assert_eq!(svg(&scene), svg(&spec.scene(Size { w, h })));
        }
    }
}
