//! Where the private cluster stands: its folder, its socket and its log.
//!
//! `<data dir>/postgres` holds all of it. Where the account of the cluster can't reach that (a data directory in
//! root's home), `postgres` is a link to a folder under `/var/lib/lingdong` instead.

use super::{PostgresError, system_account::SystemAccount};
use sha2::{Digest, Sha256};
use std::{
    fs,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// The port only names the socket's file: nothing listens on the network.
pub(super) const PORT: u16 = 5432;
/// `sockaddr_un` holds 108 bytes, the closing zero included.
const LONGEST_SOCKET_PATH: usize = 107;
const OUTSIDE: &str = "/var/lib/lingdong";

/// The folders of one cluster.
#[derive(Debug, Clone)]
pub(super) struct Site {
    folder: PathBuf,
}

impl Site {
    /// Finds the cluster's folder, or makes one.
    pub(super) fn settle(data_dir: &Path, account: &SystemAccount) -> Result<Self, PostgresError> {
        fs::create_dir_all(data_dir).map_err(PostgresError::unwritable("create the data folder", data_dir))?;
        let data_dir = data_dir.canonicalize().map_err(PostgresError::unwritable("open the data folder", data_dir))?;
        let entry = data_dir.join("postgres");
        if entry.symlink_metadata().is_err() {
            if is_reachable(&data_dir, account) {
                make_folder(&entry)?;
            } else {
                let outside = PathBuf::from(OUTSIDE);
                if !outside.exists() {
                    fs::create_dir_all(&outside).map_err(PostgresError::unwritable("create the folder", &outside))?;
                    fs::set_permissions(&outside, fs::Permissions::from_mode(0o755))
                        .map_err(PostgresError::unwritable("open the folder to the database", &outside))?;
                }
                let folder = outside.join(format!("postgres-{}", Uuid::now_v7().simple()));
                make_folder(&folder)?;
                symlink(&folder, &entry).map_err(PostgresError::unwritable("link the database into", &data_dir))?;
            }
        }
        let folder = entry.canonicalize().map_err(PostgresError::unwritable("open the database folder", &entry))?;
        account.give(&folder)?;
        Ok(Self { folder })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What PostgreSQL calls PGDATA.
    pub(super) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.folder.join("postgres.log")
    }

    /// The major version that made the cluster; `None` where there is none yet.
    pub(super) fn made_by(&self) -> Option<u32> {
        fs::read_to_string(self.data().join("PG_VERSION")).ok()?.trim().parse().ok()
    }

    /// A folder for the socket that nobody else can enter: beside the data, or in /tmp where that path is too long.
    pub(super) fn socket_folder(&self, account: &SystemAccount) -> Result<PathBuf, PostgresError> {
        let beside = self.folder.join("socket");
        let folder = if socket_path(&beside).as_os_str().len() <= LONGEST_SOCKET_PATH {
            beside
        } else {
            let digest = Sha256::digest(self.folder.as_os_str().as_encoded_bytes());
            let short: String = hex::encode(digest).chars().take(16).collect();
            PathBuf::from(format!("/tmp/lingdong-{short}"))
        };
        match folder.symlink_metadata() {
            // Anybody may write to /tmp: only a folder that is ours, and no link, is taken.
            Ok(found) if found.is_dir() && found.uid() == account.uid && is_private(found.mode()) => {}
            Ok(_) => return Err(PostgresError::ForeignSocketFolder { path: folder }),
            Err(_) => {
                make_folder(&folder)?;
                account.give(&folder)?;
            }
        }
        Ok(folder)
    }
}

/// The socket's file in its folder.
pub(super) fn socket_path(folder: &Path) -> PathBuf {
    folder.join(format!(".s.PGSQL.{PORT}"))
}

/// Whether nobody but the owner may do anything with it.
const fn is_private(mode: u32) -> bool {
    let of_others = 0o077;
    mode & of_others == 0
}

fn make_folder(path: &Path) -> Result<(), PostgresError> {
    fs::DirBuilder::new().mode(0o700).create(path).map_err(PostgresError::unwritable("create the folder", path))?;
    // The process may run under a umask that takes away more than we want.
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
        .map_err(PostgresError::unwritable("protect the folder", path))
}

/// Whether the account may pass through every folder on the way.
fn is_reachable(path: &Path, account: &SystemAccount) -> bool {
    path.ancestors().all(|folder| {
        folder.metadata().is_ok_and(|found| {
            let pass = if found.uid() == account.uid {
                0o100
            } else if found.gid() == account.gid {
                0o010
            } else {
                0o001
            };
            found.mode() & pass != 0
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_out_of_reach_stands_elsewhere_and_is_found_again() {
        let data_dir = tempfile::tempdir().unwrap();
        fs::set_permissions(data_dir.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let account = SystemAccount::choose().unwrap();
        let own = data_dir.path().metadata().unwrap().uid() == account.uid;
        let site = Site::settle(data_dir.path(), &account).unwrap();
        assert_eq!(site.folder().starts_with(data_dir.path().canonicalize().unwrap()), own);
        assert!(is_reachable(site.folder(), &account));
        assert_eq!(Site::settle(data_dir.path(), &account).unwrap().folder(), site.folder());
        fs::remove_dir(site.folder()).unwrap();
    }

    #[test]
    fn a_socket_whose_path_is_too_long_goes_to_a_short_one_that_is_ours() {
        let data_dir = tempfile::tempdir().unwrap();
        fs::set_permissions(data_dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let account = SystemAccount::choose().unwrap();
        let site = Site::settle(&data_dir.path().join("x".repeat(100)), &account).unwrap();
        let folder = site.socket_folder(&account).unwrap();
        assert!(folder.starts_with("/tmp") && socket_path(&folder).as_os_str().len() <= LONGEST_SOCKET_PATH);
        assert_eq!(site.socket_folder(&account).unwrap(), folder);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        let open_to_all = site.socket_folder(&account).unwrap_err();
        assert!(matches!(open_to_all, PostgresError::ForeignSocketFolder { .. }));
        fs::remove_dir(folder).unwrap();
    }
}
