//! How far plays came: a row for each play and each tenth of the title, and whether the play came that far.
//!
//! All plays have a row for every tenth, so the share of those that came to one is one of all that began.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};

impl Deriving<'_> {
    pub(super) fn progress(&self, writer: &mut Writer<'_>, views: &Branch) {
        writer.push(&format!(
            "SELECT m.org AS org, m.household AS household, m.t AS t, m.tenth AS tenth, m.tenth <= m.seen AS reached, \
             m.newest AS newest, m.simulated AS simulated{}\nFROM (\n",
            self.carried("m"),
        ));
        writer.push(&format!(
            "SELECT v.org AS org, v.household AS household, v.t AS t, v.seen AS seen, {} AS tenth, v.newest AS newest, \
             v.simulated AS simulated{}\nFROM (\n",
            self.compiler.dialect.each("0", "11"),
            self.carried("v"),
        ));
        self.rows(writer, views, self.base().interval, |compiler| {
            let time = compiler.time();
            format!(", f.household AS household, {time} AS t, coalesce(f.seen_tenth, 0) AS seen")
        });
        writer.push("\n) AS v\n) AS m");
    }
}
