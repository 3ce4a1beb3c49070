//! Arranging tiles by hand: what desk, phone and wall have in common, whichever way their tiles stand.
//!
//! A layout says what is its own with [`Arrangement`]: what an arrow does, how a tile is held. Choosing, removing, the
//! focus and what is read aloud are the same everywhere, and are here.

mod arrangement;
mod aside;
mod editing;
mod focus;
mod grip;
mod keys;
mod receiving;
mod selection;
mod tile;

pub(crate) use arrangement::{Arrangement, Arranging, cancel_by_escape, is_pointer_lost, tell_held};
pub(crate) use aside::SpokenAside;
pub use editing::{ArrangingTiles, adds_to_selection};
pub(crate) use focus::{element_id, focus_soon, tile_element};
pub(crate) use grip::{Arrow, Edges, Grip, GripHandle};
pub(crate) use keys::press;
pub use selection::Selection;
pub(crate) use tile::ArrangedTile;
