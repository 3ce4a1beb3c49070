//! Funnels within hours of their beginning: a row for each step that a household reached on a day of its own, from any of the
//! beginnings of that day.
//!
//! A household may begin half a million times and go on once. So nothing is looked for from a beginning on; what a step is
//! reached from is the latest beginning before it (`since`), and whatever can be reached from a later beginning can be from
//! an earlier one, hours allowing. A beginning of another day counts if it is not after `since` and at most so many hours
//! before the step, and the latest of a day is the best of that day.

use super::Deriving;
use crate::metrics::{
    catalogue::Branch,
    sql::{
        Writer,
        expression::{DAY_MS, HOUR_MS},
    },
};
use model::time::Interval;

impl Deriving<'_> {
    pub(super) fn funnel_of_hours(&self, writer: &mut Writer<'_>, steps: &[Branch], hours: u16) {
        let [first, later @ ..] = steps else { return };
        let dialect = self.compiler.dialect;
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, l.t1 AS t1, l.step AS step, l.newest AS newest, \
             l.simulated AS simulated{}\nFROM (\n",
            self.carried("l")
        ));
        // All who began, of whom most go no further: they are not looked for among those who did.
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, a.t1 AS t1, 1 AS step, a.newest AS newest, \
             a.simulated AS simulated{}\nFROM (\n",
            self.carried("a")
        ));
        self.begun_days(writer, first);
        writer.push("\n) AS a\nUNION ALL\n");
        let each = dialect.each("2", "g.reached + 1");
        writer.push(&format!(
            "SELECT g.org AS org, g.household AS household, g.t1 AS t1, {each} AS step, g.newest AS newest, \
             g.simulated AS simulated{}\nFROM (\n",
            self.carried("g")
        ));
        let best = dialect.smaller("b.latest", "r.since");
        let both = |column: &str| dialect.larger(&format!("max(b.{column})"), &format!("max(r.{column})"));
        writer.push(&format!(
            "SELECT b.org AS org, b.household AS household, min(b.t1) AS t1, \
             max(CASE WHEN {best} >= r.earliest THEN r.step ELSE 1 END) AS reached, {} AS newest, {} AS simulated{}\nFROM (\n",
            both("newest"),
            both("simulated"),
            self.carried("b"),
        ));
        self.begun_days(writer, first);
        writer.push("\n) AS b\nJOIN (\n");
        self.reached(writer, first, later, i64::from(hours) * HOUR_MS);
        writer.push(&format!(
            "\n) AS r ON {} AND r.day = b.day\nGROUP BY b.org, b.household, b.day{}\n) AS g\n) AS l",
            self.same_household("r", "b"),
            self.by_carried("b"),
        ));
    }

    /// The days on which a household began: the first time and the last.
    fn begun_days(&self, writer: &mut Writer<'_>, first: &Branch) {
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, a.day AS day, min(a.t) AS t1, max(a.t) AS latest, \
             max(a.newest) AS newest, max(a.simulated) AS simulated{}\nFROM (\n",
            self.carried("a"),
        ));
        self.branch(writer, first, self.base().interval, |compiler| {
            format!(", {} AS day, {} AS t", compiler.day(), compiler.time())
        });
        writer.push(&format!("\n) AS a\nGROUP BY a.org, a.household, a.day{}", self.by_carried("a")));
    }

    /// The later steps, each on every day of whose beginnings it may have been reached: not before `earliest`, nor after `since`.
    fn reached(&self, writer: &mut Writer<'_>, first: &Branch, later: &[Branch], within_ms: i64) {
        let each = self.each_day(&format!("c.t - {within_ms}"), "c.since");
        writer.push(&format!(
            "SELECT c.org AS org, c.household AS household, c.step AS step, c.since AS since, c.t - {within_ms} AS earliest, \
             {each} AS day, c.newest AS newest, c.simulated AS simulated{}\nFROM (\n",
            self.carried("c"),
        ));
        let since = (0..later.len()).map(|index| format!("WHEN {} THEN m.m{} ", index + 2, index + 1));
        writer.push(&format!(
            "SELECT m.org AS org, m.household AS household, m.step AS step, m.t AS t, coalesce(CASE m.step {}END, 0) AS since, \
             m.newest AS newest, m.simulated AS simulated{}\nFROM (\n",
            since.collect::<String>(),
            self.carried("m"),
        ));
        self.gone_on(writer, first, later, later.len(), within_ms);
        writer.push(&format!("\n) AS m\n) AS c\nWHERE c.since >= c.t - {within_ms}"));
    }

    /// A row for each day between two moments, both of them in it.
    fn each_day(&self, from: &str, to: &str) -> String {
        let dialect = self.compiler.dialect;
        let shift_ms = self.base().calendar.shift_ms();
        let day = |moment: &str| dialect.whole_division(&format!("{moment} + {shift_ms}"), DAY_MS);
        dialect.each(&day(from), &format!("{} + 1", day(to)))
    }

    /// The later steps in time, each with the latest beginning from which every step up to that number can have been reached by
    /// then: `m1` for the beginning itself, `m2` for the second step, and so on.
    fn gone_on(&self, writer: &mut Writer<'_>, first: &Branch, later: &[Branch], number: usize, within_ms: i64) {
        if number > 1 {
            let step = number;
            let known = (1..step).map(|known| format!(", x.m{known} AS m{known}")).collect::<Vec<_>>().concat();
            writer.push(&format!(
                "SELECT x.org AS org, x.household AS household, x.step AS step, x.t AS t{known}, \
                 max(CASE WHEN x.step = {step} THEN x.m{} END) OVER (PARTITION BY x.org, x.household{} ORDER BY x.t) AS m{step}, \
                 x.newest AS newest, x.simulated AS simulated{}\nFROM (\n",
                step - 1,
                self.by_carried("x"),
                self.carried("x"),
            ));
            self.gone_on(writer, first, later, number - 1, within_ms);
            writer.push("\n) AS x");
            return;
        }
        writer.push(&format!(
            "SELECT s.org AS org, s.household AS household, s.step AS step, s.t AS t, p.t AS m1, s.newest AS newest, \
             s.simulated AS simulated{}\nFROM (\n",
            self.carried("s"),
        ));
        let base = self.base().interval;
        let longer = Interval::new(base.from(), base.to().plus_millis(within_ms)).unwrap_or(base);
        writer.list(later.iter().enumerate(), "\nUNION ALL\n", |writer, (index, step)| {
            self.branch(writer, step, longer, |compiler| format!(", {} AS step, {} AS t", index + 2, compiler.time()));
        });
        writer.push("\n) AS s\nASOF JOIN (\n");
        self.beginnings_that_matter(writer, first, later, longer, within_ms);
        writer.push(&format!("\n) AS p ON {} AND s.t >= p.t", self.same_household("s", "p")));
    }

    /// The beginnings on days from which a household's second step can have been reached: few have to be put in order then.
    fn beginnings_that_matter(
        &self,
        writer: &mut Writer<'_>,
        first: &Branch,
        later: &[Branch],
        longer: Interval,
        within_ms: i64,
    ) {
        writer.push(&format!("SELECT a.org AS org, a.household AS household, a.t AS t{}\nFROM (\n", self.carried("a")));
        self.branch(writer, first, self.base().interval, |compiler| {
            format!(", {} AS day, {} AS t", compiler.day(), compiler.time())
        });
        let each = self.each_day(&format!("n.t - {within_ms}"), "n.t");
        writer.push(&format!(
            "\n) AS a\nJOIN (\nSELECT DISTINCT d.org AS org, d.household AS household, d.day AS day{}\nFROM (\n\
             SELECT n.org AS org, n.household AS household, {each} AS day{}\nFROM (\n",
            self.carried("d"),
            self.carried("n"),
        ));
        writer.list(later.first(), "", |writer, second| {
            self.branch(writer, second, longer, |compiler| format!(", {} AS t", compiler.time()));
        });
        let same = self.same_household("a", "h");
        writer.push(&format!("\n) AS n\n) AS d\n) AS h ON {same} AND a.day = h.day"));
    }
}
