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
mod marquee;
mod motion;
mod stage;

mod geometry;
mod gesture;
mod place;
mod selection;

pub use board::BoardGrid;
pub use editing::{GridEditing, Spot};
pub(crate) use gesture::{Arrow, Edges, Grip};
pub use palette::{DragSpace, PaletteItem};
pub use place::{phone_classes, place_classes};
pub use selection::Selection;
pub use thumbnail::Thumbnail;
