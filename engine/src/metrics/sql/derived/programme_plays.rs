//! Plays of what was on air: their title is a programme of the list, whenever that was.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};

impl Deriving<'_> {
    pub(super) fn programme_plays(&self, writer: &mut Writer<'_>, views: &Branch) {
        writer.push(&format!(
            "SELECT v.org AS org, v.household AS household, v.t AS t, q.name AS title, v.newest AS newest, \
             v.simulated AS simulated{}\nFROM (\n",
            self.carried("v"),
        ));
        self.rows(writer, views, self.base().interval, |compiler| {
            format!(", f.household AS household, {} AS t, f.content_id AS content", compiler.time())
        });
        writer.push(&format!(
            "\n) AS v\nJOIN (\nSELECT g.org AS org, g.programme_id AS programme, min(g.title) AS name\nFROM {}\nWHERE ",
            self.compiler.dialect.table("programme", "g"),
        ));
        self.compiler.organisations(writer, "g.org");
        self.compiler.standing(writer, "g");
        writer.push("\nGROUP BY g.org, g.programme_id\n) AS q ON q.org = v.org AND q.programme = v.content");
    }
}
