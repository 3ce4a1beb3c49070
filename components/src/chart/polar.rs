//! Geometry around a centre. Angles are turns: 0 at the top, 0.25 at the right, clockwise.

use super::Point;
use std::f64::consts::TAU;

/// The point at a turn and a distance from the centre.
pub(super) fn around(centre: Point, turn: f64, radius: f64) -> Point {
    let (sine, cosine) = (turn * TAU).sin_cos();
    Point { x: centre.x + radius * sine, y: centre.y - radius * cosine }
}

/// Points along an arc, near enough that no corner is seen.
pub(super) fn arc(centre: Point, radius: f64, from: f64, to: f64) -> Vec<Point> {
    // A chord may lie this far within its arc.
    const FLAT_PX: f64 = 0.05;
    let most_turn = if radius > FLAT_PX { (1.0 - FLAT_PX / radius).acos() / TAU * 2.0 } else { 0.25 };
    let count = ((to - from).abs() / most_turn).ceil().clamp(1.0, 720.0);
    (0..=count as usize).map(|index| around(centre, from + (to - from) * index as f64 / count, radius)).collect()
}

/// The outline of a sector, with a hole of the inner radius.
pub(super) fn sector(centre: Point, (inner, outer): (f64, f64), (from, to): (f64, f64)) -> Vec<Point> {
    let mut outline = arc(centre, outer, from, to);
    if inner > 0.0 {
        outline.extend(arc(centre, inner, to, from));
    } else if to - from < 1.0 {
        outline.push(centre);
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_begin_at_the_top_and_go_clockwise() {
        let centre = Point { x: 10.0, y: 10.0 };
        let near = |one: Point, (x, y): (f64, f64)| (one.x - x).abs() < 1e-9 && (one.y - y).abs() < 1e-9;
        assert!(near(around(centre, 0.0, 5.0), (10.0, 5.0)));
        assert!(near(around(centre, 0.25, 5.0), (15.0, 10.0)));
        assert!(near(around(centre, 0.5, 5.0), (10.0, 15.0)));
    }

    #[test]
    fn an_arc_is_as_long_as_its_circle_says() {
        let points = arc(Point { x: 0.0, y: 0.0 }, 100.0, 0.0, 0.5);
        let length: f64 = points.windows(2).map(|pair| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y)).sum();
        assert!((length - 100.0 * std::f64::consts::PI).abs() < 0.2, "{length}");
    }
}
