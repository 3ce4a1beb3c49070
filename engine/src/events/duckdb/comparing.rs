//! What two stores have of one fact, held against each other: rows as a multiset, and what of them adds up.
//!
//! Rows are told apart by a hash over all their columns, since a row has no name. First whole hours are compared, by the
//! number of their rows and the sum of the hashes; only where these differ is looked at the rows, an hour at a time, so
//! neither store is ever in memory. Texts are made of constants of [`FACTS`](crate::events::fact_tables::FACTS).

use super::{Columns, Transaction};
use crate::events::{EngineError, fact_tables::FactTables};
use ::duckdb::params;
use std::collections::BTreeMap;

/// Rows of an hour or day: how many, and the sum of their hashes, which may have more than 64 bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digest {
    rows: i64,
    sum: String,
}

/// How many rows a fact has, and the sums of what adds up, in the order of [`FactTables::sums`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    pub rows: i64,
    pub sums: Vec<i64>,
}

/// What of a fact is compared: rows of this moment or later, of this day or later where they have days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Since {
    pub moment: i64,
    pub day: i32,
}

/// How often each hash is there.
pub(crate) type Counts = BTreeMap<u64, i64>;

impl FactTables {
    fn hash(&self) -> String {
        let columns: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        format!("hash({})", columns.join(", "))
    }

    /// What rows have to be of, as a number in a statement.
    fn day(&self) -> &'static str {
        // What has no days is kept for all time.
        if self.has_days() { "day" } else { "2147483647" }
    }

    /// The rows of all its tables, as that list of expressions.
    fn rows(&self, expressions: &str, condition: &str) -> String {
        let of_table = |table: &&str| format!("select {expressions} from {table} where {condition}");
        self.tables.iter().map(of_table).collect::<Vec<_>>().join(" union all ")
    }

    /// How many rows there are from that moment on, and what they add up to.
    pub(crate) fn tally(&self, transaction: &Transaction<'_>, since: Since) -> Result<Tally, EngineError> {
        let mut columns = Vec::new();
        let mut answers = vec!["count(*)".to_owned()];
        for (index, (_, of)) in self.sums.iter().enumerate() {
            columns.push(format!("cast({of} as bigint) as sum_{index}"));
            answers.push(format!("cast(coalesce(sum(sum_{index}), 0) as bigint)"));
        }
        // Where nothing adds up, there still are rows.
        columns.push("1 as one".to_owned());
        let condition = format!("{} >= $1 and {} >= $2", self.moment.expression(), self.day());
        let rows = self.rows(&columns.join(", "), &condition);
        let text = format!("select {} from ({rows}) rows", answers.join(", "));
        let count = self.sums.len();
        Ok(transaction.connection().query_row(&text, params![since.moment, since.day], |row| {
            Ok(Tally { rows: row.get(0)?, sums: (1..=count).map(|index| row.get(index)).collect::<Result<_, _>>()? })
        })?)
    }

    /// What there is from that moment on, hour by hour.
    pub(crate) fn digests(
        &self,
        transaction: &Transaction<'_>,
        since: Since,
    ) -> Result<BTreeMap<i64, Digest>, EngineError> {
        let (moment, step) = (self.moment.expression(), self.moment.step());
        let expressions = format!("cast(floor({moment} / {step}) as bigint) as part, {} as fingerprint", self.hash());
        let rows = self.rows(&expressions, &format!("{moment} >= $1 and {} >= $2", self.day()));
        let text = format!("select part, count(*), cast(sum(fingerprint) as varchar) from ({rows}) rows group by part");
        let mut statement = transaction.connection().prepare(&text)?;
        let read = |row: &::duckdb::Row<'_>| Ok((row.get(0)?, Digest { rows: row.get(1)?, sum: row.get(2)? }));
        Ok(statement.query_map(params![since.moment, since.day], read)?.collect::<Result<_, _>>()?)
    }

    /// The rows of one of those hours, from that moment on.
    pub(crate) fn counts(&self, transaction: &Transaction<'_>, part: i64, since: Since) -> Result<Counts, EngineError> {
        let (first, end) = self.bounds(part, since);
        let moment = self.moment.expression();
        let condition = format!("{moment} >= $1 and {moment} < $2 and {} >= $3", self.day());
        let rows = self.rows(&format!("{} as fingerprint", self.hash()), &condition);
        let text = format!("select fingerprint, count(*) from ({rows}) rows group by fingerprint");
        let mut statement = transaction.connection().prepare(&text)?;
        let read = |row: &::duckdb::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        Ok(statement.query_map(params![first, end, since.day], read)?.collect::<Result<_, _>>()?)
    }

    /// Puts other rows into the place of those with these hashes in an hour; `anew` are the other rows, by table.
    pub(crate) fn exchange(
        &self,
        transaction: &Transaction<'_>,
        part: i64,
        since: Since,
        hashes: &str,
        anew: &[(&'static str, Columns)],
    ) -> Result<(), EngineError> {
        let (first, end) = self.bounds(part, since);
        let (moment, hash, day) = (self.moment.expression(), self.hash(), self.day());
        for table in self.tables {
            let text = format!(
                "delete from {table} using (select cast(unnest(string_split($1, chr(30))) as ubigint) as fingerprint) gone
                 where {moment} >= $2 and {moment} < $3 and {day} >= $4 and {hash} = gone.fingerprint"
            );
            transaction.remove(table, &text, params![hashes, first, end, since.day])?;
        }
        anew.iter().try_for_each(|(table, rows)| transaction.append_columns(table, rows))
    }

    /// The rows with these hashes in an hour, by table.
    pub(crate) fn rows_of(
        &self,
        transaction: &Transaction<'_>,
        part: i64,
        since: Since,
        hashes: &str,
    ) -> Result<Vec<(&'static str, Columns)>, EngineError> {
        let (first, end) = self.bounds(part, since);
        let (moment, hash, day) = (self.moment.expression(), self.hash(), self.day());
        let columns: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        let mut found = Vec::new();
        for table in self.tables {
            let text = format!(
                "select {} from {table} semi join (
                     select cast(unnest(string_split($1, chr(30))) as ubigint) as fingerprint
                 ) wanted on {hash} = wanted.fingerprint
                 where {moment} >= $2 and {moment} < $3 and {day} >= $4",
                columns.join(", ")
            );
            let mut statement = transaction.connection().prepare(&text)?;
            found.push((
                *table,
                Columns::from_batches(statement.query_arrow(params![hashes, first, end, since.day])?.collect()),
            ));
        }
        Ok(found)
    }

    fn bounds(&self, part: i64, since: Since) -> (i64, i64) {
        let step = self.moment.step();
        ((part * step).max(since.moment), (part + 1) * step)
    }
}
