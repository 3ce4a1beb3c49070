//! What each item of a fact came to in the range, so that items can be counted by it.

use super::Deriving;
use crate::metrics::{
    catalogue::{Branch, Identifier},
    sql::Writer,
};

impl Deriving<'_> {
    pub(super) fn item_totals(&self, writer: &mut Writer<'_>, rows: &Branch, item: &Identifier, amount: &Identifier) {
        let total = self.compiler.dialect.sum("a.amount");
        writer.push(&format!(
            "SELECT a.org AS org, a.item AS item, min(a.t) AS t, {total} AS amount, max(a.newest) AS newest, \
             max(a.simulated) AS simulated{}\nFROM (\n",
            self.carried("a"),
        ));
        self.rows(writer, rows, self.base().interval, |compiler| {
            let (item, amount) = (item.as_str(), amount.as_str());
            format!(", f.{item} AS item, f.{amount} AS amount, {} AS t", compiler.time())
        });
        writer.push(&format!("\n) AS a\nGROUP BY a.org, a.item{}", self.by_carried("a")));
    }
}
