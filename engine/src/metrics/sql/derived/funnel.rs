//! Funnels: who took the steps in their order, on one day, in one visit, or within some hours of the first.
//!
//! Whoever takes the earliest moment of a step that is not before that of the step before it loses nothing: whoever can go on
//! from a later one can go on from it. So the moments of a day are listed in their order, and the steps are walked from
//! wherever a funnel may begin. What hours allow goes over midnight: [`hours`](super::funnel_hours).

use super::{Deriving, LONGEST_QUIET_MS};
use crate::metrics::{
    catalogue::{Branch, Window},
    sql::Writer,
};

/// Later than any moment with its step.
const NEVER: i64 = i64::MAX / 2;
/// A moment and the number of a step are kept as one number, the step in its last places: what happened at the same moment is
/// in the order of the steps then. The catalogue takes fifteen steps at most.
const STEPS: i64 = 16;

impl Deriving<'_> {
    pub(super) fn funnel(&self, writer: &mut Writer<'_>, steps: &[Branch], window: Window) {
        let by_visit = match window {
            Window::Hours(hours) => return self.funnel_of_hours(writer, steps, hours),
            Window::Day => false,
            Window::Visit => true,
        };
        let dialect = self.compiler.dialect;
        // Who reached a step has reached all before it.
        let reached = (2..=steps.len()).rev().map(|step| format!("WHEN l.s{step} IS NOT NULL THEN {} ", step + 1));
        let each = dialect.each("1", &format!("CASE {}ELSE 2 END", reached.collect::<String>()));
        let begun = dialect.whole_division("l.s1", STEPS);
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, {begun} AS t1, {each} AS step, l.newest AS newest, \
             l.simulated AS simulated{}\nFROM (\n",
            self.carried("l")
        ));
        self.walked(writer, steps, by_visit, steps.len());
        writer.push("\n) AS l\nWHERE l.s1 IS NOT NULL");
    }

    /// The moments of the steps up to that one, null from the first one on that was not taken.
    fn walked(&self, writer: &mut Writer<'_>, steps: &[Branch], by_visit: bool, step: usize) {
        if step == 0 {
            self.beginnings(writer, steps, by_visit);
            return;
        }
        let before = if step == 1 { "w.begins".to_owned() } else { format!("w.s{}", step - 1) };
        let found = self.compiler.dialect.first_from("w.moments", &before, (STEPS, step));
        let known = (1..step).map(|known| format!(", w.s{known} AS s{known}")).collect::<Vec<_>>().concat();
        writer.push(&format!(
            "SELECT w.org AS org, w.household AS household, w.moments AS moments, w.begins AS begins, w.ends AS ends{known}, \
             CASE WHEN {found} < w.ends THEN {found} END AS s{step}, w.newest AS newest, w.simulated AS simulated{}\nFROM (\n",
            self.carried("w"),
        ));
        self.walked(writer, steps, by_visit, step - 1);
        writer.push("\n) AS w");
    }

    /// From where on and until when steps are walked, with the moments there are.
    fn beginnings(&self, writer: &mut Writer<'_>, steps: &[Branch], by_visit: bool) {
        let dialect = self.compiler.dialect;
        let row = |alias: &str, columns: &str| {
            format!(
                "SELECT {alias}.org AS org, {alias}.household AS household, {alias}.moments AS moments{columns}, \
                 {alias}.newest AS newest, {alias}.simulated AS simulated{}\nFROM (\n",
                self.carried(alias),
            )
        };
        if by_visit {
            let next = dialect.value_at("v.starts", "v.i + 1");
            let ends = format!("CASE WHEN v.i < {} THEN {next} ELSE {NEVER} END", dialect.length("v.starts"));
            writer.push(&row("v", &format!(", {} AS begins, {ends} AS ends", dialect.value_at("v.starts", "v.i"))));
            let each = dialect.each("1", &format!("{} + 1", dialect.length("s.starts")));
            writer.push(&row("s", &format!(", s.starts AS starts, {each} AS i")));
            // Two steps a moment more than the gap apart differ by more than this, and by less where they are not.
            let gap = LONGEST_QUIET_MS * STEPS + STEPS / 2;
            writer.push(&row("g", &format!(", {} AS starts", dialect.after_a_gap("g.moments", gap))));
            self.listed(writer, steps);
            writer.push("\n) AS g\n) AS s\n) AS v");
        } else {
            writer.push(&row("g", &format!(", 0 AS begins, {NEVER} AS ends")));
            self.listed(writer, steps);
            writer.push("\n) AS g");
        }
    }

    /// Household by household and day by day: the moments of all steps.
    fn listed(&self, writer: &mut Writer<'_>, steps: &[Branch]) {
        writer.push(&format!(
            "SELECT u.org AS org, u.household AS household, {} AS moments, max(u.newest) AS newest, \
             max(u.simulated) AS simulated{}\nFROM (\n",
            self.compiler.dialect.sorted_values("u.s"),
            self.carried("u"),
        ));
        writer.list(steps.iter().enumerate(), "\nUNION ALL\n", |writer, (index, step)| {
            self.branch(writer, step, self.base().interval, |compiler| {
                format!(", {} AS day, {} * {STEPS} + {} AS s", compiler.day(), compiler.time(), index + 1)
            });
        });
        // The step is the rest of what the moment and its step are kept as. Whoever never began goes nowhere.
        writer.push(&format!(
            "\n) AS u\nGROUP BY u.org, u.household, u.day{}\nHAVING min(u.s % {STEPS}) = 1",
            self.by_carried("u")
        ));
    }
}
