//! A throw-away PostgreSQL for tests and for preparing queries: in a folder of its own, on a socket only, without
//! waiting for the disk.

use anyhow::{Context, Result, bail};
use nix::{
    sys::signal::{Signal, kill},
    unistd::{Pid, User, geteuid},
};
use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// A running cluster; stopped and removed when dropped.
#[derive(Debug)]
pub(crate) struct ThrowAwayCluster {
    folder: PathBuf,
    server: Child,
}

impl ThrowAwayCluster {
    pub(crate) fn start() -> Result<Self> {
        // Under /tmp, since the user that PostgreSQL runs as can't look into root's home, and socket paths are short.
        let folder = PathBuf::from(format!("/tmp/lingdong-tests-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("{} is in the way", folder.display()))?;
        }
        fs::create_dir(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
        let owner = Owner::choose()?;
        if let Owner::Other { uid, gid } = owner {
            chown(&folder, Some(uid), Some(gid)).context("the folder could not be given to the user postgres")?;
        }
        let mut initdb = owner.command("initdb")?;
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
        let made = initdb.arg(folder.join("data")).output().context("initdb could not be started")?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        }
        let mut postgres = owner.command("postgres")?;
        postgres.arg("-D").arg(folder.join("data")).arg("-k").arg(&folder);
        for setting in
            ["listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
        {
            postgres.args(["-c", setting]);
        }
        let log = fs::File::create(folder.join("log")).context("the log could not be made")?;
        let server = postgres
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(log))
            .spawn()
            .context("postgres could not be started")?;
        let mut cluster = Self { folder, server };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    /// The owner's URL, for `DATABASE_URL`.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@localhost/postgres?host={}", self.folder.display())
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let began = Instant::now();
        loop {
            let ready = Command::new(program("pg_isready").context("pg_isready is missing beside initdb")?)
                .arg("-q")
                .arg("-h")
                .arg(&self.folder)
                .status();
            if ready.is_ok_and(|status| status.success()) {
                return Ok(());
            }
            let ended = self.server.try_wait().context("postgres could not be watched")?;
            if ended.is_some() || began.elapsed() > STARTS_WITHIN {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("the test PostgreSQL did not start: {log}");
            }
            thread::sleep(Duration::from_millis(30));
        }
    }
}

impl Drop for ThrowAwayCluster {
    fn drop(&mut self) {
        if let Ok(pid) = i32::try_from(self.server.id()) {
            // SIGINT ends all sessions at once; nothing here is worth keeping.
            let _ = kill(Pid::from_raw(pid), Signal::SIGINT);
        }
        drop(self.server.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Who PostgreSQL runs as: it refuses root.
#[derive(Debug, Clone, Copy)]
enum Owner {
    Caller,
    Other { uid: u32, gid: u32 },
}

impl Owner {
    fn choose() -> Result<Self> {
        if !geteuid().is_root() {
            return Ok(Self::Caller);
        }
        let user = User::from_name("postgres")
            .context("the users of this machine could not be read")?
            .context("there is no user postgres: the package postgresql makes one")?;
        Ok(Self::Other { uid: user.uid.as_raw(), gid: user.gid.as_raw() })
    }

    fn command(self, name: &str) -> Result<Command> {
        let path = program(name).with_context(|| format!("{name} is missing: install postgresql"))?;
        let mut command = Command::new(path);
        command.current_dir("/");
        if let Self::Other { uid, gid } = self {
            command.uid(uid).gid(gid);
        }
        Ok(command)
    }
}

/// Finds a program of PostgreSQL: Debian's newest version, else whatever is on the PATH.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin").join(name))))
        .filter(|(_, path)| path.exists())
        .collect();
    versions.sort();
    versions.pop().map(|(_, path)| path).or_else(|| {
        ["/usr/local/bin", "/usr/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin"]
            .iter()
            .map(|folder| Path::new(folder).join(name))
            .find(|path| path.exists())
    })
}
