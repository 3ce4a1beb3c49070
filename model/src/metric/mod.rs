//! What may be asked: metric queries, and what the catalogue says about metrics and dimensions.

mod calculation;
mod catalogue;
mod domain;
mod filter;
mod group_by;
mod id;
mod metric_ref;
mod order;
pub mod own;
mod query;
mod sessions;

pub use calculation::{BAND_HIGH, BAND_LOW, Calculation, HIGH, LOW, OUTSIDE, Window};
pub use catalogue::{Additivity, CatalogueView, DimensionInfo, DimensionKind, MetricInfo, Unit};
pub use domain::{Domain, UnknownDomain};
pub use filter::{Filter, FilterValues};
pub use group_by::GroupBy;
pub use id::{DimensionId, InvalidId, MeasureId, MetricId, ProfileId};
pub use metric_ref::{MetricRef, Quantile, Stat};
pub use order::{Order, OrderKey, Top};
pub use query::{
    MAX_AXES, MAX_COURSE_ROWS, MAX_COURSE_STEPS, MAX_LIMIT, MAX_METRICS, MAX_QUERIES, MAX_STEPS, MetricQuery,
    QueryRequest,
};
pub use sessions::{
    InvalidSessionCount, MAX_SESSION_DAYS, SessionChoice, SessionColumns, SessionCount, SessionOrder, SessionState,
};
