//! What every request passes, from the outside in.

pub(super) mod admission;
pub(super) mod client_address;
pub(super) mod cross_site;
pub(super) mod function_status;
pub(super) mod headers;
pub(super) mod incident;
pub(super) mod limits;
pub(super) mod place;

pub(super) use admission::Admission;
