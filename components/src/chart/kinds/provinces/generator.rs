//! Makes `outlines.txt`, and checks that the committed one is what the source gives.

use model::geo::Province;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    f64::consts::PI,
    fmt::Write as _,
};

type Degrees = (f64, f64);
type Place = (i32, i32);

const GRID_W: f64 = 6_000.0;
/// How far a simplified line may lie from the true one, on the grid.
const TOLERANCE: f64 = 5.0;
/// Into how many columns and rows a province is cut to find the place of its name.
const CELLS: i32 = 40;
/// How much more the room to the left and right of a name counts than that above and below.
const NAME_IS_WIDE: f64 = 0.5;

/// Albers (1805) equal-area conic on a sphere (Snyder 1987, Map Projections: A Working Manual, 14-1 to 14-6): parallels
/// 25° and 47°, centre 105° E. North is up, y goes down.
fn albers((longitude, latitude): Degrees) -> (f64, f64) {
    let radians = |degrees: f64| degrees * PI / 180.0;
    let (south, north) = (radians(25.0).sin(), radians(47.0).sin());
    let n = south / 2.0 + north / 2.0;
    let c = radians(25.0).cos() * radians(25.0).cos() + 2.0 * n * south;
    let rho = (c - 2.0 * n * radians(latitude).sin()).sqrt() / n;
    let theta = n * radians(longitude - 105.0);
    (rho * theta.sin(), rho * theta.cos())
}

/// The points of a ring, projected.
type Ring = Vec<(f64, f64)>;

/// The rings of every province in the source. Their last point, which is their first, is left out.
fn source() -> Vec<(Province, Vec<Ring>)> {
    let text = include_str!("../../../../../assets/china-provinces.geojson");
    let collection: Value = serde_json::from_str(text).unwrap();
    let ring = |ring: &Value| {
        let points: Vec<Degrees> = serde_json::from_value(ring.clone()).unwrap();
        let mut points: Ring = points.into_iter().map(albers).collect();
        points.dedup();
        if points.first() == points.last() {
            points.pop();
        }
        points
    };
    let province = |feature: &Value| {
        let code = feature["properties"]["iso"].as_str().unwrap().trim_start_matches("CN-");
        let coordinates = feature["geometry"]["coordinates"].as_array().unwrap();
        let rings: Vec<Ring> = match feature["geometry"]["type"].as_str().unwrap() {
            "Polygon" => coordinates.iter().map(ring).collect(),
            _ => coordinates.iter().flat_map(|polygon| polygon.as_array().unwrap()).map(ring).collect(),
        };
        (code.parse().unwrap(), rings)
    };
    collection["features"].as_array().unwrap().iter().map(province).collect()
}

fn distance_to(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx * dx + dy * dy;
    let along = ((point.0 - from.0) * dx + (point.1 - from.1) * dy) / length;
    let share = if length > 0.0 { along.clamp(0.0, 1.0) } else { 0.0 };
    (point.0 - from.0 - share * dx).hypot(point.1 - from.1 - share * dy)
}

/// Douglas and Peucker (1973), without the last point.
fn simplified(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return Vec::new() };
    let mut farthest = (0, 0.0);
    for (index, point) in line.iter().enumerate() {
        let distance = distance_to(*point, *first, *last);
        if distance > farthest.1 {
            farthest = (index, distance);
        }
    }
    let (index, distance) = farthest;
    let is_closed = first == last;
    if line.len() < 3 || (distance <= TOLERANCE && !is_closed) {
        return vec![*first];
    }
    let mut kept = simplified(&line[..=index]);
    kept.extend(simplified(&line[index..]));
    kept
}

/// A stretch of border, simplified alike from both its sides.
fn stretch(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let (first, last) = (line[0], line[line.len() - 1]);
    if first <= last {
        return simplified(line);
    }
    let back: Vec<(f64, f64)> = line.iter().rev().copied().collect();
    let mut kept = simplified(&back);
    kept.remove(0);
    kept.push(first);
    kept.reverse();
    kept
}

fn bits((x, y): (f64, f64)) -> (u64, u64) {
    (x.to_bits(), y.to_bits())
}

/// A ring, simplified between the points where its neighbour changes.
fn simple_ring(ring: &[(f64, f64)], owners: &BTreeMap<(u64, u64), BTreeSet<Province>>) -> Vec<(f64, f64)> {
    let count = ring.len();
    let owner = |index: usize| &owners[&bits(ring[index % count])];
    let is_fixed = |index: &usize| owner(*index) != owner(*index + 1) || owner(*index) != owner(*index + count - 1);
    let mut fixed: Vec<usize> = (0..count).filter(is_fixed).collect();
    if fixed.is_empty() {
        let least = (0..count).min_by(|one, other| ring[*one].partial_cmp(&ring[*other]).unwrap()).unwrap();
        fixed.push(least);
    }
    let mut kept = Vec::new();
    for (index, from) in fixed.iter().enumerate() {
        let to = fixed.get(index + 1).copied().unwrap_or(fixed[0] + count);
        let line: Vec<(f64, f64)> = (*from..=to).map(|index| ring[index % count]).collect();
        kept.extend(stretch(&line));
    }
    kept
}

/// The point of a grid within the ring that has most room for a name.
fn name_place(ring: &[Place]) -> Place {
    let (left, right) = (ring.iter().map(|p| p.0).min().unwrap(), ring.iter().map(|p| p.0).max().unwrap());
    let (top, bottom) = (ring.iter().map(|p| p.1).min().unwrap(), ring.iter().map(|p| p.1).max().unwrap());
    let edges = || ring.iter().zip(ring.iter().cycle().skip(1));
    let wide = |(x, y): (f64, f64)| (x * NAME_IS_WIDE, y);
    let real = |(x, y): Place| (f64::from(x), f64::from(y));
    let is_inside = |(x, y): (f64, f64)| {
        let crossed = edges().filter(|(one, other)| {
            let (one, other) = (real(**one), real(**other));
            (one.1 > y) != (other.1 > y) && x < (other.0 - one.0) * (y - one.1) / (other.1 - one.1) + one.0
        });
        crossed.count() % 2 == 1
    };
    let mut best = (ring[0], -1.0);
    for row in 1..CELLS {
        for column in 1..CELLS {
            let place = (left + (right - left) * column / CELLS, top + (bottom - top) * row / CELLS);
            if is_inside(real(place)) {
                let room = edges()
                    .map(|(one, other)| distance_to(wide(real(place)), wide(real(*one)), wide(real(*other))))
                    .fold(f64::INFINITY, f64::min);
                if room > best.1 {
                    best = (place, room);
                }
            }
        }
    }
    best.0
}

fn table() -> String {
    let provinces = source();
    let points = || provinces.iter().flat_map(|(_, rings)| rings.iter().flatten().copied());
    let (left, right) = points().fold((f64::MAX, f64::MIN), |(low, high), (x, _)| (low.min(x), high.max(x)));
    let top = points().fold(f64::MAX, |low, (_, y)| low.min(y));
    let scale = GRID_W / (right - left);
    let on_grid = |(x, y): (f64, f64)| ((x - left) * scale, (y - top) * scale);
    let mut owners: BTreeMap<(u64, u64), BTreeSet<Province>> = BTreeMap::new();
    for (province, rings) in &provinces {
        for point in rings.iter().flatten() {
            owners.entry(bits(on_grid(*point))).or_default().insert(*province);
        }
    }
    let mut table = String::from(
        "# Made by generator.rs of assets/china-provinces.geojson (Apache ECharts 4.9.0, Apache-2.0). Do not edit.\n",
    );
    for (province, rings) in &provinces {
        let rounded = |ring: &Vec<(f64, f64)>| {
            let ring: Vec<(f64, f64)> = ring.iter().copied().map(on_grid).collect();
            let simple = simple_ring(&ring, &owners);
            let mut places: Vec<Place> =
                simple.into_iter().map(|(x, y)| (x.round() as i32, y.round() as i32)).collect();
            places.dedup();
            places
        };
        let rings: Vec<Vec<Place>> = rings.iter().map(rounded).filter(|ring| ring.len() > 2).collect();
        let largest = rings.iter().max_by_key(|ring| ring.len()).unwrap();
        let (x, y) = name_place(largest);
        let _ = writeln!(table, "{} {x} {y}", province.code());
        for ring in rings {
            let mut before = (0, 0);
            for (x, y) in ring {
                let _ = write!(table, " {} {}", x - before.0, y - before.1);
                before = (x, y);
            }
            table.push('\n');
        }
    }
    table
}

/// What the source gives instead is written beside the committed table, to be looked at and put in its place.
#[test]
fn the_committed_outlines_are_what_the_source_gives() {
    let committed = include_str!("outlines.txt");
    let made = table();
    if committed != made {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/chart/kinds/provinces/outlines.txt.new"), made)
            .unwrap();
        panic!("the boundaries have changed: if that is right, put outlines.txt.new in the place of outlines.txt");
    }
    assert!(committed.len() <= 60_000, "{} bytes are too many to be loaded with a board", committed.len());
}
