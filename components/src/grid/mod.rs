//! The board's grid: tiles where the layout says, and the gestures that edit it.
//!
//! What a gesture leads to is pure ([`gesture`], [`geometry`], [`place`]); [`stage`] listens to the pointer and [`keys`] to the
//! keyboard.

mod board;
mod tile;

mod editing;
mod palette;
mod thumbnail;

mod keys;
mod motion;
mod stage;

mod geometry;
mod gesture;
mod place;

pub use board::BoardGrid;
pub use editing::{GridEditing, GridMove, Spot};
pub use palette::{DragSpace, PaletteItem};
pub use place::place_classes;
pub use thumbnail::Thumbnail;
