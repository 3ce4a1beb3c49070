//! Statements answered from what was added up beforehand, and the text that adds it up.
//!
//! ```text
//! range      ─┬────────────────────────────┬─
//! days        ░│███│███│███│░░░│███│███│░░░░
//! read from   fact  roll-up  fact roll-up fact
//! ```
//!
//! What is read from either stands in one text, so all of it is of one moment. Counts and sums of the parts are added up
//! by whoever reads the rows; households are told apart over all parts together.

mod choosing;
mod days;
mod filling;
mod writing;

pub(super) use choosing::{active_days, fitting, occurs};
pub use days::RolledUpDays;
pub(in crate::metrics) use filling::rows_of_a_day;

use model::time::Calendar;

/// Milliseconds to add so that whole hours are the wall clock's.
fn wall_ms(calendar: Calendar) -> i64 {
    i64::from(calendar.offset_minutes) * 60_000
}
