//! Lines through points: broken at gaps, thinned where dense, dashed where still filling, hatched where nothing is yet.

use super::{Area, Ink, Mark, Point, scene::Track};

/// The width of a line of data.
pub(super) const LINE_PX: f64 = 1.75;

/// The unbroken runs of points, each with the index of its step.
pub(super) fn runs(points: &[Option<Point>]) -> Vec<Vec<(usize, Point)>> {
    let mut runs = vec![Vec::new()];
    for (index, point) in points.iter().enumerate() {
        match (point, runs.last_mut()) {
            (Some(point), Some(run)) => run.push((index, *point)),
            (None, Some(run)) if !run.is_empty() => runs.push(Vec::new()),
            (None | Some(_), _) => {}
        }
    }
    runs
}

/// Whether a line through points, which stand at `at_x` from left to right, runs through an area; it may touch its edge.
pub(super) fn runs_through(at_x: &[f64], points: &[Option<Point>], area: Area) -> bool {
    const EDGE_PX: f64 = 2.0;
    let from = at_x.partition_point(|x| *x < area.x).saturating_sub(1);
    let to = (at_x.partition_point(|x| *x <= area.right()) + 1).min(points.len());
    let near = points.get(from..to).unwrap_or_default();
    near.windows(2).any(|pair| match pair {
        [Some(one), Some(other)] => {
            one.y.min(other.y) < area.bottom() - EDGE_PX && one.y.max(other.y) > area.y + EDGE_PX
        }
        _ => false,
    })
}

/// Of many points on one pixel only the first, the highest, the lowest and the last are kept: the line looks the same.
pub(super) fn thinned(points: &[Point], plot: Area) -> Vec<Point> {
    if points.len() as f64 <= plot.w * 2.0 {
        return points.to_vec();
    }
    let column = |point: &Point| point.x.floor() as i64;
    points
        .chunk_by(|one, other| column(one) == column(other))
        .flat_map(|chunk| {
            let by_y = |one: &&Point, other: &&Point| one.y.total_cmp(&other.y);
            let mut kept: Vec<Point> =
                [chunk.first(), chunk.iter().min_by(by_y), chunk.iter().max_by(by_y), chunk.last()]
                    .into_iter()
                    .flatten()
                    .copied()
                    .collect();
            kept.sort_by(|one, other| one.x.total_cmp(&other.x));
            kept.dedup();
            kept
        })
        .collect()
}

pub(super) fn draw_under(marks: &mut Vec<Mark>, track: &Track, plot: Area) {
    for run in runs(&track.points) {
        if let ([(_, first), _, ..], Some((_, last))) = (run.as_slice(), run.last()) {
            let line: Vec<Point> = run.iter().map(|(_, point)| *point).collect();
            let mut points = thinned(&line, plot);
            points.push(Point { x: last.x, y: plot.bottom() });
            points.push(Point { x: first.x, y: plot.bottom() });
            marks.push(Mark::Polygon { points, ink: Ink::Under(track.colour) });
        }
    }
}

/// A dashed line of that width.
pub(super) fn dashes(marks: &mut Vec<Mark>, from: Point, to: Point, ink: Ink, width: f64) {
    const ON_PX: f64 = 4.0;
    const OFF_PX: f64 = 3.0;
    let length = (to.x - from.x).hypot(to.y - from.y);
    let at = |distance: f64| {
        let share = (distance / length).min(1.0);
        Point { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
    };
    let count = (length / (ON_PX + OFF_PX)).ceil() as usize;
    for index in 0..count {
        let start = index as f64 * (ON_PX + OFF_PX);
        marks.push(Mark::Line { points: vec![at(start), at(start + ON_PX)], ink, width });
    }
}

/// Fills an area with slanting lines.
pub(super) fn hatch(marks: &mut Vec<Mark>, area: Area) {
    const APART_PX: f64 = 6.0;
    let count = ((area.w + area.h) / APART_PX).floor() as usize;
    for index in 1..=count {
        // The line x + y = sum, cut to the area.
        let sum = index as f64 * APART_PX;
        let from = Point { x: area.x + (sum - area.h).max(0.0), y: area.y + sum.min(area.h) };
        let to = Point { x: area.x + sum.min(area.w), y: area.y + (sum - area.w).max(0.0) };
        marks.push(Mark::Line { points: vec![from, to], ink: Ink::Hatch, width: 1.0 });
    }
}

/// The same, as marks of their own.
pub(crate) fn hatched(area: Area) -> Vec<Mark> {
    let mut marks = Vec::new();
    hatch(&mut marks, area);
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dense_line_keeps_its_peaks() {
        let plot = Area { x: 0.0, y: 0.0, w: 100.0, h: 50.0 };
        let points: Vec<Point> = (0..5_000)
            .map(|index| Point { x: f64::from(index) / 50.0, y: if index == 2_503 { 0.0 } else { 25.0 } })
            .collect();
        let thin = thinned(&points, plot);
        assert!(thin.len() <= 400);
        assert!(thin.contains(&points[2_503]));
    }
}
