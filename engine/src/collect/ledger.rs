//! What is durable before a request is answered: the ingest log, the ids that were seen, the records that were refused.
//!
//! One embedded store holds all three, so that a group of requests is one atomic batch and one `fdatasync`.

use super::{
    not_kept::{Sender, Tally},
    quarantine::Quarantine,
    records::{Parsed, Refused},
    seen::{SeenId, SeenIds},
};
use crate::{events::Event, postgres::Failure};
use fjall::{Database, Keyspace, KeyspaceCreateOptions, PersistMode};
use model::time::Day;
use std::{fs, io, path::Path};

const CACHE_BYTES: u64 = 16 << 20;
const MEMTABLE_BYTES: u64 = 16 << 20;

/// A request's records, and their events as the log writes them.
pub(super) struct Submission {
    pub sender: Sender,
    pub parsed: Vec<Parsed>,
    pub refused: Vec<Refused>,
    /// Of the refused ones those that are not listed.
    pub unlisted: usize,
    /// One JSON object after the other; made on the request's own task.
    pub encoded: Vec<u8>,
    /// Where each of them ends.
    pub ends: Vec<usize>,
}

impl Submission {
    pub(super) fn new(
        sender: Sender,
        parsed: Vec<Parsed>,
        refused: Vec<Refused>,
        unlisted: usize,
    ) -> Result<Self, serde_json::Error> {
        let mut encoded = Vec::with_capacity(parsed.len() * 320);
        let mut ends = Vec::with_capacity(parsed.len());
        for Parsed { event, .. } in &parsed {
            serde_json::to_writer(&mut encoded, event)?;
            encoded.push(b'\n');
            ends.push(encoded.len());
        }
        Ok(Self { sender, parsed, refused, unlisted, encoded, ends })
    }

    /// How much work it is.
    pub(super) fn records(&self) -> usize {
        self.parsed.len() + self.refused.len()
    }
}

/// What a group of submissions came to.
pub(super) struct Committed {
    pub sequence: u64,
    /// The events that are new, in order.
    pub events: Vec<Event>,
    /// Accepted and duplicates, submission by submission.
    pub counts: Vec<(usize, usize)>,
}

/// The embedded store; used by one thread.
pub(super) struct Ledger {
    database: Database,
    log: Keyspace,
    quarantine: Quarantine,
    seen: SeenIds,
    next_sequence: u64,
}

impl Ledger {
    /// Opens it under the data directory. `applied` is what the event store holds of the log.
    pub(super) fn open(data_dir: &Path, applied: u64) -> Result<Self, Failure> {
        let folder = data_dir.join("ingest");
        fs::create_dir_all(&folder).map_err(|error| {
            io::Error::new(
                error.kind(),
                format!("cannot create the folder {} for the ingest log ({error}): give the server a data folder it may write to (--data-dir)", folder.display()),
            )
        })?;
        let database = Database::builder(&folder)
            .cache_size(CACHE_BYTES)
            .worker_threads(2)
            .max_journaling_size(256 << 20)
            .open()
            .map_err(|error| format!("cannot open the ingest log {}: {error}", folder.display()))?;
        let log = database.keyspace("log", options)?;
        let quarantine = Quarantine::open(&database)?;
        let seen = SeenIds::open(&database)?;
        let next_sequence = last_key(&log)?.unwrap_or(0).max(applied) + 1;
        Ok(Self { database, log, quarantine, seen, next_sequence })
    }

    /// The entries of the log after a sequence, oldest first.
    pub(super) fn entries_after(
        &self,
        sequence: u64,
    ) -> impl Iterator<Item = Result<(u64, Vec<Event>), Failure>> + use<> {
        self.log.range((sequence + 1).to_be_bytes()..).map(|entry| {
            let (key, value) = entry.into_inner()?;
            let events = serde_json::Deserializer::from_slice(&value).into_iter().collect::<Result<_, _>>()?;
            Ok((number(&key), events))
        })
    }

    /// Drops what was seen before, and makes the rest durable in one batch.
    pub(super) fn commit(&mut self, group: Vec<Submission>) -> Result<Committed, fjall::Error> {
        let mut batch = self.database.batch().durability(Some(PersistMode::SyncData));
        let mut log_entry = Vec::with_capacity(group.iter().map(|submission| submission.encoded.len()).sum());
        let mut events = Vec::with_capacity(group.iter().map(|submission| submission.parsed.len()).sum());
        let mut counts = Vec::with_capacity(group.len());
        self.seen.begin_group();
        let mut not_kept = Tally::default();
        for submission in group {
            let (mut accepted, mut duplicates, mut start) = (0, 0, 0);
            for (parsed, end) in submission.parsed.into_iter().zip(submission.ends) {
                let encoded = submission.encoded.get(start..end).unwrap_or_default();
                start = end;
                let Parsed { event, client_day, known_days } = parsed;
                let id = SeenId::of(submission.sender.source_id, &event.event_id);
                if self.seen.holds(&id, &known_days)? {
                    duplicates += 1;
                    continue;
                }
                self.seen.note(&mut batch, id, client_day)?;
                log_entry.extend_from_slice(encoded);
                events.push(event);
                accepted += 1;
            }
            let sender = submission.sender;
            self.quarantine.add(&mut batch, sender.source_id, sender.received, &submission.refused)?;
            not_kept.repeated(sender, duplicates);
            not_kept.refused(sender, &submission.refused, submission.unlisted);
            counts.push((accepted, duplicates));
        }
        let sequence = self.next_sequence;
        for event in not_kept.told(sequence) {
            serde_json::to_writer(&mut log_entry, &event).map_err(io::Error::from)?;
            log_entry.push(b'\n');
            events.push(event);
        }
        if !events.is_empty() {
            batch.insert(&self.log, sequence.to_be_bytes(), log_entry);
            self.next_sequence += 1;
        }
        batch.commit()?;
        Ok(Committed { sequence, events, counts })
    }

    /// Forgets what the event store holds in its main file, and ids whose day is beyond the horizon.
    pub(super) fn trim(&mut self, until_sequence: u64, today: Day) -> Result<(), fjall::Error> {
        let mut batch = self.database.batch();
        for entry in self.log.range(..=until_sequence.to_be_bytes()) {
            batch.remove_weak(&self.log, entry.key()?);
        }
        batch.commit()?;
        self.seen.forget(today)
    }
}

pub(super) fn options() -> KeyspaceCreateOptions {
    KeyspaceCreateOptions::default().max_memtable_size(MEMTABLE_BYTES)
}

fn last_key(keyspace: &Keyspace) -> Result<Option<u64>, fjall::Error> {
    keyspace.last_key_value().map(|entry| Ok(number(&entry.key()?))).transpose()
}

pub(super) fn number(key: &[u8]) -> u64 {
    key.try_into().map_or(0, u64::from_be_bytes)
}

#[cfg(test)]
impl Ledger {
    pub(super) fn quarantined(&self) -> Vec<serde_json::Value> {
        self.quarantine.records()
    }
}
