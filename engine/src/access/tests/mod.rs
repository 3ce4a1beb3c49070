//! Rights on a real database.

mod freshness;
mod grants;
mod roles;
mod sign_in;
pub(crate) mod world;
