//! Moments, days and ranges, by integer arithmetic and a fixed offset.
//!
//! China has one zone and no daylight saving, so an organisation's calendar is an offset from UTC and the first
//! minute of its day; no zone database is needed.

mod calendar;
mod compare;
mod grain;
mod range;
mod timestamp;

pub use calendar::{Calendar, Day};
pub use compare::Compare;
pub use grain::Grain;
pub use range::{CalendarWord, Interval, InvalidSpan, InvalidTimeRange, Span, TimeRange};
pub use timestamp::{InvalidTimestamp, Timestamp};
