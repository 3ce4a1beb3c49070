//! Whom a programme inherits: who is on its channel in the minute before it begins, and whether they still are in its first.
//!
//! Programmes are those of the list as it is when it is asked. One whose first minute is not over has inherited nobody yet.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};
use model::time::Interval;

const MINUTE_MS: i64 = 60_000;

impl Deriving<'_> {
    pub(super) fn inheritance(&self, writer: &mut Writer<'_>, minutes: &Branch) {
        let dialect = self.compiler.dialect;
        let base = self.base().interval;
        let minute_before = |to_ms: i64| {
            let from = base.from().plus_millis(-MINUTE_MS);
            Interval::new(from, base.to().plus_millis(to_ms)).unwrap_or(base)
        };
        let on_channel = |writer: &mut Writer<'_>, interval: Interval| {
            self.branch(writer, minutes, interval, |compiler| {
                let channel = compiler.dialect.perhaps("f.channel_id");
                format!(", {channel} AS channel, f.minute AS minute")
            });
        };
        writer.push(&format!(
            "SELECT b.org AS org, b.household AS household, b.minute AS minute, b.title AS title, r.channel IS NOT NULL AS stayed, \
             b.newest AS newest, b.simulated AS simulated{}\nFROM (\n",
            self.carried("b"),
        ));
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, l.channel AS channel, q.began AS minute, q.name AS title, \
             l.newest AS newest, l.simulated AS simulated{}\nFROM (\n",
            self.carried("l"),
        ));
        on_channel(writer, minute_before(-MINUTE_MS));
        writer.push("\n) AS l\nJOIN (\n");
        let (from, to) = self.compiler.bounds();
        let known = self.base().known_until.unwrap_or(base.to()).millis().div_euclid(MINUTE_MS);
        writer.push(&format!(
            "SELECT g.org AS org, g.channel_id AS channel, g.start_minute AS began, g.title AS name\nFROM {}\nWHERE ",
            dialect.table("programme", "g"),
        ));
        self.compiler.organisations(writer, "g.org");
        writer.push(&format!(" AND g.start_minute >= {from} AND g.start_minute < {}", to.min(known)));
        self.compiler.standing(writer, "g");
        writer.push(
            "\n) AS q ON q.org = l.org AND q.channel = l.channel AND q.began = l.minute + 1\n) AS b\nLEFT JOIN (\n",
        );
        on_channel(writer, base);
        let same = self.same_household("r", "b");
        writer.push(&format!("\n) AS r ON {same} AND r.channel = b.channel AND r.minute = b.minute"));
    }
}
