//! Slows guessing down without locking anybody out.
//!
//! - An account: five wrong passwords are free, then each doubles the wait, from 1 second to 15 minutes. Networks from
//!   which its owner has signed in before are counted apart, each for itself, so that strangers who guess at an
//!   account don't keep its owner out.
//! - A network (/24, /48): a hundred wrong passwords an hour, over all accounts.
//!
//! An attempt is charged before the password is looked at and given back when it was right, so that a thousand
//! guesses at once are a thousand charges.

use super::network::Network;
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

/// Who guesses at an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum From {
    /// A network from which the account's owner has signed in before.
    Known(Network),
    Strangers,
}

#[derive(Debug, Default)]
pub(super) struct Attempts {
    books: Mutex<Books>,
}

#[derive(Debug, Default)]
struct Books {
    accounts: HashMap<(String, From), Failures>,
    /// When the budget of the network would be whole again.
    networks: HashMap<Network, Timestamp>,
}

#[derive(Debug, Clone, Copy)]
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
    account: (String, From),
    network: Network,
    before: Option<Failures>,
}

impl Attempts {
    /// Lets an attempt through, or says for how many seconds to wait.
    pub(super) fn admit(&self, email: &str, from: From, network: Network, now: Timestamp) -> Result<Attempt<'_>, u64> {
        let mut books = self.books.lock();
        let account = (email.to_owned(), from);
        let before = books.accounts.get(&account).copied().filter(|failures| !failures.are_forgotten(now));
        if let Some(failures) = before {
            wait(failures.wait_until, now)?;
        }
        let whole_at = books.networks.get(&network).copied().map_or(now, |whole_at| whole_at.max(now));
        let charged = whole_at.plus_millis(NETWORK_INTERVAL_MS);
        wait(charged.plus_millis(-NETWORK_WINDOW_MS), now)?;

        make_room(&mut books.networks, now, |whole_at| *whole_at);
        make_room(&mut books.accounts, now, |failures| failures.last.plus_millis(FORGOTTEN_AFTER_MS));
        books.networks.insert(network, charged);
        books.accounts.insert(account.clone(), Failures::after(before, now));
        drop(books);
        Ok(Attempt { attempts: self, account, network, before })
    }
}

impl Attempt<'_> {
    /// The password was right: gives the charge back, and forgets what went before.
    pub(super) fn succeeded(self) {
        let remembered = match self.account.1 {
            // What strangers did before stays counted: the owner's success is none of theirs.
            From::Strangers => self.before,
            From::Known(_) => None,
        };
        self.give_back(remembered);
    }

    /// The password was not looked at: as if nobody had tried.
    pub(super) fn withdraw(self) {
        let before = self.before;
        self.give_back(before);
    }

    fn give_back(self, failures: Option<Failures>) {
        let mut books = self.attempts.books.lock();
        if let Some(whole_at) = books.networks.get_mut(&self.network) {
            *whole_at = whole_at.plus_millis(-NETWORK_INTERVAL_MS);
        }
        match failures {
            Some(failures) => books.accounts.insert(self.account, failures),
            None => books.accounts.remove(&self.account),
        };
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
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn network(third: u8) -> Network {
        Network::of([203, 0, third, 7].into())
    }

    fn fail(attempts: &Attempts, email: &str, from: From, network: Network, now: Timestamp) -> Result<(), u64> {
        attempts.admit(email, from, network, now).map(drop)
    }

    #[test]
    fn the_wait_grows_and_ends() {
        let attempts = Attempts::default();
        let mut now = START;
        let mut waits = Vec::new();
        for _ in 0..20 {
            while let Err(seconds) = fail(&attempts, "a@b", From::Strangers, network(1), now) {
                waits.push(seconds);
                now = now.plus_millis(i64::try_from(seconds).unwrap() * 1_000);
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900]);
        assert_eq!(fail(&attempts, "a@b", From::Strangers, network(1), now.plus_millis(FORGOTTEN_AFTER_MS)), Ok(()));
    }

    #[test]
    fn ten_thousand_guesses_a_day_are_not_to_be_had() {
        let attempts = Attempts::default();
        let guesses = (0..86_400).filter(|second| {
            fail(&attempts, "a@b", From::Strangers, network((second % 250) as u8), START.plus_millis(second * 1_000))
                .is_ok()
        });
        assert!(guesses.count() < 120);
    }

    #[test]
    fn strangers_do_not_keep_the_owner_out() {
        let attempts = Attempts::default();
        for _ in 0..FREE_FAILURES {
            fail(&attempts, "a@b", From::Strangers, network(1), START).unwrap();
        }
        assert_eq!(fail(&attempts, "a@b", From::Strangers, network(1), START), Err(1));
        assert_eq!(fail(&attempts, "a@b", From::Known(network(2)), network(2), START), Ok(()));
    }

    #[test]
    fn a_network_has_a_budget_over_all_accounts() {
        let attempts = Attempts::default();
        let tries = |from: u32, to: u32| {
            (from..to)
                .filter(|n| fail(&attempts, &format!("{n}@b"), From::Strangers, network(1), START).is_ok())
                .count()
        };
        assert_eq!(tries(0, 1_000), 100);
        assert!(fail(&attempts, "x@b", From::Strangers, network(2), START).is_ok());
        assert!(fail(&attempts, "y@b", From::Strangers, network(1), START.plus_millis(NETWORK_INTERVAL_MS)).is_ok());
    }

    #[test]
    fn a_right_password_costs_nothing() {
        let attempts = Attempts::default();
        for _ in 0..1_000 {
            attempts.admit("a@b", From::Strangers, network(1), START).unwrap().succeeded();
        }
        assert!(attempts.books.lock().accounts.is_empty());
    }

    #[test]
    fn what_was_not_looked_at_is_not_charged() {
        let attempts = Attempts::default();
        let at = From::Known(network(1));
        for _ in 0..FREE_FAILURES - 1 {
            fail(&attempts, "a@b", at, network(1), START).unwrap();
        }
        attempts.admit("a@b", at, network(1), START).unwrap().withdraw();
        assert_eq!(fail(&attempts, "a@b", at, network(1), START), Ok(()));
        assert_eq!(fail(&attempts, "a@b", at, network(1), START), Err(1));
    }

    #[test]
    fn guesses_at_once_are_charged_at_once() {
        let attempts = Attempts::default();
        let running: Vec<_> = (0..100).map(|_| attempts.admit("a@b", From::Strangers, network(1), START)).collect();
        assert_eq!(running.iter().filter(|attempt| attempt.is_ok()).count(), FREE_FAILURES as usize);
    }

    #[test]
    fn memory_is_bounded() {
        let attempts = Attempts::default();
        for n in 0..(MOST_ENTRIES as u32 + 1_000) {
            let network = Network::of(std::net::Ipv4Addr::from(n << 8).into());
            let _ = fail(&attempts, &format!("{n}@b"), From::Strangers, network, START.plus_millis(n.into()));
        }
        let books = attempts.books.lock();
        assert!(books.accounts.len() <= MOST_ENTRIES && books.networks.len() <= MOST_ENTRIES);
    }
}
