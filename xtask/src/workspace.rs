//! Where things lie: the sources, and everything built.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The folders of this clone.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    pub(crate) fn new(target: Option<PathBuf>) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.parent().unwrap_or(here).to_path_buf();
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

    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new("cargo");
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    pub(crate) fn npm(&self, folder: &str) -> Command {
        let mut command = Command::new("npm");
        command.current_dir(self.path(folder));
        command
    }
}
