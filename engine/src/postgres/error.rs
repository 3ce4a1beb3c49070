//! What can go wrong with the database before anybody asks it anything: what, where, and what to do.

use std::{io, path::PathBuf};

/// Why the database is not there.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    #[error(
        "no PostgreSQL 15 or newer is installed (looked in {looked_in}): \
         install it with `apt-get install postgresql`, or name a server with --database-url"
    )]
    NoPrograms { looked_in: String },

    #[error(
        "the private database in {} was made by PostgreSQL {made_by}, which is not installed: \
         install it with `apt-get install postgresql-{made_by}`", place.display()
    )]
    OtherVersion { place: PathBuf, made_by: u32 },

    #[error(
        "PostgreSQL refuses to run as root, and this machine has no account `postgres` for it: \
         `apt-get install postgresql` makes one; or start Lingdong as another user"
    )]
    NoUnprivilegedAccount,

    #[error("user {uid} has no name on this machine, and PostgreSQL needs one: add it to /etc/passwd")]
    NamelessUser { uid: u32 },

    #[error("can't {attempting} {}: make it writable for this user, or choose another --data-dir", path.display())]
    Unwritable {
        attempting: &'static str,
        path: PathBuf,
        #[source]
        source: io::Error,
    },

    #[error(
        "the socket folder {} belongs to somebody else: remove it, or choose a --data-dir with a shorter path",
        path.display()
    )]
    ForeignSocketFolder { path: PathBuf },

    #[error("can't run {}", program.display())]
    NotRun {
        program: PathBuf,
        #[source]
        source: io::Error,
    },

    #[error("{program} failed: {output}")]
    ProgramFailed { program: &'static str, output: String },

    #[error("the private database did not start; the end of {} says: {end_of_log}", log.display())]
    NotStarted { log: PathBuf, end_of_log: String },

    #[error(
        "processes of a crashed private database still run in {} ({processes}): wait for them or end them, \
         then start again", place.display()
    )]
    Remains { place: PathBuf, processes: String },

    #[error("another process has been starting the private database in {} for {seconds} s: end it first", place.display())]
    StartedByAnother { place: PathBuf, seconds: u64 },

    #[error("the database URL can't be read: expected postgres://user:password@host:5432/name")]
    UnreadableUrl(#[source] sqlx::Error),

    #[error("no PostgreSQL answers at {server}: start it, or correct --database-url")]
    Unreachable {
        server: String,
        #[source]
        source: sqlx::Error,
    },

    #[error("PostgreSQL at {server} refuses user `{user}`: the password in --database-url is wrong or missing")]
    WrongPassword {
        server: String,
        user: String,
        #[source]
        source: sqlx::Error,
    },

    #[error("PostgreSQL at {server} has no database `{database}`: create it with `createdb {database}`")]
    NoSuchDatabase {
        server: String,
        database: String,
        #[source]
        source: sqlx::Error,
    },

    #[error("PostgreSQL at {server} is version {version}: 15 or newer is needed")]
    TooOld { server: String, version: u32 },

    #[error(
        "user `{user}` may not make the application role: let an administrator of the server run \
         `create role lingdong_application nologin; grant lingdong_application to \"{user}\"`, then start again"
    )]
    MayNotMakeRole {
        user: String,
        #[source]
        source: sqlx::Error,
    },

    #[error("the database belongs to a newer Lingdong (migration {version}): start that one")]
    NewerDatabase { version: i64 },

    #[error("the database can't be brought up to date")]
    Migration(#[source] sqlx::migrate::MigrateError),

    #[error("can't {attempting}")]
    Statement {
        attempting: &'static str,
        #[source]
        source: sqlx::Error,
    },
}

impl PostgresError {
    /// For `map_err` on what touches a file or folder.
    pub(super) fn unwritable(attempting: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Unwritable { attempting, path, source }
    }

    /// For `map_err` on a statement.
    pub(super) fn statement(attempting: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Statement { attempting, source }
    }
}
