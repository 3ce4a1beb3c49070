//! Metrics that an organisation adds itself, composed of measures and of metrics that are there.
//!
//! In reading order:
//!
//! - [`Composition`]: how the number is made
//! - [`OwnMetric`]: the metric as it is written, [`OwnMetricFile`] many of them as a file
//! - [`Mistake`]: what is wrong with one, and where
//! - [`OwnMetricView`], [`VersionNote`], [`Difference`]: what pages show of it

mod composition;
mod difference;
mod document;
mod mistake;
mod view;

pub use composition::{ComposedTerm, Composition, MAX_DEPTH, MAX_FILTER_VALUES, TermSource};
pub use difference::{Difference, Part};
pub use document::{MAX_IN_FILE, MAX_NOTE_CHARS, OwnMetric, OwnMetricFile, OwnMetricId, Texts};
pub use mistake::{FileForm, Mistake, Rule, ValueKind};
pub use view::{
    Checked, Composable, Derived, ImportLine, Imported, ImportedAs, MeasureInfo, OwnMetricLine, OwnMetricView, Saved,
    VersionNote,
};
