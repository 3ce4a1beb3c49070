//! Between pixels and grid units.

use crate::{
    chart::{Area, Point},
    tile::{GAP_PX, ROW_PX},
};
use model::layout::{COLUMNS, GridRect, GridSize};

/// How wide the grid is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Geometry {
    pub(super) width_px: f64,
}

impl Geometry {
    /// From the left edge of a column to that of the next.
    fn column_pitch_px(self) -> f64 {
        ((self.width_px + GAP_PX) / f64::from(COLUMNS)).max(1.0)
    }

    const fn row_pitch_px() -> f64 {
        ROW_PX + GAP_PX
    }

    /// The nearest whole numbers of columns and rows.
    pub(super) fn units_from_px(self, dx: f64, dy: f64) -> (i32, i32) {
        ((dx / self.column_pitch_px()).round() as i32, (dy / Self::row_pitch_px()).round() as i32)
    }

    /// Where a place lies, from the grid's top left corner.
    pub(super) fn px_from_grid(self, rect: GridRect) -> Area {
        let (column, row) = (self.column_pitch_px(), Self::row_pitch_px());
        Area {
            x: f64::from(rect.x()) * column,
            y: f64::from(rect.y()) * row,
            w: f64::from(rect.w()) * column - GAP_PX,
            h: f64::from(rect.h()) * row - GAP_PX,
        }
    }

    /// The place of a new tile of that size whose middle is at the point.
    pub(super) fn around(self, point: Point, size: GridSize) -> GridRect {
        let half = |units: u16, pitch: f64| f64::from(units) * pitch / 2.0;
        let left = point.x - half(size.w, self.column_pitch_px());
        let top = point.y - half(size.h, Self::row_pitch_px());
        let (x, y) = self.units_from_px(left, top);
        GridRect::clamped(x, y, size.w.into(), size.h.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_on_the_screen_is_that_place_in_the_grid(
            (x, y, w, h) in (0_i32..12, 0_i32..100, 1_i32..13, 1_i32..20),
            width_px in 300.0_f64..2_400.0,
        ) {
            let geometry = Geometry { width_px };
            let rect = GridRect::clamped(x, y, w, h);
            let area = geometry.px_from_grid(rect);
            prop_assert_eq!(geometry.units_from_px(area.x, area.y), (i32::from(rect.x()), i32::from(rect.y())));
            prop_assert!(area.right() <= width_px + 0.01);
            let half_gap = GAP_PX / 2.0;
            let middle = Point { x: area.centre().x + half_gap, y: area.centre().y + half_gap };
            prop_assert_eq!(geometry.around(middle, rect.size()), rect);
        }
    }
}
