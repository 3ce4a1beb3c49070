//! Boards on a real database.

#![allow(clippy::disallowed_methods)] // tests look into the tables past our code

mod editing;
mod history;
mod publishing;
mod together;
mod undoing;
mod workshop;
