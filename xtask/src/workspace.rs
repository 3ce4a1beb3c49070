//! Where things lie: the sources, and everything built.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What cargo tells a program that it runs about its package.
const SAID_OF_XTASK: [&str; 16] = [
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PKG_AUTHORS",
    "CARGO_PKG_DESCRIPTION",
    "CARGO_PKG_HOMEPAGE",
    "CARGO_PKG_LICENSE",
    "CARGO_PKG_LICENSE_FILE",
    "CARGO_PKG_NAME",
    "CARGO_PKG_README",
    "CARGO_PKG_REPOSITORY",
    "CARGO_PKG_RUST_VERSION",
    "CARGO_PKG_VERSION",
    "CARGO_PKG_VERSION_MAJOR",
    "CARGO_PKG_VERSION_MINOR",
    "CARGO_PKG_VERSION_PATCH",
    "CARGO_PKG_VERSION_PRE",
];

/// The folders of this clone.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// `package` is where this package lies by what the cargo that started us says. Where it is not said, it is where it
    /// lay when it was compiled; that alone would be wrong where several clones share a target folder.
    pub(crate) fn new(package: Option<PathBuf>, target: Option<PathBuf>) -> Self {
        let here = package.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = here.parent().unwrap_or(&here).to_path_buf();
        let target = root.join(target.unwrap_or_else(|| PathBuf::from("target")));
        Self { root, target }
    }

    /// The folder that holds the workspace's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The browser bundle, as the server serves it.
    pub(crate) fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// Notes of what was done with which inputs, so that nothing is done twice.
    pub(crate) fn stamp(&self, name: &str) -> PathBuf {
        self.target.join("xtask").join(name)
    }

    pub(crate) fn server_binary(&self) -> PathBuf {
        self.target.join("debug").join("lingdong")
    }

    /// A cargo that is asked as if by hand: what the cargo that started us says of xtask is kept from it. Build
    /// scripts that look at these would run again for each clone, and DuckDB's depends on one that does.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new("cargo");
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        for variable in SAID_OF_XTASK {
            command.env_remove(variable);
        }
        command
    }

    pub(crate) fn npm(&self, folder: &str) -> Command {
        let mut command = Command::new("npm");
        command.current_dir(self.path(folder));
        command
    }
}
