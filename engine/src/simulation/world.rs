//! The simulated world: its accounts, and all that happens to them day by day.

use super::{
    account::{self, Account},
    catalogue::{Catalogue, Content},
    chance::Urn,
    household_day::{self, ThatDay},
    occurrence::{Occurrence, What},
    quality::Quality,
};
use crate::events::AccountEvent;
use model::time::{Calendar, Day, Timestamp};

const DAY_MS: i64 = 86_400_000;

/// What makes one world differ from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorldSettings {
    pub seed: u64,
    pub accounts: u32,
    /// The day on which the world is first looked at; accounts were opened relative to it.
    pub founded: Day,
    /// Days of history before it.
    pub history_days: u16,
    pub calendar: Calendar,
}

/// A deterministic world of households that watch television. Reads no clock.
#[derive(Debug)]
pub struct World {
    pub(super) seed: u64,
    pub(super) calendar: Calendar,
    pub(super) founded: Day,
    pub(super) first_day: Day,
    pub(super) accounts: Vec<Account>,
    pub(super) catalogue: Catalogue,
    pub(super) quality: Quality,
    pub(super) hours: Urn<i64>,
}

impl World {
    pub fn new(settings: WorldSettings) -> Self {
        Self {
            seed: settings.seed,
            calendar: settings.calendar,
            founded: settings.founded,
            first_day: settings.founded.plus(-i32::from(settings.history_days)),
            accounts: account::accounts(settings.seed, settings.accounts, settings.founded),
            catalogue: Catalogue::new(),
            quality: Quality::new(),
            hours: household_day::hours(),
        }
    }

    /// The first moment of the history.
    pub fn begins(&self) -> Timestamp {
        self.calendar.start_of(self.first_day)
    }

    /// When that title came out: at ten in the morning.
    pub(super) fn released(&self, content: &Content) -> Timestamp {
        self.calendar.start_of(self.founded.plus(-content.days_old)).plus_millis(10 * 3_600_000)
    }

    /// All that is planned for a day, in no order; a little of it happens on the day after.
    pub(super) fn planned(&self, day: Day, beat_ms: i64) -> Vec<Occurrence> {
        let mut all = Vec::with_capacity(self.accounts.len() * 20);
        let on = ThatDay::of(self, day);
        for account in &self.accounts {
            household_day::plan(self, &on, account, beat_ms, &mut all);
        }
        all
    }

    /// What happens in `[from, to)`, oldest first.
    pub(super) fn between(&self, from: Timestamp, to: Timestamp, beat_ms: i64) -> Vec<Occurrence> {
        let within = |occurrence: &Occurrence| from.millis() <= occurrence.at_ms && occurrence.at_ms < to.millis();
        let first = self.calendar.day_of(from.plus_millis(-DAY_MS));
        let last = self.calendar.day_of(to);
        let mut all: Vec<Occurrence> = Vec::new();
        for day in (first.0..=last.0).map(Day) {
            all.extend(self.planned(day, beat_ms).into_iter().filter(within));
        }
        in_order(&mut all);
        all
    }

    /// What was before the history: accounts that were opened, and the orders of the same days one year earlier.
    pub(super) fn before_history(&self) -> Vec<Occurrence> {
        let opened = self.accounts.iter().filter(|account| account.opened < self.first_day).map(|account| Occurrence {
            at_ms: self.calendar.start_of(account.opened).millis(),
            account: account.number,
            what: What::Account { day: account.opened, event: AccountEvent::Open },
        });
        let mut all: Vec<Occurrence> = opened.collect();
        // A few days more than the history, for the days that follow while the world goes on.
        let (from, to) = (self.first_day.plus_months(-12), self.founded.plus(30).plus_months(-12));
        for day in (from.0..=to.0).map(Day) {
            let on = ThatDay::of(self, day);
            for account in &self.accounts {
                household_day::plan_orders(self, &on, account, &mut all);
            }
        }
        in_order(&mut all);
        all
    }
}

/// Oldest first. What happens is many times the size of its place in time, so only the places are sorted.
pub(super) fn in_order(occurrences: &mut [Occurrence]) {
    occurrences.sort_by_cached_key(|occurrence| (occurrence.at_ms, occurrence.account));
}
