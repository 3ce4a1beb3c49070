//! How much room a tile has, for whoever draws it before it can be measured.

use crate::chart::Size;
use leptos::prelude::*;
use model::layout::{COLUMNS, GridSize};

/// A row of the board and the gap under it; `style/grid.css` says the same.
pub(crate) const ROW_PX: f64 = 40.0;
pub(crate) const GAP_PX: f64 = 12.0;
/// The width of a board that the server draws for.
const DESK_PX: f64 = 1_376.0;
/// What a card takes for its frame, padding and header.
const CARD_PX: Size = Size { w: 34.0, h: 58.0 };

/// The size of the tile that is being drawn, in grid units. The grid provides it to each of its tiles.
#[derive(Debug, Clone, Copy)]
pub struct TileSpace(pub Memo<GridSize>);

/// About how large the body of a card of that size is on a desk.
pub(crate) fn nominal_body(size: GridSize) -> Size {
    let column = (DESK_PX - GAP_PX * f64::from(COLUMNS - 1)) / f64::from(COLUMNS);
    let along = |count: u16, unit: f64| f64::from(count) * (unit + GAP_PX) - GAP_PX;
    Size { w: (along(size.w, column) - CARD_PX.w).round().max(40.0), h: (along(size.h, ROW_PX) - CARD_PX.h).max(24.0) }
}
