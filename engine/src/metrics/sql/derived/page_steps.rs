//! Pages one after another: where a visit came from and went to, and for how long.
//!
//! A visit is a household's pages of a day with no more than half an hour between one and the next; the first one is its
//! entry and the last one its exit, which stand in the place of the page before and after it. It ends at midnight, so a visit belongs to one day. How long the last page of a visit
//! was looked at is not known.

use super::{Deriving, LONGEST_QUIET_MS};
use crate::metrics::{catalogue::Branch, sql::Writer};

/// Nobody looks at a page for longer; whoever seems to has left the room.
const LONGEST_LOOK_MS: i64 = 10 * 60_000;

impl Deriving<'_> {
    pub(super) fn page_steps(&self, writer: &mut Writer<'_>, openings: &Branch) {
        let dialect = self.compiler.dialect;
        let carried = |alias: &str| self.carried(alias);
        let is_entry = format!("(s.t_before IS NULL OR s.t - s.t_before > {LONGEST_QUIET_MS})");
        let is_exit = format!("(s.t_after IS NULL OR s.t_after - s.t > {LONGEST_QUIET_MS})");
        let on = |is_so: &str, value: &str| format!("CASE WHEN {is_so} THEN {value} END");
        let unless = |is_so: &str, value: &str| format!("CASE WHEN NOT {is_so} THEN {value} END");
        let otherwise =
            |is_so: &str, then: &str, value: &str| format!("CASE WHEN {is_so} THEN {then} ELSE {value} END");
        writer.push(&format!(
            "SELECT s.org AS org, s.household AS household, s.t AS t, s.page AS page, {} AS previous_page, {} AS next_page, \
             {} AS source, {} AS campaign, {is_entry} AS is_entry, {is_exit} AS is_exit, {} AS visit_ms, {} AS look_ms, \
             s.newest AS newest, s.simulated AS simulated{}\nFROM (\n",
            otherwise(&is_entry, "'(entry)'", "s.page_before"),
            otherwise(&is_exit, "'(exit)'", "s.page_after"),
            on(&is_entry, "s.source"),
            on(&is_entry, "s.campaign"),
            unless(&is_exit, "s.t_after - s.t"),
            unless(&is_exit, &dialect.smaller("s.t_after - s.t", &LONGEST_LOOK_MS.to_string())),
            carried("s"),
        ));
        let part = |place: &str, number: usize| dialect.part(&dialect.value_at("i.steps", place), number);
        let before = |number| format!("CASE WHEN i.i > 1 THEN {} END", part("i.i - 1", number));
        let after =
            |number| format!("CASE WHEN i.i < {} THEN {} END", dialect.length("i.steps"), part("i.i + 1", number));
        writer.push(&format!(
            "SELECT i.org AS org, i.household AS household, {} AS t, {} AS page, {} AS source, {} AS campaign, \
             {} AS t_before, {} AS page_before, {} AS t_after, {} AS page_after, i.newest AS newest, \
             i.simulated AS simulated{}\nFROM (\n",
            part("i.i", 1),
            part("i.i", 2),
            part("i.i", 3),
            part("i.i", 4),
            before(1),
            before(2),
            after(1),
            after(2),
            carried("i"),
        ));
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, l.steps AS steps, {} AS i, l.newest AS newest, \
             l.simulated AS simulated{}\nFROM (\n",
            dialect.each("1", &format!("{} + 1", dialect.length("l.steps"))),
            carried("l"),
        ));
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, {} AS steps, max(a.newest) AS newest, \
             max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.sorted_rows(&["a.t", "a.page", "a.source", "a.campaign"]),
            carried("a"),
        ));
        self.branch(writer, openings, self.whole_days(), |compiler| {
            let (time, day) = (compiler.time(), compiler.day());
            format!(", {time} AS t, f.page_id AS page, f.source_class AS source, f.campaign AS campaign, {day} AS day")
        });
        writer.push(&format!(
            "\n) AS a\nGROUP BY a.org, a.household, a.day{}\n) AS l\n) AS i\n) AS s",
            self.by_carried("a")
        ));
    }
}
