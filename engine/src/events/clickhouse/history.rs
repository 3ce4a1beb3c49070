//! What the working store had before there was a ClickHouse: copied slice by slice, and held against the original.
//!
//! A slice of a table whose days agree in count and sums is left alone. Any other is dropped in ClickHouse and copied again, so a
//! copy that was interrupted goes on where it was, and one that went wrong mends itself. Every day is compared once, and those that
//! were copied once more: nothing else writes meanwhile, so what agreed still does.

use super::{
    ClickHouseStore,
    encoding::{Changed, encode_from},
    shipping::{say_arrived, write_parts},
    tables::{DAYS_OF_SLICE, ServedTable},
};
use crate::events::{EngineError, EventStore, Value, duckdb::put_in_step, rows::Column};
use ::duckdb::{Connection, arrow::record_batch::RecordBatch};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that are read before they are sent.
const ROWS_AT_A_TIME: usize = 100_000;
/// `FINAL` opens every file of a column at once, and a table of sixty columns has many.
const COLUMNS_AT_A_TIME: usize = 6;
/// Sums are of remainders, so that they fit; of texts, of the first half of the MD5 of those that are looked at together: a
/// digest for each text of a row would take most of the time.
const DIVISOR: i64 = 1_000_003;

/// What one side calls the remainders of some columns: those of numbers each, those of texts together.
struct Remainders {
    number: fn(&str) -> String,
    texts: fn(&[String]) -> String,
    text: fn(&Column) -> String,
}

const OF_DUCKDB: Remainders = Remainders {
    number: |name| format!("cast(sum(cast({name} as bigint) % {DIVISOR}) as bigint)"),
    texts: |texts| format!("cast(sum(md5_number_upper({}) % {DIVISOR}) as bigint)", texts.join(" || chr(31) || ")),
    text: |Column { name, nullable, .. }| {
        if *nullable { format!("coalesce({name}, chr(30))") } else { (*name).to_owned() }
    },
};

const OF_CLICKHOUSE: Remainders = Remainders {
    number: |name| format!("sum(toInt64({name}) % {DIVISOR})"),
    texts: |texts| {
        format!("sum(toInt64(reinterpretAsUInt64(MD5(concat({}, ''))) % {DIVISOR}))", texts.join(r", '\x1F', "))
    },
    text: |Column { name, nullable, .. }| {
        if *nullable { format!(r"ifNull({name}, '\x1E')") } else { (*name).to_owned() }
    },
};

impl Remainders {
    /// Some columns that are looked at together.
    fn of(&self, columns: &[Column]) -> Vec<String> {
        let is_text = |column: &&Column| column.sql_type == "VARCHAR";
        let texts: Vec<String> = columns.iter().filter(is_text).map(self.text).collect();
        let numbers = columns.iter().filter(|column| !is_text(column)).map(|column| (self.number)(column.name));
        numbers.chain((!texts.is_empty()).then(|| (self.texts)(&texts))).collect()
    }
}

/// A day of a table, where it has days.
type Day = Option<i32>;
/// Which thirty days, where it is cut into slices.
type Slice = Option<i32>;

/// How many rows, and sums over all columns.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tally {
    rows: i64,
    sums: Vec<i64>,
}

/// How far a copy has come.
#[derive(Debug, Clone)]
pub struct CopyProgress {
    pub table: &'static str,
    pub rows: u64,
    pub of: u64,
}

/// What a copy came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Copied {
    /// All rows, compared.
    pub rows: u64,
    /// Slices of thirty days that were copied; the others were there.
    pub slices: u64,
}

#[derive(Debug, thiserror::Error)]
#[error(
    "{table} differs after it was copied ({day:?}): ClickHouse has {found:?}, and not {wanted:?}; run the command again"
)]
struct Differs {
    table: &'static str,
    day: Day,
    wanted: Option<Tally>,
    found: Option<Tally>,
}

impl ClickHouseStore {
    /// Copies what a store has and ClickHouse lacks, and compares all of it. Nothing else may write to either meanwhile.
    pub async fn take_history(
        &self,
        store: &EventStore,
        progress: impl Fn(CopyProgress) + Send,
    ) -> Result<Copied, EngineError> {
        let cluster = &self.shared.cluster;
        let mut wanted = BTreeMap::new();
        for table in &cluster.tables {
            let (reading, table) = (store.clone(), table.clone());
            let name = table.name;
            wanted
                .insert(name, on_a_thread(move || reading.look_up(|read| original(read.connection(), &table))).await?);
        }
        let of = wanted.values().flat_map(BTreeMap::values).map(|tally| tally.rows as u64).sum();
        let batch = self.shared.outbox.newest() + 1;
        let mut copied = Copied::default();
        for table in &cluster.tables {
            let empty = BTreeMap::new();
            let days = wanted.get(table.name).unwrap_or(&empty);
            let found = self.copies(table, None).await?;
            let mut slices: BTreeMap<Slice, Vec<Day>> = BTreeMap::new();
            for day in days_of_either(days, &found) {
                slices.entry(day.map(|day| day.div_euclid(DAYS_OF_SLICE))).or_default().push(day);
            }
            for (slice, of_slice) in slices {
                let rows: i64 = of_slice.iter().filter_map(|day| days.get(day)).map(|tally| tally.rows).sum();
                if !of_slice.iter().all(|day| agree(table, days.get(day), *day, &found)) {
                    self.copy(store, table, slice, batch, rows > 0).await?;
                    self.compare(table, slice, days).await?;
                    copied.slices += 1;
                }
                copied.rows += rows as u64;
                progress(CopyProgress { table: table.name, rows: copied.rows, of });
            }
        }
        store.write(move |transaction| put_in_step(transaction.connection(), batch)).arrives().await?;
        say_arrived(cluster, batch).await?;
        self.shared.outbox.starts_at(batch);
        self.shared.arrived.send_replace(batch);
        Ok(copied)
    }

    /// That a slice of a table, or all of one that has none, is what the original has.
    async fn compare(
        &self,
        table: &ServedTable,
        slice: Slice,
        wanted: &BTreeMap<Day, Tally>,
    ) -> Result<(), EngineError> {
        let found = self.copies(table, slice).await?;
        let within = |day: &Day| slice.is_none() || day.map(|day| day.div_euclid(DAYS_OF_SLICE)) == slice;
        let mut days = days_of_either(wanted, &found).into_iter().filter(within);
        match days.find(|day| !agree(table, wanted.get(day), *day, &found)) {
            None => Ok(()),
            Some(day) => {
                let (wanted, found) = (wanted.get(&day).cloned(), together(table, day, &found));
                Err(EngineError::Failed(Box::new(Differs { table: table.name, day, wanted, found })))
            }
        }
    }

    /// The tallies of a table, or of a slice of it, on each shard.
    async fn copies(&self, table: &ServedTable, slice: Slice) -> Result<Vec<BTreeMap<Day, Tally>>, EngineError> {
        let cluster = &self.shared.cluster;
        let day = if table.has("day") { "day" } else { "0" };
        let within = table.slice().zip(slice).map(|(of, number)| format!(" AND {of} = {number}")).unwrap_or_default();
        let mut copies = Vec::new();
        for shard in &cluster.shards {
            let Some(server) = shard.first() else { continue };
            let mut days: BTreeMap<Day, Tally> = BTreeMap::new();
            for columns in table.columns.chunks(COLUMNS_AT_A_TIME) {
                let sums = OF_CLICKHOUSE.of(columns);
                let text = format!(
                    "SELECT {day} AS on_day, count(*), {} FROM {} FINAL WHERE gone = 0{within} GROUP BY on_day",
                    sums.join(", "),
                    table.local_name(&cluster.layout)
                );
                let answer = server.ask(&text, &[]).await?;
                let tallies = answer.rows().map(|row| tally(table, &row));
                // To old versions a group of a constant is there without any row.
                for (day, more) in tallies.filter(|(_, tally)| tally.rows > 0) {
                    match days.get_mut(&day) {
                        Some(known) => known.sums.extend(more.sums),
                        None => {
                            days.insert(day, more);
                        }
                    }
                }
            }
            copies.push(days);
        }
        Ok(copies)
    }

    /// One slice of a table anew.
    async fn copy(
        &self,
        store: &EventStore,
        table: &ServedTable,
        slice: Slice,
        batch: u64,
        has_rows: bool,
    ) -> Result<(), EngineError> {
        let cluster = &self.shared.cluster;
        let local = table.local_name(&cluster.layout);
        let away = match slice {
            Some(slice) => format!("ALTER TABLE {local} DROP PARTITION {slice}"),
            None => format!("TRUNCATE TABLE {local}"),
        };
        for server in cluster.shards.iter().filter_map(|copies| copies.first()) {
            server.define(&away).await?;
        }
        if !has_rows {
            return Ok(());
        }
        let (chunks, mut arriving) = tokio::sync::mpsc::channel(1);
        let (reading, sources) = (store.clone(), table.sources.clone());
        let read = tokio::task::spawn_blocking(move || {
            reading.look_up(|read| {
                send_rows(read.connection(), &sources, slice, |chunk| chunks.blocking_send(chunk).is_ok())
            })
        });
        let shards = cluster.shards.len() as u32;
        let mut first = 0;
        while let Some(chunk) = arriving.recv().await {
            let changed = Changed { added: chunk, ..Changed::default() };
            let rows = changed.added.iter().map(|(_, rows)| rows.num_rows() as u64).sum::<u64>();
            write_parts(cluster, encode_from(&changed, batch, first, shards)?, batch..=batch, false).await?;
            first += rows;
        }
        read.await.map_err(|error| EngineError::Failed(Box::new(error)))?
    }
}

fn days_of_either(wanted: &BTreeMap<Day, Tally>, found: &[BTreeMap<Day, Tally>]) -> BTreeSet<Day> {
    wanted.keys().chain(found.iter().flat_map(BTreeMap::keys)).copied().collect()
}

async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, EngineError> + Send + 'static,
) -> Result<T, EngineError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| EngineError::Failed(Box::new(error)))?
}

fn original(connection: &Connection, table: &ServedTable) -> Result<BTreeMap<Day, Tally>, EngineError> {
    let day = if table.has("day") { "day" } else { "0" };
    let sums: Vec<String> = table.columns.chunks(COLUMNS_AT_A_TIME).flat_map(|columns| OF_DUCKDB.of(columns)).collect();
    let sources: Vec<String> = table.sources.iter().map(|source| format!("select * from {source}")).collect();
    let text = format!(
        "select {day} as on_day, count(*), {} from ({}) rows group by on_day",
        sums.join(", "),
        sources.join(" union all ")
    );
    let mut statement = connection.prepare(&text)?;
    let mut rows = statement.query([])?;
    let mut tallies = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let cells =
            (0..sums.len() + 2).map(|index| Ok(row.get::<_, Option<i64>>(index)?.map_or(Value::Null, Value::Integer)));
        let (day, tally) = tally(table, &cells.collect::<Result<Vec<_>, EngineError>>()?);
        tallies.insert(day, tally);
    }
    Ok(tallies)
}

fn tally(table: &ServedTable, row: &[Value]) -> (Day, Tally) {
    let number = |cell: &Value| match cell {
        Value::Integer(number) => *number,
        // No row knows it.
        Value::Null | Value::Bool(_) | Value::Float(_) | Value::Text(_) => 0,
    };
    let mut numbers = row.iter().map(number);
    let day = numbers.next().filter(|_| table.has("day")).map(|day| day as i32);
    (day, Tally { rows: numbers.next().unwrap_or(0), sums: numbers.collect() })
}

fn agree(table: &ServedTable, wanted: Option<&Tally>, day: Day, shards: &[BTreeMap<Day, Tally>]) -> bool {
    if table.lies_everywhere() {
        shards.iter().all(|shard| shard.get(&day) == wanted)
    } else {
        together(table, day, shards).as_ref() == wanted
    }
}

/// What all shards have of a day.
fn together(table: &ServedTable, day: Day, shards: &[BTreeMap<Day, Tally>]) -> Option<Tally> {
    let mut found = shards.iter().filter_map(|shard| shard.get(&day)).cloned();
    if table.lies_everywhere() {
        return found.next();
    }
    found.reduce(|one, other| Tally {
        rows: one.rows + other.rows,
        sums: one.sums.iter().zip(&other.sums).map(|(one, other)| one + other).collect(),
    })
}

type Chunk = Vec<(&'static str, RecordBatch)>;

/// Reads a slice of some tables and gives it away in chunks, for as long as they are taken.
fn send_rows(
    connection: &Connection,
    sources: &[&'static str],
    slice: Slice,
    mut take: impl FnMut(Chunk) -> bool,
) -> Result<(), EngineError> {
    let mut chunk = Chunk::new();
    let mut rows = 0;
    for source in sources {
        let within = slice.map(|slice| {
            let first = slice * DAYS_OF_SLICE;
            format!(" where day >= {first} and day < {}", first + DAYS_OF_SLICE)
        });
        let mut statement = connection.prepare(&format!("select * from {source}{}", within.unwrap_or_default()))?;
        for batch in statement.query_arrow([])? {
            rows += batch.num_rows();
            chunk.push((source, batch));
            if rows >= ROWS_AT_A_TIME {
                rows = 0;
                if !take(std::mem::take(&mut chunk)) {
                    return Ok(());
                }
            }
        }
    }
    if !chunk.is_empty() {
        take(chunk);
    }
    Ok(())
}

#[cfg(test)]
impl ClickHouseStore {
    /// That every day of every table is the same on both sides.
    pub(crate) async fn must_agree_with(&self, store: &EventStore) {
        let tables = self.shared.cluster.tables.clone();
        for table in &tables {
            let wanted = store.look_up(|read| original(read.connection(), table)).unwrap();
            if let Err(error) = self.compare(table, None, &wanted).await {
                panic!("{:?}", std::error::Error::source(&error));
            }
        }
    }
}
