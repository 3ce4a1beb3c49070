//! Funnels: who took the steps in their order, on one day.
//!
//! The earliest moment of each step that is not before that of the step before it. Within one day nothing is lost by taking
//! the earliest, since whoever can go on from a later one can go on from it.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};

impl Deriving<'_> {
    pub(super) fn funnel(&self, writer: &mut Writer<'_>, steps: &[Branch]) {
        // Who reached a step has reached all before it.
        let reached = (2..=steps.len()).rev().map(|step| format!("WHEN l.t{step} IS NOT NULL THEN {} ", step + 1));
        let after_last = format!("CASE {}ELSE 2 END", reached.collect::<String>());
        let each = self.compiler.dialect.each("1", &after_last);
        let carried = self.carried("l");
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, l.t1 AS t1, {each} AS step, l.newest AS newest, \
             l.simulated AS simulated{carried}\nFROM (\n"
        ));
        self.moments(writer, steps);
        writer.push("\n) AS l");
    }

    /// The moments of all steps, household by household and day by day; null from the first step on that was not taken.
    fn moments(&self, writer: &mut Writer<'_>, steps: &[Branch]) {
        let Some((last, before)) = steps.split_last() else { return };
        let branch = |writer: &mut Writer<'_>| {
            self.branch(writer, last, self.base().interval, |compiler| {
                format!(", {} AS day, {} AS t", compiler.day(), compiler.time())
            });
        };
        if before.is_empty() {
            let (carried, by_carried) = (self.carried("s"), self.by_carried("s"));
            writer.push(&format!(
                "SELECT s.org AS org, s.household AS household, s.day AS day, min(s.t) AS t1, max(s.newest) AS newest, \
                 max(s.simulated) AS simulated{carried}\nFROM (\n"
            ));
            branch(writer);
            writer.push(&format!("\n) AS s\nGROUP BY s.org, s.household, s.day{by_carried}"));
            return;
        }
        let (carried, by_carried) = (self.carried("l"), self.by_carried("l"));
        let known = (1..=before.len()).map(|step| format!(", l.t{step} AS t{step}")).collect::<Vec<_>>().concat();
        let by_known = (1..=before.len()).map(|step| format!(", l.t{step}")).collect::<Vec<_>>().concat();
        let newest = self.compiler.dialect.larger("l.newest", "coalesce(max(s.newest), l.newest)");
        let simulated = self.compiler.dialect.larger("l.simulated", "coalesce(max(s.simulated), l.simulated)");
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, l.day AS day{known}, \
             min(CASE WHEN s.t >= l.t{} THEN s.t END) AS t{}, {newest} AS newest, {simulated} AS simulated{carried}\nFROM (\n",
            before.len(),
            steps.len(),
        ));
        self.moments(writer, before);
        writer.push("\n) AS l\nLEFT JOIN (\n");
        branch(writer);
        let same = self.same_household("s", "l");
        writer.push(&format!(
            "\n) AS s ON {same} AND s.day = l.day\nGROUP BY l.org, l.household, l.day{by_known}, l.newest, l.simulated{by_carried}"
        ));
    }
}
