//! Boards on a real database.

mod editing;
mod publishing;
mod together;
mod undoing;
mod workshop;
