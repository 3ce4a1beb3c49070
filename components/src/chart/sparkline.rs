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
