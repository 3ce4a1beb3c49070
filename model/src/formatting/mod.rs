//! Numbers and times as people read them, in Chinese and in English.

mod locale;
mod moment;
mod number;

pub use locale::Locale;
pub use moment::{age, clock_time, date_in_full, step_label};
pub use number::{
    FormattedNumber, axis_number, change_percent, column_decimals, column_number, exact_number, figure_among,
    number_among, shared_decimals, short_figure_with, short_number, short_number_with,
};
