//! The board's grid: tiles where the layout says, and the gestures that edit it.
//!
//! [`GridView`] only shows it; readers load nothing else. What a gesture leads to is pure ([`gesture`], [`geometry`],
//! [`place`]); [`following`] listens to the pointer and [`keys`] to the keyboard;
//! [`stage`] is what they share.

mod board;
mod view;

mod editing;
mod tile;

mod following;
mod keys;
mod landing;
mod marquee;
mod motion;
mod stage;

mod geometry;
mod gesture;
mod place;

pub use board::GridBoard;
pub use editing::GridEditing;
pub use place::{phone_classes, place_classes};
pub use view::GridView;
