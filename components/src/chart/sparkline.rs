//! Sparklines: the course of a number, without axes.

use super::{Ink, Mark, Point, Scene, SeriesColour, Size, scene::Hits, ticks::ValueAxis};

/// The course of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct SparklineSpec {
    pub values: Vec<Option<f64>>,
}

impl SparklineSpec {
    /// Lays it out, filling the size but for a pixel or two that the line's own width needs.
    pub fn scene(&self, size: Size) -> Scene {
        const INSET_PX: f64 = 3.0;
        let axis = ValueAxis::fitting(self.values.iter().copied().flatten(), 0.0);
        let last_index = self.values.len().saturating_sub(1).max(1) as f64;
        let (w, h) = (size.w - 2.0 * INSET_PX, size.h - 2.0 * INSET_PX);
        let point = |(index, value): (usize, &Option<f64>)| {
            let value = (*value)?;
            Some(Point { x: INSET_PX + index as f64 / last_index * w, y: INSET_PX + (1.0 - axis.share(value)) * h })
        };
        let points: Vec<Option<Point>> = self.values.iter().enumerate().map(point).collect();
        let ink = Ink::Series(SeriesColour::FIRST);
        let mut marks = Vec::new();
        for run in points.split(Option::is_none) {
            let run: Vec<Point> = run.iter().copied().flatten().collect();
            if let [alone] = run.as_slice() {
                // Between two gaps there is no line, and yet something was.
                marks.push(Mark::Disc { centre: *alone, radius: 1.0, ink });
            }
            if let ([first, _, ..], Some(last)) = (run.as_slice(), run.last()) {
                let foot = [Point { x: last.x, y: size.h }, Point { x: first.x, y: size.h }];
                let under = run.iter().copied().chain(foot).collect();
                marks.push(Mark::Polygon { points: under, ink: Ink::Under(SeriesColour::FIRST) });
                marks.push(Mark::Line { points: run, ink, width: 1.5 });
            }
        }
        if let Some(end) = points.iter().rev().find_map(|point| *point) {
            marks.push(Mark::Disc { centre: end, radius: 2.5, ink });
        }
        Scene { size, marks, hits: Hits::None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_gaps_and_what_stands_alone_is_seen() {
        let values = vec![Some(1.0), Some(2.0), None, Some(3.0), None, Some(2.0), Some(1.0), None];
        let scene = SparklineSpec { values }.scene(Size { w: 76.0, h: 20.0 });
        let lines: Vec<usize> = scene
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Line { points, .. } => Some(points.len()),
                _ => None,
            })
            .collect();
        assert_eq!(lines, [2, 2], "no line goes over a gap");
        let discs: Vec<(f64, f64)> = scene
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Disc { centre, radius, .. } => Some((centre.x, *radius)),
                _ => None,
            })
            .collect();
        assert_eq!(discs, [(33.0, 1.0), (63.0, 2.5)], "the one alone, and the newest that is known");
    }
}
