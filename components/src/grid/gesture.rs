//! What a gesture leads to. Every step is worked out from the layout at its start, so nothing drifts.

use model::{
    board::TileId,
    layout::{COLUMNS, DeskLayout, GridRect, GridSize},
};

/// What a tile is held by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grip {
    Whole,
    Right,
    Bottom,
    Left,
    BottomRight,
    BottomLeft,
}

impl Grip {
    /// The edges and corners, in the order in which they are drawn.
    pub(super) const EDGES: [Self; 5] = [Self::Right, Self::Bottom, Self::Left, Self::BottomRight, Self::BottomLeft];

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Whole => "board__grip",
            Self::Right => "board__edge board__edge--right",
            Self::Bottom => "board__edge board__edge--bottom",
            Self::Left => "board__edge board__edge--left",
            Self::BottomRight => "board__edge board__edge--bottom-right",
            Self::BottomLeft => "board__edge board__edge--bottom-left",
        }
    }
}

/// A tile held by a grip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gesture {
    pub(super) tile: TileId,
    pub(super) grip: Grip,
    pub(super) start: DeskLayout,
    pub(super) start_rect: GridRect,
    /// The smallest the tile may become.
    pub(super) least: GridSize,
}

impl Gesture {
    /// The place the tile asks for after moving so many columns and rows.
    pub(super) fn target(&self, columns: i32, rows: i32) -> GridRect {
        let start = self.start_rect;
        match self.grip {
            Grip::Whole => start.moved(columns, rows),
            Grip::Right => start.resized(columns, 0, self.least),
            Grip::Bottom => start.resized(0, rows, self.least),
            Grip::BottomRight => start.resized(columns, rows, self.least),
            Grip::Left => self.with_left_edge(columns, 0),
            Grip::BottomLeft => self.with_left_edge(columns, rows),
        }
    }

    fn with_left_edge(&self, columns: i32, rows: i32) -> GridRect {
        let start = self.start_rect;
        let right = i32::from(start.right());
        let widest_left = (right - i32::from(self.least.w)).max(0);
        let left = (i32::from(start.x()) + columns).clamp(0, widest_left);
        let height = start.resized(0, rows, self.least).h();
        GridRect::clamped(left, start.y().into(), right - left, height.into())
    }

    /// How everything stands then.
    pub(super) fn layout(&self, target: GridRect) -> DeskLayout {
        self.start.place(self.tile, target)
    }

    /// What letting go there makes of the board as it is by now: it may have changed since the tile was taken. `None`
    /// where the tile is back at its start, or is gone.
    pub(super) fn dropped(&self, target: GridRect, now: &DeskLayout) -> Option<DeskLayout> {
        let is_there = now.rect(self.tile).is_some();
        let after = (is_there && target != self.start_rect).then(|| now.place(self.tile, target));
        after.filter(|after| after != now)
    }
}

/// What an arrow key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrow {
    Left,
    Right,
    Up,
    Down,
}

impl Arrow {
    pub(super) fn from_key(key: &str) -> Option<Self> {
        match key {
            "ArrowLeft" => Some(Self::Left),
            "ArrowRight" => Some(Self::Right),
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            _ => None,
        }
    }

    const fn units(self) -> (i32, i32) {
        match self {
            Self::Left => (-1, 0),
            Self::Right => (1, 0),
            Self::Up => (0, -1),
            Self::Down => (0, 1),
        }
    }
}

/// The place that one step of the tile asks for; `None` where there is nowhere to go.
///
/// Up and down go as far as it takes to change anything: one row down, gravity would only pull the tile back.
pub(super) fn moved(layout: &DeskLayout, tile: TileId, arrow: Arrow) -> Option<GridRect> {
    let rect = layout.rect(tile)?;
    let (columns, rows) = arrow.units();
    let farthest = if rows == 0 { 1 } else { i32::from(layout.height()) + 1 };
    (1..=farthest)
        .map(|steps| rect.moved(columns * steps, rows * steps))
        .find(|target| layout.place(tile, *target) != *layout)
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
        let start_rect = layout.rect(id(tile)).unwrap();
        Gesture { tile: id(tile), grip, start: layout.clone(), start_rect, least: LEAST }
    }

    #[test]
    fn the_left_edge_keeps_the_right_one() {
        let layout = layout(&[(4, 0, 4, 3)]);
        let gesture = gesture(&layout, 0, Grip::Left);
        assert_eq!(gesture.target(-2, 5), GridRect::clamped(2, 0, 6, 3));
        assert_eq!(gesture.target(9, 0), GridRect::clamped(6, 0, 2, 3));
        assert_eq!(gesture.target(-9, 0), GridRect::clamped(0, 0, 8, 3));
    }

    #[test]
    fn down_goes_past_the_neighbour() {
        let before = layout(&[(0, 0, 6, 3), (0, 3, 6, 4)]);
        let after = before.place(id(0), moved(&before, id(0), Arrow::Down).unwrap());
        assert_eq!(after.rect(id(0)).unwrap().y(), 4);
        assert_eq!(after.place(id(0), moved(&after, id(0), Arrow::Up).unwrap()), before);
        assert_eq!(moved(&before, id(0), Arrow::Up), None);
        assert_eq!(moved(&before, id(0), Arrow::Left), None);
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
        let after = gesture.dropped(GridRect::clamped(4, 0, 4, 3), &now).unwrap();
        assert_eq!(after.rect(id(0)), Some(GridRect::clamped(4, 0, 4, 3)));
        assert_eq!(after.rect(id(1)), now.rect(id(1)));
        assert_eq!(gesture.dropped(gesture.start_rect, &now), None);
        assert_eq!(gesture.dropped(GridRect::clamped(4, 0, 4, 3), &now.remove(id(0))), None);
    }

    proptest! {
        #[test]
        fn a_gesture_back_to_its_start_is_the_start(
            rects in prop::collection::vec((0_i32..12, 0_i32..20, 2_i32..8, 2_i32..8), 1..8),
            which in 0_usize..8,
            grip in prop::sample::select(vec![Grip::Whole, Grip::Right, Grip::Bottom, Grip::Left, Grip::BottomRight, Grip::BottomLeft]),
            (columns, rows) in (-14_i32..14, -30_i32..30),
        ) {
            let layout = layout(&rects);
            let gesture = gesture(&layout, (which % rects.len()) as u128, grip);
            let target = gesture.target(columns, rows);
            prop_assert!(target.right() <= COLUMNS);
            prop_assert!(grip == Grip::Whole || target.w() >= LEAST.w.min(gesture.start_rect.w()));
            prop_assert_eq!(gesture.layout(target).placed().len(), rects.len());
            prop_assert_eq!(gesture.layout(gesture.target(0, 0)), layout);
        }
    }
}
