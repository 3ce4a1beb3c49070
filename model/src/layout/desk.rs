//! The desk layout and the placement algorithm.

use super::{COLUMNS, GridRect, GridSize, MAX_ROWS};
use crate::board::TileId;
use serde::{Deserialize, Deserializer, Serialize, de};

/// A tile and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Placed {
    pub tile: TileId,
    pub rect: GridRect,
}

/// Tiles in the desk grid: without overlap, inside the columns, and each as high as it can stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct DeskLayout {
    /// In reading order: by row, then by column.
    placed: Vec<Placed>,
}

impl DeskLayout {
    pub fn placed(&self) -> &[Placed] {
        &self.placed
    }

    pub fn rect(&self, tile: TileId) -> Option<GridRect> {
        self.placed.iter().find(|placed| placed.tile == tile).map(|placed| placed.rect)
    }

    /// Rows used.
    pub fn height(&self) -> u16 {
        self.placed.iter().map(|placed| placed.rect.bottom()).max().unwrap_or(0)
    }

    /// The layout with `tile` at `target` (moved there, resized, or new), the others making room.
    ///
    /// The tile gets the place it asks for, sideways exactly and downwards as far as gravity lets it; the others
    /// keep their columns and their reading order, and close up.
    #[must_use]
    pub fn place(&self, tile: TileId, target: GridRect) -> Self {
        self.place_all(&[Placed { tile, rect: target }])
    }

    /// The same for several tiles at once, as one block; of two places for one tile the later one counts.
    #[must_use]
    pub fn place_all(&self, targets: &[Placed]) -> Self {
        let is_last =
            |index: usize, target: &Placed| targets.iter().skip(index + 1).all(|later| later.tile != target.tile);
        let targets: Vec<Placed> =
            targets.iter().enumerate().filter(|(index, target)| is_last(*index, target)).map(|(_, one)| *one).collect();
        if targets.iter().all(|target| self.rect(target.tile) == Some(target.rect)) {
            return self.clone();
        }
        let is_moved = |tile: TileId| targets.iter().any(|target| target.tile == tile);
        let mut order: Vec<Placed> = self.placed.iter().copied().filter(|placed| !is_moved(placed.tile)).collect();
        order.extend(&targets);
        // Tiles that reach above a target's row stay before it, so that a tile is put under what it is dropped on
        // only when it is dropped below that one's top edge.
        order.sort_by_key(|placed| (placed.rect.y(), !is_moved(placed.tile), placed.rect.x()));
        let mut tide = Tide::default();
        Self::in_reading_order(order.into_iter().map(|placed| tide.settle(placed)).collect())
    }

    /// The layout with a new tile of that size at the first free place in reading order.
    #[must_use]
    pub fn append(&self, tile: TileId, size: GridSize) -> Self {
        let free = |rect: GridRect| self.placed.iter().all(|placed| !placed.rect.overlaps(rect));
        let width = size.w.clamp(1, COLUMNS);
        let rect = (0..=self.height())
            .flat_map(|y| (0..=COLUMNS - width).map(move |x| GridRect::sized(x, y, size)))
            .find(|rect| free(*rect))
            .unwrap_or_else(|| GridRect::sized(0, self.height(), size));
        self.place(tile, rect)
    }

    /// The layout without those tiles, the others closing up.
    #[must_use]
    pub fn remove(&self, tiles: &[TileId]) -> Self {
        Self::settled(self.placed.iter().copied().filter(|placed| !tiles.contains(&placed.tile)).collect())
    }

    /// Any places made valid: sorted into reading order, each let down as high as it can stand.
    fn settled(mut placed: Vec<Placed>) -> Self {
        placed.sort_by_key(|placed| (placed.rect.y(), placed.rect.x()));
        let mut tide = Tide::default();
        Self::in_reading_order(placed.into_iter().map(|placed| tide.settle(placed)).collect())
    }

    fn in_reading_order(mut placed: Vec<Placed>) -> Self {
        placed.sort_by_key(|placed| (placed.rect.y(), placed.rect.x()));
        Self { placed }
    }
}

/// The first free row of each column: tiles are let down onto it one after another.
#[derive(Default)]
struct Tide {
    free_row: [u16; COLUMNS as usize],
}

impl Tide {
    fn settle(&mut self, placed: Placed) -> Placed {
        let columns = usize::from(placed.rect.x())..usize::from(placed.rect.right());
        let under = self.free_row.get_mut(columns).unwrap_or_default();
        let rect = placed.rect.at_row(under.iter().copied().max().unwrap_or(0));
        under.fill(rect.bottom());
        Placed { rect, ..placed }
    }
}

impl<'de> Deserialize<'de> for DeskLayout {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let placed = Vec::<Placed>::deserialize(deserializer)?;
        let layout = Self::in_reading_order(placed);
        for (index, one) in layout.placed.iter().enumerate() {
            let rest = layout.placed.get(index + 1..).unwrap_or_default();
            if rest.iter().any(|other| other.tile == one.tile) {
                return Err(de::Error::custom(format!("tile {} stands twice in the layout", one.tile)));
            }
            if let Some(other) = rest.iter().find(|other| other.rect.overlaps(one.rect)) {
                return Err(de::Error::custom(format!("tiles {} and {} overlap in the layout", one.tile, other.tile)));
            }
        }
        if layout.height() > MAX_ROWS {
            return Err(de::Error::custom(format!("the layout is deeper than {MAX_ROWS} rows")));
        }
        let settled = Self::settled(layout.placed.clone());
        if let Some(floating) = layout.placed.iter().find(|placed| settled.rect(placed.tile) != Some(placed.rect)) {
            return Err(de::Error::custom(format!("tile {} floats in the layout: it can stand higher", floating.tile)));
        }
        Ok(layout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn layouts() -> impl Strategy<Value = DeskLayout> {
        prop::collection::vec((0_i32..12, 0_i32..40, 1_i32..13, 1_i32..9), 0..14).prop_map(|rects| {
            rects.into_iter().enumerate().fold(DeskLayout::default(), |layout, (index, (x, y, w, h))| {
                layout.place(id(index as u128), GridRect::clamped(x, y, w, h))
            })
        })
    }

    fn rects() -> impl Strategy<Value = GridRect> {
        (0_i32..12, 0_i32..40, 1_i32..13, 1_i32..9).prop_map(|(x, y, w, h)| GridRect::clamped(x, y, w, h))
    }

    fn is_valid(layout: &DeskLayout) -> bool {
        let placed = layout.placed();
        let apart = placed.iter().enumerate().all(|(index, one)| {
            placed[index + 1..].iter().all(|other| !one.rect.overlaps(other.rect) && one.tile != other.tile)
        });
        apart && placed.iter().all(|one| one.rect.right() <= COLUMNS)
    }

    fn ids(layout: &DeskLayout) -> Vec<TileId> {
        let mut ids: Vec<_> = layout.placed().iter().map(|placed| placed.tile).collect();
        ids.sort_unstable();
        ids
    }

    proptest! {
        #[test]
        fn placing_keeps_the_layout_valid_and_the_tiles(layout in layouts(), which in 0_u128..14, target in rects()) {
            let after = layout.place(id(which), target);
            prop_assert!(is_valid(&after));
            let mut expected = ids(&layout);
            if !expected.contains(&id(which)) {
                expected.push(id(which));
                expected.sort_unstable();
            }
            prop_assert_eq!(ids(&after), expected);
            let rect = after.rect(id(which)).unwrap();
            prop_assert_eq!((rect.x(), rect.size()), (target.x(), target.size()));
            prop_assert!(rect.y() <= target.y().max(layout.height()));
        }

        #[test]
        fn placing_several_keeps_the_layout_valid_and_the_tiles(
            layout in layouts(), targets in prop::collection::btree_map(0_u128..14, rects(), 0..5),
        ) {
            let targets: Vec<Placed> = targets.into_iter().map(|(tile, rect)| Placed { tile: id(tile), rect }).collect();
            let after = layout.place_all(&targets);
            prop_assert!(is_valid(&after));
            let mut expected = ids(&layout);
            expected.extend(targets.iter().map(|target| target.tile));
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(ids(&after), expected);
            for target in &targets {
                let rect = after.rect(target.tile).unwrap();
                prop_assert_eq!((rect.x(), rect.size()), (target.rect.x(), target.rect.size()));
            }
            let where_they_stand: Vec<Placed> = targets.iter().map(|target| Placed { tile: target.tile, rect: after.rect(target.tile).unwrap() }).collect();
            prop_assert_eq!(after.place_all(&where_they_stand), after);
        }

        #[test]
        fn nothing_floats(layout in layouts()) {
            prop_assert_eq!(&DeskLayout::settled(layout.placed().to_vec()), &layout);
        }

        #[test]
        fn placing_where_it_stands_changes_nothing(layout in layouts(), which in 0_usize..14) {
            if let Some(placed) = layout.placed().get(which) {
                prop_assert_eq!(&layout.place(placed.tile, placed.rect), &layout);
            }
        }

        #[test]
        fn placing_twice_is_placing_once(layout in layouts(), which in 0_u128..14, target in rects()) {
            let once = layout.place(id(which), target);
            let rect = once.rect(id(which)).unwrap();
            prop_assert_eq!(once.place(id(which), rect), once);
        }

        #[test]
        fn a_drag_away_and_back_is_the_start(layout in layouts(), which in 0_usize..14, path in prop::collection::vec(rects(), 1..6)) {
            // A gesture computes every step from the layout it began with.
            if let Some(placed) = layout.placed().get(which) {
                for target in path {
                    let _ = layout.place(placed.tile, target);
                }
                prop_assert_eq!(&layout.place(placed.tile, placed.rect), &layout);
            }
        }

        #[test]
        fn removing_leaves_the_others(layout in layouts(), which in 0_u128..14) {
            let after = layout.remove(&[id(which)]);
            prop_assert!(is_valid(&after));
            prop_assert!(after.rect(id(which)).is_none());
            prop_assert!(after.height() <= layout.height());
        }

        #[test]
        fn appending_moves_nobody(layout in layouts(), w in 1_u16..13, h in 1_u16..9) {
            let after = layout.append(id(99), GridSize { w, h });
            prop_assert!(is_valid(&after));
            for placed in layout.placed() {
                prop_assert_eq!(after.rect(placed.tile), Some(placed.rect));
            }
        }

        #[test]
        fn a_layout_survives_writing(layout in layouts()) {
            let json = serde_json::to_string(&layout).unwrap();
            prop_assert_eq!(serde_json::from_str::<DeskLayout>(&json).unwrap(), layout);
        }
    }

    #[test]
    fn a_tile_that_is_placed_twice_stands_once() {
        let [first, last] = [0, 6].map(|x| Placed { tile: id(1), rect: GridRect::clamped(x, 0, 4, 3) });
        assert_eq!(DeskLayout::default().place_all(&[first, last]).placed(), [last]);
    }

    #[test]
    fn overlapping_layouts_are_refused() {
        let tile =
            |number: u128, x: u16| format!(r#"{{"tile":"{}","rect":{{"x":{x},"y":0,"w":4,"h":2}}}}"#, id(number));
        let overlapping = format!("[{},{}]", tile(1, 0), tile(2, 3));
        let error = serde_json::from_str::<DeskLayout>(&overlapping).unwrap_err().to_string();
        assert!(error.contains("overlap"), "{error}");
        let twice = format!("[{},{}]", tile(1, 0), tile(1, 6));
        assert!(serde_json::from_str::<DeskLayout>(&twice).is_err());
        let outside = r#"[{"tile":"00000000-0000-0000-0000-000000000001","rect":{"x":10,"y":0,"w":4,"h":2}}]"#;
        assert!(serde_json::from_str::<DeskLayout>(outside).unwrap_err().to_string().contains("leaves the grid"));
        let floating = r#"[{"tile":"00000000-0000-0000-0000-000000000001","rect":{"x":0,"y":1,"w":4,"h":2}}]"#;
        assert!(serde_json::from_str::<DeskLayout>(floating).unwrap_err().to_string().contains("floats"));
        let under_a_gap = r#"[{"tile":"00000000-0000-0000-0000-000000000001","rect":{"x":0,"y":0,"w":4,"h":2}},
            {"tile":"00000000-0000-0000-0000-000000000002","rect":{"x":2,"y":3,"w":4,"h":2}}]"#;
        assert!(serde_json::from_str::<DeskLayout>(under_a_gap).unwrap_err().to_string().contains("floats"));
    }
}
