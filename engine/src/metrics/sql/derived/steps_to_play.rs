//! How many pages it takes to come to a play: those that are opened in a visit before its first one.
//!
//! A visit is what a household does on a day, pages and plays, with no more than half an hour between one thing and the next.
//! One that begins with a play came by no page, and has no steps.

use super::{Deriving, LONGEST_QUIET_MS};
use crate::metrics::{catalogue::Branch, sql::Writer};

/// A moment and what happened are one number: a page leaves 0, a play 1. The room between tells moments apart that are a
/// millisecond further than the rest from each other.
const KINDS: i64 = 4;

impl Deriving<'_> {
    pub(super) fn steps_to_play(&self, writer: &mut Writer<'_>, openings: &Branch, plays: &Branch) {
        let dialect = self.compiler.dialect;
        writer.push(&format!(
            "SELECT n.org AS org, n.household AS household, {} AS t, {} AS steps, n.newest AS newest, n.simulated AS simulated{}\nFROM (\n",
            dialect.whole_division("n.began", KINDS),
            dialect.number_between("n.told", "n.began", "n.play"),
            self.carried("n"),
        ));
        let (began, behind) = (dialect.part("v.visit", 1), dialect.part("v.visit", 2));
        writer.push(&format!(
            "SELECT v.org AS org, v.household AS household, v.told AS told, {began} AS began, {behind} AS behind, \
             coalesce({}, {}) AS play, v.newest AS newest, v.simulated AS simulated{}\nFROM (\n",
            dialect.first_from("v.told", &began, (KINDS, 1)),
            i64::MAX,
            self.carried("v"),
        ));
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, l.told AS told, {} AS visit, l.newest AS newest, \
             l.simulated AS simulated{}\nFROM (\n",
            dialect.each_with_next(&dialect.after_a_gap("l.told", LONGEST_QUIET_MS * KINDS + 2)),
            self.carried("l"),
        ));
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, {} AS told, max(a.newest) AS newest, max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.sorted_values("a.told"),
            self.carried("a"),
        ));
        writer.list([(openings, 0), (plays, 1)], "\nUNION ALL\n", |writer, (branch, kind)| {
            self.branch(writer, branch, self.whole_days(), |compiler| {
                let time = compiler.dialect.wide(&compiler.time());
                format!(", {time} * {KINDS} + {kind} AS told, {} AS day", compiler.day())
            });
        });
        writer.push(&format!(
            "\n) AS a\nGROUP BY a.org, a.household, a.day{}\n) AS l\n) AS v\n) AS n\nWHERE n.play < n.behind AND n.began % {KINDS} = 0",
            self.by_carried("a"),
        ));
    }
}
