//! The connections: migrated by the owner, used as the application role.

use super::{Notices, PostgresError, problem::as_calendar};
use model::time::Calendar;
use sqlx::{
    ConnectOptions as _, Connection as _, Executor as _, PgConnection, PgPool,
    error::DatabaseError,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr as _, time::Duration};
use tokio::time::timeout;

/// The migrations of this program; forward only.
pub static MIGRATOR: Migrator = sqlx::migrate!("../migrations");

/// `server_version_num` of the oldest version that does what we need.
const OLDEST_VERSION: u32 = 150_000;
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
const READY_WITHIN: Duration = Duration::from_secs(2);
/// A connection costs the server some megabytes, so few are kept when nobody asks.
const MOST_CONNECTIONS: u32 = 12;
const CLOSE_IDLE_AFTER: Duration = Duration::from_mins(1);

/// The pool of the application role, and the notices of change. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Databases {
    /// Connections of the application role, which owns nothing.
    pub application: PgPool,
    notices: Notices,
}

impl Databases {
    /// Connects with the owner's URL, runs the migrations (the first one makes the application role), and hands out
    /// the pool.
    pub async fn open(owner_url: &str) -> Result<Self, PostgresError> {
        let options = read_url(owner_url).map_err(PostgresError::UnreadableUrl)?;
        let options = options.application_name("lingdong");
        migrate(&options).await?;
        Ok(Self::of_migrated(options))
    }

    /// The pool for a database whose migrations have run.
    pub fn of_migrated(options: PgConnectOptions) -> Self {
        let application = PgPoolOptions::new()
            .max_connections(MOST_CONNECTIONS)
            .acquire_timeout(CONNECT_WITHIN)
            .idle_timeout(CLOSE_IDLE_AFTER)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection
                        .execute(
                            "set role lingdong_application; set statement_timeout = '30s'; set lock_timeout = '10s'",
                        )
                        .await?;
                    Ok(())
                })
            })
            .connect_lazy_with(options);
        let notices = Notices::start(application.clone());
        Self { application, notices }
    }

    /// What other connections change.
    pub const fn notices(&self) -> &Notices {
        &self.notices
    }

    /// Whether the database answers a real query just now.
    #[allow(clippy::disallowed_methods)] // it asks for nothing, so there is nothing to check
    pub async fn ready(&self) -> Result<(), PostgresError> {
        let attempting = "ask the database whether it is there";
        match timeout(READY_WITHIN, sqlx::query("select 1").execute(&self.application)).await {
            Ok(answer) => answer.map(drop).map_err(PostgresError::statement(attempting)),
            Err(_) => Err(PostgresError::Statement { attempting, source: sqlx::Error::PoolTimedOut }),
        }
    }

    /// The calendar of the organisation that exists by default.
    pub async fn calendar(&self) -> Result<Calendar, PostgresError> {
        let row = sqlx::query!("select utc_offset_minutes, day_start_minute from organisation where id = 1")
            .fetch_one(&self.application)
            .await
            .map_err(PostgresError::statement("read the organisation's calendar"))?;
        Ok(as_calendar(row.utc_offset_minutes, row.day_start_minute))
    }

    /// Waits for running statements, then closes every connection.
    pub async fn close(&self) {
        self.application.close().await;
    }
}

fn read_url(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    // The driver itself takes any scheme, and would look for a host of that name.
    match url.split_once("://") {
        Some(("postgres" | "postgresql", _)) => PgConnectOptions::from_str(url),
        _ => Err(sqlx::Error::Configuration("the URL does not begin with postgres://".into())),
    }
}

async fn migrate(options: &PgConnectOptions) -> Result<(), PostgresError> {
    let late = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
    let connected = timeout(CONNECT_WITHIN, options.connect()).await.map_err(late).flatten();
    let mut owner = connected.map_err(|error| refusal(options, error))?;
    let version = version(&mut owner).await?;
    if version < OLDEST_VERSION {
        return Err(PostgresError::TooOld { server: server(options), version: version / 10_000 });
    }
    MIGRATOR.run(&mut owner).await.map_err(|error| migration_error(options, error))?;
    let _ = owner.close().await;
    Ok(())
}

async fn version(owner: &mut PgConnection) -> Result<u32, PostgresError> {
    let row = sqlx::query!(r#"select current_setting('server_version_num')::integer as "version!""#)
        .fetch_one(owner)
        .await
        .map_err(PostgresError::statement("read the version of PostgreSQL"))?;
    Ok(row.version.unsigned_abs())
}

/// Why the server did not let us in.
fn refusal(options: &PgConnectOptions, source: sqlx::Error) -> PostgresError {
    let code = source.as_database_error().and_then(DatabaseError::code).map(String::from);
    let server = server(options);
    match code.as_deref() {
        // invalid_password, invalid_authorization_specification
        Some("28P01" | "28000") => {
            PostgresError::WrongPassword { server, user: options.get_username().to_owned(), source }
        }
        // invalid_catalog_name
        Some("3D000") => {
            let database = options.get_database().unwrap_or(options.get_username()).to_owned();
            PostgresError::NoSuchDatabase { server, database, source }
        }
        _ => PostgresError::Unreachable { server, source },
    }
}

fn migration_error(options: &PgConnectOptions, error: MigrateError) -> PostgresError {
    match error {
        MigrateError::VersionMissing(version) => PostgresError::NewerDatabase { version },
        MigrateError::ExecuteMigration(source, 1) if lacks_privilege(&source) => {
            PostgresError::MayNotMakeRole { user: options.get_username().to_owned(), source }
        }
        other => PostgresError::Migration(other),
    }
}

fn lacks_privilege(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(DatabaseError::code).is_some_and(|code| code == "42501")
}

/// Where the server is, without any secret.
fn server(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}
