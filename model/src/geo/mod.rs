//! Where something happened.

mod province;
mod region;

pub use province::{Province, ProvinceFacts, UnknownProvince};
pub use region::{Region, UnknownRegion};
