//! The records that were refused, with the reasons, for whoever has to mend their sender.

use super::{
    ledger::{number, options},
    records::Refused,
};
use fjall::{Database, Keyspace, OwnedWriteBatch};
use model::time::Timestamp;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// How many records of a source are kept. Each source has room of its own: one that sends nothing but rubbish must not
/// push out what explains the single lost record of another.
pub(super) const KEPT_PER_SOURCE: u64 = 10_000;

/// Records by source and number, the oldest first.
pub(super) struct Quarantine {
    records: Keyspace,
    /// The next number of each source that was refused something since the start.
    next: FxHashMap<i32, u64>,
}

#[derive(Serialize)]
struct Quarantined<'r> {
    source_id: i32,
    received: Timestamp,
    field: Option<&'r str>,
    reason: &'r str,
    record: &'r str,
}

impl Quarantine {
    pub(super) fn open(database: &Database) -> Result<Self, fjall::Error> {
        Ok(Self { records: database.keyspace("refused", options)?, next: FxHashMap::default() })
    }

    /// Puts a request's refused records into the batch, and takes the oldest of the same source out.
    pub(super) fn add(
        &mut self,
        batch: &mut OwnedWriteBatch,
        source_id: i32,
        received: Timestamp,
        refused: &[Refused],
    ) -> Result<(), fjall::Error> {
        if refused.is_empty() {
            return Ok(());
        }
        let mut next = self.next_of(source_id)?;
        for Refused { rejection, record } in refused {
            let (field, reason) = (rejection.field.as_deref(), rejection.reason.as_str());
            let value = serde_json::to_vec(&Quarantined { source_id, received, field, reason, record });
            batch.insert(&self.records, key(source_id, next), value.unwrap_or_default());
            if let Some(oldest) = next.checked_sub(KEPT_PER_SOURCE) {
                batch.remove(&self.records, key(source_id, oldest));
            }
            next += 1;
        }
        self.next.insert(source_id, next);
        Ok(())
    }

    fn next_of(&self, source_id: i32) -> Result<u64, fjall::Error> {
        if let Some(next) = self.next.get(&source_id) {
            return Ok(*next);
        }
        let newest = self.records.prefix(source_id.to_be_bytes()).next_back();
        let newest = newest.map(fjall::Guard::key).transpose()?;
        Ok(newest.and_then(|key| key.get(4..).map(number)).map_or(0, |newest| newest + 1))
    }
}

fn key(source_id: i32, number: u64) -> [u8; 12] {
    let mut key = [0; 12];
    let (source, rest) = key.split_at_mut(4);
    source.copy_from_slice(&source_id.to_be_bytes());
    rest.copy_from_slice(&number.to_be_bytes());
    key
}

#[cfg(test)]
impl Quarantine {
    pub(super) fn records(&self) -> Vec<serde_json::Value> {
        let values = self.records.iter().map(|entry| entry.value().unwrap());
        values.map(|value| serde_json::from_slice(&value).unwrap()).collect()
    }
}
