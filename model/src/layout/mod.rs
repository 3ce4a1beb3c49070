//! Where tiles stand on the desk: a grid of 12 columns with gravity.
//!
//! A [`DeskLayout`] is always valid: no two tiles overlap, none leaves the columns, none floats. Every change goes
//! through one pure function, [`DeskLayout::place`], used by mouse, touch, keyboard and server alike. It works from
//! the layout at the start of a gesture, so a drag never drifts and moving away and back is the start again.

mod desk;
mod rect;

pub use desk::{DeskLayout, Placed};
pub use rect::{COLUMNS, GridRect, GridSize, MAX_HEIGHT, MAX_ROWS};
