//! What may be asked: metric queries, and what the catalogue says about metrics and dimensions.

mod catalogue;
mod domain;
mod id;
mod query;

pub use catalogue::{Additivity, CatalogueView, DimensionInfo, DimensionKind, MetricInfo, Unit};
pub use domain::{Domain, UnknownDomain};
pub use id::{DimensionId, InvalidId, MetricId, ProfileId};
pub use query::{
    Filter, FilterValues, GroupBy, MAX_AXES, MAX_LIMIT, MAX_METRICS, MAX_QUERIES, MAX_STEPS, MetricQuery, MetricRef,
    Order, OrderKey, Quantile, QueryRequest, Stat, Top,
};
