//! Moments, days and ranges, by integer arithmetic and a fixed offset.
//!
//! China has one zone and no daylight saving, so an organisation's calendar is an offset from UTC and the first
//! minute of its day; no zone database is needed.

mod calendar;
mod calendar_word;
mod compare;
mod days_off;
mod grain;
mod interval;
mod lunar;
mod range;
mod span;
mod timestamp;

pub use calendar::{Calendar, Day};
pub use calendar_word::CalendarWord;
pub use compare::Compare;
pub use days_off::{DaysOff, Festival, SpecialDay, days_off_between};
pub use grain::Grain;
pub use interval::Interval;
pub use range::{InvalidTimeRange, TimeRange};
pub use span::{InvalidSpan, Span};
pub use timestamp::{InvalidTimestamp, Timestamp};
