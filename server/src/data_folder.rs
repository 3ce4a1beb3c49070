//! Who may look into the data folder: this account only, since whoever reads the event store's file has no scope.

use nix::sys::stat::{Mode, umask};
use std::{fs, io, os::unix::fs::PermissionsExt, path::Path};

/// Others may pass through to what they may open by its name, as the account of the private PostgreSQL must, and not
/// look around.
const PASS_THROUGH: u32 = 0o711;
const OWN_ONLY: u32 = 0o700;
/// What is ours in the folder, by the beginning of its name. PostgreSQL's part belongs to another account and is closed
/// by its own making.
const OURS: [&str; 6] = ["event-store.", "events.", "ingest", "lingdong.lock", "demo", "rebuild"];

/// Whatever this process creates from here on is for its own account.
pub fn keep_new_files_private() {
    let of_others = Mode::S_IRWXG | Mode::S_IRWXO;
    umask(of_others);
}

/// Makes the folder where it is missing, with those above it.
pub(crate) fn make(folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).collect();
    fs::create_dir_all(folder)?;
    for made in missing {
        fs::set_permissions(made, fs::Permissions::from_mode(PASS_THROUGH))?;
    }
    Ok(())
}

/// Closes to others what an older version, or another hand, left open; nothing is opened.
pub(crate) fn close_to_others(folder: &Path) -> io::Result<()> {
    narrow(folder, PASS_THROUGH)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_ours(&path) && !path.is_symlink() {
            narrow(&path, OWN_ONLY)?;
        }
    }
    Ok(())
}

fn is_ours(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| OURS.iter().any(|ours| name.starts_with(ours)))
}

fn narrow(path: &Path, to: u32) -> io::Result<()> {
    let mode = fs::metadata(path)?.permissions().mode() & 0o7777;
    if mode & to == mode {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode & to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_stood_open_is_closed_and_what_is_closed_stays_so() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, mode: u32| {
            let path = folder.path().join(name);
            fs::write(&path, "").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            path
        };
        let (store, foreign) = (file("event-store.duckdb", 0o644), file("README", 0o644));
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        close_to_others(folder.path()).unwrap();
        assert_eq!((mode(folder.path()), mode(&store), mode(&foreign)), (0o711, 0o600, 0o644));
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        close_to_others(folder.path()).unwrap();
        assert_eq!(mode(folder.path()), 0o700);
    }

    #[test]
    fn a_folder_that_is_made_can_be_passed_through_with_all_above_it() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("a/b");
        make(&data).unwrap();
        assert_eq!((mode(&data), mode(&folder.path().join("a"))), (0o711, 0o711));
    }
}
