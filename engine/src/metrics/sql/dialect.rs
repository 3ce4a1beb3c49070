//! What differs between engines. The rest is written once.

use super::{Bind, clickhouse::ClickHouse};
use crate::events::SqlWords;

/// The dialect of an engine.
pub(super) fn of(words: SqlWords) -> &'static dyn Dialect {
    match words {
        SqlWords::DuckDb => &DuckDb,
        SqlWords::ClickHouse => &ClickHouse { takes_binds: true },
        SqlWords::ClickHouseWithoutBinds => &ClickHouse { takes_binds: false },
    }
}

/// How many numbers next to each other are kept as bits.
pub(super) const BITS: i32 = 62;

/// The words of an engine, with the usual ones as defaults.
pub(super) trait Dialect: Send + Sync {
    /// What stands in the text where a bind goes. Numbered from 1, since an engine may number bare question marks in another
    /// order than that of the text.
    fn place(&self, number: usize, _bind: &Bind) -> String {
        format!("${number}")
    }

    /// A table to read from, under another name.
    fn table(&self, name: &str, alias: &str) -> String {
        format!("{name} AS {alias}")
    }

    /// Whether a row of that table still counts, where tables also hold rows that don't.
    fn standing(&self, _alias: &str) -> Option<String> {
        None
    }

    /// The largest value of a column, null where there is no row.
    fn largest(&self, column: &str) -> String {
        format!("max({column})")
    }

    /// A column of a table that is joined with, null in rows that find none there.
    fn perhaps(&self, column: &str) -> String {
        column.to_owned()
    }

    /// Whole-number division of a sum that is never negative.
    fn whole_division(&self, dividend: &str, divisor: i64) -> String;

    /// A row for every whole number from `from` up to `to`, not with it.
    fn each(&self, from: &str, to: &str) -> String;

    /// The values that rows of a group have, each once, in ascending order, as a list.
    fn sorted_distinct_values(&self, of: &str, condition: &str) -> String;

    /// Which numbers the rows of a group have, of those from `least` on, [`BITS`] of them: a bit for each.
    fn bits(&self, of: &str, least: i32) -> String {
        let last = least + BITS - 1;
        format!(
            "bit_or(CASE WHEN {of} BETWEEN {least} AND {last} THEN CAST(1 AS UBIGINT) << CAST({of} - {least} AS UBIGINT) ELSE {} END)",
            self.no_bits()
        )
    }

    fn no_bits(&self) -> &'static str {
        "CAST(0 AS UBIGINT)"
    }

    /// Whether there is one of so many bits, from that place on.
    fn has_bits(&self, bits: &str, from: &str, count: u32) -> String {
        let mask = (1_u64 << count) - 1;
        format!("(({bits} >> CAST({from} AS UBIGINT)) & CAST({mask} AS UBIGINT)) <> 0")
    }

    /// The numbers that the rows of a group have, in ascending order, as a list.
    fn sorted_values(&self, of: &str) -> String;

    /// The rows that a group has, in ascending order of their parts from the first, as a list.
    fn sorted_rows(&self, parts: &[&str]) -> String;

    /// A row for every number of a list, with the one behind it; behind the last there is the largest of all.
    fn each_with_next(&self, list: &str) -> String;

    /// The so-manieth part of such a row, from 1 on.
    fn part(&self, row: &str, number: usize) -> String;

    /// The first value of an ascending list of positive numbers that is not below another, and leaves that rest when divided;
    /// null where there is none, or no other.
    fn first_from(&self, list: &str, least: &str, divisor_and_rest: (i64, usize)) -> String;

    /// The values of an ascending list that are further than that from the one before, and the first.
    fn after_a_gap(&self, list: &str, gap: i64) -> String;

    /// How many values of a list of numbers are not below one and below another.
    fn number_between(&self, list: &str, least: &str, below: &str) -> String;

    /// A list that may be missing, as one that is empty then.
    fn or_no_values(&self, list: &str) -> String;

    /// The so-manieth value of a list, from 1 on.
    fn value_at(&self, list: &str, place: &str) -> String {
        format!("{list}[{place}]")
    }

    fn length(&self, list: &str) -> String {
        format!("length({list})")
    }

    /// Whether a list holds a value.
    fn contains(&self, list: &str, value: &str) -> String;

    /// A whole number in 64 bits, so that what it is multiplied with has room.
    fn wide(&self, number: &str) -> String {
        format!("CAST({number} AS BIGINT)")
    }

    /// A whole number, written out.
    fn as_text(&self, number: &str) -> String {
        format!("CAST({number} AS VARCHAR)")
    }

    /// What stands before and after the values, where a column must be one of several.
    fn one_of(&self, column: &str, _values: usize) -> [String; 2] {
        [format!("{column} IN ("), ")".to_owned()]
    }

    /// A sum that fits 64 bits, as such.
    fn sum(&self, of: &str) -> String {
        format!("CAST(sum({of}) AS BIGINT)")
    }

    /// What is left of a million after so long, in whole numbers; halves are rounded up by all engines.
    fn millionths_left(&self, age_ms: &str, half_life_ms: i64) -> String {
        format!("CAST(floor(1000000 * pow(0.5e0, ({age_ms}) / {half_life_ms}e0) + 0.5e0) AS BIGINT)")
    }

    /// Two values as one, to be told apart; null where the first is unknown.
    fn pair(&self, one: &str, other: &str) -> String {
        format!("CASE WHEN {one} IS NOT NULL THEN ({one}, {other}) END")
    }

    /// The end of a statement of which each group has only its first so many rows.
    fn first_of_each(&self, group: &str, order: &str, most: usize) -> String {
        format!("\nORDER BY {group}, {order}\nLIMIT {most} BY {group}")
    }

    /// The larger of two numbers that are both known.
    fn larger(&self, one: &str, two: &str) -> String {
        format!("greatest({one}, {two})")
    }

    fn smaller(&self, one: &str, two: &str) -> String {
        format!("least({one}, {two})")
    }
}

/// The provinces, and a few more.
const MOST_LISTED: usize = 40;

/// DuckDB 1.5.
#[derive(Debug, Clone, Copy)]
pub(super) struct DuckDb;

impl Dialect for DuckDb {
    fn whole_division(&self, dividend: &str, divisor: i64) -> String {
        format!("({dividend}) // {divisor}")
    }

    fn first_of_each(&self, group: &str, order: &str, most: usize) -> String {
        format!("\nQUALIFY row_number() OVER (PARTITION BY {group} ORDER BY {order}) <= {most}")
    }

    fn each(&self, from: &str, to: &str) -> String {
        format!("unnest(range({from}, {to}))")
    }

    fn sorted_distinct_values(&self, of: &str, condition: &str) -> String {
        format!("list_sort(list(DISTINCT {of}) FILTER (WHERE {condition}))")
    }

    fn sorted_values(&self, of: &str) -> String {
        format!("list_sort(list({of}))")
    }

    fn sorted_rows(&self, parts: &[&str]) -> String {
        format!("list_sort(list(row({})))", parts.join(", "))
    }

    fn each_with_next(&self, list: &str) -> String {
        format!("unnest(list_zip({list}, list_append({list}[2:], {})))", i64::MAX)
    }

    fn part(&self, row: &str, number: usize) -> String {
        format!("struct_extract({row}, {number})")
    }

    fn first_from(&self, list: &str, least: &str, (divisor, rest): (i64, usize)) -> String {
        format!("list_filter({list}, lambda x: x >= {least} AND x % {divisor} = {rest})[1]")
    }

    fn after_a_gap(&self, list: &str, gap: i64) -> String {
        format!("list_filter({list}, lambda x, nth: nth = 1 OR x - {list}[nth - 1] > {gap})")
    }

    fn number_between(&self, list: &str, least: &str, below: &str) -> String {
        format!("length(list_filter({list}, lambda x: x >= {least} AND x < {below}))")
    }

    fn or_no_values(&self, list: &str) -> String {
        format!("coalesce({list}, [])")
    }

    fn contains(&self, list: &str, value: &str) -> String {
        format!("list_contains({list}, {value})")
    }

    // `IN (…) OR … IS NULL` becomes a join that costs eight times the scan; a function is worked out once for every entry
    // of a column's dictionary. A long list is better off as a join.
    fn one_of(&self, column: &str, values: usize) -> [String; 2] {
        if values <= MOST_LISTED {
            ["list_contains([".to_owned(), format!("], {column})")]
        } else {
            [format!("{column} IN ("), ")".to_owned()]
        }
    }
}
