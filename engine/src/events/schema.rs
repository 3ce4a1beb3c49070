//! The tables of the event store.
//!
//! No constraint and no index: duplicates are dropped before the store, and an index would be rewritten with every
//! checkpoint. Names of tables are constants of this file; nothing a client sent ever gets near them.

use super::{
    Event,
    fact_rows::{
        AccountRow, ActivityRow, AdRow, AppraisalRow, ArrivalRow, ArticleRow, ChannelRow, FigureRow, MinuteRow,
        OrderRow, PageRow, ParticipationRow, ProgrammeRow, QualityMinuteRow, RequestRow, SeekRow, ServiceRow, ViewRow,
    },
    rows::{Column, TableRow},
};
use std::collections::BTreeSet;

/// A table of the store and the columns it has.
pub(super) struct Table {
    pub name: &'static str,
    pub columns: &'static [Column],
}

/// What is kept of the world.
pub(super) const TABLES: &[Table] = &[
    Table { name: "event", columns: Event::COLUMNS },
    Table { name: "fact_view", columns: ViewRow::COLUMNS },
    Table { name: "fact_view_open", columns: ViewRow::COLUMNS },
    Table { name: "fact_minute", columns: MinuteRow::COLUMNS },
    Table { name: "fact_minute_open", columns: MinuteRow::COLUMNS },
    Table { name: "fact_quality_minute", columns: QualityMinuteRow::COLUMNS },
    Table { name: "fact_quality_minute_open", columns: QualityMinuteRow::COLUMNS },
    Table { name: "fact_account", columns: AccountRow::COLUMNS },
    Table { name: "fact_account_activity", columns: ActivityRow::COLUMNS },
    Table { name: "fact_order", columns: OrderRow::COLUMNS },
    Table { name: "fact_page", columns: PageRow::COLUMNS },
    Table { name: "fact_participation", columns: ParticipationRow::COLUMNS },
    Table { name: "fact_article", columns: ArticleRow::COLUMNS },
    Table { name: "fact_advertisement", columns: AdRow::COLUMNS },
    Table { name: "fact_service", columns: ServiceRow::COLUMNS },
    Table { name: "fact_appraisal", columns: AppraisalRow::COLUMNS },
    Table { name: "fact_figure", columns: FigureRow::COLUMNS },
    Table { name: "fact_request", columns: RequestRow::COLUMNS },
    Table { name: "fact_arrival", columns: ArrivalRow::COLUMNS },
    Table { name: "fact_seek", columns: SeekRow::COLUMNS },
    Table { name: "programme", columns: ProgrammeRow::COLUMNS },
    Table { name: "channel", columns: ChannelRow::COLUMNS },
];

const fn known(name: &'static str, sql_type: &'static str) -> Column {
    Column { name, sql_type, nullable: false }
}

const fn maybe(name: &'static str, sql_type: &'static str) -> Column {
    Column { name, sql_type, nullable: true }
}

/// How far things have come.
const BOOKS: &[Table] = &[
    Table { name: "applied", columns: &[known("sequence", "BIGINT")] },
    // How far a bulk load of that label has come.
    Table {
        name: "imported",
        columns: &[known("label", "VARCHAR"), known("events", "BIGINT"), known("finished", "BOOLEAN")],
    },
    // What transactions changed, until the cluster has it, and how many there were (`duckdb::outbox`).
    Table {
        name: "outbox",
        columns: &[
            known("sequence", "BIGINT"),
            known("relation", "VARCHAR"),
            known("shard", "INTEGER"),
            known("slice", "INTEGER"),
            known("row_count", "BIGINT"),
            known("body", "BLOB"),
            // Instead of rows: days before this one are to be forgotten.
            maybe("before_day", "INTEGER"),
        ],
    },
    Table { name: "captured", columns: &[known("sequence", "BIGINT")] },
    // What came of holding the facts against the events the last time: rows that differ, fact by fact (`collect::rebuilding`).
    Table {
        name: "reconciled",
        columns: &[known("fact", "VARCHAR"), known("difference", "BIGINT"), known("checked_ms", "BIGINT")],
    },
    // Days before these were dropped for their age, each time it was done (`duckdb::retention`).
    Table { name: "dropped", columns: &[maybe("events_before", "INTEGER"), maybe("facts_before", "INTEGER")] },
    // Days of facts whose rows lie in order of province (`duckdb::sorting`).
    Table { name: "in_order", columns: &[known("fact", "VARCHAR"), known("day", "INTEGER")] },
    // Weeks whose rows lie in order of province as a whole, by their number since the Monday before 1970.
    Table { name: "weeks_in_order", columns: &[known("relation", "VARCHAR"), known("week", "INTEGER")] },
    // Days of facts that are added up, or are being so, and what by (`duckdb::rolling_up`).
    Table {
        name: "rolled_up",
        columns: &[known("fact", "VARCHAR"), known("day", "INTEGER"), known("whole", "BOOLEAN")],
    },
    Table { name: "roll_up_definition", columns: &[known("name", "VARCHAR"), known("definition", "VARCHAR")] },
];

/// Creates what is missing. A checkpoint must follow: replaying definitions from the log is where DuckDB breaks.
pub(super) fn definition() -> String {
    let create = |table: &Table| {
        let columns: Vec<String> =
            table.columns.iter().map(|Column { name, sql_type, .. }| format!("{name} {sql_type}")).collect();
        format!("create table if not exists {} ({});\n", table.name, columns.join(", "))
    };
    let tables: String = TABLES.iter().chain(BOOKS).map(create).collect();
    format!(
        "begin;\n{tables}\
         create or replace view all_view as select * from fact_view union all select * from fact_view_open;\n\
         create or replace view all_minute as select * from fact_minute union all select * from fact_minute_open;\n\
         create or replace view all_quality_minute as
             select * from fact_quality_minute union all select * from fact_quality_minute_open;\n\
         insert into applied select 0 where not exists (select 1 from applied);\n\
         insert into captured select 0 where not exists (select 1 from captured);\n\
         commit;\n"
    )
}

/// All tables.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TABLES.iter().chain(BOOKS).map(|table| table.name)
}

/// Adds the columns that a store of an earlier version lacks; nothing where it lacks none. `known` are the columns it has, by
/// table. A column is only ever added at the end, as here, since rows are appended by position.
pub(super) fn added_columns(known: &BTreeSet<(String, String)>) -> String {
    let lacks = |table: &str, column: &str| !known.contains(&(table.to_owned(), column.to_owned()));
    let added: Vec<String> = TABLES
        .iter()
        .chain(BOOKS)
        .flat_map(|table| table.columns.iter().map(move |column| (table.name, column)))
        .filter(|(table, column)| lacks(table, column.name))
        .map(|(table, Column { name, sql_type, .. })| format!("alter table {table} add column {name} {sql_type};\n"))
        .collect();
    added.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_as_the_metrics_expect_them() {
        insta::assert_snapshot!(definition());
    }
}
