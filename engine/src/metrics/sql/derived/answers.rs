//! Whether a wish came about: a click that is followed by a play.
//!
//! Each wish is looked at by itself, so two clicks before one play have both led to it.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};
use model::time::Interval;

impl Deriving<'_> {
    pub(super) fn answers(&self, writer: &mut Writer<'_>, wishes: &Branch, answers: &Branch, within_ms: i64) {
        let dialect = self.compiler.dialect;
        let first = dialect.first_from("p.moments", "w.t");
        writer.push(&format!(
            "SELECT w.org AS org, w.household AS household, w.t AS t, coalesce({first} <= w.t + {within_ms}, 1 = 0) AS answered, \
             w.newest AS newest, w.simulated AS simulated{}\nFROM (\n",
            self.carried("w"),
        ));
        let base = self.base().interval;
        self.branch(writer, wishes, base, |compiler| format!(", {} AS t", compiler.time()));
        writer.push(&format!(
            "\n) AS w\nLEFT JOIN (\nSELECT a.org AS org, a.household AS household, {} AS moments\nFROM (\n",
            dialect.sorted_values("a.t", "1 = 1"),
        ));
        let longer = Interval::new(base.from(), base.to().plus_millis(within_ms)).unwrap_or(base);
        self.branch(writer, answers, longer, |compiler| format!(", {} AS t", compiler.time()));
        writer.push("\n) AS a\nGROUP BY a.org, a.household\n) AS p ON p.org = w.org AND p.household = w.household");
    }
}
