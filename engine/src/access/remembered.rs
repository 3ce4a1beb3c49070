//! Principals kept in memory, forgotten at the moment a change is told.
//!
//! As fresh as reading the rows, at no round trip: every change of a grant, session, token or user is told by the
//! database whoever made it, and then the person's entries go. While nobody tells us, nothing is remembered and every
//! question reads the rows.

use super::{Principal, UserId, secret::SecretHash, sessions::IDLE_LIMIT_MS};
use model::time::Timestamp;
use parking_lot::Mutex;
use std::collections::HashMap;
use tokio::sync::watch;

/// Entries kept; beyond it all go, and the living ones come back one by one.
const MOST_ENTRIES: usize = 50_000;
/// How often being seen is written down: the idle limit is hours, so minutes are exact enough.
pub(super) const WRITE_SEEN_EVERY_MS: i64 = 5 * 60_000;

/// How long an entry may be believed without asking.
#[derive(Debug, Clone, Copy)]
pub(super) enum Validity {
    /// Until its session has been idle too long, and no longer than the absolute limit.
    Session {
        last_seen: Timestamp,
        expires: Timestamp,
    },
    Token {
        expires: Option<Timestamp>,
    },
}

#[derive(Debug)]
pub(super) struct Remembered {
    entries: Mutex<Entries>,
    /// Moves with every change.
    epoch: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Entries {
    listening: bool,
    by_secret: HashMap<SecretHash, Entry>,
}

#[derive(Debug)]
struct Entry {
    principal: Principal,
    validity: Validity,
    seen_written: Timestamp,
}

/// What is known of a secret.
#[derive(Debug)]
pub(super) struct Recalled {
    pub(super) principal: Principal,
    /// The session's being seen should be written down again.
    pub(super) write_seen: bool,
}

impl Remembered {
    pub(super) fn new() -> Self {
        Self { entries: Mutex::default(), epoch: watch::Sender::new(0) }
    }

    pub(super) fn epoch(&self) -> u64 {
        *self.epoch.borrow()
    }

    pub(super) fn epochs(&self) -> watch::Receiver<u64> {
        self.epoch.subscribe()
    }

    /// The principal of a secret, if it is known and still believed.
    pub(super) fn recall(&self, secret: SecretHash, now: Timestamp) -> Option<Recalled> {
        let mut entries = self.entries.lock();
        if !entries.listening {
            return None;
        }
        let entry = entries.by_secret.get_mut(&secret)?;
        if !entry.is_believed(now) {
            entries.by_secret.remove(&secret);
            return None;
        }
        let mut write_seen = false;
        match &mut entry.validity {
            Validity::Session { last_seen, .. } => {
                *last_seen = now.max(*last_seen);
                write_seen = now.millis_since(entry.seen_written) >= WRITE_SEEN_EVERY_MS;
                if write_seen {
                    entry.seen_written = now;
                }
            }
            Validity::Token { .. } => {}
        }
        Some(Recalled { principal: entry.principal.clone(), write_seen })
    }

    /// Keeps what was read while the epoch was `read_at`. If it has moved since, the reading may be old, and goes.
    pub(super) fn keep(
        &self,
        secret: SecretHash,
        principal: &Principal,
        validity: Validity,
        read_at: u64,
        now: Timestamp,
    ) {
        let mut entries = self.entries.lock();
        if !entries.listening || self.epoch() != read_at {
            return;
        }
        if entries.by_secret.len() >= MOST_ENTRIES {
            entries.by_secret.clear();
        }
        entries.by_secret.insert(secret, Entry { principal: principal.clone(), validity, seen_written: now });
    }

    /// The rights of one person moved.
    pub(super) fn forget(&self, user: UserId) {
        let mut entries = self.entries.lock();
        entries.by_secret.retain(|_, entry| entry.principal.user() != user);
        self.advance();
    }

    /// Anybody's rights may have moved.
    pub(super) fn forget_all(&self) {
        let mut entries = self.entries.lock();
        entries.by_secret.clear();
        self.advance();
    }

    /// Whether changes are being told from now on. What was told before is void either way.
    pub(super) fn set_listening(&self, listening: bool) {
        let mut entries = self.entries.lock();
        entries.listening = listening;
        entries.by_secret.clear();
        self.advance();
    }

    /// Called under the lock, so that an entry read before is never kept after.
    fn advance(&self) {
        self.epoch.send_modify(|epoch| *epoch += 1);
    }
}

impl Entry {
    fn is_believed(&self, now: Timestamp) -> bool {
        let scope_stands = self.principal.scope_ends().is_none_or(|ends| now < ends);
        scope_stands
            && match self.validity {
                Validity::Session { last_seen, expires } => {
                    now < expires && now.millis_since(last_seen) < IDLE_LIMIT_MS
                }
                Validity::Token { expires } => expires.is_none_or(|expires| now < expires),
            }
    }
}
