//! Which batch last touched a fact on a day.

use crate::events::Fact;
use model::time::Day;
use parking_lot::RwLock;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicU64, Ordering},
};

/// The facts and days that a batch touched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Touched(BTreeSet<(Fact, Day)>);

impl Touched {
    /// Takes over what another batch touched.
    pub(in crate::events) fn absorb(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Each of them once.
    pub(crate) fn days(&self) -> impl Iterator<Item = (Fact, Day)> + Clone {
        self.0.iter().copied()
    }

    pub(crate) fn add(&mut self, fact: Fact, day: Day) {
        self.0.insert(key(fact, day));
    }
}

/// What has a version of its own. An account counts on every day from its opening on, so all its days share one, however
/// accounts are looked at.
fn key(fact: Fact, day: Day) -> (Fact, Day) {
    match fact {
        Fact::Account | Fact::AccountOpening | Fact::AccountClosing => (Fact::Account, Day(0)),
        Fact::View
        | Fact::MinuteAudience
        | Fact::QualityMinute
        | Fact::AccountActivity
        | Fact::OrderEvent
        | Fact::PageEvent
        | Fact::Participation
        | Fact::Article
        | Fact::Advertisement
        | Fact::Service
        | Fact::Appraisal
        | Fact::Figure
        | Fact::Request
        | Fact::Arrival
        | Fact::Seek
        | Fact::Programme => (fact, day),
    }
}

/// The newest batch, and the newest one of each fact and day.
#[derive(Debug)]
pub(in crate::events) struct Versions {
    newest: AtomicU64,
    by_day: RwLock<BTreeMap<(Fact, Day), u64>>,
}

impl Versions {
    pub(in crate::events) fn starting_at(applied: u64) -> Self {
        Self { newest: AtomicU64::new(applied), by_day: RwLock::default() }
    }

    pub(in crate::events) fn moved(&self, touched: &Touched) {
        let mut by_day = self.by_day.write();
        let batch = self.newest.fetch_add(1, Ordering::SeqCst) + 1;
        for &key in &touched.0 {
            by_day.insert(key, batch);
        }
    }

    pub(in crate::events) fn of(&self, fact: Fact, (first, last): (Day, Day)) -> u64 {
        let (first, last) = (key(fact, first), key(fact, last));
        if last < first {
            return 0;
        }
        self.by_day.read().range(first..=last).map(|(_, batch)| *batch).max().unwrap_or(0)
    }

    /// The first day on which the fact was touched by a batch after that one, and the newest batch.
    pub(in crate::events) fn first_day_since(&self, fact: Fact, batch: u64) -> (Option<Day>, u64) {
        let by_day = self.by_day.read();
        let (first, last) = ((fact, Day(i32::MIN)), (fact, Day(i32::MAX)));
        let touched = by_day.range(first..=last).find(|(_, touched)| **touched > batch);
        (touched.map(|((_, day), _)| *day), self.newest())
    }

    pub(in crate::events) fn newest(&self) -> u64 {
        self.newest.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_touched_moves() {
        let versions = Versions::starting_at(7);
        let mut touched = Touched::default();
        touched.add(Fact::View, Day(10));
        touched.add(Fact::Account, Day(10));
        versions.moved(&touched);
        assert_eq!(versions.newest(), 8);
        assert_eq!(versions.of(Fact::View, (Day(9), Day(11))), 8);
        assert_eq!(versions.of(Fact::View, (Day(11), Day(12))), 0);
        assert_eq!(versions.of(Fact::MinuteAudience, (Day(9), Day(11))), 0);
        assert_eq!(versions.of(Fact::Account, (Day(40), Day(41))), 8, "an account counts on later days too");
        assert_eq!(versions.of(Fact::AccountOpening, (Day(1), Day(2))), 8, "it is the same account");
    }
}
