//! Templates: boards that new ones begin with. Fourteen are shipped as files; a department keeps its own in PostgreSQL.
//!
//! A template holds no numbers. A board that begins with one is read like any other, within the scope of whoever reads it.
//!
//! - [`shipped`]: the files, in both languages
//! - [`Templates`]: the door

mod own;
mod service;
pub mod shipped;

pub use service::Templates;
