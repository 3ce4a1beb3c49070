//! What became of visitors whom a source brought: a row for each household, under the moment and the source of its very
//! first visit, with what it played and paid within so many days after, and whether it came again a week later.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer, sql::expression::DAY_MS};
use model::time::Interval;

/// Retention of a source is read on the seventh day after the first visit.
const WEEK: i32 = 7;

impl Deriving<'_> {
    pub(super) fn acquired(
        &self,
        writer: &mut Writer<'_>,
        visits: &Branch,
        plays: &Branch,
        orders: &Branch,
        days: u16,
    ) {
        let dialect = self.compiler.dialect;
        let window_ms = i64::from(days) * DAY_MS;
        let within = format!("l.t >= v.t AND l.t < v.t + {window_ms}");
        let sum = |column: &str| dialect.sum(&format!("CASE WHEN {within} THEN l.{column} ELSE 0 END"));
        // The running day is not over, so nobody is late yet.
        let is_due = format!("v.day + {WEEK} < {}", self.last_known_day().0);
        writer.push(&format!(
            "SELECT v.org AS org, v.household AS household, v.t AS t, v.source AS source, {is_due} AS due, \
             {is_due} AND max(CASE WHEN l.visit_day = v.day + {WEEK} THEN 1 ELSE 0 END) = 1 AS returned, \
             {} AS play_ms, {} AS paid_fen, {} AS newest, {} AS simulated{}\nFROM (\n",
            sum("play_ms"),
            sum("paid_fen"),
            dialect.larger("max(v.newest)", "max(l.newest)"),
            dialect.larger("max(v.simulated)", "max(l.simulated)"),
            self.carried("v"),
        ));
        self.first_visits(writer, visits);
        writer.push("\n) AS v\nJOIN (\n");
        let base = self.base().interval;
        let longer = Interval::new(base.from(), base.to().plus_millis(window_ms)).unwrap_or(base);
        let derivation = self.carrying_nothing();
        let beside = Deriving { compiler: self.compiler, derivation: &derivation, carried: Vec::new() };
        let columns = |visit_day: &str, play_ms: &str, paid_fen: &str, t: &str| {
            let number = |value: &str| dialect.wide(value);
            format!(
                ", {t} AS t, {visit_day} AS visit_day, {} AS play_ms, {} AS paid_fen",
                number(play_ms),
                number(paid_fen)
            )
        };
        beside.branch(writer, visits, longer, |compiler| columns(&compiler.day(), "0", "0", &compiler.time()));
        writer.push("\nUNION ALL\n");
        beside.branch(writer, plays, longer, |compiler| columns("0", "f.play_ms", "0", &compiler.time()));
        writer.push("\nUNION ALL\n");
        beside.branch(writer, orders, longer, |compiler| {
            columns("0", "0", "coalesce(f.amount_fen, 0)", &compiler.time())
        });
        writer.push(&format!(
            "\n) AS l ON v.org = l.org AND v.household = l.household\n\
             GROUP BY v.org, v.household, v.t, v.day, v.source{}",
            self.by_carried("v"),
        ));
    }

    /// Of each household the first visit there ever was.
    fn first_visits(&self, writer: &mut Writer<'_>, visits: &Branch) {
        let dialect = self.compiler.dialect;
        let first = |part: usize| dialect.part(&dialect.value_at("s.sources", "1"), part);
        writer.push(&format!(
            "SELECT s.org AS org, s.household AS household, {} AS t, {} AS day, {} AS source, s.newest AS newest, \
             s.simulated AS simulated{}\nFROM (\n",
            first(1),
            first(2),
            first(3),
            self.carried("s"),
        ));
        writer.push(&format!(
            "SELECT b.org AS org, b.household AS household, {} AS sources, max(b.newest) AS newest, \
             max(b.simulated) AS simulated{}\nFROM (\n",
            dialect.sorted_rows(&["b.t", "b.day", "b.source"]),
            self.carried("b"),
        ));
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, a.source AS source, min(a.t) AS t, min(a.day) AS day, \
             max(a.newest) AS newest, max(a.simulated) AS simulated{}\nFROM (\n",
            self.carried("a"),
        ));
        self.branch(writer, visits, self.history(), |compiler| {
            format!(", f.source_class AS source, {} AS t, {} AS day", compiler.time(), compiler.day())
        });
        writer.push(&format!(
            "\n) AS a\nGROUP BY a.org, a.household, a.source{}\n) AS b\nGROUP BY b.org, b.household{}\n) AS s",
            self.by_carried("a"),
            self.by_carried("b"),
        ));
    }
}
