//! What a batch needs of the store, and taking it in.

use super::{
    Audience, GroupKey, HouseholdKey, SessionKey,
    group::{Place, QualityPlaces, Resident, UNKNOWN},
};
use crate::{
    events::{Event, Text, fact_rows::AccountRow},
    facts::{
        minutes::{Counted, minute_of},
        session::{Session, SessionEvent},
    },
};
use model::{
    access::OrganisationId,
    time::{Calendar, Day, Timestamp},
};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What is not at hand.
#[derive(Debug, Default, Clone)]
pub(crate) struct Needed {
    pub sessions: BTreeSet<SessionKey>,
    /// All sessions of a household that reach into this moment or later.
    pub households: BTreeMap<HouseholdKey, i64>,
    pub accounts: BTreeSet<HouseholdKey>,
    /// The span of time that the batch speaks of.
    pub first_ms: i64,
    pub last_ms: i64,
}

impl Needed {
    pub(crate) fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.households.is_empty() && self.accounts.is_empty()
    }
}

/// A session as the store has it.
#[derive(Debug)]
pub(crate) struct FoundSession {
    pub key: SessionKey,
    pub closed: bool,
    pub start_ms: i64,
    pub events: Vec<SessionEvent>,
}

/// What the store has of what was needed.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub sessions: Vec<FoundSession>,
    /// From which moment on each household is complete now; it may be earlier than was asked.
    pub households: BTreeMap<HouseholdKey, i64>,
    /// The counted minute just before that.
    pub counted: BTreeMap<HouseholdKey, Counted>,
    pub accounts: Vec<AccountRow>,
}

impl Audience {
    /// What must be [admitted](Self::admit) before these events can be absorbed.
    pub(crate) fn needed(&self, events: &[Event]) -> Needed {
        let mut needed = Needed { first_ms: i64::MAX, last_ms: i64::MIN, ..Needed::default() };
        // Per session: the first moment of its events in the batch, and the households they name.
        let mut sessions: FxHashMap<(OrganisationId, &Text), (i64, BTreeSet<&Text>)> = FxHashMap::default();
        for event in events {
            let at_ms = event.ts_event.millis();
            if let Some(household) = &event.household
                && !self.accounts.contains_key(&(event.org, household.clone()))
            {
                needed.accounts.insert((event.org, household.clone()));
            }
            let Some(sid) = &event.sid else { continue };
            needed.first_ms = needed.first_ms.min(at_ms);
            needed.last_ms = needed.last_ms.max(at_ms);
            let (first_ms, households) = sessions.entry((event.org, sid)).or_insert((at_ms, BTreeSet::new()));
            *first_ms = (*first_ms).min(at_ms);
            households.extend(&event.household);
        }
        for ((organisation, sid), (first_ms, households)) in sessions {
            let key = (organisation, sid.clone());
            let mut from_ms = first_ms;
            match self.group_of.get(&key) {
                Some(group_key) => {
                    let resident = self.groups.get(group_key).and_then(|group| group.sessions.get(sid));
                    let start_ms = resident.and_then(|resident| resident.session.first_ms()).unwrap_or(first_ms);
                    let last_ms = resident.and_then(|resident| resident.session.last_ms()).unwrap_or(first_ms);
                    let same = |household: &&&Text| matches!(group_key, GroupKey::Household((_, known)) if known == **household);
                    // An event in its order changes the end only; any other one may change all of the session.
                    if first_ms < last_ms || households.iter().any(|household| !same(&household)) {
                        from_ms = from_ms.min(start_ms);
                    }
                    if let GroupKey::Household(household) = group_key {
                        self.need_household(&mut needed, household, from_ms);
                    }
                }
                None if self.absent.contains(&key) => {}
                None => {
                    needed.sessions.insert(key);
                }
            }
            for household in households {
                self.need_household(&mut needed, &(organisation, household.clone()), from_ms);
            }
        }
        needed
    }

    fn need_household(&self, needed: &mut Needed, household: &HouseholdKey, from_ms: i64) {
        let complete = self
            .groups
            .get(&GroupKey::Household(household.clone()))
            .is_some_and(|group| group.complete_from <= minute_of(from_ms));
        if !complete {
            let from = needed.households.entry(household.clone()).or_insert(from_ms);
            *from = (*from).min(from_ms);
        }
    }

    /// Takes in what the store has of what was needed.
    pub(crate) fn admit(&mut self, needed: Needed, found: Found) {
        self.absent.extend(needed.sessions);
        for account in needed.accounts {
            self.accounts.entry(account).or_insert(None);
        }
        for account in found.accounts {
            self.accounts.insert((account.org, account.household.clone()), Some(account));
        }
        let mut counted = found.counted;
        for (household, from_ms) in found.households {
            let before = counted.remove(&household);
            let group = self.groups.entry(GroupKey::Household(household)).or_default();
            let complete_from = minute_of(from_ms);
            // A household that was not at hand is complete from nowhere.
            if group.complete_from == i32::MIN || complete_from < group.complete_from {
                group.complete_from = complete_from;
                group.before = before;
            }
            group.closed_until = group.closed_until.max(complete_from);
        }
        for session in found.sessions {
            self.absent.remove(&session.key);
            if !self.group_of.contains_key(&session.key) {
                self.admit_found(session);
            }
        }
    }

    fn admit_found(&mut self, found: FoundSession) {
        let mut session = Session::default();
        for event in found.events {
            session.insert(event);
        }
        let settles_at_ms = session.settles_at_ms(self.settings);
        let resident = Resident {
            place: if found.closed { Place::Closed } else { Place::Open },
            written: Some((found.start_ms, day_of(self.calendar, found.start_ms))),
            settles_at_ms,
            settled: found.closed,
            session,
            quality: QualityPlaces::UNKNOWN,
            ..Resident::default()
        };
        let household = resident.session.household().map(|household| (found.key.0, household.clone()));
        self.admit_session(found.key, resident);
        if let Some(group) = household.and_then(|household| self.groups.get_mut(&GroupKey::Household(household))) {
            // What stands of its minutes, and in which table, is not known: all of them are written anew.
            group.closed_until = UNKNOWN;
            group.has_open_minutes = true;
        }
    }
}

fn day_of(calendar: Calendar, at_ms: i64) -> Day {
    calendar.day_of(Timestamp::from_millis(at_ms))
}
