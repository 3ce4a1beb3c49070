//! Where the tiles of a board stand: one board, three layouts.
//!
//! - [`DeskLayout`]: a grid of 12 columns with gravity. Always valid: no two tiles overlap, none leaves the columns, none
//!   floats. Every change goes through one pure function, [`DeskLayout::place_all`], used by mouse, touch, keyboard and
//!   server alike. It works from the layout at the start of a gesture, so a drag never drifts and moving away and back
//!   is the start again.
//! - [`PhoneLayout`]: cards in an order, small ones two abreast.
//! - [`WallLayout`]: a free canvas in physical pixels.

mod align;
mod desk;
mod name;
mod phone;
mod rect;
mod wall;

pub use align::{Alignment, Bounds, aligned};
pub use desk::{DeskLayout, Placed};
pub use name::LayoutName;
pub use phone::{CardWidth, PhoneCard, PhoneLayout};
pub use rect::{COLUMNS, GridRect, GridSize, MAX_HEIGHT, MAX_ROWS};
pub use wall::{Depth, LEAST_FRAME_PX, LEAST_WALL_PX, MOST_WALL_PX, WallFrame, WallLayout, WallRect, WallSize};
