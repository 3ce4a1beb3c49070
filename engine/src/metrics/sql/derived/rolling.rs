//! Who was active within so many days, for every day: each household once for every day that such a window ends on.
//!
//! From an active day the household counts until the next one, or until the window has passed, so no day counts it twice.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};
use model::time::Interval;

impl Deriving<'_> {
    pub(super) fn rolling(&self, writer: &mut Writer<'_>, activity: &[Branch], days: u16) {
        let dialect = self.compiler.dialect;
        let days = i32::from(days);
        let first = self.range().0;
        let behind = self.range().1.min(self.last_known_day()).plus(1);
        let from = dialect.larger("s.a", &first.0.to_string());
        let end = dialect.smaller(&format!("s.a + {days}"), &behind.0.to_string());
        let to = dialect.smaller(&format!("coalesce(s.next, {})", behind.0), &end);
        writer.push(&format!(
            "SELECT s.org AS org, s.household AS household, {} AS day, s.newest AS newest, s.simulated AS simulated{}\nFROM (\n",
            dialect.each(&from, &to),
            self.carried("s"),
        ));
        writer.push(&format!(
            "SELECT i.org AS org, i.household AS household, {} AS a, CASE WHEN i.i < {} THEN {} END AS next, \
             i.newest AS newest, i.simulated AS simulated{}\nFROM (\n",
            dialect.value_at("i.days", "i.i"),
            dialect.length("i.days"),
            dialect.value_at("i.days", "i.i + 1"),
            self.carried("i"),
        ));
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, l.days AS days, {} AS i, l.newest AS newest, \
             l.simulated AS simulated{}\nFROM (\n",
            dialect.each("1", &format!("{} + 1", dialect.length("l.days"))),
            self.carried("l"),
        ));
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, {} AS days, max(a.newest) AS newest, \
             max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.sorted_distinct_values("a.day", "1 = 1"),
            self.carried("a"),
        ));
        let calendar = self.base().calendar;
        let window = Interval::new(calendar.start_of(first.plus(1 - days)), calendar.start_of(behind));
        let window = window.unwrap_or(self.base().interval);
        self.days_of_activity(writer, activity, window);
        writer.push(&format!("\n) AS a\nGROUP BY a.org, a.household{}\n) AS l\n) AS i\n) AS s", self.by_carried("a")));
    }
}
