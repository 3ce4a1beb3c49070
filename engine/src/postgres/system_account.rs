//! Under which account of the machine the private cluster runs, and who we are to it.

use super::PostgresError;
use nix::unistd::{Uid, User};
use std::path::Path;
use tokio::process::Command;

/// The account that runs the cluster when we are root, which PostgreSQL refuses to run as. Its package makes it.
const UNPRIVILEGED: &str = "postgres";

/// The account that owns the cluster's files and processes.
#[derive(Debug, Clone)]
pub(super) struct SystemAccount {
    pub(super) uid: u32,
    pub(super) gid: u32,
    /// The name of the account we run as ourselves: the one that may connect.
    pub(super) own_name: String,
    /// Whether it is another account than ours.
    changes_account: bool,
}

impl SystemAccount {
    pub(super) fn choose() -> Result<Self, PostgresError> {
        let own_uid = Uid::effective();
        let nameless = || PostgresError::NamelessUser { uid: own_uid.as_raw() };
        let own = User::from_uid(own_uid).ok().flatten().ok_or_else(nameless)?;
        let runs = if own_uid.is_root() {
            User::from_name(UNPRIVILEGED).ok().flatten().ok_or(PostgresError::NoUnprivilegedAccount)?
        } else {
            own.clone()
        };
        Ok(Self {
            uid: runs.uid.as_raw(),
            gid: runs.gid.as_raw(),
            own_name: own.name,
            changes_account: own_uid.is_root(),
        })
    }

    /// A command that runs under the account, with nothing of our environment.
    pub(super) fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env_clear()
            .env("LC_ALL", "C")
            .env("PATH", "/usr/bin:/bin")
            .stdin(std::process::Stdio::null());
        if self.changes_account {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Gives a file or folder to the account.
    pub(super) fn give(&self, path: &Path) -> Result<(), PostgresError> {
        if !self.changes_account {
            return Ok(());
        }
        std::os::unix::fs::lchown(path, Some(self.uid), Some(self.gid))
            .map_err(PostgresError::unwritable("give to the account of the database", path))
    }
}
