//! Areas: numbers along time as surfaces from zero; several on top of each other, stretched to the whole, or laid over
//! one another.

use super::super::{
    Chart, Ink, LegendEntry, LineSeries, LineSpec, Mark, Point, Readout, ReadoutRow, Scene, Size, Source, Unfit,
    columns::measure,
    label_room::LabelRoom,
    line::least_step,
    line_spec,
    numbers::{Numbers, share_percent},
    plot_room::{END_PX, FOOT_PX, PlotRoom, TOP_PX, level_line},
    scene::{Hits, LABEL_PX, Track},
    strokes::{runs, thinned},
    ticks::ValueAxis,
    time_plot::{TimePlot, draw_line},
    value_ticks::ValueTicks,
};
use crate::words;
use model::{board::Stacking, metric::Unit};

/// A chart of areas. Built from time and the first measure, and perhaps split by a dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaSpec {
    measure: String,
    numbers: Numbers,
    /// What lies under all of it: steps, series, gaps.
    lines: LineSpec,
    stacking: Stacking,
}

/// Where an area begins and ends at each step; `None` is a gap.
type Layer = Vec<Option<(f64, f64)>>;

impl AreaSpec {
    /// Reads the first measure along time. Unfit without a time, where no number is known, and where negative numbers were
    /// to be shares. Negative numbers make no stack either: such areas are laid over one another.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let mut lines = line_spec(source.frame, source.grain, source.reading).ok_or(Unfit::Shape)?;
        for value in lines.series.iter_mut().flat_map(|series| &mut series.values) {
            *value = value.filter(|value| value.is_finite());
        }
        let values = || lines.series.iter().flat_map(|series| series.values.iter().copied().flatten());
        if values().next().is_none() && !source.frame.rows.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        let has_negative = values().any(|value| value < 0.0);
        let stacking = match source.look.stacking.unwrap_or(Stacking::Stacked) {
            Stacking::Share if has_negative => return Err(Unfit::Negative),
            Stacking::Stacked if has_negative => Stacking::Beside,
            Stacking::Share if lines.series.len() < 2 => Stacking::Stacked,
            stacking => stacking,
        };
        let numbers = Numbers::of(values(), measure.unit, source.look, source.reading.locale);
        lines.series.retain(|series| !source.hidden.contains(&series.name));
        for entry in &mut lines.legend {
            entry.is_hidden = source.hidden.contains(&entry.name);
        }
        lines.annotations.clone_from(&source.look.annotations);
        lines.marks_days_off = source.look.holidays;
        Ok(Self { measure: measure.name, numbers, lines, stacking })
    }

    /// All numbers of a step together; `None` where none is known.
    fn total(&self, step: usize) -> Option<f64> {
        let values = self.lines.series.iter().filter_map(|series| series.values.get(step).copied().flatten());
        values.reduce(|sum, value| sum + value)
    }

    /// The layers, the first at the foot. A gap in one leaves no hole in those above it: they come down.
    fn layers(&self) -> Vec<Layer> {
        let totals: Vec<Option<f64>> = (0..self.lines.steps.len()).map(|step| self.total(step)).collect();
        let mut feet = vec![0.0; totals.len()];
        let layer = |series: &LineSeries| {
            let at_step = series.values.iter().zip(&mut feet).zip(&totals).map(|((value, foot), total)| {
                let value = match self.stacking {
                    Stacking::Share => {
                        value.zip(total.filter(|total| *total > 0.0)).map(|(value, total)| value / total)
                    }
                    Stacking::Stacked | Stacking::Beside => *value,
                };
                value.map(|value| match self.stacking {
                    Stacking::Beside => (0.0, value),
                    Stacking::Stacked | Stacking::Share => {
                        let from = *foot;
                        *foot = from + value;
                        (from, *foot)
                    }
                })
            });
            at_step.collect()
        };
        self.lines.series.iter().map(layer).collect()
    }

    fn axis(&self, layers: &[Layer]) -> (ValueAxis, Unit) {
        match self.stacking {
            Stacking::Share => {
                (ValueAxis { from: 0.0, to: 1.0, ticks: vec![0.0, 0.25, 0.5, 0.75, 1.0] }, Unit::Percent)
            }
            Stacking::Stacked | Stacking::Beside => {
                let ends = layers.iter().flatten().flatten().map(|(_, end)| *end);
                (ValueAxis::fitting(ends.chain([0.0]), least_step(self.numbers.unit)), self.numbers.unit)
            }
        }
    }
}

impl Chart for AreaSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.lines.steps.is_empty() {
            return Scene::empty(size);
        }
        let layers = self.layers();
        let (axis, unit) = self.axis(&layers);
        let written = if unit == self.numbers.unit { axis.clone() } else { in_percent(&axis) };
        let ticks = ValueTicks::new(&written, unit, self.numbers.locale);
        let room = PlotRoom::of(size, (ticks.room_px(), END_PX), (TOP_PX, FOOT_PX));
        let plot = room.plot;
        let time = TimePlot::end_to_end(plot, &self.lines.steps);
        let y = |value: f64| plot.bottom() - axis.share(value) * plot.h;

        let mut marks = Vec::new();
        if room.has_sides {
            ticks.draw_upright(&mut marks, plot);
        }
        time.draw_missing(&mut marks, &self.lines.missing);
        let reading = self.lines.reading();
        if room.has_foot {
            time.draw_axis(&mut marks, plot.bottom() + LABEL_PX, (0.0, size.w), reading);
        }
        let mut labels = LabelRoom::among(&marks, size);
        time.draw_annotations(&mut marks, &mut labels, &self.lines.annotations);
        time.draw_days_off(&mut marks, &mut labels, reading);
        let mut tracks = Vec::new();
        for (series, layer) in self.lines.series.iter().zip(&layers) {
            let edge = |end: fn(&(f64, f64)) -> f64| -> Vec<Option<Point>> {
                let points = layer.iter().zip(&time.at_x);
                points.map(|(span, x)| span.as_ref().map(|span| Point { x: *x, y: y(end(span)) })).collect()
            };
            let tops = edge(|span| span.1);
            for (top, foot) in runs(&tops).into_iter().zip(runs(&edge(|span| span.0))) {
                let points = |run: &[(usize, Point)]| -> Vec<Point> { run.iter().map(|(_, point)| *point).collect() };
                let mut outline = thinned(&points(&top), plot);
                outline.extend(thinned(&points(&foot), plot).into_iter().rev());
                if outline.len() > 2 {
                    // What lies on one another must be told apart by its surface, and so is laid on more thickly.
                    let is_stack = self.stacking != Stacking::Beside && layers.len() > 1;
                    for _ in 0..if is_stack { 3 } else { 1 } {
                        marks.push(Mark::Polygon { points: outline.clone(), ink: Ink::Under(series.colour) });
                    }
                }
            }
            tracks.push(Track { colour: series.colour, points: tops });
        }
        for track in &tracks {
            draw_line(&mut marks, track, plot, self.lines.filling);
        }
        level_line(&mut marks, plot, y(0.0).min(plot.bottom() - 0.5), Ink::Axis);
        Scene { size, marks, hits: Hits::Steps { plot, at_x: time.at_x, tracks } }
    }

    fn readout(&self, hit: usize) -> Readout {
        let mut readout = self.lines.readout(hit);
        let Some(total) = self.total(hit).filter(|_| self.lines.series.len() > 1) else {
            return readout;
        };
        if self.stacking == Stacking::Share && total > 0.0 {
            for row in &mut readout.rows {
                let of_name = self.lines.series.iter().find(|series| series.name == row.name);
                if let Some(value) = of_name.and_then(|series| series.values.get(hit).copied().flatten()) {
                    row.value = format!("{} · {}", row.value, share_percent(value / total));
                }
            }
        }
        if self.stacking != Stacking::Beside {
            let name = words::TOTAL.in_locale(self.numbers.locale).to_owned();
            let value = self.numbers.exact(total);
            readout.rows.push(ReadoutRow { colour: None, name, value });
        }
        readout
    }

    fn summary(&self) -> String {
        let steps = self.lines.steps.len();
        let totals = (0..steps).filter_map(|step| Some((step, self.total(step)?)));
        let most = totals.reduce(|most, next| if next.1 > most.1 { next } else { most });
        let heading = most.map(|(step, _)| self.lines.readout(step).heading).unwrap_or_default();
        let most = most.map(|(_, total)| (heading.as_str(), self.numbers.short(total)));
        words::area_summary(&self.measure, (self.lines.series.len(), steps), most, self.numbers.locale)
    }

    fn legend(&self) -> Vec<LegendEntry> {
        if self.lines.legend.len() > 1 { self.lines.legend.clone() } else { Vec::new() }
    }
}

/// An axis of parts of the whole as it is written.
fn in_percent(axis: &ValueAxis) -> ValueAxis {
    ValueAxis {
        from: axis.from * 100.0,
        to: axis.to * 100.0,
        ticks: axis.ticks.iter().map(|tick| tick * 100.0).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{
        assert_bears_hard_frames, assert_sound, dimension, drawn, frame, hard_by_one, metric, source, source_with,
        text, time,
    };
    use super::*;
    use model::{
        board::Look,
        frame::{Cell, Frame},
        time::Timestamp,
    };
    use proptest::prelude::*;

    fn day(index: i64) -> Cell {
        let start = Timestamp::from_millis(1_794_758_400_000 + index * 86_400_000);
        text(&start.to_rfc3339(480).unwrap())
    }

    fn by_kind(cells: &[(i64, &str, Option<f64>)]) -> Frame {
        let row = |(at, kind, value): &(i64, &str, Option<f64>)| {
            vec![day(*at), text(kind), value.map_or(Cell::Null, Cell::Number)]
        };
        let columns = vec![time(), dimension("play_kind"), metric("content.plays", Unit::Count)];
        frame(columns, cells.iter().map(row).collect())
    }

    fn look(text: &str) -> Look {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn two_areas_with_a_gap_a_missing_step_and_what_happened() {
        let mut frame = by_kind(&[
            (0, "直播", Some(20.0)),
            (0, "点播", Some(10.0)),
            (1, "直播", Some(30.0)),
            (1, "点播", None),
            (2, "直播", Some(25.0)),
            (2, "点播", Some(15.0)),
            (3, "直播", Some(28.0)),
            (3, "点播", Some(12.0)),
        ]);
        let Cell::Text(missing) = day(4) else { unreachable!() };
        frame.columns[2].missing = vec![missing];
        let look = look(r#"{"annotations":[{"at":"2026-11-18T00:00:00+08:00","text":"首播"}]}"#);
        let spec = AreaSpec::read(&source_with(&frame, &look)).unwrap();
        insta::assert_snapshot!(drawn(&spec, 360.0, 200.0));
        assert_eq!(spec.readout(0).spoken(), "11月16日 周一, 直播 20, 点播 10, 合计 30");
        assert_eq!(spec.readout(4).note, Some("数据尚未到达"));
        assert_eq!(spec.summary(), "面积图：content.plays，2 个面积，5 个时点，最高 11月18日 周三 40");
    }

    #[test]
    fn hard_frames_are_borne() {
        // By day instead of by name.
        let along_time = hard_by_one().into_iter().map(|(what, mut frame)| {
            if frame.columns.len() == 2 {
                frame.columns[0] = time();
                for (index, row) in frame.rows.iter_mut().enumerate() {
                    row[0] = day(index as i64);
                }
            }
            (what, frame)
        });
        assert_bears_hard_frames(along_time.collect(), AreaSpec::read);
    }

    #[test]
    fn without_a_time_it_is_unfit() {
        let (_, frame) = hard_by_one().remove(1);
        assert_eq!(AreaSpec::read(&source(&frame)), Err(Unfit::Shape));
    }

    proptest! {
        #[test]
        fn stacks_add_up(
            values in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.9, 0.0_f64..1e8), 3), 1..40),
            (w, h) in (20.0_f64..900.0, 12.0_f64..500.0),
            stacking in prop::sample::select(vec!["beside", "stacked", "share"]),
        ) {
            let mut cells = Vec::new();
            for (step, values) in values.iter().enumerate() {
                for (kind, value) in ["直播", "点播", "回看"].into_iter().zip(values) {
                    cells.push((step as i64, kind, *value));
                }
            }
            let frame = by_kind(&cells);
            let look = look(&format!(r#"{{"stacking":"{stacking}"}}"#));
            if let Ok(spec) = AreaSpec::read(&source_with(&frame, &look)) {
                assert_sound(&spec, Size { w, h });
                let layers = spec.layers();
                for step in 0..spec.lines.steps.len() {
                    let sum: f64 = layers.iter().filter_map(|layer| layer[step]).map(|(from, to)| to - from).sum();
                    let expected = match (spec.stacking, spec.total(step)) {
                        (Stacking::Share, Some(total)) if total > 0.0 => 1.0,
                        (Stacking::Share, _) | (_, None) => 0.0,
                        (Stacking::Stacked | Stacking::Beside, Some(total)) => total,
                    };
                    prop_assert!((sum - expected).abs() <= 1e-6 * expected.max(1.0));
                }
            }
        }
    }
}
