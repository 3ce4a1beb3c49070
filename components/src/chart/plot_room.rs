//! The room of a scene: where the plot lies, and what there is room for around it.

use super::{Area, Ink, Mark, Point, Size, scene::LABEL_PX, value_ticks::crisp};

/// Above the plot, for the unit of an axis and for labels of what stands at the top of it.
pub(super) const TOP_PX: f64 = 24.0;
/// Under the plot, for one line of labels.
pub(super) const FOOT_PX: f64 = 24.0;
/// To the right of the plot, so that a label at its end is not cut.
pub(super) const END_PX: f64 = 12.0;

/// The least plot for which ticks are drawn beside it, and for which names are written under it.
const LEAST_PLOT: Size = Size { w: 44.0, h: 28.0 };

/// The plot in a scene.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PlotRoom {
    pub(super) plot: Area,
    /// Whether there is room for what is written to the left and right of the plot.
    pub(super) has_sides: bool,
    /// Whether there is room for what is written under it.
    pub(super) has_foot: bool,
}

impl PlotRoom {
    /// The plot with so much room at its left, right, top and foot. What would leave too little for the plot is left
    /// out: the sides with the top, and the foot.
    pub(super) fn of(size: Size, (left, right): (f64, f64), (top, foot): (f64, f64)) -> Self {
        let has_foot = size.h - foot - top.min(LEAST_PLOT.h) >= LEAST_PLOT.h && size.w >= LEAST_PLOT.w;
        // The lowest label beside the plot needs half its height under it.
        let foot = if has_foot { foot } else { LABEL_PX / 2.0 };
        let has_sides = size.w - left - right >= LEAST_PLOT.w && size.h - top - foot >= LEAST_PLOT.h;
        let (left, right, top) = if has_sides { (left.round(), right.round(), top) } else { (0.0, 0.0, 1.0) };
        let foot = if has_foot || has_sides { foot } else { 1.0 };
        let plot = Area { x: left, y: top, w: (size.w - left - right).max(1.0), h: (size.h - top - foot).max(1.0) };
        Self { plot, has_sides, has_foot }
    }
}

/// A level line through a plot.
pub(super) fn level_line(marks: &mut Vec<Mark>, plot: Area, y: f64, ink: Ink) {
    let points = vec![Point { x: plot.x, y: crisp(y) }, Point { x: plot.right(), y: crisp(y) }];
    marks.push(Mark::Line { points, ink, width: 1.0 });
}

/// An upright line through a plot.
pub(super) fn upright_line(marks: &mut Vec<Mark>, plot: Area, x: f64, ink: Ink) {
    let points = vec![Point { x: crisp(x), y: plot.y }, Point { x: crisp(x), y: plot.bottom() }];
    marks.push(Mark::Line { points, ink, width: 1.0 });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_too_little_for_the_plot_is_left_out() {
        let room = |w, h| PlotRoom::of(Size { w, h }, (40.0, END_PX), (TOP_PX, FOOT_PX));
        assert_eq!(room(320.0, 240.0).plot, Area { x: 40.0, y: 24.0, w: 268.0, h: 192.0 });
        assert!(room(90.0, 240.0).has_foot && !room(90.0, 240.0).has_sides);
        assert!(!room(320.0, 40.0).has_foot);
        assert_eq!(room(20.0, 12.0).plot, Area { x: 0.0, y: 1.0, w: 20.0, h: 10.0 });
    }
}
