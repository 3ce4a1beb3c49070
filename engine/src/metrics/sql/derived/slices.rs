//! How many rows of a fact lie in each slice of time, whoever they are of, so that the busiest one can be found.
//!
//! What organisations and places have is added up before the largest is taken: the peak of a sum is not the sum of peaks.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};

impl Deriving<'_> {
    pub(super) fn slices(&self, writer: &mut Writer<'_>, rows: &Branch, length_ms: i64) {
        let dialect = self.compiler.dialect;
        writer.push(&format!(
            "SELECT {} * {length_ms} AS t, count(*) AS amount, max(a.newest) AS newest, max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.wide("a.slice"),
            self.carried("a"),
        ));
        self.rows(writer, rows, self.base().interval, |compiler| {
            let unit_ms = compiler.unit_ms();
            let slice = if unit_ms == length_ms {
                compiler.time()
            } else {
                dialect.whole_division(&compiler.time(), length_ms / unit_ms)
            };
            format!(", {slice} AS slice")
        });
        writer.push(&format!("\n) AS a\nGROUP BY a.slice{}", self.by_carried("a")));
    }
}
