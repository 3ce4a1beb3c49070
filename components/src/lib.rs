//! The visual library: charts, map, controls, grid. Knows no user and no server, fetches nothing.
//!
//! In reading order:
//!
//! - [`chart`]: `ChartSpec → Scene → SVG`, pure; and the one view that draws any of them
//! - [`tile`]: a tile as a card, in every state
//! - [`export`]: a tile as a file that stands by itself
//! - [`arranging`]: choosing, holding and removing tiles by hand, the same in every layout
//! - [`grid`]: the board's grid, and the gestures that edit it
//! - [`phone`]: the phone layout, to be arranged
//! - [`wall`]: the free canvas of a screen, to be looked at and to be arranged
//! - [`palette`]: components to drag onto the board
//! - [`controls`]: buttons, fields, menus, dialogs
//! - [`glyph`]: a small picture of each component
//! - [`guide`]: when each component is the right one
//! - [`samples`]: made-up numbers for every component, to be looked at
//!
//! Colours and sizes are never here: they are classes, and `style/` gives them meaning; files have them read from there.
//! Positions are classes too, because the content security policy forbids `style` attributes.

// The component macro writes `pub` for views that stay inside.
#![allow(unreachable_pub)]

pub mod arranging;
pub mod chart;
pub mod controls;
pub mod export;
pub mod glyph;
pub mod grid;
pub mod guide;
pub mod palette;
pub mod phone;
pub mod samples;
pub mod tile;
pub mod wall;

mod browser;
mod markup;
mod words;

pub use browser::Filled;
#[cfg(target_arch = "wasm32")]
pub use browser::Nearness;
