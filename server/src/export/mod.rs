//! Tiles as files.

mod png;

pub use png::{MOST_PIXELS, NoPicture, png};
