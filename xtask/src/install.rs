//! Sets up what a machine lacks: the wasm target, Debian packages, npm packages, a Python package.

use crate::{command, progress::Progress, workspace::Workspace};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A Debian package and a way to see that it, or something like it, is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Package {
    name: &'static str,
    purpose: &'static str,
    present: fn() -> bool,
}

pub(crate) const POSTGRESQL: Package = Package {
    name: "postgresql",
    purpose: "accounts, boards and grants",
    present: || crate::postgres::program("initdb").is_some(),
};
pub(crate) const CPP_COMPILER: Package =
    Package { name: "g++", purpose: "DuckDB is built from its sources", present: || on_path("c++") };
pub(crate) const MAKE: Package =
    Package { name: "make", purpose: "the allocator is built from its sources", present: || on_path("make") };
pub(crate) const CLICKHOUSE: Package = Package {
    name: "clickhouse-server",
    purpose: "the second event store, in tests",
    present: || on_path("clickhouse-server"),
};
pub(crate) const PIP: Package = Package {
    name: "python3-pip",
    purpose: "today's ClickHouse as a Python package, in tests",
    present: || {
        Command::new("python3").args(["-m", "pip", "--version"]).output().is_ok_and(|asked| asked.status.success())
    },
};
pub(crate) const CHROMIUM: Package =
    Package { name: "chromium", purpose: "browser tests", present: || Path::new("/usr/bin/chromium").exists() };
pub(crate) const CJK_FONTS: Package = Package {
    name: "fonts-noto-cjk",
    purpose: "Chinese text in pictures of pages",
    present: || {
        ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype", "/usr/share/fonts/noto-cjk"]
            .iter()
            .filter_map(|folder| fs::read_dir(folder).ok())
            .flatten()
            .flatten()
            .any(|font| font.file_name().to_string_lossy().contains("CJK"))
    },
};

/// Installs the packages that are missing, or says which command does.
pub(crate) fn packages(progress: &Progress, wanted: &[Package]) -> Result<()> {
    let missing: Vec<&Package> = wanted.iter().filter(|package| !(package.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    let typed = format!("apt-get update && apt-get install -y --no-install-recommends {}", names.join(" "));
    let purposes: Vec<String> =
        missing.iter().map(|package| format!("{} ({})", package.name, package.purpose)).collect();
    if !nix::unistd::geteuid().is_root() || !on_path("apt-get") {
        bail!("missing: {}. Install with:\n  sudo sh -c '{typed}'", purposes.join(", "));
    }
    let step = progress.step(&format!("installing {}", purposes.join(", ")));
    let mut shell = Command::new("sh");
    shell.args(["-c", &typed]).env("DEBIAN_FRONTEND", "noninteractive");
    command::must(&step, shell)?;
    step.done("");
    Ok(())
}

/// Adds the browser's target to the Rust toolchain.
pub(crate) fn wasm_target(progress: &Progress) -> Result<()> {
    let printed = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .context("`rustc` could not be started: install Rust from https://rustup.rs")?;
    let sysroot = String::from_utf8_lossy(&printed.stdout).trim().to_owned();
    if Path::new(&sysroot).join("lib/rustlib/wasm32-unknown-unknown").exists() {
        return Ok(());
    }
    let step = progress.step("adding the wasm target");
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", "wasm32-unknown-unknown"]);
    command::must(&step, rustup)?;
    step.done("");
    Ok(())
}

/// `npm ci` in a folder, unless its lock file is installed already.
pub(crate) fn npm_packages(workspace: &Workspace, progress: &Progress, folder: &str) -> Result<()> {
    let lock = workspace.path(folder).join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("{} could not be read", lock.display()))?;
    let wanted = hex::encode(Sha256::digest(&wanted));
    let stamp = workspace.path(folder).join("node_modules/.installed-lock-sha256");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let step = progress.step(&format!("npm packages of {folder}"));
    let mut npm = workspace.npm(folder);
    npm.args(["ci", "--no-audit", "--no-fund"])
        .env("PUPPETEER_SKIP_DOWNLOAD", "1")
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command::must(&step, npm)?;
    fs::write(&stamp, wanted).with_context(|| format!("{} could not be written", stamp.display()))?;
    step.done("");
    Ok(())
}

/// The folder of Python packages with today's ClickHouse in it (`chdb`), for `PYTHONPATH`. It is kept beside what is built,
/// outside of the clone, and takes most of a gigabyte.
pub(crate) fn chdb(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    const WANTED: &str = "chdb==4.4.0";
    let folder = workspace.target().join("python");
    let stamp = folder.join(".installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == WANTED) {
        return Ok(folder);
    }
    let step = progress.step(&format!("the Python package {WANTED}"));
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", "--target"]);
    pip.arg(&folder).arg(WANTED);
    command::must(&step, pip)?;
    fs::write(&stamp, WANTED).with_context(|| format!("{} could not be written", stamp.display()))?;
    step.done("");
    Ok(folder)
}

/// Whether a program is found on the PATH.
pub(crate) fn on_path(program: &str) -> bool {
    Command::new("sh")
        .args(["-c", "command -v \"$1\" >/dev/null", "sh", program])
        .status()
        .is_ok_and(|status| status.success())
}
