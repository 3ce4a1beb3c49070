//! Whether a server of the cluster runs, told from its pid file and from the processes that really are there.
//!
//! A pid file alone proves nothing: after a crash it stays, and its number may belong to another program by then. A
//! server and all its children have the cluster's folder as their working directory, so that is what is looked at.

use super::{
    PostgresError,
    site::Site,
    system_account::SystemAccount,
    working_folder::{self, WorkingFolder},
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long the children of a crashed server may take to notice it.
const REMAINS_MAY_TAKE: Duration = Duration::from_secs(30);

/// A server that runs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Postmaster {
    /// Where it really listens.
    pub(super) socket_folder: PathBuf,
}

/// The server of this cluster, if it runs. Where nobody may see what the process of the pid file works in, it counts
/// as running: starting a second server would ruin the files of the first.
pub(super) async fn living(site: &Site, account: &SystemAccount) -> Option<Postmaster> {
    let written = fs::read_to_string(pid_file(site)).ok()?;
    let mut lines = written.lines();
    let pid: u32 = lines.next()?.trim().parse().ok()?;
    // Process, data folder, start, port, socket folder.
    let socket_folder = lines.nth(3).map(PathBuf::from)?;
    match working_folder::of_postgres(pid, &site.data(), account).await? {
        WorkingFolder::Here | WorkingFolder::Unseen => Some(Postmaster { socket_folder }),
        WorkingFolder::Elsewhere => None,
    }
}

/// After a crash: waits for the rest of the old server to be gone, then takes its pid file away.
/// Nothing is taken away while a process is there of which nobody may see that it is another cluster's.
pub(super) async fn clean_up(site: &Site, account: &SystemAccount) -> Result<(), PostgresError> {
    let pid_file = pid_file(site);
    if !pid_file.exists() {
        return Ok(());
    }
    let deadline = tokio::time::Instant::now() + REMAINS_MAY_TAKE;
    loop {
        let remains = processes_in(&site.data(), account).await;
        if remains.is_empty() {
            break;
        }
        if tokio::time::Instant::now() > deadline {
            let processes = remains.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            return Err(PostgresError::Remains { place: site.data(), processes });
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tracing::info!(path = %pid_file.display(), "the private database was not stopped cleanly; cleaning up after it");
    fs::remove_file(&pid_file).map_err(PostgresError::unwritable("remove the stale", &pid_file))
}

/// The socket's lock file has a pid of its own that may be somebody else's by now.
pub(super) fn clean_up_socket(socket_folder: &Path) {
    let socket = super::site::socket_path(socket_folder);
    let mut lock = socket.clone().into_os_string();
    lock.push(".lock");
    for path in [PathBuf::from(lock), socket] {
        // A file that is not there needs no removing, and for any other reason PostgreSQL says itself what is wrong.
        let _ = fs::remove_file(path);
    }
}

fn pid_file(site: &Site) -> PathBuf {
    site.data().join("postmaster.pid")
}

async fn processes_in(data: &Path, account: &SystemAccount) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let processes: Vec<u32> = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    let mut here = Vec::new();
    for process in processes {
        match working_folder::of_postgres(process, data, account).await {
            Some(WorkingFolder::Here | WorkingFolder::Unseen) => here.push(process),
            Some(WorkingFolder::Elsewhere) | None => {}
        }
    }
    here
}
