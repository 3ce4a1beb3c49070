//! Wrong passwords for one account from networks that its owner has not been known in.
//!
//! Nobody can tell an attacker with many networks from an owner in a new one. So a few networks are free, and from then
//! on everybody unknown waits after each wrong password, the longer the more networks there are: one attacker with one
//! network slows nobody else down, and one with hundreds makes about a hundred guesses a day.

use super::network::Network;
use model::time::Timestamp;

/// Networks with wrong passwords that slow no other one down.
const FREE_NETWORKS: usize = 3;
const LONGEST_WAIT_MS: i64 = 15 * 60_000;
/// A network counts for so long after its last wrong password.
const COUNTS_FOR_MS: i64 = 24 * 60 * 60_000;
/// With so many the wait is at its longest, so there is no need to remember more.
const MOST_NETWORKS: usize = 16;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Strangers {
    /// With their last wrong password, the oldest first.
    networks: Vec<(Network, Timestamp)>,
    wait_until: Timestamp,
}

impl Strangers {
    pub(super) const fn none(now: Timestamp) -> Self {
        Self { networks: Vec::new(), wait_until: now }
    }

    pub(super) const fn are_none(&self) -> bool {
        self.networks.is_empty()
    }

    /// Until when all of them wait.
    pub(super) const fn wait_until(&self) -> Timestamp {
        self.wait_until
    }

    /// When all of this is forgotten.
    pub(super) fn matter_until(&self) -> Timestamp {
        self.networks.last().map_or(self.wait_until, |(_, last)| last.plus_millis(COUNTS_FOR_MS))
    }

    /// The same with one more wrong password.
    pub(super) fn after_failure(&self, network: Network, now: Timestamp) -> Self {
        let counts =
            |(other, last): &(Network, Timestamp)| *other != network && now.millis_since(*last) < COUNTS_FOR_MS;
        let mut networks: Vec<_> = self.networks.iter().copied().filter(counts).collect();
        networks.push((network, now));
        if networks.len() > MOST_NETWORKS {
            networks.remove(0);
        }
        let wait_ms = match networks.len().checked_sub(FREE_NETWORKS + 1) {
            None => 0,
            Some(doublings) => (1_000_i64 << doublings).min(LONGEST_WAIT_MS),
        };
        Self { networks, wait_until: now.plus_millis(wait_ms) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn network(third: u8) -> Network {
        Network::of([203, 0, third, 7].into())
    }

    #[test]
    fn the_wait_grows_with_the_networks_and_not_with_the_guesses() {
        let mut strangers = Strangers::none(START);
        for _ in 0..100 {
            strangers = strangers.after_failure(network(0), START);
        }
        assert_eq!(strangers.wait_until(), START);
        let mut waits = Vec::new();
        for third in 1..=20 {
            strangers = strangers.after_failure(network(third), START);
            waits.push(strangers.wait_until().millis_since(START) / 1_000);
        }
        assert_eq!(waits[..14], [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
        assert_eq!(strangers.networks.len(), MOST_NETWORKS);
    }

    #[test]
    fn a_day_later_all_is_forgotten() {
        let mut strangers = Strangers::none(START);
        for third in 0..20 {
            strangers = strangers.after_failure(network(third), START);
        }
        let later = strangers.matter_until();
        assert_eq!(strangers.after_failure(network(99), later).wait_until(), later);
    }
}
