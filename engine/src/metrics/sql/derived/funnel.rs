//! Funnels: who took the steps in their order, on one day, in one visit, or within some hours of the first.
//!
//! Whoever takes the earliest moment of a step that is not before that of the step before it loses nothing: whoever can go on
//! from a later one can go on from it. So a household's moments of each step are listed once, and the steps are walked from
//! wherever a funnel may begin.

use super::{Deriving, LONGEST_QUIET_MS};
use crate::metrics::{
    catalogue::{Branch, Window},
    sql::Writer,
};
use model::time::Interval;

/// Later than any moment.
const NEVER_MS: i64 = i64::MAX / 2;
pub(in crate::metrics) const HOUR_MS: i64 = 3_600_000;

impl Deriving<'_> {
    pub(super) fn funnel(&self, writer: &mut Writer<'_>, steps: &[Branch], window: Window) {
        // Who reached a step has reached all before it.
        let reached = (2..=steps.len()).rev().map(|step| format!("WHEN l.t{step} IS NOT NULL THEN {} ", step + 1));
        let after_last = format!("CASE {}ELSE 2 END", reached.collect::<String>());
        let each = self.compiler.dialect.each("1", &after_last);
        let carried = self.carried("l");
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, l.t1 AS t1, {each} AS step, l.newest AS newest, \
             l.simulated AS simulated{carried}\nFROM (\n"
        ));
        self.walked(writer, steps, window, steps.len());
        writer.push("\n) AS l\nWHERE l.t1 IS NOT NULL");
    }

    /// The moments of the steps up to that one, null from the first one on that was not taken.
    fn walked(&self, writer: &mut Writer<'_>, steps: &[Branch], window: Window, step: usize) {
        if step == 0 {
            self.beginnings(writer, steps, window);
            return;
        }
        let dialect = self.compiler.dialect;
        let before = if step == 1 { "w.begins".to_owned() } else { format!("w.t{}", step - 1) };
        let found = dialect.first_from(&format!("w.ts{step}"), &before);
        let known = columns((1..step).map(|known| format!("w.t{known} AS t{known}")));
        let to_come = columns((step + 1..=steps.len()).map(|later| format!("w.ts{later} AS ts{later}")));
        writer.push(&format!(
            "SELECT w.org AS org, w.household AS household, w.begins AS begins, w.ends AS ends{known}, \
             CASE WHEN {found} < w.ends THEN {found} END AS t{step}{to_come}, w.newest AS newest, w.simulated AS simulated{}\nFROM (\n",
            self.carried("w"),
        ));
        self.walked(writer, steps, window, step - 1);
        writer.push("\n) AS w");
    }

    /// From where on and until when steps are walked, with the moments of each step.
    fn beginnings(&self, writer: &mut Writer<'_>, steps: &[Branch], window: Window) {
        let dialect = self.compiler.dialect;
        let all = |alias: &str| columns((1..=steps.len()).map(|step| format!("{alias}.ts{step} AS ts{step}")));
        let row = |alias: &str, columns: &str| {
            format!(
                "SELECT {alias}.org AS org, {alias}.household AS household{}{columns}, {alias}.newest AS newest, \
                 {alias}.simulated AS simulated{}\nFROM (\n",
                all(alias),
                self.carried(alias),
            )
        };
        match window {
            Window::Day => {
                writer.push(&row("g", &format!(", 0 AS begins, {NEVER_MS} AS ends")));
                self.listed(writer, steps, window);
                writer.push("\n) AS g");
            }
            Window::Hours(hours) => {
                let until = i64::from(hours) * HOUR_MS + 1;
                writer.push(&row("b", &format!(", b.begins AS begins, b.begins + {until} AS ends")));
                writer.push(&row("g", &format!(", {} AS begins", dialect.each_value("g.ts1"))));
                self.listed(writer, steps, window);
                writer.push("\n) AS g\n) AS b");
            }
            Window::Visit => {
                let next = dialect.value_at("v.starts", "v.i + 1");
                let ends = format!("CASE WHEN v.i < {} THEN {next} ELSE {NEVER_MS} END", dialect.length("v.starts"));
                writer.push(&row("v", &format!(", {} AS begins, {ends} AS ends", dialect.value_at("v.starts", "v.i"))));
                let each = dialect.each("1", &format!("{} + 1", dialect.length("s.starts")));
                writer.push(&row("s", &format!(", s.starts AS starts, {each} AS i")));
                writer.push(&row("g", &format!(", {} AS starts", dialect.after_a_gap("g.moments", LONGEST_QUIET_MS))));
                self.listed(writer, steps, window);
                writer.push("\n) AS g\n) AS s\n) AS v");
            }
        }
    }

    /// Household by household, and day by day unless hours go over midnight: the moments of each step, and of all of them.
    fn listed(&self, writer: &mut Writer<'_>, steps: &[Branch], window: Window) {
        let dialect = self.compiler.dialect;
        let lists = (1..=steps.len())
            .map(|step| format!(", {} AS ts{step}", dialect.sorted_values("u.t", &format!("u.step = {step}"))));
        let (by_day, moments) = match window {
            Window::Day => (", u.day", String::new()),
            Window::Hours(_) => ("", String::new()),
            Window::Visit => (", u.day", format!(", {} AS moments", dialect.sorted_values("u.t", "1 = 1"))),
        };
        writer.push(&format!(
            "SELECT u.org AS org, u.household AS household{}{moments}, max(u.newest) AS newest, max(u.simulated) AS simulated{}\nFROM (\n",
            lists.collect::<String>(),
            self.carried("u"),
        ));
        let base = self.base().interval;
        let longer = match window {
            Window::Day | Window::Visit => base,
            Window::Hours(hours) => {
                let until = base.to().plus_millis(i64::from(hours) * HOUR_MS);
                Interval::new(base.from(), until).unwrap_or(base)
            }
        };
        writer.list(steps.iter().enumerate(), "\nUNION ALL\n", |writer, (index, step)| {
            let interval = if index == 0 { base } else { longer };
            self.branch(writer, step, interval, |compiler| {
                format!(", {} AS step, {} AS day, {} AS t", index + 1, compiler.day(), compiler.time())
            });
        });
        writer.push(&format!("\n) AS u\nGROUP BY u.org, u.household{by_day}{}", self.by_carried("u")));
    }
}

/// More columns behind those that are there.
fn columns(written: impl Iterator<Item = String>) -> String {
    written.map(|column| format!(", {column}")).collect::<Vec<_>>().concat()
}
