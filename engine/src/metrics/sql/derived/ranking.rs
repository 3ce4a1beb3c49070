//! Items by how many rows each has, the smallest first: what concentration is told from.
//!
//! All items that a number is about are put in one order, whatever organisation and place they are of, and apart for each
//! step of time. `leaning` is the item's share of the numerator of Gini's coefficient, Σ (2i − n − 1) · xᵢ over n · Σ xᵢ
//! with the xᵢ in ascending order.

use super::Deriving;
use crate::metrics::{
    catalogue::{Branch, Identifier},
    plan::GroupKey,
    sql::Writer,
};

impl Deriving<'_> {
    pub(super) fn ranking(&self, writer: &mut Writer<'_>, rows: &Branch, item: &Identifier) {
        let dialect = self.compiler.dialect;
        let steps = self.compiler.statement.keys.iter().find_map(|key| match key {
            GroupKey::Step(steps) => Some(steps),
            GroupKey::Dimension(_)
            | GroupKey::Bucket(_)
            | GroupKey::Minute
            | GroupKey::OpenedDay
            | GroupKey::ClosedDay
            | GroupKey::AiringChannel
            | GroupKey::AiringStart
            | GroupKey::AiringStop => None,
        });
        writer.push(&format!(
            "SELECT i.t AS t, i.amount AS amount, i.amount * i.amount AS squared, (2 * i.i - i.items - 1) * i.amount AS leaning, \
             i.items + 1 - i.i AS rank, i.newest AS newest, i.simulated AS simulated{}\nFROM (\n",
            self.carried("i"),
        ));
        writer.push(&format!(
            "SELECT e.t AS t, {} AS amount, {} AS items, {} AS i, e.newest AS newest, e.simulated AS simulated{}\nFROM (\n",
            dialect.part(&dialect.value_at("e.amounts", "e.i"), 1),
            dialect.wide(&dialect.length("e.amounts")),
            dialect.wide("e.i"),
            self.carried("e"),
        ));
        writer.push(&format!(
            "SELECT l.t AS t, l.amounts AS amounts, {} AS i, l.newest AS newest, l.simulated AS simulated{}\nFROM (\n",
            dialect.each("1", &format!("{} + 1", dialect.length("l.amounts"))),
            self.carried("l"),
        ));
        writer.push(&format!(
            "SELECT min(g.t) AS t, {} AS amounts, max(g.newest) AS newest, max(g.simulated) AS simulated{}\nFROM (\n",
            dialect.sorted_rows(&["g.amount", "g.t"]),
            self.carried("g"),
        ));
        writer.push(&format!(
            "SELECT a.step AS step, min(a.t) AS t, {} AS amount, max(a.newest) AS newest, max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.wide("count(*)"),
            self.carried("a"),
        ));
        self.rows(writer, rows, self.base().interval, |compiler| {
            let step = steps.map_or_else(|| "0".to_owned(), |steps| compiler.step(steps));
            format!(", f.{} AS item, {} AS t, {step} AS step", item.as_str(), compiler.time())
        });
        writer.push(&format!(
            "\n) AS a\nGROUP BY a.org, a.item, a.step{}\n) AS g\nGROUP BY g.step{}\n) AS l\n) AS e\n) AS i",
            self.by_carried("a"),
            self.by_carried("g"),
        ));
    }
}
