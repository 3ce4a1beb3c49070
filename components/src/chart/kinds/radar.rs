//! Radars: a measure along axes around a centre, a polygon for each series, all on one scale from zero.

use crate::{
    chart::{
        Align, Area, Chart, Ink, LegendEntry, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source,
        Unfit,
        columns::{Group, groups, matrix, measure, number},
        numbers::Numbers,
        polar::around,
        scene::{FONT_PX, Hits, LABEL_PX, Shape},
        series_colour::value_colours,
        shortened,
        strokes::LINE_PX,
        text_width_px,
        ticks::ValueAxis,
        value_ticks::label,
    },
    words,
};
use model::formatting::axis_number;

/// One axis.
#[derive(Debug, Clone, PartialEq)]
struct Spoke {
    name: String,
    full_name: String,
}

/// One polygon.
#[derive(Debug, Clone, PartialEq)]
struct RadarSeries {
    name: String,
    colour: SeriesColour,
    /// One for each axis; `None` is a gap, and a gap is drawn as one.
    values: Vec<Option<f64>>,
    /// Its rows in the frame, one for each axis.
    rows: Vec<Option<usize>>,
}

/// A radar.
#[derive(Debug, Clone, PartialEq)]
pub struct RadarSpec {
    measure: String,
    numbers: Numbers,
    spokes: Vec<Spoke>,
    series: Vec<RadarSeries>,
    /// Those too that the reader has taken out.
    legend: Vec<LegendEntry>,
    axis: ValueAxis,
}

const LEAST_SPOKES: usize = 3;
/// With more axes none is told from the next; the largest are kept.
const MOST_SPOKES: usize = 24;
const MOST_SERIES: usize = 6;
/// With more series their surfaces would hide each other.
const MOST_FILLED: usize = 2;
const BESIDE_PX: f64 = 8.0;
const LEAST_RADIUS_PX: f64 = 28.0;
/// How much of the width the names of one side may take.
const NAME_SHARE: f64 = 0.22;

impl RadarSpec {
    /// Reads the first measure: the first group is the axes, a second one the series.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without these columns or with fewer than three axes; [`Unfit::AllUndefined`], and
    /// [`Unfit::Negative`], since all axes begin at zero.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let (spokes, series) = match groups(source).as_slice() {
            [] => return Err(Unfit::Shape),
            [only] => by_one(source, *only, &measure.name, measure.column),
            [_, _, ..] => by_two(source)?,
        };
        if spokes.len() < LEAST_SPOKES {
            return Err(Unfit::Shape);
        }
        let values = || series.iter().flat_map(|series| series.values.iter().copied().flatten());
        if values().next().is_none() {
            return Err(Unfit::AllUndefined);
        }
        if values().any(|value| value < 0.0) {
            return Err(Unfit::Negative);
        }
        let (spokes, series) = largest(spokes, series);
        let entry = |series: &RadarSeries| LegendEntry {
            name: series.name.clone(),
            ink: Ink::Series(series.colour),
            is_hidden: source.hidden.contains(&series.name),
        };
        let legend: Vec<LegendEntry> = if series.len() > 1 { series.iter().map(entry).collect() } else { Vec::new() };
        let shown = |series: &RadarSeries| legend.is_empty() || !source.hidden.contains(&series.name);
        let series: Vec<RadarSeries> = series.into_iter().filter(shown).collect();
        let values = || series.iter().flat_map(|series| series.values.iter().copied().flatten());
        Ok(Self {
            measure: measure.name,
            numbers: Numbers::of(values(), measure.unit, source.look, source.reading.locale),
            spokes,
            axis: ValueAxis::fitting(values().chain([0.0]), 0.0),
            series,
            legend,
        })
    }

    fn turn(&self, spoke: usize) -> f64 {
        spoke as f64 / self.spokes.len().max(1) as f64
    }

    /// The centre and the radius, and whether there is room for names around.
    fn place(&self, size: Size) -> (Point, f64, bool) {
        let centre = Point { x: size.w / 2.0, y: size.h / 2.0 };
        let widest = self.spokes.iter().map(|spoke| text_width_px(&spoke.name, FONT_PX)).fold(0.0, f64::max);
        let room = widest.min(size.w * NAME_SHARE) + BESIDE_PX;
        let radius = (size.w / 2.0 - room).min(size.h / 2.0 - LABEL_PX - 4.0);
        if radius >= LEAST_RADIUS_PX {
            (centre, radius, true)
        } else {
            (centre, (size.w.min(size.h) / 2.0 - 3.0).max(1.0), false)
        }
    }

    /// The web: a polygon for each tick and a line for each axis.
    fn draw_web(&self, marks: &mut Vec<Mark>, centre: Point, radius: f64) {
        let count = self.spokes.len();
        for tick in self.axis.ticks.iter().filter(|tick| **tick > 0.0) {
            let share = self.axis.share(*tick);
            let points = (0..=count).map(|spoke| around(centre, self.turn(spoke), radius * share)).collect();
            let ink = if share > 0.999 { Ink::Axis } else { Ink::Grid };
            marks.push(Mark::Line { points, ink, width: 1.0 });
        }
        for spoke in 0..count {
            let points = vec![centre, around(centre, self.turn(spoke), radius)];
            marks.push(Mark::Line { points, ink: Ink::Grid, width: 1.0 });
        }
    }

    fn draw_series(&self, marks: &mut Vec<Mark>, series: &RadarSeries, centre: Point, radius: f64) {
        let point = |(spoke, value): (usize, &Option<f64>)| {
            value.map(|value| around(centre, self.turn(spoke), radius * self.axis.share(value).clamp(0.0, 1.0)))
        };
        let points: Vec<Option<Point>> = series.values.iter().enumerate().map(point).collect();
        let ink = Ink::Series(series.colour);
        if points.iter().all(Option::is_some) {
            let mut points: Vec<Point> = points.iter().copied().flatten().collect();
            if self.series.len() <= MOST_FILLED {
                marks.push(Mark::Polygon { points: points.clone(), ink: Ink::Under(series.colour) });
            }
            points.extend(points.first().copied());
            marks.push(Mark::Line { points, ink, width: LINE_PX });
        } else {
            let next = points.iter().cycle().skip(1);
            for pair in points.iter().zip(next) {
                if let (Some(one), Some(other)) = pair {
                    marks.push(Mark::Line { points: vec![*one, *other], ink, width: LINE_PX });
                }
            }
        }
        for point in points.iter().flatten() {
            marks.push(Mark::Disc { centre: *point, radius: 2.5, ink });
        }
    }

    /// The numbers of the web, beside the upright axis, where no name stands.
    fn draw_ticks(&self, marks: &mut Vec<Mark>, centre: Point, radius: f64) {
        let names: Vec<Area> = marks.iter().filter_map(Mark::label_area).collect();
        let mut free = f64::INFINITY;
        for tick in self.axis.ticks.iter().filter(|tick| **tick > 0.0) {
            let y = centre.y - radius * self.axis.share(*tick) + LABEL_PX / 2.0;
            let text = axis_number(*tick, self.numbers.unit, self.numbers.locale);
            let mark = label(centre.x + 4.0, y, text, Ink::Muted, Align::Start);
            let Some(area) = mark.label_area() else { continue };
            let is_inside = area.right() <= centre.x + radius && area.bottom() <= free.min(centre.y);
            if is_inside && names.iter().all(|name| !area.overlaps(*name)) {
                marks.push(mark);
                free = area.y;
            }
        }
    }

    /// Names at the ends of the axes; those that would meet one before are left out.
    fn draw_names(&self, marks: &mut Vec<Mark>, centre: Point, radius: f64, size: Size) {
        let mut taken: Vec<Area> = Vec::new();
        for (spoke, Spoke { name, .. }) in self.spokes.iter().enumerate() {
            let end = around(centre, self.turn(spoke), radius + BESIDE_PX);
            let aside = end.x - centre.x;
            let (align, room) = match aside {
                aside if aside > radius * 0.15 => (Align::Start, size.w - end.x),
                aside if aside < radius * -0.15 => (Align::End, end.x),
                _ => (Align::Middle, 2.0 * end.x.min(size.w - end.x)),
            };
            // The top and the bottom ones stand clear of the web.
            let lift = if align == Align::Middle { 2.0 * (end.y - centre.y).signum() } else { 0.0 };
            let text = shortened(name, FONT_PX, room.min(size.w * 0.4));
            if text.is_empty() {
                continue;
            }
            let mark = label(end.x, end.y + lift, text, Ink::Text, align);
            let Some(area) = mark.label_area() else { continue };
            let is_inside = area.x >= 0.0 && area.right() <= size.w && area.y >= 0.0 && area.bottom() <= size.h;
            if is_inside && taken.iter().all(|other| !area.overlaps(*other)) {
                taken.push(area);
                marks.push(mark);
            }
        }
    }

    /// What is nearer to an axis than to the next.
    fn shape(&self, spoke: usize, centre: Point, radius: f64) -> Shape {
        let half = 0.5 / self.spokes.len().max(1) as f64;
        let turn = self.turn(spoke);
        let reach = radius * (half * std::f64::consts::TAU).cos();
        let outline = vec![
            centre,
            around(centre, turn - half, reach),
            around(centre, turn, radius),
            around(centre, turn + half, reach),
        ];
        Shape { outline, anchor: around(centre, turn, radius) }
    }
}

/// Spokes and one polygon over them.
fn by_one(source: &Source, group: Group, measure: &str, column: usize) -> (Vec<Spoke>, Vec<RadarSeries>) {
    let rows = 0..source.frame.rows.len();
    let spoke = |row: usize| {
        let key = group.key(source, row);
        Spoke { name: group.name(source, key), full_name: group.full_name(source, key) }
    };
    let series = RadarSeries {
        name: measure.to_owned(),
        colour: SeriesColour::FIRST,
        values: rows.clone().map(|row| number(source, row, column)).collect(),
        rows: rows.clone().map(Some).collect(),
    };
    (rows.map(spoke).collect(), vec![series])
}

/// Spokes by the first group, and a polygon for each of the largest values of the second.
fn by_two(source: &Source) -> Result<(Vec<Spoke>, Vec<RadarSeries>), Unfit> {
    let matrix = matrix(source)?;
    let spokes = matrix
        .first
        .iter()
        .map(|heading| Spoke { name: heading.name.clone(), full_name: heading.full_name.clone() })
        .collect();
    let mut sums = vec![0.0; matrix.second.len()];
    for ((_, second), cell) in matrix.cells() {
        if let (Some(sum), Some(value)) = (sums.get_mut(second), cell.value) {
            *sum += value;
        }
    }
    let mut kept: Vec<usize> = (0..sums.len()).collect();
    kept.sort_by(|one, other| {
        let sum = |index: &usize| sums.get(*index).copied().unwrap_or(0.0);
        sum(other).total_cmp(&sum(one))
    });
    kept.truncate(MOST_SERIES);
    kept.sort_unstable();
    let headings: Vec<_> = kept.iter().filter_map(|second| Some((*second, matrix.second.get(*second)?))).collect();
    let keys: Vec<Option<&str>> = headings.iter().map(|(_, heading)| heading.key.as_deref()).collect();
    let series = headings.iter().zip(value_colours(&keys)).map(|((second, heading), colour)| RadarSeries {
        name: heading.full_name.clone(),
        colour,
        values: (0..matrix.first.len()).map(|first| matrix.value(first, *second)).collect(),
        rows: (0..matrix.first.len()).map(|first| matrix.cell(first, *second).map(|cell| cell.row)).collect(),
    });
    Ok((spokes, series.collect()))
}

/// Of too many axes those that reach farthest, in their order.
fn largest(spokes: Vec<Spoke>, series: Vec<RadarSeries>) -> (Vec<Spoke>, Vec<RadarSeries>) {
    if spokes.len() <= MOST_SPOKES {
        return (spokes, series);
    }
    let most = |spoke: usize| {
        let values = series.iter().filter_map(|series| series.values.get(spoke).copied().flatten());
        values.fold(f64::NEG_INFINITY, f64::max)
    };
    let mut kept: Vec<(usize, f64)> = (0..spokes.len()).map(|spoke| (spoke, most(spoke))).collect();
    kept.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    kept.truncate(MOST_SPOKES);
    kept.sort_by_key(|(spoke, _)| *spoke);
    let shown = series.iter().map(|series| RadarSeries {
        name: series.name.clone(),
        colour: series.colour,
        values: kept.iter().map(|(spoke, _)| series.values.get(*spoke).copied().flatten()).collect(),
        rows: kept.iter().map(|(spoke, _)| series.rows.get(*spoke).copied().flatten()).collect(),
    });
    let shown = shown.collect();
    (kept.iter().filter_map(|(spoke, _)| spokes.get(*spoke).cloned()).collect(), shown)
}

impl Chart for RadarSpec {
    fn scene(&self, size: Size) -> Scene {
        let (centre, radius, has_names) = self.place(size);
        let mut marks = Vec::new();
        self.draw_web(&mut marks, centre, radius);
        for series in &self.series {
            self.draw_series(&mut marks, series, centre, radius);
        }
        if has_names {
            self.draw_names(&mut marks, centre, radius, size);
            self.draw_ticks(&mut marks, centre, radius);
        }
        let shapes = (0..self.spokes.len()).map(|spoke| self.shape(spoke, centre, radius)).collect();
        Scene { size, marks, hits: Hits::Shapes(shapes) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(spoke) = self.spokes.get(hit) else {
            return Readout::default();
        };
        let row = |series: &RadarSeries| ReadoutRow {
            colour: Some(series.colour),
            name: series.name.clone(),
            value: self.numbers.exact_or_dash(series.values.get(hit).copied().flatten()),
        };
        Readout { heading: spoke.full_name.clone(), rows: self.series.iter().map(row).collect(), note: None }
    }

    fn summary(&self) -> String {
        let known = self.series.iter().flat_map(|series| {
            series.values.iter().zip(&self.spokes).filter_map(|(value, spoke)| Some((spoke, (*value)?)))
        });
        let highest = known.max_by(|(_, one), (_, other)| one.total_cmp(other));
        let highest = highest.map(|(spoke, value)| (spoke.full_name.as_str(), self.numbers.short(value)));
        let highest = highest.as_ref().map(|(name, value)| (*name, value.as_str()));
        words::radar_summary(&self.measure, (self.spokes.len(), self.series.len()), highest, self.numbers.locale)
    }

    fn legend(&self) -> Vec<LegendEntry> {
        self.legend.clone()
    }

    /// Where there is one series only.
    fn row(&self, hit: usize) -> Option<usize> {
        match self.series.as_slice() {
            [only] => only.rows.get(hit).copied().flatten(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_bears_hard_frames, assert_sound, by_genre, by_two, drawn, hard_by_one, source};
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn cells() -> Vec<(&'static str, &'static str, Option<f64>)> {
        vec![
            ("直播", "华东", Some(80.0)),
            ("点播", "华东", Some(60.0)),
            ("回看", "华东", Some(35.0)),
            ("应用", "华东", Some(20.0)),
            ("直播", "华南", Some(55.0)),
            ("点播", "华南", Some(70.0)),
            ("回看", "华南", None),
            ("应用", "华南", Some(44.0)),
        ]
    }

    #[test]
    fn two_series_one_with_a_gap() {
        let frame = by_two("service", "region", &cells());
        let radar = RadarSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&radar, 320.0, 240.0));
        assert_eq!(radar.readout(2).spoken(), "回看, 华东 35, 华南 —");
        assert_eq!(radar.summary(), "雷达图：content.plays，4 个轴，2 个系列，最高 直播 80");
        assert_eq!(radar.legend().len(), 2);
    }

    #[test]
    fn what_is_taken_out_stays_in_the_legend() {
        let frame = by_two("service", "region", &cells());
        let hidden: BTreeSet<String> = ["华东".to_owned()].into();
        let radar = RadarSpec::read(&Source { hidden: &hidden, ..source(&frame) }).unwrap();
        assert_eq!(radar.series.len(), 1);
        assert_eq!(radar.legend().iter().filter(|entry| entry.is_hidden).count(), 1);
    }

    #[test]
    fn two_axes_are_none() {
        let frame = by_genre(&[("a", Some(1.0)), ("b", Some(2.0))]);
        assert_eq!(RadarSpec::read(&source(&frame)).unwrap_err(), Unfit::Shape);
    }

    #[test]
    fn it_bears_hard_frames() {
        let frames = hard_by_one().into_iter().filter(|(what, _)| *what != "one").collect();
        assert_bears_hard_frames(frames, RadarSpec::read);
    }

    proptest! {
        #[test]
        fn it_is_sound_at_any_size(
            values in prop::collection::vec(prop::option::weighted(0.9, 0.0_f64..1e7), 3..60),
            second in 1_usize..9,
            w in 20.0_f64..700.0,
            h in 12.0_f64..500.0,
        ) {
            let named: Vec<(String, String)> = (0..values.len()).map(|index| (format!("轴 {}", "长".repeat(index % 11)), format!("S{}", index % second))).collect();
            let cells: Vec<(&str, &str, Option<f64>)> = named.iter().zip(&values).map(|((one, other), value)| (one.as_str(), other.as_str(), *value)).collect();
            let frame = by_two("a", "b", &cells);
            if let Ok(radar) = RadarSpec::read(&source(&frame)) {
                assert_sound(&radar, Size { w, h });
            }
        }
    }
}
