//! PostgreSQL: a private cluster of our own, the connections, the migrations, and the notices of change.
//!
//! Two roles. The *owner* (the user of the database URL) owns every table and migrates. The *application role*
//! `lingdong_application` owns nothing and holds only what the migrations grant it. It can't log in: each connection
//! of the pool logs in as the owner and becomes the application role before anything else runs on it. So one URL is
//! enough for a server of ours and for somebody else's, no second password lies anywhere, and two databases of one
//! cluster don't fight over one. What keeps a statement from taking the owner's role back is that there is no other
//! SQL than the static statements of this crate.
//!
//! - [`Databases`]: the pool, after the migrations
//! - [`PrivateCluster`]: a PostgreSQL under the data directory
//! - [`Notices`]: what other connections changed

mod cluster;
mod databases;
mod error;
mod notices;
mod postmaster;
mod problem;
mod programs;
mod settings;
mod site;
mod system_account;
#[cfg(test)]
mod tests;
mod working_folder;

pub use cluster::PrivateCluster;
pub use databases::{Databases, MIGRATOR};
pub use error::PostgresError;
pub use notices::{Notice, Notices};
pub(crate) use problem::{OrProblem, as_calendar, as_database_time, as_timestamp};

/// Any error of opening a store.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
