//! Files of native events: past the log and without a horizon, each file once by its label.

use super::{
    Came, Collector, Envelope, Rejection, Source,
    records::{Arrival, parse_lines},
};
use crate::events::{Event, Text};
use model::{
    problem::Problem,
    time::{Calendar, Timestamp},
};
use parking_lot::Mutex;
use rustc_hash::FxHashSet;
use std::{
    io::{BufRead, Read},
    sync::Arc,
};

/// Lines are read in turns of about so many bytes.
const TURN_BYTES: usize = 1_024 * 1_024;
/// More bytes than a record may have: a file without line breaks is not read into memory whole.
const LINE_BYTES: u64 = 128 * 1_024;
/// More rejections than this are counted and not listed.
const MOST_LISTED: usize = 100;

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileImport {
    /// Events that were new with this file.
    pub accepted: u64,
    /// Events that stood in it twice, and those that an earlier load of the file brought.
    pub duplicates: u64,
    /// Events of days that were dropped for their age, or of the first ones behind them.
    pub too_old: u64,
    pub rejected: u64,
    /// The first of them.
    pub first_rejections: Vec<Rejection>,
    /// Why the file could not be read to its end; what came before was kept.
    pub cut: Option<String>,
}

impl Collector {
    /// Loads native events, one JSON object a line. `label` is the file's checksum: the same file twice counts once.
    pub async fn import_lines(
        &self,
        source: &Source,
        label: &str,
        lines: impl BufRead + Send + 'static,
    ) -> Result<FileImport, Problem> {
        let found = Arc::new(Mutex::new(FileImport::default()));
        let events = Lines {
            reader: lines,
            envelope: Envelope { source: source.clone(), client: None },
            received: self.clock().now(),
            calendar: self.calendar(),
            read: Vec::new().into_iter(),
            line: 1,
            known: FxHashSet::default(),
            found: found.clone(),
            is_over: false,
        };
        let loaded = self.load(source, label, Came::Together, events, |_| {}).await?;
        let mut outcome = std::mem::take(&mut *found.lock());
        outcome.accepted = loaded.events.saturating_sub(loaded.before + loaded.too_old);
        outcome.too_old = loaded.too_old;
        outcome.duplicates += loaded.before;
        Ok(outcome)
    }
}

/// The events of a file, one after another.
struct Lines<Reader> {
    reader: Reader,
    envelope: Envelope,
    received: Timestamp,
    calendar: Calendar,
    read: std::vec::IntoIter<Event>,
    line: usize,
    /// Ids in this file; a bulk load does not look at those of others.
    known: FxHashSet<Text>,
    found: Arc<Mutex<FileImport>>,
    is_over: bool,
}

impl<Reader: BufRead> Iterator for Lines<Reader> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.read.next() {
                if self.known.insert(event.event_id.clone()) {
                    return Some(event);
                }
                self.found.lock().duplicates += 1;
            } else if self.is_over {
                return None;
            } else {
                self.read_turn();
            }
        }
    }
}

impl<Reader: BufRead> Lines<Reader> {
    fn read_turn(&mut self) {
        let mut turn = Vec::new();
        while turn.len() < TURN_BYTES {
            match self.reader.by_ref().take(LINE_BYTES).read_until(b'\n', &mut turn) {
                Ok(0) => {
                    self.is_over = true;
                    break;
                }
                Ok(_) => {}
                Err(error) => {
                    self.found.lock().cut = Some(error.to_string());
                    self.is_over = true;
                    break;
                }
            }
        }
        let arrival = Arrival::of_file(&self.envelope, self.received, self.calendar);
        let records = parse_lines(&turn, self.line, &arrival);
        #[allow(clippy::naive_bytecount)] // once a piece of a file, beside parsing it
        let lines = turn.iter().filter(|byte| **byte == b'\n').count();
        self.line += lines;
        let mut found = self.found.lock();
        found.rejected += records.refused_count as u64;
        let room = MOST_LISTED.saturating_sub(found.first_rejections.len());
        found.first_rejections.extend(records.refused.into_iter().take(room).map(|refused| refused.rejection));
        drop(found);
        self.read = records.parsed.into_iter().map(|parsed| parsed.event).collect::<Vec<_>>().into_iter();
    }
}
