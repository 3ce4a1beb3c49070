//! Snapping: what is moved goes to the lines of what stands near by, and the lines show.

use model::layout::{Bounds, WallSize};

/// A line that something snapped to, in pixels of the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guide {
    /// From top to bottom, so far from the left.
    Upright(i32),
    /// From left to right, so far from the top.
    Level(i32),
}

/// Start, middle and end of a span.
const fn lines(start: i32, length: i32) -> [i32; 3] {
    [start, start + length / 2, start + length]
}

/// The lines that can be snapped to along a side: those of the wall and of the others.
fn targets(whole: u16, spans: impl Iterator<Item = (i32, i32)>) -> Vec<i32> {
    let mut all: Vec<i32> = lines(0, whole.into()).into();
    all.extend(spans.flat_map(|(start, length)| lines(start, length)));
    all
}

/// How far the nearest of its own lines is from a target, and which target that is; `None` where none is near enough.
fn nearest(own: &[i32], targets: &[i32], reach: i32) -> Option<(i32, i32)> {
    let pairs = own.iter().flat_map(|own| targets.iter().map(move |target| (target - own, *target)));
    pairs.filter(|(distance, _)| distance.abs() <= reach).min_by_key(|(distance, _)| distance.abs())
}

/// Which ends of a span may snap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Neither,
    First,
    Last,
    /// Moved as a whole: both ends, and the middle.
    Both,
}

impl Ends {
    /// By how far the pointer takes the ends along.
    pub(super) const fn pulled(first: i32, last: i32) -> Self {
        match (first != 0, last != 0) {
            (false, false) => Self::Neither,
            (true, false) => Self::First,
            (false, true) => Self::Last,
            (true, true) => Self::Both,
        }
    }

    fn lines(self, start: i32, length: i32) -> Vec<i32> {
        let [first, middle, last] = lines(start, length);
        match self {
            Self::Neither => Vec::new(),
            Self::First => vec![first],
            Self::Last => vec![last],
            Self::Both => vec![first, middle, last],
        }
    }
}

/// Which of its lines may snap, across and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Snapping {
    pub(super) across: Ends,
    pub(super) down: Ends,
}

/// How far to go on from there so that it snaps, and to which lines.
pub(super) fn snapped(
    moved: Bounds,
    others: &[Bounds],
    wall: WallSize,
    snapping: Snapping,
    reach: i32,
) -> (i32, i32, Vec<Guide>) {
    let across = targets(wall.w(), others.iter().map(|other| (other.x, other.w)));
    let down = targets(wall.h(), others.iter().map(|other| (other.y, other.h)));
    let x = nearest(&snapping.across.lines(moved.x, moved.w), &across, reach);
    let y = nearest(&snapping.down.lines(moved.y, moved.h), &down, reach);
    let guides = x.map(|(_, line)| Guide::Upright(line)).into_iter().chain(y.map(|(_, line)| Guide::Level(line)));
    (x.map_or(0, |(by, _)| by), y.map_or(0, |(by, _)| by), guides.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Snapping = Snapping { across: Ends::Both, down: Ends::Both };
    const OTHER: Bounds = Bounds { x: 100, y: 200, w: 300, h: 100 };

    fn snap(x: i32, y: i32, snapping: Snapping) -> (i32, i32, Vec<Guide>) {
        snapped(Bounds { x, y, w: 80, h: 60 }, &[OTHER], WallSize::FULL_HD, snapping, 8)
    }

    #[test]
    fn what_is_near_snaps_and_shows_its_line() {
        assert_eq!(snap(95, 500, WHOLE), (5, 0, vec![Guide::Upright(100)]));
        assert_eq!(snap(325, 296, WHOLE), (-5, 4, vec![Guide::Upright(400), Guide::Level(300)]));
        assert_eq!(snap(700, 500, WHOLE), (0, 0, vec![]), "nothing is near");
        // The middle of the wall is a line of its own.
        assert_eq!(snap(923, 700, WHOLE).2, [Guide::Upright(960)]);
    }

    #[test]
    fn only_the_edge_that_is_pulled_snaps() {
        let right = Snapping { across: Ends::Last, down: Ends::Neither };
        assert_eq!(snap(95, 198, right), (0, 0, vec![]));
        assert_eq!(snap(23, 198, right), (-3, 0, vec![Guide::Upright(100)]));
    }
}
