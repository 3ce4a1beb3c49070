//! The real program, as a process of its own.

use nix::{
    sys::signal::{Signal, kill},
    unistd::{Pid, geteuid},
};
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// What systemd waits before it kills.
const ENDS_WITHIN: Duration = Duration::from_secs(90);

/// The program with a data folder and a bundle that satisfies it.
pub(crate) struct Program {
    folder: tempfile::TempDir,
    database_url: Option<String>,
    confined: bool,
}

impl Program {
    /// With a private PostgreSQL, where no URL is given.
    pub(crate) fn new(database_url: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Where root runs the tests, PostgreSQL runs as another user, who must reach the folder.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::create_dir_all(folder.path().join("site/pkg/1")).unwrap();
        fs::write(folder.path().join("site/pkg/1/parts.json"), "{}").unwrap();
        fs::write(folder.path().join("site/current.txt"), "1\n").unwrap();
        Self { folder, database_url, confined: false }
    }

    /// From here on as in a container: root, but with no right to look at the processes of other accounts.
    pub(crate) fn confine(&mut self) {
        self.confined = geteuid().is_root();
    }

    pub(crate) fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// There while the private PostgreSQL runs.
    pub(crate) fn postmaster_pid_file(&self) -> PathBuf {
        self.data_dir().join("postgres/data/postmaster.pid")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let program = env!("CARGO_BIN_EXE_lingdong");
        let mut command = Command::new(if self.confined { "setpriv" } else { program });
        if self.confined {
            command.args(["--bounding-set=-sys_ptrace", program]);
        }
        command.args(arguments).env("LINGDONG_DATA_DIR", self.data_dir()).stdin(Stdio::null());
        command.env("LINGDONG_SITE_DIR", self.folder.path().join("site")).env("LINGDONG_LOG", "warn");
        if let Some(url) = &self.database_url {
            command.env("LINGDONG_DATABASE_URL", url);
        }
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed and gives what it printed.
    pub(crate) fn printed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Starts the server on a free port and waits until it is ready.
    pub(crate) fn serve(&self) -> Running {
        let mut child = self
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let Some(line) = lines.next() else {
                let mut told = String::new();
                child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
                panic!("the server ended before it was ready: {told}");
            };
            if let Some((_, address)) = line.unwrap().split_once("http://") {
                break format!("http://{}", address.trim());
            }
        };
        Running { child, address }
    }
}

impl Drop for Program {
    /// A failed test leaves a private PostgreSQL behind; opening and closing the stores stops it.
    fn drop(&mut self) {
        if thread::panicking() && self.database_url.is_none() && self.data_dir().is_dir() {
            let _ = self.command(&["doctor"]).output();
        }
    }
}

/// A server that is running; killed when dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) address: String,
}

impl Running {
    /// As `kill -9` does it.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As a service manager does it; the server ends in its own time, which is no longer than a service manager waits.
    pub(crate) fn terminate(self) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap());
        kill(pid, Signal::SIGTERM).unwrap();
        let (ends, ended) = mpsc::channel();
        thread::spawn(move || {
            let mut running = self;
            let _ = ends.send(running.child.wait());
        });
        let Ok(status) = ended.recv_timeout(ENDS_WITHIN) else {
            kill(pid, Signal::SIGKILL).unwrap();
            panic!("the server did not end within {} s", ENDS_WITHIN.as_secs());
        };
        let status = status.unwrap();
        assert!(status.success(), "{status}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[allow(clippy::disallowed_methods)] // the real program runs by the real clock
pub(crate) fn now_ms() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since_1970.as_millis()).unwrap()
}
