//! What a gesture leads to. Every step is worked out from the wall at its start, so nothing drifts.

use super::snap::{Ends, Guide, Snapping, snapped};
use crate::arranging::{Edges, Grip};
use model::{
    board::TileId,
    layout::{Bounds, LEAST_FRAME_PX, WallFrame, WallLayout, WallRect, WallSize},
};

/// Frames held by a grip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WallGesture {
    /// As they stand at the start.
    pub(super) moving: Vec<WallFrame>,
    pub(super) grip: Grip,
    size: WallSize,
    /// What can be snapped to.
    others: Vec<Bounds>,
}

impl WallGesture {
    /// A tile taken by a grip; `along` moves with it where it is taken as a whole. `None` where it is not on the wall.
    pub(super) fn new(wall: &WallLayout, tile: TileId, grip: Grip, along: &[TileId]) -> Option<Self> {
        let held = wall.frame(tile)?;
        let moving: Vec<WallFrame> = match grip {
            Grip::Whole => wall.frames().iter().copied().filter(|frame| along.contains(&frame.tile)).collect(),
            Grip::Edges(_) => vec![held],
        };
        let stays = |frame: &&WallFrame| !frame.hidden && moving.iter().all(|moving| moving.tile != frame.tile);
        let others = wall.frames().iter().filter(stays).map(|frame| frame.rect.into()).collect();
        Some(Self { moving, grip, size: wall.size(), others })
    }

    /// The frames after the pointer has gone so far, in pixels of the wall, and the lines they snapped to within `reach`.
    pub(super) fn targets(&self, dx: i32, dy: i32, reach: i32) -> (Vec<WallFrame>, Vec<Guide>) {
        match self.grip {
            Grip::Whole => {
                let bounds: Vec<Bounds> = self.moving.iter().map(|frame| frame.rect.into()).collect();
                let Some(block) = Bounds::around(&bounds) else { return (Vec::new(), Vec::new()) };
                let wanted = Bounds { x: block.x + dx, y: block.y + dy, ..block };
                let (by_x, by_y, guides) =
                    snapped(wanted, &self.others, self.size, Snapping { across: Ends::Both, down: Ends::Both }, reach);
                let (dx, dy) = kept_inside(block, dx + by_x, dy + by_y, self.size);
                (self.moved(dx, dy), guides)
            }
            Grip::Edges(edges) => {
                let Some(frame) = self.moving.first() else { return (Vec::new(), Vec::new()) };
                let wanted = pulled(frame.rect.into(), edges, dx, dy, self.size);
                let (by_x, by_y, guides) = snapped(wanted, &self.others, self.size, snapping(edges), reach);
                let rect = pulled(frame.rect.into(), edges, dx + by_x, dy + by_y, self.size);
                (vec![WallFrame { rect: on_wall(rect, self.size), ..*frame }], guides)
            }
        }
    }

    fn moved(&self, dx: i32, dy: i32) -> Vec<WallFrame> {
        let moved = |frame: &WallFrame| {
            let bounds = Bounds::from(frame.rect);
            let rect = on_wall(Bounds { x: bounds.x + dx, y: bounds.y + dy, ..bounds }, self.size);
            WallFrame { rect, ..*frame }
        };
        self.moving.iter().map(moved).collect()
    }
}

pub(super) fn on_wall(Bounds { x, y, w, h }: Bounds, size: WallSize) -> WallRect {
    WallRect::clamped(x, y, w, h, size)
}

/// As far as the wall lets the block go.
fn kept_inside(block: Bounds, dx: i32, dy: i32, size: WallSize) -> (i32, i32) {
    let along = |start: i32, end: i32, by: i32, whole: u16| by.clamp(-start, (i32::from(whole) - end).max(-start));
    (along(block.x, block.right(), dx, size.w()), along(block.y, block.bottom(), dy, size.h()))
}

const fn snapping(edges: Edges) -> Snapping {
    // An edge that goes along when the pointer goes right, or down, is the one that is pulled.
    let (left, top, right, bottom) = edges.pulled(1, 1);
    Snapping { across: Ends::pulled(left, right), down: Ends::pulled(top, bottom) }
}

/// With the edges pulled so far, inside the wall and not below the least size.
fn pulled(bounds: Bounds, edges: Edges, dx: i32, dy: i32, size: WallSize) -> Bounds {
    let (left, top, right, bottom) = edges.pulled(dx, dy);
    let along = |start: i32, end: i32, first: i32, last: i32, whole: u16| {
        let least = i32::from(LEAST_FRAME_PX);
        let start_then = (start + first).clamp(0, end - least);
        let end_then = (end + last).clamp(start + least, i32::from(whole).max(start + least));
        (start_then, end_then - start_then)
    };
    let (x, w) = along(bounds.x, bounds.right(), left, right, size.w());
    let (y, h) = along(bounds.y, bounds.bottom(), top, bottom, size.h());
    Bounds { x, y, w, h }
}

/// The frames moved, or the first of them resized, by a key; none where nothing changes.
pub(super) fn nudged(wall: &WallLayout, tiles: &[TileId], grip: Grip, dx: i32, dy: i32) -> Vec<WallFrame> {
    let Some(first) = tiles.first() else { return Vec::new() };
    let Some(gesture) = WallGesture::new(wall, *first, grip, tiles) else { return Vec::new() };
    let (targets, _) = gesture.targets(dx, dy, -1);
    if targets == gesture.moving { Vec::new() } else { targets }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn wall(rects: &[(i32, i32, i32, i32)]) -> WallLayout {
        rects.iter().enumerate().fold(WallLayout::empty(WallSize::FULL_HD), |wall, (number, (x, y, w, h))| {
            let rect = WallRect::clamped(*x, *y, *w, *h, WallSize::FULL_HD);
            wall.set(&[WallFrame { tile: id(number as u128), rect, hidden: false }])
        })
    }

    fn rects(frames: &[WallFrame]) -> Vec<(u16, u16, u16, u16)> {
        frames.iter().map(|frame| (frame.rect.x, frame.rect.y, frame.rect.w, frame.rect.h)).collect()
    }

    #[test]
    fn several_move_as_one_block_and_snap_together() {
        let wall = wall(&[(0, 0, 100, 100), (200, 50, 100, 100), (700, 600, 300, 300)]);
        let both = WallGesture::new(&wall, id(0), Grip::Whole, &[id(0), id(1)]).unwrap();
        assert_eq!(rects(&both.targets(-50, -50, 8).0), [(0, 0, 100, 100), (200, 50, 100, 100)], "the wall ends there");
        let (targets, guides) = both.targets(395, 300, 8);
        assert_eq!(rects(&targets), [(400, 300, 100, 100), (600, 350, 100, 100)], "the right edge of the block snaps");
        assert_eq!(guides, [Guide::Upright(700)]);
        assert_eq!(rects(&both.targets(395, 300, -1).0), [(395, 300, 100, 100), (595, 350, 100, 100)]);
    }

    #[test]
    fn an_edge_keeps_the_one_across() {
        let wall = wall(&[(100, 100, 200, 200)]);
        let left = WallGesture::new(&wall, id(0), Grip::Edges(Edges::TopLeft), &[]).unwrap();
        assert_eq!(rects(&left.targets(50, -60, -1).0), [(150, 40, 150, 260)]);
        assert_eq!(rects(&left.targets(900, 900, -1).0), [(276, 276, 24, 24)]);
        assert_eq!(rects(&left.targets(-900, -900, -1).0), [(0, 0, 300, 300)]);
    }

    proptest! {
        #[test]
        fn a_gesture_stays_inside_and_back_is_the_start(
            places in prop::collection::vec((0_i32..1_900, 0_i32..1_000, 24_i32..900, 24_i32..900), 1..6),
            edges in prop::option::of(prop::sample::select(Edges::ALL.to_vec())),
            (dx, dy) in (-3_000_i32..3_000, -3_000_i32..3_000),
        ) {
            let wall = wall(&places);
            let along: Vec<TileId> = (0..places.len() as u128).step_by(2).map(id).collect();
            let gesture = WallGesture::new(&wall, id(0), edges.map_or(Grip::Whole, Grip::Edges), &along).unwrap();
            let (targets, _) = gesture.targets(dx, dy, 8);
            let after = wall.set(&targets);
            let json = serde_json::to_string(&after).unwrap();
            prop_assert!(serde_json::from_str::<WallLayout>(&json).is_ok());
            if edges.is_none() {
                prop_assert!(targets.iter().zip(&gesture.moving).all(|(target, start)| (target.rect.w, target.rect.h) == (start.rect.w, start.rect.h)));
            }
            prop_assert_eq!(gesture.targets(0, 0, -1).0, gesture.moving.clone());
        }
    }
}
