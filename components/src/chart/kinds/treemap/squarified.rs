//! Rectangles that tile an area, each as large as its number says and as near to a square as may be.
//!
//! M. Bruls, K. Huizing and J. J. van Wijk, "Squarified Treemaps", Proceedings of the Joint Eurographics and IEEE TCVG
//! Symposium on Visualization, 2000.

use crate::chart::Area;

/// Tiles an area for values that fall and are all above zero, in their order.
pub(super) fn squarified(values: &[f64], area: Area) -> Vec<Area> {
    let total: f64 = values.iter().sum();
    let mut tiles = Vec::with_capacity(values.len());
    if total <= 0.0 {
        return tiles;
    }
    let per_value = area.w.max(0.0) * area.h.max(0.0) / total;
    let mut free = area;
    let mut rest = values;
    while !rest.is_empty() {
        let side = free.w.min(free.h);
        let count = row_length(rest, per_value, side);
        let (row, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        let sum: f64 = row.iter().sum::<f64>() * per_value;
        let is_upright = free.w >= free.h;
        // The last row takes what is left, so that the sum of all roundings leaves no gap.
        let whole = if is_upright { free.w } else { free.h };
        let depth = if after.is_empty() { whole } else { (sum / side.max(f64::MIN_POSITIVE)).min(whole) };
        lay_row(&mut tiles, row, free, depth, is_upright);
        free = if is_upright {
            Area { x: free.x + depth, w: (free.w - depth).max(0.0), ..free }
        } else {
            Area { y: free.y + depth, h: (free.h - depth).max(0.0), ..free }
        };
        rest = after;
    }
    tiles
}

/// How many values make up the next row: as long as another one makes its worst tile no worse.
fn row_length(values: &[f64], per_value: f64, side: f64) -> usize {
    let (mut sum, mut most, mut best) = (0.0, 0.0_f64, f64::INFINITY);
    for (index, value) in values.iter().enumerate() {
        let area = value * per_value;
        sum += area;
        most = most.max(area);
        // Values fall, so the newest is the least.
        let square = side * side;
        let worst = (square * most / (sum * sum)).max(sum * sum / (square * area));
        if worst > best {
            return index.max(1);
        }
        best = worst;
    }
    values.len().max(1)
}

fn lay_row(tiles: &mut Vec<Area>, row: &[f64], free: Area, depth: f64, is_upright: bool) {
    let sum: f64 = row.iter().sum();
    let mut before = 0.0;
    for value in row {
        let (from, to) = (before / sum, (before + value) / sum);
        before += value;
        tiles.push(if is_upright {
            Area { x: free.x, y: free.y + free.h * from, w: depth, h: free.h * (to - from) }
        } else {
            Area { x: free.x + free.w * from, y: free.y, w: free.w * (to - from), h: depth }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_example_of_the_paper() {
        let area = Area { x: 0.0, y: 0.0, w: 6.0, h: 4.0 };
        let tiles = squarified(&[6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0], area);
        let near = |one: Area, (x, y, w, h): (f64, f64, f64, f64)| {
            [one.x - x, one.y - y, one.w - w, one.h - h].iter().all(|off| off.abs() < 1e-9)
        };
        assert!(near(tiles[0], (0.0, 0.0, 3.0, 2.0)), "{:?}", tiles[0]);
        assert!(near(tiles[1], (0.0, 2.0, 3.0, 2.0)), "{:?}", tiles[1]);
        assert!(near(tiles[2], (3.0, 0.0, 12.0 / 7.0, 7.0 / 3.0)), "{:?}", tiles[2]);
    }

    proptest! {
        #[test]
        fn areas_are_as_large_as_their_values_and_tile_the_whole(
            mut values in prop::collection::vec(0.01_f64..1e5, 1..150),
            w in 20.0_f64..900.0,
            h in 12.0_f64..600.0,
        ) {
            values.sort_by(|one, other| other.total_cmp(one));
            let area = Area { x: 7.0, y: 3.0, w, h };
            let tiles = squarified(&values, area);
            prop_assert_eq!(tiles.len(), values.len());
            let total: f64 = values.iter().sum();
            for (tile, value) in tiles.iter().zip(&values) {
                let wanted = w * h * value / total;
                prop_assert!((tile.w * tile.h - wanted).abs() < 1e-6 * w * h, "{tile:?} is not {wanted}");
                prop_assert!(tile.x >= 7.0 - 1e-6 && tile.right() <= 7.0 + w + 1e-6);
                prop_assert!(tile.y >= 3.0 - 1e-6 && tile.bottom() <= 3.0 + h + 1e-6);
            }
            for (index, tile) in tiles.iter().enumerate() {
                let inner = Area { x: tile.x + 1e-6, y: tile.y + 1e-6, w: tile.w - 2e-6, h: tile.h - 2e-6 };
                let is_seen = inner.w > 0.0 && inner.h > 0.0;
                prop_assert!(!is_seen || tiles[index + 1..].iter().all(|other| !inner.overlaps(*other)));
            }
        }
    }
}
