//! Own metrics: kept with all their versions, and taken into the running catalogue at the moment they change.
//!
//! The database tells every process of a change (`LISTEN`/`NOTIFY`), as it does of grants; the process that made it knows
//! at once.
//!
//! - [`OwnMetrics`]: the door
//! - `keep`: a new version, looked over first; `retire`: out of use, and back
//! - `view`: one with its history and the boards that show it; `check`: one that is being composed
//! - `import`, `file`: from and to files

mod check;
mod file;
mod import;
mod keep;
mod loading;
mod retire;
mod service;
#[cfg(test)]
mod tests;
mod unreadable;
mod view;

pub use keep::NewVersion;
pub use model::metric::own::FileForm;
pub use service::OwnMetrics;

/// The shape of documents as this program writes them.
const SCHEMA_VERSION: i16 = 1;
