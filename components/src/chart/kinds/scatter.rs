//! A scatter plot: each value of a dimension is a point, placed by two measures; a third, where there is one, is the area
//! of its disc.

use super::super::{
    Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit,
    columns::{Measure, groups, measures, number},
    label_room::LabelRoom,
    line::least_step,
    numbers::Numbers,
    plot_room::{FOOT_PX, PlotRoom, TOP_PX},
    scene::{FONT_PX, Hits, LABEL_PX},
    shortened,
    ticks::ValueAxis,
    value_ticks::{BESIDE_PX, ValueTicks, label},
};
use crate::{tile::OTHER, words};

/// One of the measures.
#[derive(Debug, Clone, PartialEq)]
struct Scale {
    name: String,
    numbers: Numbers,
}

/// One point.
#[derive(Debug, Clone, PartialEq)]
struct ScatterPoint {
    name: String,
    /// Finite.
    x: f64,
    /// Finite.
    y: f64,
    /// Finite, where there is a third measure and it is known.
    size: Option<f64>,
    row: usize,
    is_rest: bool,
}

/// A scatter plot. Built from two or three measures by the first group. Rows that lack one of the first two are no points.
#[derive(Debug, Clone, PartialEq)]
pub struct ScatterSpec {
    across: Scale,
    upwards: Scale,
    size: Option<Scale>,
    points: Vec<ScatterPoint>,
}

/// The radius of a point, and the least and greatest of a bubble.
const POINT_PX: f64 = 4.0;
const LEAST_BUBBLE_PX: f64 = 2.5;
const MOST_BUBBLE_PX: f64 = 22.0;
/// So many points are drawn; the largest come first.
const MOST_POINTS: usize = 700;
const MOST_NAMED: usize = 30;
const MOST_NAME_PX: f64 = 120.0;
const SIDE_PX: f64 = 20.0;

impl ScatterSpec {
    /// Reads two measures, or three, by the first group. Unfit without them, and where no row has both. A metric that is
    /// asked for twice stands on both axes.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let group = groups(source).into_iter().next().ok_or(Unfit::Shape)?;
        let measures = measures(source);
        let first = measures.first().ok_or(Unfit::Shape)?;
        let second = measures.get(1).unwrap_or(first);
        let third = measures.get(2);
        let point = |row: usize| {
            let key = group.key(source, row);
            Some(ScatterPoint {
                name: group.full_name(source, key),
                x: number(source, row, first.column)?,
                y: number(source, row, second.column)?,
                size: third.and_then(|third| number(source, row, third.column)),
                row,
                is_rest: matches!(key, None | Some(OTHER)),
            })
        };
        let points: Vec<ScatterPoint> = (0..source.frame.rows.len()).filter_map(point).collect();
        if points.is_empty() && !source.frame.rows.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        let scale = |measure: &Measure, values: Vec<f64>| Scale {
            name: measure.name.clone(),
            numbers: Numbers::of(values, measure.unit, source.look, source.reading.locale),
        };
        Ok(Self {
            across: scale(first, points.iter().map(|point| point.x).collect()),
            upwards: scale(second, points.iter().map(|point| point.y).collect()),
            size: third.map(|third| scale(third, points.iter().filter_map(|point| point.size).collect())),
            points,
        })
    }

    fn shown(&self) -> &[ScatterPoint] {
        self.points.get(..MOST_POINTS).unwrap_or(&self.points)
    }

    /// The radius of each point: its square is as the third measure, so that areas can be compared. What is not above
    /// zero is a dot.
    fn radii(&self, most_px: f64) -> Vec<f64> {
        let largest = self.shown().iter().filter_map(|point| point.size).fold(0.0, f64::max);
        let radius = |point: &ScatterPoint| match (&self.size, point.size) {
            (None, _) => POINT_PX.min(most_px),
            (Some(_), Some(size)) if size > 0.0 && largest > 0.0 => {
                ((size / largest).sqrt() * most_px).max(LEAST_BUBBLE_PX.min(most_px))
            }
            (Some(_), _) => LEAST_BUBBLE_PX.min(most_px),
        };
        self.shown().iter().map(radius).collect()
    }

    /// Names beside the largest points, where they stand on nothing.
    fn write_names(&self, marks: &mut Vec<Mark>, labels: &mut LabelRoom, dots: &[(Point, f64)], order: &[usize]) {
        for (centre, radius) in dots {
            let side = radius * 1.6;
            labels.keep_off(Area { x: centre.x - side / 2.0, y: centre.y - side / 2.0, w: side, h: side });
        }
        for index in order.iter().take(MOST_NAMED) {
            let (Some(point), Some((centre, radius))) = (self.points.get(*index), dots.get(*index)) else { continue };
            let text = shortened(&point.name, FONT_PX, MOST_NAME_PX);
            let beside = radius + 4.0;
            let places = [
                (centre.x + beside, centre.y, Align::Start),
                (centre.x - beside, centre.y, Align::End),
                (centre.x, centre.y - radius - LABEL_PX / 2.0, Align::Middle),
                (centre.x, centre.y + radius + LABEL_PX / 2.0, Align::Middle),
            ];
            if text.is_empty() {
                continue;
            }
            for (x, y, align) in places {
                // The first place that is free.
                if labels.write(marks, label(x, y, text.clone(), Ink::Text, align)) {
                    break;
                }
            }
        }
    }
}

/// The places of the points, those with the largest discs first, so that the small ones lie in front.
fn by_size(radii: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..radii.len()).collect();
    let radius = |index: &usize| radii.get(*index).copied().unwrap_or(0.0);
    order.sort_by(|one, other| radius(other).total_cmp(&radius(one)));
    order
}

impl Chart for ScatterSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.points.is_empty() {
            return Scene::empty(size);
        }
        let locale = self.across.numbers.locale;
        let axis = |scale: &Scale, values: fn(&ScatterPoint) -> f64| {
            ValueAxis::fitting(self.shown().iter().map(values), least_step(scale.numbers.unit))
        };
        let across = axis(&self.across, |point| point.x);
        let upwards = axis(&self.upwards, |point| point.y);
        let across_ticks = ValueTicks::new(&across, self.across.numbers.unit, locale);
        let ticks = ValueTicks::new(&upwards, self.upwards.numbers.unit, locale);
        let room = PlotRoom::of(size, (ticks.room_px(), SIDE_PX), (TOP_PX, FOOT_PX + LABEL_PX));
        let plot = room.plot;

        let mut marks = Vec::new();
        if room.has_foot {
            across_ticks.draw_level(&mut marks, plot, ((plot.x - BESIDE_PX).max(0.0), size.w));
        }
        if room.has_sides {
            ticks.draw_upright(&mut marks, plot);
        }
        let mut labels = LabelRoom::among(&marks, size);
        if room.has_sides {
            // Beside the unit, if there is one.
            let unit_w = marks.iter().filter_map(Mark::label_area).filter(|area| area.y < 1.0).map(|area| area.w);
            let x = plot.x + unit_w.fold(0.0, |_, w| w + 6.0);
            let text = shortened(&self.upwards.name, FONT_PX, (size.w - x).max(0.0));
            if !text.is_empty() {
                labels.write(&mut marks, label(x, LABEL_PX / 2.0, text, Ink::Muted, Align::Start));
            }
        }
        if room.has_foot {
            let text = shortened(&self.across.name, FONT_PX, plot.w);
            let y = plot.bottom() + FOOT_PX + LABEL_PX / 2.0 - 1.0;
            if !text.is_empty() {
                labels.write(&mut marks, label(plot.right(), y, text, Ink::Muted, Align::End));
            }
        }
        let left_out = self.points.len() - self.shown().len();
        if left_out > 0 {
            let text = words::more_items(left_out, locale);
            labels.write(&mut marks, label(size.w, LABEL_PX / 2.0, text, Ink::Muted, Align::End));
        }

        let radii = self.radii((plot.w.min(plot.h) / 9.0).min(MOST_BUBBLE_PX));
        let place = |point: &ScatterPoint| Point {
            x: plot.x + across.share(point.x) * plot.w,
            y: plot.bottom() - upwards.share(point.y) * plot.h,
        };
        let dots: Vec<(Point, f64)> = self.shown().iter().map(place).zip(radii.iter().copied()).collect();
        let order = by_size(&radii);
        for index in &order {
            let (Some(point), Some((centre, radius))) = (self.points.get(*index), dots.get(*index)) else { continue };
            let colour = if point.is_rest { SeriesColour::REST } else { SeriesColour::FIRST };
            // A rim, so that discs on one another are told apart.
            marks.push(Mark::Disc { centre: *centre, radius: radius + 1.0, ink: Ink::Surface });
            marks.push(Mark::Disc { centre: *centre, radius: *radius, ink: Ink::Series(colour) });
        }
        self.write_names(&mut marks, &mut labels, &dots, &order);
        Scene { size, marks, hits: Hits::Dots(dots) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(point) = self.points.get(hit) else {
            return Readout::default();
        };
        let row = |scale: &Scale, value: Option<f64>| ReadoutRow {
            colour: None,
            name: scale.name.clone(),
            value: scale.numbers.exact_or_dash(value),
        };
        let mut rows = vec![row(&self.across, Some(point.x)), row(&self.upwards, Some(point.y))];
        rows.extend(self.size.as_ref().map(|scale| row(scale, point.size)));
        Readout { heading: point.name.clone(), rows, note: None }
    }

    fn summary(&self) -> String {
        let key = |point: &ScatterPoint| if self.size.is_some() { point.size } else { Some(point.x) };
        let known = self.points.iter().filter(|point| !point.is_rest).filter_map(|point| Some((point, key(point)?)));
        let most = known.reduce(|most, next| if next.1 > most.1 { next } else { most });
        let scale = self.size.as_ref().unwrap_or(&self.across);
        let most = most.map(|(point, value)| (point.name.as_str(), scale.numbers.short(value)));
        let axes = (self.across.name.as_str(), self.upwards.name.as_str());
        words::scatter_summary(axes, self.points.len(), most, self.across.numbers.locale)
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.points.get(hit).map(|point| point.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{
        assert_bears_hard_frames, assert_sound, dimension, drawn, frame, hard_by_one, metric, source, text,
    };
    use super::*;
    use model::{
        frame::{Cell, Frame},
        metric::Unit,
    };
    use proptest::prelude::*;

    fn channels(rows: &[(&str, f64, f64, Option<f64>)]) -> Frame {
        let columns = vec![
            dimension("channel"),
            metric("tv.rating_pct", Unit::Percent),
            metric("tv.share_pct", Unit::Percent),
            metric("tv.viewers", Unit::Users),
        ];
        let row = |(name, x, y, size): &(&str, f64, f64, Option<f64>)| {
            vec![text(name), Cell::Number(*x), Cell::Number(*y), size.map_or(Cell::Null, Cell::Number)]
        };
        frame(columns, rows.iter().map(row).collect())
    }

    #[test]
    fn bubbles_with_their_names() {
        let frame = channels(&[
            ("CCTV-1", 2.4, 8.1, Some(900.0)),
            ("湖南卫视", 1.9, 6.0, Some(400.0)),
            ("浙江卫视", 0.8, 3.2, Some(100.0)),
            ("测试频道", 0.2, 0.4, None),
        ]);
        let spec = ScatterSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&spec, 360.0, 240.0));
        assert_eq!(spec.readout(0).spoken(), "CCTV-1, tv.rating_pct 2.4%, tv.share_pct 8.1%, tv.viewers 900人");
        assert_eq!(spec.row(2), Some(2));
        let said = "散点图：横轴tv.rating_pct，纵轴tv.share_pct，4 个点，最高 CCTV-1 900人";
        assert_eq!(spec.summary(), said);
    }

    #[test]
    fn hard_frames_are_borne() {
        let of_two = hard_by_one().into_iter().map(|(what, mut frame)| {
            if frame.columns.len() == 2 {
                frame.columns.push(metric("tv.rating_pct", Unit::Percent));
                let others: Vec<Cell> = frame.rows.iter().rev().filter_map(|row| row.last().cloned()).collect();
                for (row, other) in frame.rows.iter_mut().zip(others) {
                    row.push(other);
                }
            }
            (what, frame)
        });
        assert_bears_hard_frames(of_two.collect(), ScatterSpec::read);
        assert_bears_hard_frames(hard_by_one(), ScatterSpec::read);
    }

    proptest! {
        #[test]
        fn areas_are_as_the_third_measure(
            rows in prop::collection::vec((-1e3_f64..1e5, -10.0_f64..100.0, prop::option::weighted(0.9, 1.0_f64..1e4)), 1..60),
            (w, h) in (20.0_f64..900.0, 12.0_f64..500.0),
        ) {
            let names: Vec<String> = (0..rows.len()).map(|index| format!("第{index}个频道")).collect();
            let rows: Vec<(&str, f64, f64, Option<f64>)> =
                names.iter().zip(&rows).map(|(name, (x, y, size))| (name.as_str(), *x, *y, *size)).collect();
            let spec = ScatterSpec::read(&source(&channels(&rows))).unwrap();
            assert_sound(&spec, Size { w, h });
            let radii = spec.radii(20.0);
            let largest = rows.iter().filter_map(|row| row.3).fold(0.0, f64::max);
            for (radius, size) in radii.iter().zip(rows.iter().map(|row| row.3)) {
                if let Some(size) = size.filter(|_| *radius > LEAST_BUBBLE_PX) {
                    prop_assert!((radius * radius / 400.0 - size / largest).abs() < 1e-9);
                }
            }
        }
    }
}
