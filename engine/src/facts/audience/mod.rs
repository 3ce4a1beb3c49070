//! Facts batch by batch: what a batch of events changes in the tables.
//!
//! What the next batches may change is kept at hand: the sessions of the last minutes, household by household, and the
//! accounts. It is a cache of the store and nothing more: [`Audience::needed`] says what a batch needs besides,
//! [`Audience::admit`] takes it in, and after a failed write all of it can be forgotten and read again.

mod changes;
mod group;
mod needed;

pub(crate) use changes::{Changes, LeftOut};
pub(crate) use needed::{Found, FoundSession, Needed};

use super::{
    FactSettings, accounts, appraisal, arrivals, behaviour, delivery, figures, media, minutes::minute_of, seeks,
    session::SessionEvent,
};
use crate::events::{
    Event, Fact, GeoSource, Text,
    fact_rows::{AccountRow, ActivityRow, OrderRow},
};
use group::{Group, Resident};
use model::{access::OrganisationId, time::Calendar};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// A play session of an organisation.
pub(crate) type SessionKey = (OrganisationId, Text);
/// A household of an organisation.
pub(crate) type HouseholdKey = (OrganisationId, Text);

/// Whose minutes a session's time goes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum GroupKey {
    Household(HouseholdKey),
    /// Nobody is named in the session: it has a view, but no minutes.
    Alone(SessionKey),
}

/// The sessions and accounts at hand.
pub(crate) struct Audience {
    settings: FactSettings,
    calendar: Calendar,
    places: Places,
    groups: FxHashMap<GroupKey, Group>,
    group_of: FxHashMap<SessionKey, GroupKey>,
    /// Sessions that wait for more, by the moment at which they settle.
    due: BTreeSet<(i64, SessionKey)>,
    /// `None`: the store has no such account.
    accounts: FxHashMap<HouseholdKey, Option<AccountRow>>,
    /// Sessions that the store was asked for in this batch and does not have.
    absent: FxHashSet<SessionKey>,
}

/// Where events get province and operator from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Places {
    /// The account goes over what the event says.
    OfAccounts,
    /// They were counted before, and have what their account said then.
    Kept,
}

/// Groups that a batch touched, and from which clock minute on.
type Dirty = FxHashMap<GroupKey, i32>;

impl Audience {
    pub(crate) fn new(calendar: Calendar, settings: FactSettings, places: Places) -> Self {
        Self {
            settings,
            calendar,
            places,
            groups: FxHashMap::default(),
            group_of: FxHashMap::default(),
            due: BTreeSet::new(),
            accounts: FxHashMap::default(),
            absent: FxHashSet::default(),
        }
    }

    /// With nothing at hand.
    pub(crate) fn emptied(&self) -> Self {
        Self::new(self.calendar, self.settings, self.places)
    }

    /// Enriches the events of a batch, and says what they change in the tables. `now_ms` settles sessions.
    ///
    /// Nothing may be [needed](Self::needed) for them any more.
    pub(crate) fn absorb(&mut self, events: &mut [Event], now_ms: i64) -> Changes {
        let mut changes = Changes::default();
        let mut dirty = Dirty::default();
        for event in &mut *events {
            self.absorb_account(event, &mut changes);
            Self::absorb_behaviour(event, &mut changes);
        }
        changes.arrivals = arrivals::of(events, self.calendar);
        for arrival in &changes.arrivals {
            changes.touched.add(Fact::Arrival, arrival.day);
        }
        let mut by_session: FxHashMap<SessionKey, Vec<&Event>> = FxHashMap::default();
        for event in &*events {
            if let Some(sid) = &event.sid {
                by_session.entry((event.org, sid.clone())).or_default().push(event);
            }
        }
        for (key, events) in by_session {
            self.absorb_session(key, &events, now_ms, &mut dirty, &mut changes);
        }
        self.settle(now_ms, &mut dirty);
        for (key, from_minute) in dirty {
            if let Some(group) = self.groups.get_mut(&key) {
                group.write(&key, from_minute, now_ms, self.calendar, self.settings, &mut changes);
            }
        }
        self.absent.clear();
        changes
    }

    /// What is needed of the past is small after this: settled groups that were not touched since `before_ms` are
    /// forgotten, and long evenings are cut to what still goes on.
    pub(crate) fn forget(&mut self, before_ms: i64) {
        const MOST_ACCOUNTS: usize = 500_000;
        let group_of = &mut self.group_of;
        self.groups.retain(|key, group| {
            let keep = !group.is_settled() || group.touched_ms >= before_ms;
            let organisation = key.organisation();
            if keep {
                for sid in group.cut() {
                    group_of.remove(&(organisation, sid));
                }
            } else {
                for sid in group.sessions.keys() {
                    group_of.remove(&(organisation, sid.clone()));
                }
            }
            keep
        });
        if self.accounts.len() > MOST_ACCOUNTS {
            self.accounts.clear();
        }
    }

    /// When the next session settles.
    pub(crate) fn next_due_ms(&self) -> Option<i64> {
        self.due.first().map(|(at_ms, _)| *at_ms)
    }

    /// The account's province and operator go over the event's own; the events of contracts and boxes become rows.
    fn absorb_account(&mut self, event: &mut Event, changes: &mut Changes) {
        if let Some(household) = event.household.clone() {
            let key = (event.org, household);
            let known = self.accounts.entry(key.clone()).or_insert(None);
            if let Some(kind) = event.account_event.filter(|kind| !kind.is_activity()) {
                let account = known.get_or_insert_with(|| accounts::unknown(key.0, key.1.clone()));
                accounts::absorb(account, event, kind, self.calendar);
                changes.accounts.insert(key, account.clone());
                changes.touched.add(Fact::Account, event.day);
            }
            match (known, self.places) {
                (Some(account), Places::OfAccounts) => prefer_account(event, account),
                (None, _) | (_, Places::Kept) => {}
            }
        }
        if let (Some(kind), Some(household)) =
            (event.account_event.filter(|kind| kind.is_told_apart()), &event.household)
        {
            changes.touched.add(Fact::AccountActivity, event.day);
            changes.activities.push(ActivityRow {
                org: event.org,
                household: household.clone(),
                province: event.province,
                isp: event.isp.clone(),
                day: event.day,
                ts_ms: event.ts_event,
                account_event: kind,
                received_ms: event.ts_received,
                simulated: event.simulated,
            });
        }
        if let Some(order_id) = &event.order_id {
            changes.touched.add(Fact::OrderEvent, event.day);
            changes.orders.push(OrderRow {
                org: event.org,
                household: event.household.clone(),
                province: event.province,
                isp: event.isp.clone(),
                platform: event.platform.clone(),
                order_id: order_id.clone(),
                product_id: event.product_id.clone(),
                content_id: event.content_id.clone(),
                order_status: event.order_status.clone(),
                amount_fen: event.amount_fen,
                ts_ms: event.ts_event,
                day: event.day,
                received_ms: event.ts_received,
                simulated: event.simulated,
                cp_id: event.cp_id.clone(),
            });
        }
    }

    fn absorb_behaviour(event: &Event, changes: &mut Changes) {
        if let Some(page) = behaviour::page(event) {
            changes.touched.add(Fact::PageEvent, event.day);
            changes.pages.push(page);
        }
        if let Some(participation) = behaviour::participation(event) {
            changes.touched.add(Fact::Participation, event.day);
            changes.participations.push(participation);
        }
        if let Some(article) = media::article(event) {
            changes.touched.add(Fact::Article, event.day);
            changes.articles.push(article);
        }
        if let Some(advertisement) = media::advertisement(event) {
            changes.touched.add(Fact::Advertisement, event.day);
            changes.advertisements.push(advertisement);
        }
        if let Some(service) = media::service(event) {
            changes.touched.add(Fact::Service, event.day);
            changes.services.push(service);
        }
        if let Some(appraisal) = appraisal::result(event) {
            changes.touched.add(Fact::Appraisal, event.day);
            changes.appraisals.push(appraisal);
        }
        if let Some(figure) = figures::reported(event) {
            changes.touched.add(Fact::Figure, event.day);
            changes.figures.push(figure);
        }
        if let Some(request) = delivery::request(event) {
            changes.touched.add(Fact::Request, event.day);
            changes.requests.push(request);
        }
        if let Some(seek) = seeks::seek(event) {
            changes.touched.add(Fact::Seek, event.day);
            changes.seeks.push(seek);
        }
    }

    fn absorb_session(
        &mut self,
        key: SessionKey,
        events: &[&Event],
        now_ms: i64,
        dirty: &mut Dirty,
        changes: &mut Changes,
    ) {
        let old_group = self.group_of.get(&key).cloned();
        let mut resident = old_group
            .as_ref()
            .and_then(|group| self.groups.get_mut(group))
            .and_then(|group| group.sessions.remove(&key.1))
            .unwrap_or_default();
        let left_out_before = resident.session.left_out();
        let changed_from_ms = events.iter().filter_map(|event| resident.session.insert(SessionEvent::of(event))).min();
        let left_out = resident.session.left_out() - left_out_before;
        let group_key = match resident.session.household() {
            Some(household) => GroupKey::Household((key.0, household.clone())),
            None => GroupKey::Alone(key.clone()),
        };
        if let Some(changed_from_ms) = changed_from_ms {
            let mut from_minute = minute_of(changed_from_ms);
            resident.changed_from = resident.changed_from.min(from_minute);
            if let Some(old_group) = old_group.filter(|old_group| *old_group != group_key) {
                // The whole session goes over to another household.
                from_minute = resident.session.first_ms().map_or(from_minute, minute_of);
                mark(dirty, old_group, from_minute);
            }
            mark(dirty, group_key.clone(), from_minute);
            self.due.remove(&(resident.settles_at_ms, key.clone()));
            resident.settles_at_ms = resident.session.settles_at_ms(self.settings);
            resident.settled = false;
            resident.changed = true;
            self.due.insert((resident.settles_at_ms, key.clone()));
        }
        self.group_of.insert(key.clone(), group_key.clone());
        let group = self.groups.entry(group_key).or_default();
        group.sessions.insert(key.1.clone(), resident);
        if left_out > 0 {
            // Stays at hand while it is sent to: reading it again costs more than keeping it.
            group.touched_ms = now_ms;
            changes.left_out.push(LeftOut { session: key, events: left_out, is_first: left_out_before == 0 });
        }
    }

    fn settle(&mut self, now_ms: i64, dirty: &mut Dirty) {
        while self.next_due_ms().is_some_and(|at_ms| at_ms <= now_ms) {
            let Some((_, key)) = self.due.pop_first() else {
                break;
            };
            let Some(group_key) = self.group_of.get(&key) else {
                continue;
            };
            let Some(resident) = self.groups.get_mut(group_key).and_then(|group| group.sessions.get_mut(&key.1)) else {
                continue;
            };
            resident.settled = true;
            resident.changed = true;
            // Its minutes stay as they are; they only move to the closed ones.
            mark(dirty, group_key.clone(), i32::MAX);
        }
    }

    fn admit_session(&mut self, key: SessionKey, resident: Resident) {
        let group_key = match resident.session.household() {
            Some(household) => GroupKey::Household((key.0, household.clone())),
            None => GroupKey::Alone(key.clone()),
        };
        if !resident.settled {
            self.due.insert((resident.settles_at_ms, key.clone()));
        }
        self.group_of.insert(key.clone(), group_key.clone());
        self.groups.entry(group_key).or_default().sessions.insert(key.1, resident);
    }
}

impl GroupKey {
    const fn organisation(&self) -> OrganisationId {
        match self {
            Self::Household((organisation, _)) | Self::Alone((organisation, _)) => *organisation,
        }
    }
}

fn mark(dirty: &mut Dirty, group: GroupKey, from_minute: i32) {
    let from = dirty.entry(group).or_insert(from_minute);
    *from = (*from).min(from_minute);
}

fn prefer_account(event: &mut Event, account: &AccountRow) {
    if let (Some(province), false) = (account.province, event.geo_source == Some(GeoSource::Key)) {
        event.province = Some(province);
        event.geo_source = Some(GeoSource::Account);
    }
    if account.isp.is_some() {
        event.isp.clone_from(&account.isp);
    }
}
