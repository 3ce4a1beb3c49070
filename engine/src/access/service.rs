//! The one door to everything about rights.

use super::{UserId, attempts::Attempts, passwords::Passwords, remembered::Remembered};
use crate::{
    clock::SharedClock,
    postgres::{Databases, Notice},
};
use model::{problem::Problem, time::Timestamp};
use sqlx::PgPool;
use std::sync::Arc;
use tokio::sync::{
    broadcast::{Receiver, error::RecvError},
    watch,
};
use tokio_util::task::AbortOnDropHandle;

/// Signing in, sessions, tokens, people and grants. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Access {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    pool: PgPool,
    clock: SharedClock,
    passwords: Passwords,
    attempts: Attempts,
    remembered: Arc<Remembered>,
    _follower: AbortOnDropHandle<()>,
}

impl Access {
    /// Needs an async runtime: it follows the database's notices for as long as it lives.
    pub async fn open(databases: &Databases, clock: SharedClock) -> Result<Self, Problem> {
        let remembered = Arc::new(Remembered::new());
        let (listening, notices) = databases.notices().subscribe();
        remembered.set_listening(listening);
        let follower = AbortOnDropHandle::new(tokio::spawn(follow(notices, Arc::clone(&remembered))));
        let parts = Parts {
            pool: databases.application.clone(),
            clock,
            passwords: Passwords::open().await?,
            attempts: Attempts::default(),
            remembered,
            _follower: follower,
        };
        Ok(Self { parts: Arc::new(parts) })
    }

    /// Changes whenever any grant, session or user changes; streams re-read their principal when it moved.
    pub fn epoch(&self) -> u64 {
        self.parts.remembered.epoch()
    }

    /// The same, to wait on.
    pub fn epochs(&self) -> watch::Receiver<u64> {
        self.parts.remembered.epochs()
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.parts.pool
    }

    pub(super) fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    pub(super) fn passwords(&self) -> &Passwords {
        &self.parts.passwords
    }

    pub(super) fn attempts(&self) -> &Attempts {
        &self.parts.attempts
    }

    pub(super) fn remembered(&self) -> &Remembered {
        &self.parts.remembered
    }

    /// After a change of our own that everybody is shown: obeyed by the very next call.
    pub(crate) fn forget_all(&self) {
        self.parts.remembered.forget_all();
    }

    /// After a change of our own: obeyed by the very next call, before the database has told us of it.
    pub(super) fn forget(&self, user: UserId) {
        self.parts.remembered.forget(user);
    }
}

/// Forgets what the database says has changed.
async fn follow(mut notices: Receiver<Notice>, remembered: Arc<Remembered>) {
    loop {
        match notices.recv().await {
            Ok(Notice::Listening) => remembered.set_listening(true),
            Ok(Notice::Interrupted) => remembered.set_listening(false),
            Ok(Notice::RightsOf(user)) => remembered.forget(UserId(user)),
            Ok(Notice::RightsOfAll) | Err(RecvError::Lagged(_)) => remembered.forget_all(),
            Ok(Notice::Board(_) | Notice::OwnMetrics(_)) => {}
            Err(RecvError::Closed) => {
                remembered.set_listening(false);
                return;
            }
        }
    }
}
