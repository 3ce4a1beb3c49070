//! In which folder a process of PostgreSQL works.
//!
//! Root may look at the processes of other accounts only with `CAP_SYS_PTRACE`, which containers don't have by default.
//! An account may always look at its own.

use super::system_account::SystemAccount;
use std::{
    ffi::OsStr,
    fs,
    io::ErrorKind,
    os::unix::{ffi::OsStrExt as _, fs::MetadataExt as _},
    path::{Path, PathBuf},
};

/// Where a process works, seen from a cluster's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkingFolder {
    Here,
    Elsewhere,
    /// It belongs to the owner of the cluster's files, and neither we nor the account may look.
    Unseen,
}

/// Where the process works, if it is there and PostgreSQL's.
pub(super) async fn of_postgres(process: u32, data: &Path, account: &SystemAccount) -> Option<WorkingFolder> {
    let folder = PathBuf::from(format!("/proc/{process}"));
    if !fs::read_to_string(folder.join("comm")).ok()?.starts_with("postgres") {
        return None;
    }
    let link = folder.join("cwd");
    let seen = match fs::read_link(&link) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => seen_by(account, &link).await,
        Err(_ended_meanwhile) => return None,
        Ok(works_in) => Some(works_in),
    };
    match seen {
        Some(works_in) if works_in == data => Some(WorkingFolder::Here),
        // PostgreSQL serves only files of its own account.
        None if owner(&folder)? == owner(data)? => Some(WorkingFolder::Unseen),
        Some(_) | None => Some(WorkingFolder::Elsewhere),
    }
}

async fn seen_by(account: &SystemAccount, link: &Path) -> Option<PathBuf> {
    let output = account.command(Path::new("readlink"), Path::new("/")).arg("-n").arg(link).output().await.ok()?;
    output.status.success().then(|| PathBuf::from(OsStr::from_bytes(&output.stdout)))
}

fn owner(path: &Path) -> Option<u32> {
    fs::metadata(path).ok().map(|found| found.uid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_postgresql_counts() {
        let account = SystemAccount::choose().unwrap();
        let here = fs::read_link("/proc/self/cwd").unwrap();
        assert_eq!(of_postgres(std::process::id(), &here, &account).await, None);
    }

    #[tokio::test]
    async fn an_account_sees_where_its_own_processes_work() {
        let account = SystemAccount::choose().unwrap();
        let mut sleeper = account.command(Path::new("sleep"), Path::new("/tmp")).arg("60").spawn().unwrap();
        let link = PathBuf::from(format!("/proc/{}/cwd", sleeper.id().unwrap()));
        let seen = seen_by(&account, &link).await;
        sleeper.kill().await.unwrap();
        assert_eq!(seen, Some(PathBuf::from("/tmp")));
    }
}
