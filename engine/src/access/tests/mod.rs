//! Rights on a real database.

#![allow(clippy::disallowed_methods)] // tests look into the tables past our code

mod freshness;
mod grants;
mod roles;
mod sign_in;
pub(crate) mod world;
