//! The tables in ClickHouse, made from the rows of ours: a new kind of row needs no word here.
//!
//! ClickHouse has no transactions, and the facts of open sessions change many times before they are settled. So every
//! table is a `ReplacingMergeTree`: a row has an identity, and of rows with the same one the newest batch counts. A row
//! that was taken away is written once more as `gone`. Statements read with `FINAL` and leave out what is gone
//! (`metrics::sql::clickhouse`). Three things follow from it, for which the price of `FINAL` is paid:
//!
//! - replaced rows are read right by plain statements, at any moment between two merges;
//! - a batch that is sent again writes the same identities with the same number, so a retry is never counted twice, even
//!   where a part of it was written before its sender died;
//! - closed and open facts are one table, so a session that ends just replaces its row.
//!
//! Where rows are only ever added, a row's identity is its batch and its place in it. Elsewhere it is some of its columns.
//!
//! A row lies on the shard of its household (of its play session where none is known), so that what is counted once per
//! household adds up over shards. Tables without households are small and lie whole on every shard, so that joins with them
//! stay where the rows are. Each is cut into slices of thirty days, so what is too old is dropped, not deleted. Slices of a
//! day would make `FINAL` open thirty times as many files for a month.

use crate::events::{
    rows::Column,
    schema::{TABLES, Table},
};

/// What makes two rows the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    /// Nothing: rows are only ever added.
    Added,
    /// They agree in these columns.
    Of(&'static [&'static str]),
}

/// A table as ClickHouse has it.
#[derive(Debug, Clone)]
pub(super) struct ServedTable {
    pub name: &'static str,
    pub columns: &'static [Column],
    pub identity: Identity,
    /// The tables it is made of.
    pub sources: Vec<&'static str>,
}

const VIEW: Identity = Identity::Of(&["org", "sid", "start_ms", "household", "province"]);
const MINUTE: Identity =
    Identity::Of(&["org", "household", "clock_minute", "minute", "channel_id", "content_id", "view_mode", "province"]);
const QUALITY_MINUTE: Identity = Identity::Of(&["org", "sid", "minute", "household", "province"]);

/// Tables of which rows are replaced or removed: under which name they are served, and what makes rows the same.
const REPLACED: &[(&str, &str, Identity)] = &[
    ("fact_view", "all_view", VIEW),
    ("fact_view_open", "all_view", VIEW),
    ("fact_minute", "all_minute", MINUTE),
    ("fact_minute_open", "all_minute", MINUTE),
    ("fact_quality_minute", "all_quality_minute", QUALITY_MINUTE),
    ("fact_quality_minute_open", "all_quality_minute", QUALITY_MINUTE),
    ("fact_account", "fact_account", Identity::Of(&["org", "household", "province"])),
    ("programme", "programme", Identity::Of(&["org", "channel_id", "start_ms", "programme_id"])),
    ("channel", "channel", Identity::Of(&["org", "channel_id"])),
];

/// How many days are dropped at a time.
pub(crate) const DAYS_OF_SLICE: i32 = 30;

/// The moment of a row, for the order on disk; the first that a table has.
const MOMENTS: &[&str] = &["start_ms", "minute", "ts_ms", "ts_event"];

/// Every table that ClickHouse has.
pub(super) fn served_tables() -> Vec<ServedTable> {
    let mut served: Vec<ServedTable> = Vec::new();
    for Table { name, columns } in TABLES {
        let replaced = REPLACED.iter().find(|(source, ..)| source == name);
        let (as_name, identity) =
            replaced.map_or((*name, Identity::Added), |(_, served, identity)| (served, *identity));
        match served.iter_mut().find(|table| table.name == as_name) {
            Some(table) => table.sources.push(name),
            None => served.push(ServedTable { name: as_name, columns, identity, sources: vec![name] }),
        }
    }
    served
}

/// Under which name one of our tables is served.
pub(crate) fn served_as(table: &str) -> &str {
    REPLACED.iter().find(|(source, ..)| *source == table).map_or(table, |(_, served, _)| *served)
}

/// Whether rows of one of our tables can't be taken away one by one: nothing says which of two that are alike is meant.
pub(crate) fn is_only_added_to(table: &str) -> bool {
    !REPLACED.iter().any(|(source, ..)| *source == table)
}

impl ServedTable {
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|known| known.name == column)
    }

    /// Whether every shard has all of it.
    pub(super) fn lies_everywhere(&self) -> bool {
        !self.has("household")
    }

    /// The slice of a row, where the table is cut into slices.
    pub(super) fn slice(&self) -> Option<String> {
        self.has("day").then(|| format!("intDiv(day, {DAYS_OF_SLICE})"))
    }

    /// The table that holds the rows of one shard.
    pub(super) fn local_name(&self, layout: &Layout) -> String {
        if layout.spreads(self) { format!("{}_local", self.name) } else { self.name.to_owned() }
    }

    /// The statements that create it on one server.
    pub(super) fn definition(&self, layout: &Layout) -> Vec<String> {
        let local = self.local_name(layout);
        let columns: Vec<String> = self.all_columns().map(|(name, kind)| format!("{name} {kind}")).collect();
        let columns = columns.join(", ");
        let engine = layout.engine(&local);
        let cut = self.slice().map(|slice| format!(" PARTITION BY {slice}")).unwrap_or_default();
        let moment = MOMENTS.iter().find(|moment| self.has(moment));
        let order: Vec<&str> = ["org"].into_iter().chain(moment.copied()).chain(["identity"]).collect();
        let order = order.join(", ");
        let mut statements =
            vec![format!("CREATE TABLE IF NOT EXISTS {local} ({columns}) ENGINE = {engine}{cut} ORDER BY ({order})")];
        if let Some(cluster) = layout.cluster.as_ref().filter(|_| layout.spreads(self)) {
            let (name, database) = (self.name, &layout.database);
            statements.push(format!(
                "CREATE TABLE IF NOT EXISTS {name} ({columns}) ENGINE = Distributed({cluster}, {database}, {local})"
            ));
        }
        statements
    }

    /// The statements that add the columns a table of an earlier version lacks. `known` says what there is.
    pub(super) fn added_columns(&self, layout: &Layout, known: impl Fn(&str, &str) -> bool) -> Vec<String> {
        let mut tables = vec![self.local_name(layout)];
        if layout.spreads(self) {
            tables.push(self.name.to_owned());
        }
        let lacking = |table: &String| {
            let added = self.all_columns().filter(|(column, _)| !known(table, column));
            added.map(|(column, kind)| format!("ALTER TABLE {table} ADD COLUMN {column} {kind}")).collect::<Vec<_>>()
        };
        tables.iter().flat_map(lacking).collect()
    }

    /// The statement that a batch is written with; its rows follow.
    pub(super) fn insert(&self, layout: &Layout) -> String {
        let columns: Vec<&str> = self.all_columns().map(|(name, _)| name).collect();
        format!("INSERT INTO {} ({}) FORMAT RowBinary", self.local_name(layout), columns.join(", "))
    }

    fn all_columns(&self) -> impl Iterator<Item = (&'static str, String)> {
        let own = self.columns.iter().map(|column| (column.name, kind_of(column)));
        let ours = [("batch", "UInt64"), ("gone", "UInt8"), ("identity", "FixedString(16)")];
        own.chain(ours.map(|(name, kind)| (name, kind.to_owned())))
    }
}

fn kind_of(column: &Column) -> String {
    let kind = match column.sql_type {
        "BOOLEAN" => "UInt8",
        "SMALLINT" => "Int16",
        "INTEGER" => "Int32",
        "BIGINT" => "Int64",
        _ => "String",
    };
    if column.nullable { format!("Nullable({kind})") } else { kind.to_owned() }
}

/// How tables lie on the servers. All names in it were checked ([`super::ClickHouseAddress`]).
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub database: String,
    /// The cluster of the servers' own configuration, where there is one.
    pub cluster: Option<String>,
    /// A shard has several servers, which copy from each other.
    pub replicated: bool,
}

impl Layout {
    fn spreads(&self, table: &ServedTable) -> bool {
        self.cluster.is_some() && !table.lies_everywhere()
    }

    /// `{shard}` and `{replica}` are macros of each server's configuration.
    fn engine(&self, table: &str) -> String {
        if self.replicated {
            let path = format!("/clickhouse/tables/{{shard}}/{}/{table}", self.database);
            format!("ReplicatedReplacingMergeTree('{path}', '{{replica}}', batch)")
        } else {
            "ReplacingMergeTree(batch)".to_owned()
        }
    }

    /// How far batches have come: the number of the last one, on every shard.
    pub(super) fn ledger(&self) -> String {
        let engine = self.engine("shipped").replace("batch)", "sequence)");
        format!("CREATE TABLE IF NOT EXISTS shipped (one UInt8, sequence UInt64) ENGINE = {engine} ORDER BY one")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(cluster: Option<&str>, replicated: bool) -> Layout {
        Layout { database: "lingdong".to_owned(), cluster: cluster.map(str::to_owned), replicated }
    }

    fn written(layout: &Layout) -> String {
        let tables = served_tables().iter().flat_map(|table| table.definition(layout)).collect::<Vec<_>>();
        [tables, vec![layout.ledger()]].concat().join("\n")
    }

    #[test]
    fn on_one_server() {
        insta::assert_snapshot!(written(&layout(None, false)));
    }

    #[test]
    fn over_a_cluster_whose_shards_have_copies() {
        insta::assert_snapshot!(written(&layout(Some("tv"), true)));
    }

    #[test]
    fn the_columns_of_an_identity_exist() {
        for table in served_tables() {
            if let Identity::Of(columns) = table.identity {
                assert!(columns.iter().all(|column| table.has(column)), "{table:?}");
            }
        }
    }
}
