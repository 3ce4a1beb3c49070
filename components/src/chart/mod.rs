//! Charts: `ChartSpec → Scene → SVG`, pure; and the one view that draws any of them.
//!
//! A spec says what is shown; a scene says where every mark, tick and label stands, in CSS pixels; the drawing is an
//! SVG whose colours are classes, so that it is the same bytes on server and browser and a change of theme redraws
//! nothing. In reading order:

mod spec;

mod bar;
mod line;
mod province_map;
mod sparkline;

mod category_axis;
mod columns;
mod label_room;
mod numbers;
mod plot_room;
mod polar;
mod scene;
mod step_scale;
mod strokes;
mod text_width;
mod ticks;
mod time_axis;
mod time_plot;
mod value_ticks;

mod paint;
mod svg;

pub mod kinds;
mod read;
mod series_colour;

mod days_off;
mod drawn_as;
pub mod others;
mod overlay;
mod view;

pub use bar::{Bar, BarSpec};
pub(crate) use columns::{Heading as MatrixHeading, Matrix, matrix};
pub use drawn_as::{chart_of, needs_other_charts, row_of_hit};
pub use line::{LineSeries, LineSpec, Side};
pub use province_map::{MapSpec, ProvinceValue};
pub(crate) use read::value_text;
pub use read::{Reading, bar_spec, line_spec, map_spec};
pub use scene::{Align, Area, Guide, Hit, Ink, Mark, Point, Scene, Size, Weight};
pub use series_colour::{SERIES_COLOURS, SeriesColour};
pub use sparkline::SparklineSpec;
pub use spec::{Chart, ChartSpec, LegendEntry, OtherChart, Readout, ReadoutRow, Source, Unfit};
pub(crate) use strokes::hatched;
pub(crate) use svg::fill_class;
pub use svg::svg;
pub(crate) use svg::{Colouring, class, escape_into, key as ink_key, svg_with};
pub use text_width::{shortened, text_width_px};
pub(crate) use time_axis::step_in_full;
pub use view::Plot;
