//! Whether a wish came about: a click that is followed by a play.
//!
//! Each wish is looked at by itself, so two clicks before one play have both led to it.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};
use model::time::Interval;

impl Deriving<'_> {
    pub(super) fn answers(&self, writer: &mut Writer<'_>, wishes: &Branch, answers: &Branch, within_ms: i64) {
        // Where a join finds nothing, there is no moment, or one before all others.
        let answered = format!("coalesce(p.t >= w.t AND p.t <= w.t + {within_ms}, 1 = 0)");
        writer.push(&format!(
            "SELECT w.org AS org, w.household AS household, w.t AS t, {answered} AS answered, \
             w.newest AS newest, w.simulated AS simulated{}\nFROM (\n",
            self.carried("w"),
        ));
        let base = self.base().interval;
        self.branch(writer, wishes, base, |compiler| format!(", {} AS t", compiler.time()));
        writer.push("\n) AS w\nASOF LEFT JOIN (\n");
        let longer = Interval::new(base.from(), base.to().plus_millis(within_ms)).unwrap_or(base);
        self.branch(writer, answers, longer, |compiler| format!(", {} AS t", compiler.time()));
        writer.push("\n) AS p ON w.org = p.org AND w.household = p.household AND w.t <= p.t");
    }
}
