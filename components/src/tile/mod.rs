//! Tiles as cards: a header, a body, and every state a tile can be in.

mod card;
mod drawing;
mod face;
mod head;
mod state;

mod body;
mod change;
mod figure;
mod filter;
mod flip;
mod inline;
mod kpi;
mod legend;
mod pages;
mod pivot;
mod rows;
mod sight;
mod sorting;
mod still;
mod table;
mod table_frame;
mod target;
mod text;
mod ticker;
mod tone;

mod message;
mod problem;

mod picture;
mod sketch;

mod csv;
mod explained;
mod files;
mod names;
mod picked;
mod space;

pub use crate::words::calculation as calculation_name;
pub use card::TileCard;
pub(crate) use card::{grain_of, title_of};
pub(crate) use change::Direction;
pub(crate) use csv::csv;
pub(crate) use drawing::Drawing;
pub use explained::MetricsExplained;
pub(crate) use figure::{Figure, Number, compare_of, in_full, written};
pub use files::{FileForm, TileFiles};
pub use filter::{FilterShown, FilterTile, FilterTiles};
pub(crate) use head::truncated_at;
pub use message::kind_icon;
pub(crate) use names::OTHER;
pub use names::{Names, family_name, kind_name};
pub use pages::Inside;
pub use picked::Picked;
pub use picture::{BodyPicture, CardPicture, Outline, legend_over};
pub(crate) use picture::{chart_of_tile, pivot_of_tile};
pub(crate) use pivot::{Pivot, PivotCell, Shade};
pub(crate) use rows::{COURSE, Figures, InCellBars, Rows, course_of, figures};
pub use sketch::Sketch;
pub use space::TileSpace;
pub(crate) use space::{GAP_PX, ROW_PX};
pub use state::TileState;
pub(crate) use table::{Heading, headings};
pub(crate) use target::Ought;
pub(crate) use tone::tone_icon;
