//! When subscriptions live: those of a household to a product, from a step of an order that begins or prolongs one until the
//! next step that does or ends it.
//!
//! A day belongs to whatever came last in it, so a span counts from its first day on, and on its last day no longer.

use super::Deriving;
use crate::metrics::{
    catalogue::Branch,
    sql::{Writer, expression::DAY_MS},
};

impl Deriving<'_> {
    pub(super) fn subscriptions(&self, writer: &mut Writer<'_>, begins: &Branch, ends: &Branch) {
        let dialect = self.compiler.dialect;
        let shift_ms = self.base().calendar.shift_ms();
        // A moment and what came of it are one number; of two steps at the same moment the end is the later one.
        let day = |part: usize| {
            let moment = dialect.whole_division(&dialect.part("p.pair", part), 2);
            dialect.whole_division(&format!("{moment} + {shift_ms}"), DAY_MS)
        };
        writer.push(&format!(
            "SELECT p.org AS org, p.household AS household, {} AS from_day, CASE WHEN {} < {} THEN {} END AS until_day, \
             p.newest AS newest, p.simulated AS simulated{}\nFROM (\n",
            day(1),
            dialect.part("p.pair", 2),
            i64::MAX,
            day(2),
            self.carried("p"),
        ));
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, {} AS pair, l.newest AS newest, l.simulated AS simulated{}\nFROM (\n",
            dialect.each_with_next("l.told"),
            self.carried("l"),
        ));
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, {} AS told, max(a.newest) AS newest, max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.sorted_values("a.told"),
            self.carried("a"),
        ));
        writer.list([(begins, 0), (ends, 1)], "\nUNION ALL\n", |writer, (branch, is_end)| {
            self.branch(writer, branch, self.history(), |compiler| {
                format!(", f.product_id AS product, {} * 2 + {is_end} AS told", compiler.dialect.wide(&compiler.time()))
            });
        });
        writer.push(&format!(
            "\n) AS a\nGROUP BY a.org, a.household, a.product{}\n) AS l\n) AS p\nWHERE {} % 2 = 0",
            self.by_carried("a"),
            dialect.part("p.pair", 1),
        ));
    }
}
