//! ClickHouse, from 18.16 on: what both that version and today's understand, alike for one server and for a cluster.

use super::{
    Bind,
    dialect::{BITS, Dialect},
    literal::literal,
};

/// ClickHouse. Tables hold rows that were replaced or taken away, which `FINAL` and `gone` leave out
/// (`events::clickhouse::tables`).
#[derive(Debug, Clone, Copy)]
pub(super) struct ClickHouse {
    /// From version 22 on.
    pub takes_binds: bool,
}

impl Dialect for ClickHouse {
    fn place(&self, number: usize, bind: &Bind) -> String {
        match (self.takes_binds, bind) {
            (true, Bind::Integer(_)) => format!("{{p{number}:Int64}}"),
            (true, Bind::Text(_)) => format!("{{p{number}:String}}"),
            (false, value) => literal(value),
        }
    }

    fn table(&self, name: &str, alias: &str) -> String {
        format!("{name} AS {alias} FINAL")
    }

    fn standing(&self, alias: &str) -> Option<String> {
        Some(format!("{alias}.gone = 0"))
    }

    // Over no row, or where a join finds none, a column that can't be null gives 0, which would look like a number.
    fn largest(&self, column: &str) -> String {
        format!("max(toNullable({column}))")
    }

    fn perhaps(&self, column: &str) -> String {
        format!("toNullable({column})")
    }

    fn whole_division(&self, dividend: &str, divisor: i64) -> String {
        format!("intDiv({dividend}, {divisor})")
    }

    // `range` takes one number in old versions. The type is that of the column that the join compares it with.
    fn each(&self, from: &str, to: &str) -> String {
        format!("toInt32(arrayJoin(arrayMap(nth -> nth + {from}, range(toUInt32(greatest({to} - {from}, 0))))))")
    }

    fn sum(&self, of: &str) -> String {
        format!("sum({of})")
    }

    fn sorted_distinct_values(&self, of: &str, condition: &str) -> String {
        format!("arraySort(groupUniqArrayIf({of}, {condition}))")
    }

    fn bits(&self, of: &str, least: i32) -> String {
        let last = least + BITS - 1;
        format!(
            "groupBitOr(CASE WHEN {of} BETWEEN {least} AND {last} THEN bitShiftLeft(toUInt64(1), toUInt64({of} - {least})) ELSE {} END)",
            self.no_bits()
        )
    }

    fn no_bits(&self) -> &'static str {
        "toUInt64(0)"
    }

    fn has_bits(&self, bits: &str, from: &str, count: u32) -> String {
        let mask = (1_u64 << count) - 1;
        format!("bitAnd(bitShiftRight({bits}, toUInt64({from})), {mask}) != 0")
    }

    fn sorted_values(&self, of: &str) -> String {
        format!("arraySort(groupArray({of}))")
    }

    fn sorted_rows(&self, parts: &[&str]) -> String {
        format!("arraySort(groupArray(tuple({})))", parts.join(", "))
    }

    fn each_with_next(&self, list: &str) -> String {
        let next = format!("arrayPushBack(arrayPopFront({list}), {})", i64::MAX);
        format!("arrayJoin(arrayMap((x, next) -> tuple(x, next), {list}, {next}))")
    }

    fn part(&self, row: &str, number: usize) -> String {
        format!("tupleElement({row}, {number})")
    }

    // A filter must know an answer, and finding nothing gives 0, which is not positive.
    fn first_from(&self, list: &str, least: &str, (divisor, rest): (i64, usize)) -> String {
        format!("nullIf(arrayFirst(x -> x >= coalesce({least}, {}) AND x % {divisor} = {rest}, {list}), 0)", i64::MAX)
    }

    fn after_a_gap(&self, list: &str, gap: i64) -> String {
        format!("arrayFilter((x, nth) -> nth = 1 OR x - {list}[nth - 1] > {gap}, {list}, arrayEnumerate({list}))")
    }

    fn number_between(&self, list: &str, least: &str, below: &str) -> String {
        self.wide(&format!("arrayCount(x -> x >= {least} AND x < {below}, {list})"))
    }

    // A list is never missing: where a join finds none, it is empty.
    fn or_no_values(&self, list: &str) -> String {
        list.to_owned()
    }

    fn contains(&self, list: &str, value: &str) -> String {
        format!("has({list}, {value})")
    }

    fn wide(&self, number: &str) -> String {
        format!("toInt64({number})")
    }

    fn as_text(&self, number: &str) -> String {
        format!("toString({number})")
    }

    fn millionths_left(&self, age_ms: &str, half_life_ms: i64) -> String {
        format!("toInt64(floor(1000000 * pow(0.5, ({age_ms}) / {half_life_ms}) + 0.5))")
    }

    // Pairs can't be null. A number with a space behind it has only one reading, whatever follows.
    fn pair(&self, one: &str, other: &str) -> String {
        format!("concat(toString({other}), ' ', {one})")
    }
}
