//! How many rows of a fact lie in each slice of time, or what an amount of theirs adds up to, whoever they are of, so that the
//! busiest slice can be found.
//!
//! What organisations and places have is added up before the largest is taken: the peak of a sum is not the sum of peaks. A slice
//! belongs to the moment in which it begins; the last one of a range is read to its end.

use super::Deriving;
use crate::metrics::{
    catalogue::{Branch, Identifier},
    sql::Writer,
};
use model::time::{Interval, Timestamp};

impl Deriving<'_> {
    pub(super) fn slices(&self, writer: &mut Writer<'_>, rows: &Branch, length_ms: i64, amount: Option<&Identifier>) {
        let dialect = self.compiler.dialect;
        let total = amount.map_or_else(|| "count(*)".to_owned(), |_| dialect.sum("a.part"));
        writer.push(&format!(
            "SELECT {} * {length_ms} AS t, {total} AS amount, max(a.newest) AS newest, max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.wide("a.slice"),
            self.carried("a"),
        ));
        let base = self.base().interval;
        let last_end = Timestamp::from_millis(-(-base.to().millis()).div_euclid(length_ms) * length_ms);
        let whole = Interval::new(base.from(), last_end).unwrap_or(base);
        self.rows(writer, rows, whole, |compiler| {
            let unit_ms = compiler.unit_ms();
            let slice = if unit_ms == length_ms {
                compiler.time()
            } else {
                dialect.whole_division(&compiler.time(), length_ms / unit_ms)
            };
            let part = amount.map_or_else(String::new, |amount| format!(", f.{} AS part", amount.as_str()));
            format!(", {slice} AS slice{part}")
        });
        writer.push(&format!("\n) AS a\nGROUP BY a.slice{}", self.by_carried("a")));
    }
}
