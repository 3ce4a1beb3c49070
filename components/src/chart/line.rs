//! Line charts: numbers along time.

use super::{
    Align, Area, Ink, LegendEntry, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size,
    label_room::LabelRoom,
    scene::{FONT_PX, Hits, LABEL_PX, Track},
    shortened,
    strokes::{draw_under, runs, runs_through, thinned},
    text_width_px,
    ticks::ValueAxis,
    time_plot::{StepReading, TargetLine, TimePlot, draw_line},
    value_ticks::{ValueTicks, label},
};
use crate::words;
use model::{
    board::{Annotation, Target},
    formatting::{Locale, exact_number, short_number},
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
    /// Every line that there is, those too that the reader has taken out.
    pub legend: Vec<LegendEntry>,
    /// For each step, whether its data is not there yet; such steps are hatched.
    pub missing: Vec<bool>,
    /// The step that is still filling, if any; the line to it is dashed.
    pub filling: Option<usize>,
    /// What ought to be reached.
    pub target: Option<Target>,
    /// What happened meanwhile.
    pub annotations: Vec<Annotation>,
    /// Whether days off are marked.
    pub marks_days_off: bool,
}

const TOP_PX: f64 = 24.0;
const BOTTOM_PX: f64 = 24.0;
const RIGHT_PX: f64 = 12.0;
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
            legend: Vec::new(),
            missing: Vec::new(),
            filling: None,
            target: None,
            annotations: Vec::new(),
            marks_days_off: false,
        }
    }

    /// Whether the lines are named at their ends; otherwise a legend is needed. Follows from the width alone, so that
    /// showing a legend can't change it back.
    pub fn names_its_lines(&self, width_px: f64) -> bool {
        (2..=MOST_NAMED).contains(&self.legend.len()) && width_px >= NAMED_FROM_PX
    }

    pub(super) fn scene(&self, size: Size) -> Scene {
        if self.steps.is_empty() {
            return Scene::empty(size);
        }
        let ends = |series: &LineSeries| -> Vec<f64> {
            series.band.iter().flatten().flat_map(|(low, high)| [*low, *high]).collect()
        };
        let values = self.series.iter().flat_map(|series| series.values.iter().copied().flatten());
        let target = self.target_line();
        let values = values.chain(self.series.iter().flat_map(ends)).chain(target.as_ref().map(|target| target.value));
        let axis = ValueAxis::fitting(values, least_step(self.unit));
        let ticks = ValueTicks::new(&axis, self.unit, self.locale);
        let left = ticks.room_px();
        let names = self.names_its_lines(size.w);
        let name_room = if names { self.widest_name_px().min(NAME_ROOM_PX) + NAME_MARK_PX + 5.0 } else { 0.0 };
        let plot = Area {
            x: left.round(),
            y: TOP_PX,
            w: (size.w - left.round() - RIGHT_PX - name_room).max(1.0),
            h: (size.h - TOP_PX - BOTTOM_PX).max(1.0),
        };
        let time = TimePlot::end_to_end(plot, &self.steps);
        let place = Place { plot, axis: &axis, at_x: &time.at_x };

        let mut marks = Vec::new();
        ticks.draw_upright(&mut marks, plot);
        time.draw_missing(&mut marks, &self.missing);
        let ends = (0.0, size.w.min(plot.right() + RIGHT_PX));
        let reading = self.reading();
        time.draw_axis(&mut marks, size.h - LABEL_PX / 2.0, ends, reading);
        let mut room = LabelRoom::among(&marks, size);
        time.draw_annotations(&mut marks, &mut room, &self.annotations);
        time.draw_days_off(&mut marks, &mut room, reading);
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
            draw_line(&mut marks, track, plot, self.filling);
            draw_outside(&mut marks, track, series);
        }
        if names {
            self.draw_names(&mut marks, &tracks, plot);
        }
        if let Some(target) = &target {
            let mut room = LabelRoom::among(&marks, size);
            let is_clear = |area| !tracks.iter().any(|track| runs_through(&time.at_x, &track.points, area));
            target.draw(&mut marks, &mut room, (plot, &axis), is_clear);
        }
        Scene { size, marks, hits: Hits::Steps { plot, at_x: time.at_x, tracks } }
    }

    pub(super) const fn reading(&self) -> StepReading {
        StepReading {
            grain: self.grain,
            calendar: self.calendar,
            locale: self.locale,
            marks_days_off: self.marks_days_off,
        }
    }

    fn target_line(&self) -> Option<TargetLine> {
        let written = |value| short_number(value, self.unit, self.locale).joined();
        self.target.as_ref().map(|target| TargetLine::of(target, self.locale, written))
    }

    fn widest_name_px(&self) -> f64 {
        self.series.iter().map(|series| text_width_px(&series.name, FONT_PX)).fold(0.0, f64::max)
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
            heading: self.reading().heading(*step),
            rows: rows.collect(),
            note: note.map(|note| note.in_locale(self.locale)),
        }
    }

    pub(super) fn summary(&self) -> String {
        words::line_summary(self.series.len(), self.steps.len(), self.locale)
    }
}

/// The legend of lines that are all shown.
pub(super) fn named(series: &[LineSeries]) -> Vec<LegendEntry> {
    let entry = |series: &LineSeries| LegendEntry {
        name: series.name.clone(),
        ink: Ink::Series(series.colour),
        is_hidden: false,
    };
    series.iter().map(entry).collect()
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
    at_x: &'a [f64],
}

impl Place<'_> {
    fn y(&self, value: f64) -> f64 {
        self.plot.bottom() - self.axis.share(value) * self.plot.h
    }

    fn track(&self, series: &LineSeries) -> Track {
        let point = |(value, x): (&Option<f64>, &f64)| value.map(|value| Point { x: *x, y: self.y(value) });
        Track { colour: series.colour, points: series.values.iter().zip(self.at_x).map(point).collect() }
    }

    /// A pale area between the ends of the band, broken where there is none.
    fn draw_band(&self, marks: &mut Vec<Mark>, series: &LineSeries) {
        let edge = |end: fn(&(f64, f64)) -> f64| -> Vec<Option<Point>> {
            let point = |(band, x): (&Option<(f64, f64)>, &f64)| {
                band.as_ref().map(|band| Point { x: *x, y: self.y(end(band)) })
            };
            series.band.iter().zip(self.at_x).map(point).collect()
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
        let series: Vec<LineSeries> = series.into_iter().enumerate().map(line).collect();
        LineSpec {
            unit: Unit::Households,
            locale: Locale::ZhCn,
            calendar: Calendar::CHINA,
            grain,
            missing: vec![false; steps.len()],
            steps,
            legend: named(&series),
            series,
            filling: None,
            target: None,
            annotations: Vec::new(),
            marks_days_off: false,
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
    fn a_target_lies_within_the_axis_and_what_happened_is_named() {
        let mut spec = spec(vec![("直播", vec![Some(2.0e4), Some(5.0e4), Some(4.0e4)])], Grain::Day);
        spec.target = serde_json::from_str(r#"{"value":120000,"label":"保底"}"#).ok();
        spec.annotations = serde_json::from_str(
            r#"[{"at":"2026-11-21T00:00:00+08:00","text":"首播"},{"at":"2020-01-01T00:00:00+08:00","text":"早已过去"}]"#,
        )
        .unwrap();
        let scene = spec.scene(Size { w: 320.0, h: 160.0 });
        assert_labels_stand_apart(&scene);
        let is_written = |wanted: &str| {
            scene.marks.iter().any(|mark| matches!(mark, Mark::Label { text, .. } if text.contains(wanted)))
        };
        assert!(is_written("保底 12万") && is_written("15万") && is_written("首播"));
        assert!(!is_written("早已过去"), "it lies outside of the steps");
        let dashes = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Line { points, ink: Ink::Target, .. } => Some(points),
            _ => None,
        });
        assert!(dashes.flatten().all(|point| (TOP_PX..=160.0 - BOTTOM_PX).contains(&point.y)));
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
            marks_days_off in any::<bool>(),
        ) {
            let names = ["直播", "中央广播电视总台体育赛事频道", "VOD", "时移回看", "Catch-up", "其他"];
            let mut spec = spec(names.into_iter().zip(values).collect(), grain);
            spec.marks_days_off = marks_days_off;
            spec.locale = if english { Locale::En } else { Locale::ZhCn };
            let scene = spec.scene(Size { w, h });
            assert_labels_stand_apart(&scene);
            prop_assert_eq!(scene.hit_count(), spec.steps.len());
            prop_assert_eq!(svg(&scene), svg(&spec.scene(Size { w, h })));
        }
    }
}
