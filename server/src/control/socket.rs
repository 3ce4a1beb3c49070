//! Where the socket is. Its path is short enough for the system even where the data folder's is not.

use std::{
    fs::File,
    io,
    os::fd::AsRawFd,
    path::{Path, PathBuf},
};

const NAME: &str = "control.sock";
/// Linux takes 107 bytes; other systems a few less.
const LONGEST: usize = 100;

/// A path to bind or to connect to; valid while this lives.
#[derive(Debug)]
pub(super) struct SocketPath {
    path: PathBuf,
    /// Keeps the short path valid, where one was needed.
    _folder: Option<File>,
}

impl SocketPath {
    pub(super) fn of(data_dir: &Path) -> io::Result<Self> {
        let path = data_dir.join(NAME);
        if path.as_os_str().len() <= LONGEST {
            return Ok(Self { path, _folder: None });
        }
        let folder = File::open(data_dir)?;
        let path = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd())).join(NAME);
        Ok(Self { path, _folder: Some(folder) })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}
