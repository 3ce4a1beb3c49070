//! What a transaction changed, as rows in ClickHouse's own binary form, by shard and slice.

use super::tables::{DAYS_OF_SLICE, Identity, ServedTable, served_tables};
use crate::events::EngineError;
use ::duckdb::arrow::{
    array::{Array, BooleanArray, Int16Array, Int32Array, Int64Array, StringArray},
    record_batch::RecordBatch,
};
use model::time::Day;
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Rows that were added and removed, by table, in the order of what was done.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    pub added: Vec<(&'static str, RecordBatch)>,
    pub removed: Vec<(&'static str, RecordBatch)>,
    /// Whole days before one, which are no rows to be told one by one. Rows are changed in other transactions.
    pub forgotten: Vec<(&'static str, Day)>,
}

impl Changed {
    pub(crate) const fn is_empty(&self) -> bool {
        self.has_no_rows() && self.forgotten.is_empty()
    }

    pub(crate) const fn has_no_rows(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// Where rows belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Place {
    Shard(u32),
    Everywhere,
}

/// Rows of one table, place and slice of time: what ClickHouse takes in whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub relation: String,
    pub place: Place,
    pub slice: Option<i32>,
    pub rows: u64,
    pub body: Vec<u8>,
}

type IdentityBytes = [u8; 16];

/// The parts of a batch. Where a row takes the place of a removed one, nothing needs to be said of the removed one.
pub(crate) fn encode(changed: &Changed, batch: u64, shards: u32) -> Result<Vec<Part>, EngineError> {
    encode_from(changed, batch, 0, shards)
}

/// The same for a batch of which so many rows were encoded before.
pub(super) fn encode_from(changed: &Changed, batch: u64, next: u64, shards: u32) -> Result<Vec<Part>, EngineError> {
    let mut parts = Vec::new();
    for table in served_tables() {
        let (added, sorted) = (FxHashSet::default(), BTreeMap::new());
        let mut sorting = Sorting { table: &table, batch, shards, next, added, parts: sorted };
        let of_table = |rows: &&(&'static str, RecordBatch)| table.sources.contains(&rows.0);
        for (_, rows) in changed.added.iter().filter(of_table) {
            sorting.add(rows, false)?;
        }
        for (_, rows) in changed.removed.iter().filter(of_table) {
            if table.identity == Identity::Added {
                let text = format!("rows of {} were removed, but nothing says which ones are the same", table.name);
                return Err(EngineError::Failed(text.into()));
            }
            sorting.add(rows, true)?;
        }
        parts.extend(sorting.parts.into_iter().map(|((place, slice), (rows, body))| Part {
            relation: table.name.to_owned(),
            place,
            slice,
            rows,
            body,
        }));
    }
    Ok(parts)
}

struct Sorting<'t> {
    table: &'t ServedTable,
    batch: u64,
    shards: u32,
    /// The place of the next row in the batch.
    next: u64,
    added: FxHashSet<(Place, IdentityBytes)>,
    parts: BTreeMap<(Place, Option<i32>), (u64, Vec<u8>)>,
}

impl Sorting<'_> {
    fn add(&mut self, rows: &RecordBatch, gone: bool) -> Result<(), EngineError> {
        let columns = self.table.columns.iter().map(|column| Ok((Cells::of(rows, column.name)?, column.nullable)));
        let columns: Vec<(Cells<'_>, bool)> = columns.collect::<Result<_, EngineError>>()?;
        let named = |name: &str| self.table.columns.iter().position(|column| column.name == name);
        let identity: Vec<usize> = match self.table.identity {
            Identity::Added => Vec::new(),
            Identity::Of(names) => names.iter().filter_map(|name| named(name)).collect(),
        };
        let owners: Vec<usize> = ["household", "sid"].into_iter().filter_map(named).collect();
        let day = named("day");
        let cells = |index: usize| columns.get(index).map(|(cells, _)| cells);
        for row in 0..rows.num_rows() {
            let identity = if self.table.identity == Identity::Added {
                self.next += 1;
                (u128::from(self.batch) << 64 | u128::from(self.next)).to_be_bytes()
            } else {
                let mut digest = Sha256::new();
                let mut cell = Vec::new();
                for cells in identity.iter().copied().filter_map(cells) {
                    cell.clear();
                    cells.write(row, true, &mut cell);
                    digest.update(&cell);
                }
                first_half(&digest.finalize())
            };
            let place = if self.table.lies_everywhere() {
                Place::Everywhere
            } else {
                let owner = owners.iter().copied().filter_map(cells).find_map(|cells| cells.text(row));
                let hash = owner.map_or(identity, |owner| first_half(&Sha256::digest(owner.as_bytes())));
                Place::Shard((u128::from_be_bytes(hash) % u128::from(self.shards.max(1))) as u32)
            };
            if gone && self.added.contains(&(place, identity)) {
                continue;
            }
            if !gone && self.table.identity != Identity::Added {
                self.added.insert((place, identity));
            }
            let slice =
                day.and_then(cells).and_then(|cells| cells.integer(row)).map(|day| day.div_euclid(DAYS_OF_SLICE));
            let (count, body) = self.parts.entry((place, slice)).or_default();
            *count += 1;
            for (cells, nullable) in &columns {
                cells.write(row, *nullable, body);
            }
            body.extend_from_slice(&self.batch.to_le_bytes());
            body.push(u8::from(gone));
            body.extend_from_slice(&identity);
        }
        Ok(())
    }
}

fn first_half(digest: &[u8]) -> IdentityBytes {
    let mut half = IdentityBytes::default();
    half.iter_mut().zip(digest).for_each(|(byte, of)| *byte = *of);
    half
}

/// A column of a batch.
enum Cells<'a> {
    Bool(&'a BooleanArray),
    Small(&'a Int16Array),
    Integer(&'a Int32Array),
    Large(&'a Int64Array),
    Text(&'a StringArray),
}

impl<'a> Cells<'a> {
    fn of(rows: &'a RecordBatch, name: &str) -> Result<Self, EngineError> {
        let failed = |what: &str| EngineError::Failed(format!("the column {name} {what}").into());
        let column = rows.column_by_name(name).ok_or_else(|| failed("is missing"))?.as_any();
        let cells = None
            .or_else(|| column.downcast_ref().map(Self::Bool))
            .or_else(|| column.downcast_ref().map(Self::Small))
            .or_else(|| column.downcast_ref().map(Self::Integer))
            .or_else(|| column.downcast_ref().map(Self::Large))
            .or_else(|| column.downcast_ref().map(Self::Text));
        cells.ok_or_else(|| failed("has a type that is not sent"))
    }

    fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Bool(cells) => cells.is_null(row),
            Self::Small(cells) => cells.is_null(row),
            Self::Integer(cells) => cells.is_null(row),
            Self::Large(cells) => cells.is_null(row),
            Self::Text(cells) => cells.is_null(row),
        }
    }

    fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Text(cells) if !cells.is_null(row) => Some(cells.value(row)),
            Self::Text(_) | Self::Bool(_) | Self::Small(_) | Self::Integer(_) | Self::Large(_) => None,
        }
    }

    fn integer(&self, row: usize) -> Option<i32> {
        match self {
            Self::Integer(cells) if !cells.is_null(row) => Some(cells.value(row)),
            Self::Integer(_) | Self::Bool(_) | Self::Small(_) | Self::Large(_) | Self::Text(_) => None,
        }
    }

    /// As `RowBinary` has it. What is unknown where it can't be, in rows from before the column, is nothing.
    fn write(&self, row: usize, nullable: bool, body: &mut Vec<u8>) {
        let null = self.is_null(row);
        if nullable {
            body.push(u8::from(null));
            if null {
                return;
            }
        }
        match self {
            Self::Bool(cells) => body.push(u8::from(!null && cells.value(row))),
            Self::Small(cells) => body.extend_from_slice(&if null { 0 } else { cells.value(row) }.to_le_bytes()),
            Self::Integer(cells) => body.extend_from_slice(&if null { 0 } else { cells.value(row) }.to_le_bytes()),
            Self::Large(cells) => body.extend_from_slice(&if null { 0 } else { cells.value(row) }.to_le_bytes()),
            Self::Text(cells) => {
                let text = if null { "" } else { cells.value(row) };
                let mut length = text.len();
                while length >= 0x80 {
                    body.push((length & 0x7f) as u8 | 0x80);
                    length >>= 7;
                }
                body.push(length as u8);
                body.extend_from_slice(text.as_bytes());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{fact_rows::ChannelRow, rows::TableRow as _};
    use model::access::OrganisationId;

    fn channel(name: &str) -> RecordBatch {
        let row = ChannelRow { org: OrganisationId(1), channel_id: "X".into(), name: name.into() };
        ChannelRow::record_batch(&[row]).unwrap()
    }

    #[test]
    fn what_is_replaced_is_not_said_to_be_gone() {
        let changed = Changed {
            added: vec![("channel", channel("new"))],
            removed: vec![("channel", channel("old"))],
            ..Changed::default()
        };
        let parts = encode(&changed, 7, 2).unwrap();
        let [Part { relation, place: Place::Everywhere, slice: None, rows: 1, body }] = parts.as_slice() else {
            panic!("{parts:?}")
        };
        assert_eq!(relation, "channel");
        assert_eq!(body.get(..18), Some(b"\x01\0\0\0\x01X\x03new\x07\0\0\0\0\0\0\0".as_slice()));
        assert_eq!(body.get(18), Some(&0), "it is there");
    }

    #[test]
    fn what_is_removed_is_said_once_more() {
        let changed = Changed { removed: vec![("channel", channel("old"))], ..Changed::default() };
        let parts = encode(&changed, 7, 2).unwrap();
        assert_eq!(parts[0].body.get(18), Some(&1));
    }

    #[test]
    fn rows_that_are_only_added_are_not_to_be_removed() {
        let rows = crate::events::fact_rows::OrderRow::record_batch(&[]).unwrap();
        let changed = Changed { removed: vec![("fact_order", rows)], ..Changed::default() };
        assert!(encode(&changed, 7, 2).is_err());
    }
}
