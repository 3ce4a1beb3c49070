//! Nodes whose share of failed requests is far above that of the rest of their cohort, for several windows in a row.
//!
//! Node and cohort are told whatever a query is split or filtered by, since a node is compared with all that stands beside it
//! within the scope; who asks for one node alone gets its faults among the others. A window in which node or rest have too few
//! requests says nothing, and ends a row. The row of a fault stands in the window in which it is so long for the first time, so
//! that what comes later never takes it away.

use super::{Deriving, unmeasured};
use crate::metrics::{
    catalogue::{Branch, FaultRule, Identifier},
    sql::Writer,
};
use model::time::{Interval, Timestamp};

impl Deriving<'_> {
    /// `parts` are the columns of the cohort, and those that tell a node apart in it.
    pub(super) fn node_faults(
        &self,
        writer: &mut Writer<'_>,
        requests: &Branch,
        parts: &[&[Identifier]; 2],
        rule: &FaultRule,
    ) {
        let dialect = self.compiler.dialect;
        let cohort: Vec<&Identifier> = parts[0].iter().collect();
        let node: Vec<&Identifier> = parts.iter().flat_map(|columns| columns.iter()).collect();
        let named = |alias: &str, columns: &[&Identifier]| {
            let one = |(index, _): (usize, &&Identifier)| format!(", {alias}.c{index} AS c{index}");
            columns.iter().enumerate().map(one).collect::<Vec<_>>().concat()
        };
        let last = rule.windows;
        // Each bad window speaks of itself and of those after it: 1 for this one, 2 for the one before it, 4 for the one before that.
        let weight = (0..last).map(|back| format!(" WHEN {back} THEN {}", 1_i64 << back)).collect::<Vec<_>>().concat();
        writer.push(&format!(
            "SELECT i.slice * {} AS t{}, i.newest AS newest, i.simulated AS simulated\nFROM (\n",
            rule.window_ms,
            named("i", &node),
        ));
        let told = dialect.sum(&format!("CASE b.back{weight} ELSE {} END", 1_i64 << last));
        writer.push(&format!(
            "SELECT b.slice AS slice{}, {told} AS told, max(b.newest) AS newest, max(b.simulated) AS simulated\nFROM (\n",
            named("b", &node),
        ));
        writer.push(&format!(
            "SELECT e.org AS org, e.slice + e.back AS slice, e.back AS back{}, e.newest AS newest, e.simulated AS simulated\nFROM (\n",
            named("e", &node),
        ));
        writer.push(&format!(
            "SELECT l.org AS org, l.slice AS slice, {} AS back{}, l.newest AS newest, l.simulated AS simulated\nFROM (\n",
            dialect.each("0", &(last + 1).to_string()),
            named("l", &node),
        ));
        writer.push(&format!(
            "SELECT n.org AS org, {} AS slice{}, c.newest AS newest, c.simulated AS simulated\nFROM (\n",
            dialect.wide("n.slice"),
            named("n", &node),
        ));
        self.windows(writer, requests, &node, rule);
        writer.push("\n) AS n JOIN (\n");
        self.windows(writer, requests, &cohort, rule);
        let same =
            |(index, _): (usize, &&Identifier)| format!(" AND coalesce(n.c{index}, '') = coalesce(c.c{index}, '')");
        writer.push(&format!(
            "\n) AS c ON n.org = c.org AND n.slice = c.slice{}\n\
             WHERE n.requests >= {least} AND c.requests - n.requests >= {least} \
             AND n.failed * (c.requests - n.requests) > {} * (c.failed - n.failed) * n.requests\n",
            cohort.iter().enumerate().map(same).collect::<Vec<_>>().concat(),
            rule.times,
            least = rule.least_rows.max(1),
        ));
        let by_node = (0..node.len()).map(|index| format!(", b.c{index}")).collect::<Vec<_>>().concat();
        writer.push(&format!(
            ") AS l\n) AS e\n) AS b\nGROUP BY b.org, b.slice{by_node}\n) AS i\nWHERE i.told = {}",
            (1_i64 << last) - 1,
        ));
    }

    /// How many requests each of those had in each window, and how many of them failed.
    fn windows(&self, writer: &mut Writer<'_>, requests: &Branch, columns: &[&Identifier], rule: &FaultRule) {
        let dialect = self.compiler.dialect;
        let each = |write: &dyn Fn(usize, &str) -> String| {
            columns.iter().enumerate().map(|(index, column)| write(index, column.as_str())).collect::<Vec<_>>().concat()
        };
        writer.push(&format!(
            "SELECT a.org AS org, a.slice AS slice{}, {} AS requests, {} AS failed, max(a.newest) AS newest, \
             max(a.simulated) AS simulated\nFROM (\n",
            each(&|index, _| format!(", a.c{index} AS c{index}")),
            dialect.wide("count(*)"),
            dialect.wide(&dialect.sum("a.is_failed")),
        ));
        let base = self.base().interval;
        let window = |moment: Timestamp| moment.millis().div_euclid(rule.window_ms);
        let first = (window(base.from()) - i64::from(rule.windows)) * rule.window_ms;
        let end = (window(base.to().plus_millis(-1)) + 1) * rule.window_ms;
        let whole = Interval::new(Timestamp::from_millis(first), Timestamp::from_millis(end)).unwrap_or(base);
        self.rows_with(writer, requests, whole, |compiler, writer| {
            writer.push(&format!(", {} AS slice", dialect.whole_division(&compiler.time(), rule.window_ms)));
            writer.push(&each(&|index, column| format!(", f.{column} AS c{index}")));
            writer.push(", CASE WHEN ");
            writer.list(&rule.failed, " AND ", |writer, condition| {
                compiler.condition(writer, condition, &unmeasured());
            });
            writer.push(" THEN 1 ELSE 0 END AS is_failed");
        });
        writer.push(&format!("\n) AS a\nGROUP BY a.org, a.slice{}", each(&|index, _| format!(", a.c{index}"))));
    }
}
