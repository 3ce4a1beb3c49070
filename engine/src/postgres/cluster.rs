//! A PostgreSQL of our own under the data directory, on a Unix socket only.

use super::{
    PostgresError, postmaster,
    programs::Programs,
    settings::{self, OWNER, Purpose},
    site::{PORT, Site},
    system_account::SystemAccount,
};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, postgres::PgConnectOptions};
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// The database of the private cluster.
const DATABASE: &str = "lingdong";
/// How long a start or a stop may take; recovery after a crash is part of a start.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running private cluster. Dropping it leaves the server running; the next start adopts it.
#[derive(Debug)]
pub struct PrivateCluster {
    site: Site,
    programs: Programs,
    account: SystemAccount,
    url: String,
}

impl PrivateCluster {
    /// Makes the cluster where there is none, adopts a server that runs, cleans up after one that crashed, and starts.
    pub async fn start(data_dir: &Path) -> Result<Self, PostgresError> {
        Self::start_for(data_dir, Purpose::Production).await
    }

    /// The same for tests: fast, with room for many databases, and worth nothing after a crash.
    pub async fn start_for_tests(data_dir: &Path) -> Result<Self, PostgresError> {
        Self::start_for(data_dir, Purpose::Tests).await
    }

    /// URL of the owner role over the socket.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Fast shutdown; waits for it.
    pub async fn stop(self) -> Result<(), PostgresError> {
        let mut pg_ctl = self.pg_ctl();
        let output = pg_ctl.args(["stop", "-m", "fast", "-w", "-t", &PATIENCE.as_secs().to_string()]).output().await;
        let output = output.map_err(|source| PostgresError::NotRun { program: self.programs.pg_ctl(), source })?;
        if output.status.success() || postmaster::living(&self.site, &self.account).await.is_none() {
            Ok(())
        } else {
            Err(PostgresError::ProgramFailed { program: "pg_ctl stop", output: said(&output) })
        }
    }

    async fn start_for(data_dir: &Path, purpose: Purpose) -> Result<Self, PostgresError> {
        let account = SystemAccount::choose()?;
        let site = Site::settle(data_dir, &account)?;
        let _lock = lock(&site).await?;
        let programs = Programs::find(site.made_by(), site.folder())?;
        let mut cluster = Self { site, programs, account, url: String::new() };
        if cluster.site.made_by().is_none() {
            cluster.make().await?;
        }
        let socket_folder = match cluster.adopt(purpose).await? {
            Some(socket_folder) => socket_folder,
            None => cluster.launch(purpose).await?,
        };
        cluster.url = url(&socket_folder, DATABASE);
        if let Err(error) = make_database(&socket_folder).await {
            // Nobody gets to know of a server that is of no use, so nobody else would stop it.
            if let Err(still_running) = cluster.stop().await {
                tracing::error!(error = %still_running, "the private database still runs");
            }
            return Err(error);
        }
        Ok(cluster)
    }

    /// Made beside its place and moved there whole, so that a crash leaves no half of a cluster.
    async fn make(&self) -> Result<(), PostgresError> {
        let unfinished = self.site.folder().join("data.unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(PostgresError::unwritable("remove the unfinished", &unfinished))?;
        }
        let mut initdb = self.account.command(&self.programs.initdb(), self.site.folder());
        initdb.arg("--pgdata").arg(&unfinished).args(["--username", OWNER, "--encoding", "UTF8", "--locale", "C"]);
        initdb.args(["--auth-local", "peer", "--auth-host", "reject", "--no-instructions"]);
        let output = initdb.output().await;
        let output = output.map_err(|source| PostgresError::NotRun { program: self.programs.initdb(), source })?;
        if !output.status.success() {
            return Err(PostgresError::ProgramFailed { program: "initdb", output: said(&output) });
        }
        fs::rename(&unfinished, self.site.data())
            .map_err(PostgresError::unwritable("put the new database into", self.site.data()))
    }

    /// A server that outlived its Lingdong is used as it is. `None` where there is none, or it was just going down.
    async fn adopt(&self, purpose: Purpose) -> Result<Option<PathBuf>, PostgresError> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while let Some(running) = postmaster::living(&self.site, &self.account).await {
            // Another account may be starting us than the one that started the server.
            settings::write(&self.site, &running.socket_folder, &self.account, purpose)?;
            let _ = self.pg_ctl().arg("reload").output().await;
            match connect(&running.socket_folder, "postgres").await {
                Ok(connection) => {
                    let _ = connection.close().await;
                    tracing::info!("adopted the private database that was still running");
                    return Ok(Some(running.socket_folder));
                }
                Err(source) if tokio::time::Instant::now() > deadline => {
                    let server = running.socket_folder.display().to_string();
                    return Err(PostgresError::Unreachable { server, source });
                }
                // Starting up, or on its way down.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
        Ok(None)
    }

    async fn launch(&self, purpose: Purpose) -> Result<PathBuf, PostgresError> {
        let socket_folder = self.site.socket_folder(&self.account)?;
        postmaster::clean_up(&self.site, &self.account).await?;
        postmaster::clean_up_socket(&socket_folder);
        settings::write(&self.site, &socket_folder, &self.account, purpose)?;
        let mut pg_ctl = self.pg_ctl();
        // `pg_ctl` takes the server out of our process group: a Ctrl-C meant for us does not end it before we are done.
        pg_ctl.arg("start").arg("-l").arg(self.site.log()).args(["-w", "-t", &PATIENCE.as_secs().to_string()]);
        let status = pg_ctl.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).status().await;
        let status = status.map_err(|source| PostgresError::NotRun { program: self.programs.pg_ctl(), source })?;
        if status.success() {
            Ok(socket_folder)
        } else {
            Err(PostgresError::NotStarted { log: self.site.log(), end_of_log: end_of(&self.site.log()) })
        }
    }

    fn pg_ctl(&self) -> tokio::process::Command {
        let mut command = self.account.command(&self.programs.pg_ctl(), self.site.folder());
        command.arg("--pgdata").arg(self.site.data());
        command
    }
}

/// Held while starting, so that two starts of one cluster wait for each other.
async fn lock(site: &Site) -> Result<fs::File, PostgresError> {
    let path = site.folder().join("start.lock");
    let file = fs::File::create(&path).map_err(PostgresError::unwritable("write", &path))?;
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::Error(source)) => {
                return Err(PostgresError::unwritable("lock", &path)(source));
            }
            Err(fs::TryLockError::WouldBlock) if tokio::time::Instant::now() > deadline => {
                let place = site.folder().to_owned();
                return Err(PostgresError::StartedByAnother { place, seconds: PATIENCE.as_secs() });
            }
            Err(fs::TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn connect(socket_folder: &Path, database: &str) -> Result<PgConnection, sqlx::Error> {
    PgConnectOptions::new_without_pgpass()
        .socket(socket_folder)
        .port(PORT)
        .username(OWNER)
        .database(database)
        .connect()
        .await
}

#[allow(clippy::disallowed_methods)] // a database can't be made by a prepared statement, nor before there is a schema
async fn make_database(socket_folder: &Path) -> Result<(), PostgresError> {
    let attempting = "make the database in the private cluster";
    let mut connection = connect(socket_folder, "postgres").await.map_err(PostgresError::statement(attempting))?;
    let exists =
        sqlx::query("select from pg_database where datname = 'lingdong'").fetch_optional(&mut connection).await;
    if exists.map_err(PostgresError::statement(attempting))?.is_none() {
        let made = sqlx::query("create database lingdong").execute(&mut connection).await;
        made.map_err(PostgresError::statement(attempting))?;
    }
    let _ = connection.close().await;
    Ok(())
}

fn url(socket_folder: &Path, database: &str) -> String {
    let mut host = String::new();
    for byte in socket_folder.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => host.push(char::from(*byte)),
            other => {
                let _ = write!(host, "%{other:02X}");
            }
        }
    }
    format!("postgres://{OWNER}@localhost:{PORT}/{database}?host={host}")
}

fn said(output: &std::process::Output) -> String {
    let both = [output.stderr.as_slice(), output.stdout.as_slice()].concat();
    String::from_utf8_lossy(&both).trim().to_owned()
}

/// The last lines of a file.
fn end_of(path: &Path) -> String {
    let text = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().rev().take(8).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
