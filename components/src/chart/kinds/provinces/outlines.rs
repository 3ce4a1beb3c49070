//! The outlines of the provinces, as they are drawn.
//!
//! `outlines.txt` is made of `assets/china-provinces.geojson` (Apache `ECharts` 4.9.0, Apache-2.0): projected by an Albers
//! equal-area conic with parallels of 25° and 47° around 105° E, simplified, and rounded to a grid 6,000 units wide, of
//! about 0.8 km each. So no trigonometry runs when a map is drawn.
//!
//! A province is a line `code x y`, the place of its name; each of its rings is a line of numbers that begins with a blank:
//! the first point, then the way from each point to the next.

use super::super::super::{Area, Point, Size};
use model::geo::Province;
use std::sync::LazyLock;

const TABLE: &str = include_str!("outlines.txt");

/// A province on the grid.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Outline {
    pub(in super::super) province: Province,
    /// Where its name has most room.
    pub(in super::super) centre: Point,
    /// The largest first; none is empty.
    pub(in super::super) rings: Vec<Vec<Point>>,
}

/// All provinces, the largest first, so that those within others are drawn over them.
pub(in super::super) static OUTLINES: LazyLock<Vec<Outline>> = LazyLock::new(|| read(TABLE));

fn read(table: &str) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = Vec::new();
    for line in table.lines() {
        let mut words = line.split_ascii_whitespace();
        if line.starts_with(' ') {
            let ring = ring(words.filter_map(|word| word.parse().ok()));
            if let Some(outline) = outlines.last_mut().filter(|_| ring.len() > 2) {
                outline.rings.push(ring);
            }
        } else if let Some(province) = words.next().and_then(|code| code.parse::<Province>().ok()) {
            let numbers: Vec<f64> = words.filter_map(|word| word.parse().ok()).collect();
            if let [x, y] = numbers.as_slice() {
                outlines.push(Outline { province, centre: Point { x: *x, y: *y }, rings: Vec::new() });
            }
        }
    }
    for outline in &mut outlines {
        outline.rings.sort_by(|one, other| area(other).total_cmp(&area(one)));
    }
    let largest = |outline: &Outline| outline.rings.first().map_or(0.0, |ring| area(ring));
    outlines.sort_by(|one, other| largest(other).total_cmp(&largest(one)));
    outlines
}

fn ring(mut numbers: impl Iterator<Item = i32>) -> Vec<Point> {
    let (mut x, mut y) = (0, 0);
    let mut points = Vec::new();
    while let (Some(dx), Some(dy)) = (numbers.next(), numbers.next()) {
        (x, y) = (x + dx, y + dy);
        points.push(Point { x: f64::from(x), y: f64::from(y) });
    }
    points
}

/// Twice the area of a ring.
fn area(ring: &[Point]) -> f64 {
    let ends = ring.iter().zip(ring.iter().cycle().skip(1));
    ends.map(|(one, other)| one.x * other.y - other.x * one.y).sum::<f64>().abs()
}

/// The size of the whole grid.
static GRID: LazyLock<Size> = LazyLock::new(|| {
    let points = || OUTLINES.iter().flat_map(|outline| outline.rings.iter().flatten());
    let most = |of: fn(&Point) -> f64| points().map(of).fold(1.0, f64::max);
    Size { w: most(|point| point.x), h: most(|point| point.y) }
});

/// Points nearer to one another than this are drawn as one.
const NEAR_PX: f64 = 0.7;
/// Islands smaller than this are not drawn.
const LEAST_PX: f64 = 1.0;

/// Where the grid lies in a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct MapPlace {
    left: f64,
    top: f64,
    px: f64,
}

impl MapPlace {
    /// As large as it can be in an area, in its middle.
    pub(in super::super) fn within(area: Area) -> Self {
        let px = (area.w / GRID.w).min(area.h / GRID.h);
        let (left, top) = (area.x + (area.w - GRID.w * px) / 2.0, area.y + (area.h - GRID.h * px) / 2.0);
        Self { left, top, px }
    }

    pub(in super::super) fn at(self, point: Point) -> Point {
        Point { x: self.left + point.x * self.px, y: self.top + point.y * self.px }
    }

    /// A ring as it is drawn. Empty where it is too small to be seen.
    pub(in super::super) fn ring(self, ring: &[Point]) -> Vec<Point> {
        let mut drawn: Vec<Point> = Vec::with_capacity(ring.len());
        for point in ring.iter().map(|point| self.at(*point)) {
            let is_near = |last: &Point| (last.x - point.x).abs() < NEAR_PX && (last.y - point.y).abs() < NEAR_PX;
            if !drawn.last().is_some_and(is_near) {
                drawn.push(point);
            }
        }
        let span = |of: fn(&Point) -> f64| {
            let (low, high) = drawn
                .iter()
                .map(of)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| (low.min(one), high.max(one)));
            high - low
        };
        if drawn.len() < 3 || span(|point| point.x).max(span(|point| point.y)) < LEAST_PX {
            return Vec::new();
        }
        drawn
    }

    /// The largest ring, however small it is drawn: what is pointed at.
    pub(in super::super) fn shape(self, outline: &Outline) -> Vec<Point> {
        let Some(ring) = outline.rings.first() else { return Vec::new() };
        let drawn = self.ring(ring);
        if drawn.is_empty() { ring.iter().map(|point| self.at(*point)).collect() } else { drawn }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_has_an_outline_and_a_place_for_its_name() {
        let mut provinces: Vec<Province> = OUTLINES.iter().map(|outline| outline.province).collect();
        assert_eq!(provinces.first(), Some(&Province::XJ), "the largest is drawn first");
        provinces.sort_unstable();
        assert_eq!(provinces, Province::ALL);
        for outline in OUTLINES.iter() {
            let ring = outline.rings.first().unwrap();
            let shape = super::super::super::super::scene::Shape { outline: ring.clone(), anchor: outline.centre };
            assert!(shape.contains(outline.centre), "{:?}", outline.province);
        }
    }

    /// An equal-area projection keeps the shares of the land.
    #[test]
    fn areas_are_those_of_the_provinces() {
        let of = |province: Province| {
            let outline = OUTLINES.iter().find(|outline| outline.province == province).unwrap();
            outline.rings.iter().map(|ring| area(ring)).sum::<f64>()
        };
        // 1,665,000 km² of Xinjiang, 236,000 km² of Guangxi, 167,000 km² of Jiangxi.
        assert!((of(Province::XJ) / of(Province::GX) / (1_665.0 / 236.0) - 1.0).abs() < 0.04);
        assert!((of(Province::XJ) / of(Province::JX) / (1_665.0 / 167.0) - 1.0).abs() < 0.04);
    }
}
