//! Slows guessing down without locking anybody out.
//!
//! - An account from a network: five wrong passwords are free, then each doubles the wait, from 1 second to 15 minutes.
//!   Each network is counted for itself, so that those who guess at an account in one keep nobody out in another.
//! - An account from all networks in which its owner has not signed in before: as soon as wrong passwords come from more
//!   than a few of them in a day, each wrong one makes all of these wait, the longer the more networks there are. Who
//!   rents many networks guesses no more than who has one, and still the owner gets in from where they are known.
//! - A network (/24, /48): a hundred wrong passwords an hour, over all accounts.
//!
//! An attempt is charged before the password is looked at and given back when it was right, so that a thousand
//! guesses at once are a thousand charges.

use super::{network::Network, strangers::Strangers};
use model::time::Timestamp;
use parking_lot::Mutex;
use std::{collections::HashMap, hash::Hash};

const FREE_FAILURES: u32 = 5;
const LONGEST_WAIT_MS: i64 = 15 * 60_000;
/// An account left in peace for so long starts anew.
const FORGOTTEN_AFTER_MS: i64 = 60 * 60_000;
const NETWORK_BUDGET: i64 = 100;
const NETWORK_WINDOW_MS: i64 = 60 * 60_000;
const NETWORK_INTERVAL_MS: i64 = NETWORK_WINDOW_MS / NETWORK_BUDGET;
/// Entries of each kind; beyond it the ones nearest to being forgotten go.
const MOST_ENTRIES: usize = 50_000;

/// Who tries to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum From {
    /// Somebody in a network from which the account's owner has signed in before.
    Known,
    Stranger,
}

#[derive(Debug, Default)]
pub(super) struct Attempts {
    books: Mutex<Books>,
}

#[derive(Debug, Default)]
struct Books {
    accounts: HashMap<(String, Network), Failures>,
    strangers: HashMap<String, Strangers>,
    /// When the budget of the network would be whole again.
    networks: HashMap<Network, Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Failures {
    count: u32,
    last: Timestamp,
    wait_until: Timestamp,
}

/// An attempt that was let through; it counts as failed unless it is said to have succeeded.
#[derive(Debug)]
#[must_use]
pub(super) struct Attempt<'a> {
    attempts: &'a Attempts,
    account: (String, Network),
    before: Option<Failures>,
    charged: Failures,
    /// Of the account's strangers, where this is one of them: before, and charged.
    strangers: Option<(Strangers, Strangers)>,
}

impl Attempts {
    /// Lets an attempt through, or says for how many seconds to wait.
    pub(super) fn admit(&self, email: &str, from: From, network: Network, now: Timestamp) -> Result<Attempt<'_>, u64> {
        let mut books = self.books.lock();
        let account = (email.to_owned(), network);
        let before = books.accounts.get(&account).copied().filter(|failures| !failures.are_forgotten(now));
        if let Some(failures) = before {
            wait(failures.wait_until, now)?;
        }
        let strangers = match from {
            From::Stranger => {
                let before = books.strangers.get(email).cloned().unwrap_or_else(|| Strangers::none(now));
                wait(before.wait_until(), now)?;
                let charged = before.after_failure(network, now);
                Some((before, charged))
            }
            From::Known => None,
        };
        let whole_at = books.networks.get(&network).copied().map_or(now, |whole_at| whole_at.max(now));
        let whole_later_at = whole_at.plus_millis(NETWORK_INTERVAL_MS);
        wait(whole_later_at.plus_millis(-NETWORK_WINDOW_MS), now)?;

        make_room(&mut books.networks, now, |whole_at| *whole_at);
        make_room(&mut books.accounts, now, |failures| failures.last.plus_millis(FORGOTTEN_AFTER_MS));
        make_room(&mut books.strangers, now, Strangers::matter_until);
        let charged = Failures::after(before, now);
        books.networks.insert(network, whole_later_at);
        books.accounts.insert(account.clone(), charged);
        if let Some((_, charged)) = &strangers {
            books.strangers.insert(account.0.clone(), charged.clone());
        }
        drop(books);
        Ok(Attempt { attempts: self, account, before, charged, strangers })
    }
}

impl Attempt<'_> {
    /// The password was right: gives the charge back, and forgets what went before in this network.
    pub(super) fn succeeded(self) {
        let mut books = self.attempts.books.lock();
        self.give_back_shared(&mut books);
        books.accounts.remove(&self.account);
    }

    /// The password was not looked at: as if nobody had tried.
    pub(super) fn withdraw(self) {
        let mut books = self.attempts.books.lock();
        self.give_back_shared(&mut books);
        let Some(now) = books.accounts.get_mut(&self.account) else {
            return;
        };
        if *now != self.charged {
            // Others were charged meanwhile, which stays.
            now.count = now.count.saturating_sub(1);
        } else if let Some(before) = self.before {
            *now = before;
        } else {
            books.accounts.remove(&self.account);
        }
    }

    /// What others did, before or meanwhile, stays counted: a success is none of theirs.
    fn give_back_shared(&self, books: &mut Books) {
        let (email, network) = &self.account;
        if let Some(whole_at) = books.networks.get_mut(network) {
            *whole_at = whole_at.plus_millis(-NETWORK_INTERVAL_MS);
        }
        if let Some((before, charged)) = &self.strangers
            && books.strangers.get(email) == Some(charged)
        {
            if before.are_none() {
                books.strangers.remove(email);
            } else {
                books.strangers.insert(email.clone(), before.clone());
            }
        }
    }
}

impl Failures {
    fn after(before: Option<Self>, now: Timestamp) -> Self {
        let count = before.map_or(0, |failures| failures.count).saturating_add(1);
        let wait_ms = match count.checked_sub(FREE_FAILURES) {
            None => 0,
            Some(doublings) => 1_000_i64.checked_shl(doublings.min(30)).unwrap_or(LONGEST_WAIT_MS).min(LONGEST_WAIT_MS),
        };
        Self { count, last: now, wait_until: now.plus_millis(wait_ms) }
    }

    fn are_forgotten(&self, now: Timestamp) -> bool {
        now.millis_since(self.last) >= FORGOTTEN_AFTER_MS
    }
}

fn wait(until: Timestamp, now: Timestamp) -> Result<(), u64> {
    match u64::try_from(until.millis_since(now)) {
        Ok(millis) if millis > 0 => Err(millis.div_ceil(1_000)),
        _ => Ok(()),
    }
}

/// Keeps a map bounded: what no longer matters goes first, then the half that matters for the shortest time.
fn make_room<Key: Eq + Hash, Value>(
    entries: &mut HashMap<Key, Value>,
    now: Timestamp,
    matters_until: impl Fn(&Value) -> Timestamp,
) {
    if entries.len() < MOST_ENTRIES {
        return;
    }
    entries.retain(|_, value| matters_until(value) > now);
    if entries.len() < MOST_ENTRIES {
        return;
    }
    let mut ends: Vec<Timestamp> = entries.values().map(&matters_until).collect();
    ends.sort_unstable();
    let middle = ends.get(ends.len() / 2).copied().unwrap_or(now);
    entries.retain(|_, value| matters_until(value) > middle);
}

#[cfg(test)]
mod tests;
