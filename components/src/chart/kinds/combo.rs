//! Two measures along time: the first as columns by the axis at the left, the second as a line by one at the right. Both
//! axes have the same grid.

use super::super::{
    Area, Chart, Ink, LegendEntry, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit,
    columns::{Measure, groups, measures, number},
    label_room::LabelRoom,
    line::least_step,
    numbers::Numbers,
    plot_room::{FOOT_PX, PlotRoom, TOP_PX, level_line},
    scene::{Hits, LABEL_PX, Track},
    strokes::{runs, thinned},
    ticks::ValueAxis,
    time_plot::{StepReading, TimePlot, draw_line, filling_step},
    value_ticks::ValueTicks,
};
use crate::words;
use model::{board::Annotation, time::Timestamp};
use std::collections::BTreeMap;

/// One of the two measures.
#[derive(Debug, Clone, PartialEq)]
struct ComboSide {
    name: String,
    numbers: Numbers,
    colour: SeriesColour,
    /// One for each step; finite.
    values: Vec<Option<f64>>,
    is_hidden: bool,
}

/// Columns and a line. Built from time and the first two measures.
#[derive(Debug, Clone, PartialEq)]
pub struct ComboSpec {
    reading: StepReading,
    steps: Vec<Timestamp>,
    columns: ComboSide,
    line: ComboSide,
    missing: Vec<bool>,
    filling: Option<usize>,
    annotations: Vec<Annotation>,
}

/// How much of a slot a column fills, and its greatest width.
const FILLED: f64 = 0.64;
const MOST_COLUMN_PX: f64 = 40.0;

impl ComboSpec {
    /// Reads two measures along time. Unfit without them, and where no number is known. A metric that is asked for twice
    /// is drawn twice.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measures = measures(source);
        let first = measures.first().ok_or(Unfit::Shape)?;
        let second = measures.get(1).unwrap_or(first);
        let time = groups(source).into_iter().find(|group| group.is_time).ok_or(Unfit::Shape)?;
        let rows: BTreeMap<Timestamp, usize> =
            (0..source.frame.rows.len()).filter_map(|row| Some((time.step(source, row)?, row))).collect();
        let mut steps: BTreeMap<Timestamp, Option<usize>> = rows.into_iter().map(|(at, row)| (at, Some(row))).collect();
        for column in [first, second].into_iter().filter_map(|measure| source.frame.columns.get(measure.column)) {
            for start in column.missing.iter().filter_map(|start| Timestamp::parse(start).ok()) {
                steps.entry(start).or_insert(None);
            }
        }
        let rows: Vec<Option<usize>> = steps.values().copied().collect();
        let columns = side(source, first, SeriesColour::FIRST, &rows);
        let line = side(source, second, SeriesColour::new(1), &rows);
        if !rows.is_empty() && columns.values.iter().chain(&line.values).all(Option::is_none) {
            return Err(Unfit::AllUndefined);
        }
        let steps: Vec<Timestamp> = steps.into_keys().collect();
        let missing: Vec<bool> = rows.iter().map(Option::is_none).collect();
        let reading = StepReading::of(source);
        let filling = filling_step(&steps, &missing, source.frame.as_of, reading.calendar, reading.grain);
        let annotations = source.look.annotations.clone();
        Ok(Self { reading, steps, columns, line, missing, filling, annotations })
    }

    fn draw_columns(&self, marks: &mut Vec<Mark>, time: &TimePlot, axis: &ValueAxis) -> Track {
        let plot = time.plot;
        let slot = time.slot_px();
        let w = (slot * FILLED).min(MOST_COLUMN_PX).max(slot.min(1.0));
        let y = |value: f64| plot.bottom() - axis.share(value) * plot.h;
        let zero = y(0.0);
        let mut outline = Vec::new();
        let mut points = Vec::new();
        // With more steps than pixels one outline is drawn.
        let is_dense = slot < 2.0;
        for ((index, value), x) in self.columns.values.iter().enumerate().zip(&time.at_x) {
            points.push(value.map(|value| Point { x: *x, y: y(value) }));
            let end = value.map_or(zero, y);
            if is_dense {
                outline.extend([Point { x: x - slot / 2.0, y: end }, Point { x: x + slot / 2.0, y: end }]);
            } else if value.is_some() {
                let area = Area { x: x - w / 2.0, y: end.min(zero), w, h: (end - zero).abs().max(1.0) };
                let is_filling = self.filling == Some(index);
                let colour = self.columns.colour;
                marks.push(Mark::Rect { area, ink: if is_filling { Ink::Under(colour) } else { Ink::Series(colour) } });
            }
        }
        if let (true, Some(first), Some(last)) = (is_dense, outline.first().copied(), outline.last().copied()) {
            outline.extend([Point { x: last.x, y: zero }, Point { x: first.x, y: zero }]);
            marks.push(Mark::Polygon { points: outline, ink: Ink::Series(self.columns.colour) });
        }
        Track { colour: self.columns.colour, points }
    }
}

fn side(source: &Source, measure: &Measure, colour: SeriesColour, rows: &[Option<usize>]) -> ComboSide {
    let values: Vec<Option<f64>> =
        rows.iter().map(|row| row.and_then(|row| number(source, row, measure.column))).collect();
    ComboSide {
        name: measure.name.clone(),
        numbers: Numbers::of(values.iter().copied().flatten(), measure.unit, source.look, source.reading.locale),
        colour,
        values,
        is_hidden: source.hidden.contains(&measure.name),
    }
}

/// Two axes with one grid: as many steps below and above zero on both. One whose numbers all lie far from zero begins
/// where it would alone, since its shape is what is looked for.
fn with_one_grid(one: ValueAxis, other: ValueAxis) -> (ValueAxis, ValueAxis) {
    let steps = |axis: &ValueAxis| axis.ticks.len().saturating_sub(1).max(1);
    if other.from > 0.0 || one.from < 0.0 && other.from == 0.0 && other.to <= 0.0 {
        let most = steps(&one).max(steps(&other));
        return (stretched(&one, 0, most - steps(&one)), stretched(&other, 0, most - steps(&other)));
    }
    let below = |axis: &ValueAxis| (-axis.from / step(axis)).round().max(0.0) as usize;
    let above = |axis: &ValueAxis| (axis.to / step(axis)).round().max(0.0) as usize;
    let (low, high) = (below(&one).max(below(&other)), above(&one).max(above(&other)));
    let fill = |axis: &ValueAxis| stretched(axis, low - below(axis), high - above(axis));
    (fill(&one), fill(&other))
}

fn step(axis: &ValueAxis) -> f64 {
    (axis.to - axis.from) / axis.ticks.len().saturating_sub(1).max(1) as f64
}

/// An axis with so many steps more at its ends.
fn stretched(axis: &ValueAxis, before: usize, after: usize) -> ValueAxis {
    let step = step(axis);
    let count = axis.ticks.len().max(2) + before + after;
    let first = (axis.from / step).round() - before as f64;
    let ticks: Vec<f64> = (0..count).map(|index| (first + index as f64) * step).collect();
    ValueAxis { from: first * step, to: (first + count as f64 - 1.0) * step, ticks }
}

impl Chart for ComboSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.steps.is_empty() {
            return Scene::empty(size);
        }
        let shown = |side: &ComboSide| -> Vec<f64> {
            if side.is_hidden { Vec::new() } else { side.values.iter().copied().flatten().collect() }
        };
        let columns = shown(&self.columns).into_iter().chain([0.0]);
        let columns = ValueAxis::fitting(columns, least_step(self.columns.numbers.unit));
        let line = ValueAxis::fitting(shown(&self.line).into_iter(), least_step(self.line.numbers.unit));
        let (left, right) = with_one_grid(columns, line);
        let left_ticks = ValueTicks::new(&left, self.columns.numbers.unit, self.reading.locale);
        let right_ticks = ValueTicks::new(&right, self.line.numbers.unit, self.reading.locale);
        let sides = (left_ticks.room_px(), right_ticks.room_px());
        let room = PlotRoom::of(size, sides, (TOP_PX, FOOT_PX));
        let plot = room.plot;
        let time = TimePlot::in_slots(plot, &self.steps);

        let mut marks = Vec::new();
        if room.has_sides {
            left_ticks.draw_upright(&mut marks, plot);
            right_ticks.draw_right(&mut marks, plot);
        }
        time.draw_missing(&mut marks, &self.missing);
        if room.has_foot {
            time.draw_axis(&mut marks, plot.bottom() + LABEL_PX, (0.0, size.w), self.reading);
        }
        let mut labels = LabelRoom::among(&marks, size);
        time.draw_annotations(&mut marks, &mut labels, &self.annotations);
        time.draw_days_off(&mut marks, &mut labels, self.reading);
        let mut tracks = Vec::new();
        if !self.columns.is_hidden {
            tracks.push(self.draw_columns(&mut marks, &time, &left));
        }
        let zero = plot.bottom() - left.share(0.0).clamp(0.0, 1.0) * plot.h;
        level_line(&mut marks, plot, zero.min(plot.bottom() - 0.5), Ink::Axis);
        if !self.line.is_hidden {
            let y = |value: f64| plot.bottom() - right.share(value) * plot.h;
            let points = self.line.values.iter().zip(&time.at_x);
            let points = points.map(|(value, x)| value.map(|value| Point { x: *x, y: y(value) })).collect();
            let track = Track { colour: self.line.colour, points };
            // Over columns a line needs an edge to be seen.
            for run in runs(&track.points) {
                let points: Vec<Point> = run.into_iter().map(|(_, point)| point).collect();
                if points.len() > 1 {
                    let points = thinned(&points, plot);
                    marks.push(Mark::Line { points, ink: Ink::Surface, width: 4.5 });
                }
            }
            draw_line(&mut marks, &track, plot, self.filling);
            tracks.push(track);
        }
        Scene { size, marks, hits: Hits::Steps { plot, at_x: time.at_x, tracks } }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(step) = self.steps.get(hit) else {
            return Readout::default();
        };
        let sides = [&self.columns, &self.line].into_iter().filter(|side| !side.is_hidden);
        let rows = sides.map(|side| ReadoutRow {
            colour: Some(side.colour),
            name: side.name.clone(),
            value: side.numbers.exact_or_dash(side.values.get(hit).copied().flatten()),
        });
        let note = if self.missing.get(hit) == Some(&true) {
            Some(words::NOT_THERE_YET)
        } else {
            (self.filling == Some(hit)).then_some(words::STILL_FILLING)
        };
        let note = note.map(|note| note.in_locale(self.reading.locale));
        Readout { heading: self.reading.heading(*step), rows: rows.collect(), note }
    }

    fn summary(&self) -> String {
        words::combo_summary(&self.columns.name, &self.line.name, self.steps.len(), self.reading.locale)
    }

    fn legend(&self) -> Vec<LegendEntry> {
        let entry = |side: &ComboSide| LegendEntry {
            name: side.name.clone(),
            ink: Ink::Series(side.colour),
            is_hidden: side.is_hidden,
        };
        [&self.columns, &self.line].into_iter().map(entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{
        assert_bears_hard_frames, assert_sound, drawn, frame, hard_by_one, metric, source, text, time,
    };
    use super::*;
    use model::{
        frame::{Cell, Frame},
        metric::Unit,
    };
    use proptest::prelude::*;

    fn by_day(rows: &[(Option<f64>, Option<f64>)]) -> Frame {
        let row = |(index, (one, other)): (usize, &(Option<f64>, Option<f64>))| {
            let start = Timestamp::from_millis(1_794_758_400_000 + index as i64 * 86_400_000);
            let cell = |value: &Option<f64>| value.map_or(Cell::Null, Cell::Number);
            vec![text(&start.to_rfc3339(480).unwrap()), cell(one), cell(other)]
        };
        let columns = vec![time(), metric("content.plays", Unit::Count), metric("tv.rating_pct", Unit::Percent)];
        frame(columns, rows.iter().enumerate().map(row).collect())
    }

    #[test]
    fn columns_and_a_line_with_a_gap() {
        let frame = by_day(&[
            (Some(5_200.0), Some(1.2)),
            (Some(6_100.0), Some(1.4)),
            (None, None),
            (Some(4_000.0), Some(0.9)),
            (Some(7_300.0), Some(1.9)),
            (Some(2_000.0), Some(1.1)),
        ]);
        let spec = ComboSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&spec, 360.0, 200.0));
        assert_eq!(spec.readout(0).spoken(), "11月16日 周一, content.plays 5,200, tv.rating_pct 1.2%");
        assert_eq!(spec.summary(), "柱线组合图：柱为content.plays，线为tv.rating_pct，6 个时点");
        assert_eq!(spec.readout(5).note, Some("统计中，尚不完整"));
    }

    #[test]
    fn hard_frames_are_borne() {
        let along_time = hard_by_one().into_iter().map(|(what, mut frame)| {
            let values: Vec<Option<f64>> = frame.rows.iter().map(|row| row.last().and_then(Cell::as_number)).collect();
            if frame.columns.len() == 2 {
                let rows: Vec<(Option<f64>, Option<f64>)> =
                    values.iter().copied().zip(values.iter().rev().copied()).collect();
                frame = by_day(&rows);
            }
            (what, frame)
        });
        assert_bears_hard_frames(along_time.collect(), ComboSpec::read);
    }

    proptest! {
        #[test]
        fn both_axes_have_one_grid_that_holds_their_numbers(
            rows in prop::collection::vec(
                (prop::option::weighted(0.9, -1e4_f64..1e6), prop::option::weighted(0.9, -5.0_f64..100.0)), 1..60),
            is_rising in any::<bool>(),
            (w, h) in (20.0_f64..900.0, 12.0_f64..500.0),
        ) {
            let rows: Vec<(Option<f64>, Option<f64>)> = if is_rising {
                rows.into_iter().map(|(one, other)| (one.map(f64::abs), other.map(|other| 95.0 + other.abs() / 20.0))).collect()
            } else {
                rows
            };
            let frame = by_day(&rows);
            if let Ok(spec) = ComboSpec::read(&source(&frame)) {
                assert_sound(&spec, Size { w, h });
            }
            let one: Vec<f64> = rows.iter().filter_map(|row| row.0).collect();
            let other: Vec<f64> = rows.iter().filter_map(|row| row.1).collect();
            let left = ValueAxis::fitting(one.iter().copied().chain([0.0]), 1.0);
            let (left, right) = with_one_grid(left, ValueAxis::fitting(other.iter().copied(), 0.0));
            prop_assert_eq!(left.ticks.len(), right.ticks.len());
            for (axis, values) in [(left, one), (right, other)] {
                for value in values {
                    prop_assert!((-1e-9..=1.0 + 1e-9).contains(&axis.share(value)), "{} {:?}", value, axis);
                }
            }
        }
    }
}
