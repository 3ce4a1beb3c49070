//! A tile as a file that stands by itself: SVG, from which the server makes PNG, and CSV.
//!
//! A sheet is drawn from what a card is drawn from, by the same scene, with the colours of the theme written into it. The
//! same sheet gives the same bytes, everywhere and each time. In reading order:
//!
//! - [`Sheet`]: the document: title, legend, body, what a reader must know
//! - [`Theme`]: the colours, read from the style sheet that gives them to pages

mod sheet;

mod body;
mod figure;
mod frame_table;
mod legend;
mod pivot_table;
mod table;

mod pen;
mod theme;

mod csv;

#[cfg(test)]
mod tests;

pub use csv::csv_file;
pub use sheet::{NotExported, Sheet};
pub use theme::Theme;
