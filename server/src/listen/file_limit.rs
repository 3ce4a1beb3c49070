//! How many files the process may hold open: each connection is one, and the usual limit is a thousand.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// Goes up to what the system allows.
pub(crate) fn raise() {
    let raised = getrlimit(Resource::RLIMIT_NOFILE)
        .and_then(|(_, most)| setrlimit(Resource::RLIMIT_NOFILE, most, most).map(|()| most));
    match raised {
        Ok(most) => tracing::debug!(most, "open files"),
        Err(error) => {
            tracing::warn!(%error, "the limit of open files stays as it is: raise it for thousands of viewers");
        }
    }
}
