//! Figures as other systems reported them: of each item the newest of a day, and the day from which another one stands.

use super::Deriving;
use crate::metrics::{
    catalogue::{Branch, Identifier, Standing},
    sql::Writer,
};

impl Deriving<'_> {
    pub(super) fn reported(&self, writer: &mut Writer<'_>, figures: &Branch, items: &[Identifier], standing: Standing) {
        let dialect = self.compiler.dialect;
        let (until, interval) = match standing {
            Standing::UntilTheNext => (", r.until_day AS until_day", self.history()),
            Standing::ForItsDay => ("", self.whole_days()),
        };
        writer.push(&format!(
            "SELECT r.org AS org, r.figure AS figure, r.day AS day{until}, r.amount AS amount, r.newest AS newest, \
             r.simulated AS simulated{}\nFROM (\n",
            self.carried("r"),
        ));
        let at = |place: &str, part: usize| dialect.part(&dialect.value_at("e.reports", place), part);
        writer.push(&format!(
            "SELECT e.org AS org, e.figure AS figure, {} AS day, CASE WHEN e.i < {} THEN {} END AS until_day, {} AS amount, \
             e.newest AS newest, e.simulated AS simulated{}\nFROM (\n",
            at("e.i", 1),
            dialect.length("e.reports"),
            at("e.i + 1", 1),
            at("e.i", 4),
            self.carried("e"),
        ));
        writer.push(&format!(
            "SELECT l.org AS org, l.figure AS figure, l.reports AS reports, {} AS i, l.newest AS newest, \
             l.simulated AS simulated{}\nFROM (\n",
            dialect.each("1", &format!("{} + 1", dialect.length("l.reports"))),
            self.carried("l"),
        ));
        writer.push(&format!(
            "SELECT a.org AS org, a.figure AS figure, {} AS reports, max(a.newest) AS newest, \
             max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.sorted_rows(&["a.day", "a.t", "a.newest", "a.amount"]),
            self.carried("a"),
        ));
        self.rows(writer, figures, interval, |compiler| {
            let item = |(index, column): (usize, &Identifier)| format!(", f.{} AS k{index}", column.as_str());
            let items = items.iter().enumerate().map(item).collect::<Vec<_>>().concat();
            format!(
                ", f.figure AS figure, f.value AS amount, {} AS t, {} AS day{items}",
                compiler.time(),
                compiler.day()
            )
        });
        let by_item = (0..items.len()).map(|index| format!(", a.k{index}")).collect::<Vec<_>>().concat();
        // What was reported again on the same day is no figure any more.
        writer.push(&format!(
            "\n) AS a\nGROUP BY a.org, a.figure{by_item}{}\n) AS l\n) AS e\n) AS r\n\
             WHERE r.until_day IS NULL OR r.until_day > r.day",
            self.by_carried("a"),
        ));
    }
}
