//! A server with a data folder of its own, started for a measurement and stopped after it.

use super::processor::processor_time;
use anyhow::{Context, Result, bail, ensure};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use std::{
    fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const START_TIMEOUT: Duration = Duration::from_mins(2);
const STOP_TIMEOUT: Duration = Duration::from_mins(1);
const IDLE_TIMEOUT: Duration = Duration::from_mins(30);
/// It is idle once it has taken little of the processor in so many looks of that length.
const QUIET_LOOKS: u32 = 4;
const LOOK: Duration = Duration::from_secs(2);
const GLANCE: Duration = Duration::from_millis(25);
/// Asks, and sees every province.
const EDITOR: &str = "bench@lingdong.local";

pub(crate) struct BenchServer {
    program: PathBuf,
    site: PathBuf,
    data: PathBuf,
    port: u16,
    figures_port: u16,
    child: Child,
}

impl BenchServer {
    pub(crate) fn start(program: &Path, site: &Path) -> Result<Self> {
        let data = std::env::temp_dir().join(format!("lingdong-bench-{}-{}", std::process::id(), free_port()?));
        fs::create_dir_all(&data).with_context(|| format!("{} could not be made", data.display()))?;
        // Started by root, the private PostgreSQL runs as another user.
        fs::set_permissions(&data, fs::Permissions::from_mode(0o755))?;
        let (port, figures_port) = (free_port()?, free_port()?);
        let child = spawn(program, site, &data, (port, figures_port))?;
        let (program, site) = (program.to_path_buf(), site.to_path_buf());
        let mut server = Self { program, site, data, port, figures_port, child };
        server.wait_until_ready()?;
        Ok(server)
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a crash does, and starts it again on the same data.
    pub(crate) fn crash_and_restart(&mut self) -> Result<()> {
        self.child.kill().context("the server could not be killed")?;
        self.child.wait().context("the killed server could not be waited for")?;
        self.restart()
    }

    /// Starts it again after it was stopped.
    pub(crate) fn restart(&mut self) -> Result<()> {
        self.child = spawn(&self.program, &self.site, &self.data, (self.port, self.figures_port))?;
        self.wait_until_ready()
    }

    /// Stops it as an operator does.
    pub(crate) fn stop(&mut self) -> Result<()> {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        kill(Pid::from_raw(self.pid().cast_signed()), Signal::SIGTERM)
            .context("the server could not be asked to stop")?;
        let began = Instant::now();
        while self.child.try_wait()?.is_none() {
            ensure!(began.elapsed() < STOP_TIMEOUT, "the server did not stop within {STOP_TIMEOUT:?}");
            thread::sleep(GLANCE);
        }
        Ok(())
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let began = Instant::now();
        let ready = format!("{}/readyz", self.address());
        while began.elapsed() < START_TIMEOUT {
            if let Some(status) = self.child.try_wait()? {
                bail!(
                    "the server ended while it started ({status}); run {} serve --data-dir {} to see why",
                    self.program.display(),
                    self.data.display()
                );
            }
            if ureq::get(&ready).call().is_ok() {
                return Ok(());
            }
            thread::sleep(GLANCE);
        }
        bail!("the server was not ready within {START_TIMEOUT:?}")
    }

    /// Waits until it does nothing of its own any more: days that were filled in are put in order first.
    pub(crate) fn wait_until_idle(&self) -> Result<()> {
        let (began, mut quiet) = (Instant::now(), 0);
        while quiet < QUIET_LOOKS {
            ensure!(began.elapsed() < IDLE_TIMEOUT, "the server was not idle within {IDLE_TIMEOUT:?}");
            let before = processor_time(self.pid())?;
            thread::sleep(LOOK);
            let taken = processor_time(self.pid())?.saturating_sub(before);
            quiet = if taken < LOOK / 10 { quiet + 1 } else { 0 };
        }
        Ok(())
    }

    /// What a command of the product prints on its standard output.
    pub(crate) fn command(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new(&self.program)
            .args(arguments)
            .env("LINGDONG_DATA_DIR", &self.data)
            .output()
            .with_context(|| format!("{} could not be started", self.program.display()))?;
        ensure!(
            output.status.success(),
            "lingdong {} failed: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// A key that may send events.
    pub(crate) fn write_key(&self, name: &str) -> Result<String> {
        self.command(&["source", "create", name])
    }

    /// A token that may ask about every province.
    pub(crate) fn token(&self) -> Result<String> {
        self.token_of(EDITOR, "all,unknown")
    }

    /// A token of a person who sees these regions, the person made where there is none.
    pub(crate) fn token_of(&self, email: &str, regions: &str) -> Result<String> {
        if !self.command(&["user", "list"])?.contains(email) {
            self.command(&["user", "add", email, "--role", "editor"])?;
            self.command(&["user", "grant", email, "--domains", "all", "--regions", regions])?;
        }
        self.command(&["token", "create", "--user", email])
    }

    /// One of the figures that the server keeps about itself.
    pub(crate) fn figure(&self, name: &str) -> Result<f64> {
        let page =
            ureq::get(format!("http://127.0.0.1:{}/metrics", self.figures_port)).call()?.body_mut().read_to_string()?;
        let value = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value.with_context(|| format!("the server keeps no figure {name}"))?.parse().context("a figure is no number")
    }
}

impl Drop for BenchServer {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("{error:#}");
            drop(self.child.kill());
        }
        // A folder that stays behind is only untidy.
        drop(fs::remove_dir_all(&self.data));
    }
}

fn spawn(program: &Path, site: &Path, data: &Path, (port, figures_port): (u16, u16)) -> Result<Child> {
    Command::new(program)
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--log", "warn"])
        .args(["--metrics-listen", &format!("127.0.0.1:{figures_port}")])
        .arg("--data-dir")
        .arg(data)
        .arg("--site-dir")
        .arg(site)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("{} could not be started", program.display()))
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no port is free")?;
    Ok(listener.local_addr()?.port())
}
