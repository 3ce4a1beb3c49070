//! Rights on a real database.

#![allow(clippy::disallowed_methods)] // tests look into the tables past our code

mod desk;
mod freshness;
mod grants;
mod own_account;
mod people;
mod roles;
mod sign_in;
pub(crate) mod world;
