//! The wall: tiles on a free canvas in the pixels of the screen it is made for, to be looked at and to be arranged.
//!
//! What a gesture leads to is pure ([`gesture`], [`snap`]); [`stage`] listens to the pointer and [`keys`] to the keyboard.

mod board;
mod editing;
mod gesture;
mod keys;
mod marquee;
mod place;
mod rulers;
mod snap;
mod stage;
mod tile;
mod view;
mod zoom;
mod zooming;

pub use board::WallBoard;
pub use editing::WallEditing;
pub use view::WallView;
pub use zoom::Zoom;
