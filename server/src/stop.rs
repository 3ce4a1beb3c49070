//! Why a command ended without having done its work: what, where, and what to do.

use engine::postgres::Failure;
use model::problem::Problem;
use std::{error::Error, io, net::SocketAddr, path::PathBuf, process::ExitCode};

/// Why a command ended.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    #[error("{address} is taken by another program: stop it, or choose another address with {option}")]
    AddressTaken { address: SocketAddr, option: &'static str },
    #[error("{address} can't be listened on: choose another address with {option}")]
    Address { address: SocketAddr, option: &'static str, source: io::Error },
    #[error("the data folder {} can't be written: check its owner and its free space, or choose another with --data-dir", path.display())]
    DataFolder { path: PathBuf, source: io::Error },
    #[error("the data folder {} is in use by another lingdong: stop it, or choose another with --data-dir", path.display())]
    DataFolderTaken { path: PathBuf },
    #[error("PostgreSQL")]
    PostgreSql(#[source] Failure),
    #[error("the event store")]
    EventStore(#[source] Failure),
    #[error("the file {} can't be read", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("the browser bundle in {} is missing: build it with `cargo xtask build`, or name its folder with --site-dir", path.display())]
    BundleMissing { path: PathBuf },
    #[error("the file {} can't be written", path.display())]
    Unwritable { path: PathBuf, source: io::Error },
    #[error("{file} has {errors} error{}, and nothing was done", if *errors == 1 { "" } else { "s" })]
    Unsound { file: String, errors: usize },
    #[error("{0}")]
    Refused(Problem),
    #[error("the server at {server} can't be reached: start it with `lingdong serve`, or name another with --server")]
    Unreachable { server: String, source: Failure },
    #[error("the running server can't be spoken to through {}", path.display())]
    Control { path: PathBuf, source: io::Error },
    #[error("the demo data could not be made")]
    Demo(#[source] Failure),
    #[error("{what}")]
    Input { what: String },
}

impl Stop {
    /// The whole chain of causes in one line.
    pub fn told(&self) -> String {
        let mut told = self.to_string();
        let mut cause: Option<&dyn Error> = self.source();
        while let Some(error) = cause {
            let words = error.to_string();
            // Some errors repeat their cause in their own words.
            if !told.ends_with(&words) {
                told.push_str(": ");
                told.push_str(&words);
            }
            cause = error.source();
        }
        told
    }

    /// 1 refused, 2 wrong usage (also clap's own), 3 address, 4 data folder, 5 PostgreSQL, 6 event store, 7 unreachable.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Refused(_) | Self::Unsound { .. } | Self::Demo(_) | Self::BundleMissing { .. } => 1,
            Self::Input { .. } | Self::File { .. } | Self::Unwritable { .. } => 2,
            Self::AddressTaken { .. } | Self::Address { .. } => 3,
            Self::DataFolder { .. } | Self::DataFolderTaken { .. } => 4,
            Self::PostgreSql(_) => 5,
            Self::EventStore(_) => 6,
            Self::Unreachable { .. } | Self::Control { .. } => 7,
        })
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_tells_the_whole_story_once() {
        let source = io::Error::new(io::ErrorKind::PermissionDenied, "permission denied");
        let stop = Stop::DataFolder { path: "/nowhere".into(), source };
        assert_eq!(
            stop.told(),
            "the data folder /nowhere can't be written: check its owner and its free space, or choose another with \
             --data-dir: permission denied"
        );
    }
}
