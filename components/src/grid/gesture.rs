//! What a gesture leads to. Every step is worked out from the layout at its start, so nothing drifts.

use crate::arranging::{Arrow, Grip};
use model::{
    board::TileId,
    layout::{COLUMNS, DeskLayout, GridRect, GridSize, Placed},
};

/// A tile held by a grip, with what goes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gesture {
    pub(super) tile: TileId,
    /// Where the tiles that move stand at the start, the held one among them.
    pub(super) moving: Vec<Placed>,
    pub(super) grip: Grip,
    pub(super) start: DeskLayout,
    /// The smallest the held tile may become.
    pub(super) least: GridSize,
}

impl Gesture {
    /// A tile taken by a grip; `along` moves with it where it is taken as a whole. `None` where it is not on the desk.
    pub(super) fn new(start: DeskLayout, tile: TileId, grip: Grip, along: &[TileId], least: GridSize) -> Option<Self> {
        let held = Placed { tile, rect: start.rect(tile)? };
        let moving = match grip {
            Grip::Whole => start.placed().iter().copied().filter(|placed| along.contains(&placed.tile)).collect(),
            Grip::Edges(_) => vec![held],
        };
        Some(Self { tile, moving, grip, start, least })
    }

    /// The places the tiles ask for after moving so many columns and rows.
    pub(super) fn targets(&self, columns: i32, rows: i32) -> Vec<Placed> {
        match self.grip {
            Grip::Whole => moved_together(&self.moving, columns, rows),
            Grip::Edges(edges) => {
                let pulled = |placed: &Placed| Placed {
                    rect: pulled(placed.rect, edges.pulled(columns, rows), self.least),
                    ..*placed
                };
                self.moving.iter().map(pulled).collect()
            }
        }
    }

    /// How everything stands then.
    pub(super) fn layout(&self, targets: &[Placed]) -> DeskLayout {
        self.start.place_all(targets)
    }

    /// What letting go there makes of the board as it is by now: it may have changed since the tiles were taken. Empty
    /// where they are back at their start, or gone.
    pub(super) fn dropped(&self, targets: Vec<Placed>, now: &DeskLayout) -> Vec<Placed> {
        if targets == self.moving {
            return Vec::new();
        }
        let still_there: Vec<Placed> = targets.into_iter().filter(|target| now.rect(target.tile).is_some()).collect();
        if now.place_all(&still_there) == *now { Vec::new() } else { still_there }
    }
}

/// Moved as one block, as far as the grid lets all of them go.
fn moved_together(placed: &[Placed], columns: i32, rows: i32) -> Vec<Placed> {
    let left = placed.iter().map(|placed| i32::from(placed.rect.x())).min().unwrap_or(0);
    let right = placed.iter().map(|placed| i32::from(placed.rect.right())).max().unwrap_or(0);
    let top = placed.iter().map(|placed| i32::from(placed.rect.y())).min().unwrap_or(0);
    let columns = columns.clamp(-left, (i32::from(COLUMNS) - right).max(-left));
    let rows = rows.max(-top);
    placed.iter().map(|placed| Placed { rect: placed.rect.moved(columns, rows), ..*placed }).collect()
}

/// With its edges (left, top, right, bottom) moved by so much, inside the grid and not below the least size.
fn pulled(rect: GridRect, (left, top, right, bottom): (i32, i32, i32, i32), least: GridSize) -> GridRect {
    let along = |start: u16, end: u16, first: i32, last: i32, least: u16, most: i32| {
        let (start, end) = (i32::from(start), i32::from(end));
        let least = i32::from(least).min(end - start);
        let first = (start + first).clamp(0, (end - least).max(0));
        let last = (end + last).clamp(start + least, most.max(start + least));
        (first, last - first)
    };
    let (x, w) = along(rect.x(), rect.right(), left, right, least.w, COLUMNS.into());
    let (y, h) = along(rect.y(), rect.bottom(), top, bottom, least.h, i32::MAX / 2);
    GridRect::clamped(x, y, w, h)
}

/// The places that one step of the tiles asks for; none where there is nowhere to go.
///
/// Up and down go as far as it takes to change anything: one row down, gravity would only pull the tiles back.
pub(super) fn moved(layout: &DeskLayout, tiles: &[TileId], arrow: Arrow) -> Vec<Placed> {
    let moving: Vec<Placed> = layout.placed().iter().copied().filter(|placed| tiles.contains(&placed.tile)).collect();
    let (columns, rows) = arrow.units();
    let farthest = if rows == 0 { 1 } else { i32::from(layout.height()) + 1 };
    (1..=farthest)
        .map(|steps| moved_together(&moving, columns * steps, rows * steps))
        .find(|targets| layout.place_all(targets) != *layout)
        .unwrap_or_default()
}

/// The place that the tile asks for when it grows or shrinks by one step; `None` where it can't.
pub(super) fn resized(layout: &DeskLayout, tile: TileId, arrow: Arrow, least: GridSize) -> Option<GridRect> {
    let rect = layout.rect(tile)?;
    let (columns, rows) = arrow.units();
    let target = rect.resized(columns, rows, least);
    (target != rect && target.right() <= COLUMNS).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arranging::Edges;
    use proptest::prelude::*;

    const LEAST: GridSize = GridSize { w: 2, h: 2 };

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn layout(rects: &[(i32, i32, i32, i32)]) -> DeskLayout {
        rects.iter().enumerate().fold(DeskLayout::default(), |layout, (index, (x, y, w, h))| {
            layout.place(id(index as u128), GridRect::clamped(*x, *y, *w, *h))
        })
    }

    fn gesture(layout: &DeskLayout, tile: u128, grip: Grip) -> Gesture {
        Gesture::new(layout.clone(), id(tile), grip, &[id(tile)], LEAST).unwrap()
    }

    fn target(gesture: &Gesture, columns: i32, rows: i32) -> GridRect {
        gesture.targets(columns, rows)[0].rect
    }

    #[test]
    fn an_edge_keeps_the_one_across() {
        let layout = layout(&[(4, 0, 4, 3)]);
        let left = gesture(&layout, 0, Grip::Edges(Edges::Left));
        assert_eq!(target(&left, -2, 5), GridRect::clamped(2, 0, 6, 3));
        assert_eq!(target(&left, 9, 0), GridRect::clamped(6, 0, 2, 3));
        assert_eq!(target(&left, -9, 0), GridRect::clamped(0, 0, 8, 3));
        let corner = gesture(&layout, 0, Grip::Edges(Edges::BottomRight));
        assert_eq!(target(&corner, 9, 2), GridRect::clamped(4, 0, 8, 5));
        let top = gesture(&layout.place(id(1), GridRect::clamped(4, 0, 4, 5)), 0, Grip::Edges(Edges::TopRight));
        assert_eq!(target(&top, 1, -2), GridRect::clamped(4, 3, 5, 5), "it stands under the other one");
        assert_eq!(target(&top, 0, 9), GridRect::clamped(4, 6, 4, 2));
    }

    #[test]
    fn several_move_as_one_block() {
        let layout = layout(&[(2, 0, 3, 3), (5, 0, 3, 3), (8, 0, 4, 3)]);
        let both = Gesture::new(layout.clone(), id(1), Grip::Whole, &[id(0), id(1)], LEAST).unwrap();
        let rects = |columns, rows| both.targets(columns, rows).iter().map(|placed| placed.rect).collect::<Vec<_>>();
        assert_eq!(rects(-9, 0), [GridRect::clamped(0, 0, 3, 3), GridRect::clamped(3, 0, 3, 3)]);
        assert_eq!(rects(9, 4), [GridRect::clamped(6, 4, 3, 3), GridRect::clamped(9, 4, 3, 3)]);
        let after = both.layout(&both.targets(1, 0));
        assert_eq!(after.rect(id(2)), Some(GridRect::clamped(8, 3, 4, 3)), "what is in the way makes room");
        let down = moved(&layout, &[id(0), id(1)], Arrow::Left);
        assert_eq!(down.len(), 2);
        assert_eq!(moved(&layout.place_all(&both.targets(-9, 0)), &[id(0), id(1)], Arrow::Left), []);
    }

    #[test]
    fn down_goes_past_the_neighbour() {
        let before = layout(&[(0, 0, 6, 3), (0, 3, 6, 4)]);
        let after = before.place_all(&moved(&before, &[id(0)], Arrow::Down));
        assert_eq!(after.rect(id(0)).unwrap().y(), 4);
        assert_eq!(after.place_all(&moved(&after, &[id(0)], Arrow::Up)), before);
        assert_eq!(moved(&before, &[id(0)], Arrow::Up), []);
        assert_eq!(moved(&before, &[id(0)], Arrow::Left), []);
    }

    #[test]
    fn a_tile_never_shrinks_below_what_can_be_read() {
        let layout = layout(&[(0, 0, 2, 2)]);
        assert_eq!(resized(&layout, id(0), Arrow::Left, LEAST), None);
        let wider = layout.place(id(0), resized(&layout, id(0), Arrow::Right, LEAST).unwrap());
        assert_eq!(wider.rect(id(0)).unwrap().w(), 3);
    }

    #[test]
    fn a_drop_keeps_what_has_changed_since_the_tile_was_taken() {
        let start = layout(&[(0, 0, 4, 3), (4, 0, 4, 3)]);
        let gesture = gesture(&start, 0, Grip::Whole);
        // Meanwhile the other tile went to the right, by a colleague or by an undo.
        let now = start.place(id(1), GridRect::clamped(8, 0, 4, 3));
        let after = now.place_all(&gesture.dropped(gesture.targets(4, 0), &now));
        assert_eq!(after.rect(id(0)), Some(GridRect::clamped(4, 0, 4, 3)));
        assert_eq!(after.rect(id(1)), now.rect(id(1)));
        assert_eq!(gesture.dropped(gesture.targets(0, 0), &now), []);
        assert_eq!(gesture.dropped(gesture.targets(4, 0), &now.remove(&[id(0)])), []);
    }

    proptest! {
        #[test]
        fn a_gesture_back_to_its_start_is_the_start(
            rects in prop::collection::vec((0_i32..12, 0_i32..20, 2_i32..8, 2_i32..8), 1..8),
            which in prop::collection::vec(0_usize..8, 1..4),
            edges in prop::option::of(prop::sample::select(Edges::ALL.to_vec())),
            (columns, rows) in (-14_i32..14, -30_i32..30),
        ) {
            let layout = layout(&rects);
            let along: Vec<TileId> = which.iter().map(|index| id((index % rects.len()) as u128)).collect();
            let grip = edges.map_or(Grip::Whole, Grip::Edges);
            let gesture = Gesture::new(layout.clone(), along[0], grip, &along, LEAST).unwrap();
            let targets = gesture.targets(columns, rows);
            for (target, start) in targets.iter().zip(&gesture.moving) {
                prop_assert!(target.rect.right() <= COLUMNS);
                prop_assert!(edges.is_some() || target.rect.size() == start.rect.size());
                prop_assert!(edges.is_none() || target.rect.w() >= LEAST.w.min(start.rect.w()));
            }
            prop_assert_eq!(gesture.layout(&targets).placed().len(), rects.len());
            prop_assert_eq!(gesture.layout(&gesture.targets(0, 0)), layout);
        }
    }
}
