//! The palette: components to drag onto the board, whichever layout it shows.

mod drag_space;
mod item;

pub(crate) use drag_space::Carried;
pub use drag_space::{DragSpace, Spot};
pub use item::PaletteItem;
