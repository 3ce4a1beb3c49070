//! The ids that were seen lately, by source and the client's day.

use super::ledger::options;
use fjall::{Database, Keyspace, OwnedWriteBatch};
use model::time::Day;
use rustc_hash::FxHashMap;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    ops::RangeInclusive,
};

/// How long ids are kept: the horizon of a source, and a day on either side for clocks and calendars.
const KEPT_DAYS: i32 = 9;

/// An event's id, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct SeenId(Vec<u8>);

impl SeenId {
    pub(super) fn of(source_id: i32, event_id: &str) -> Self {
        let mut key = Vec::with_capacity(4 + event_id.len());
        key.extend_from_slice(&source_id.to_be_bytes());
        key.extend_from_slice(event_id.as_bytes());
        Self(key)
    }
}

pub(super) struct SeenIds {
    database: Database,
    /// A day that is over for good is dropped as a whole.
    days: BTreeMap<Day, Keyspace>,
    /// Those of the group that is being committed: no keyspace holds them yet.
    in_group: FxHashMap<SeenId, Vec<Day>>,
}

impl SeenIds {
    pub(super) fn open(database: &Database) -> Result<Self, fjall::Error> {
        let mut days = BTreeMap::new();
        for name in database.list_keyspace_names() {
            if let Some(day) = name.strip_prefix("seen-").and_then(|day| day.parse().ok()) {
                days.insert(Day(day), database.keyspace(&name, options)?);
            }
        }
        Ok(Self { database: database.clone(), days, in_group: FxHashMap::default() })
    }

    /// What was noted for the group before is in the keyspaces now or, where it failed, nowhere.
    pub(super) fn begin_group(&mut self) {
        self.in_group.clear();
    }

    /// Whether the id stands under one of these days. Each of them costs a look-up, which mostly ends at a filter.
    pub(super) fn holds(&self, id: &SeenId, days: &RangeInclusive<Day>) -> Result<bool, fjall::Error> {
        if self.in_group.get(id).is_some_and(|noted| noted.iter().any(|day| days.contains(day))) {
            return Ok(true);
        }
        for (_, keyspace) in self.days.range(days.clone()) {
            if keyspace.contains_key(&id.0)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts the id into the batch.
    pub(super) fn note(&mut self, batch: &mut OwnedWriteBatch, id: SeenId, day: Day) -> Result<(), fjall::Error> {
        let keyspace = match self.days.entry(day) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self.database.keyspace(&format!("seen-{}", day.0), options)?),
        };
        batch.insert(keyspace, id.0.as_slice(), []);
        self.in_group.entry(id).or_default().push(day);
        Ok(())
    }

    /// Drops the days that are beyond the horizon.
    pub(super) fn forget(&mut self, today: Day) -> Result<(), fjall::Error> {
        let over: Vec<Day> = self.days.range(..today.plus(-KEPT_DAYS)).map(|(day, _)| *day).collect();
        for day in over {
            if let Some(keyspace) = self.days.remove(&day) {
                self.database.delete_keyspace(keyspace)?;
            }
        }
        Ok(())
    }
}
