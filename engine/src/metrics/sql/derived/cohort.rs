//! Cohorts: those who were active for the first time on the same day, and on which later days they were active again.
//!
//! There is a row for each day that has passed, whether the household was active then or not, so the share of those who
//! came back on the so-manieth day is one of those whose so-manieth day has been.

use super::Deriving;
use crate::metrics::{
    catalogue::Branch,
    sql::{Writer, dialect::BITS},
};
use model::time::Day;

impl Deriving<'_> {
    pub(super) fn cohort(&self, writer: &mut Writer<'_>, activity: &[Branch]) {
        let (first, last) = self.range();
        let latest = last.max(self.last_known_day().plus(-1));
        // So many days are told by one look at the activity, a bit each.
        let starts = (first.0..=latest.0).step_by(BITS as usize).map(Day);
        writer.list(starts, "\nUNION ALL\n", |writer, start| self.cohort_from(writer, activity, start));
    }

    /// The rows of as many days as there are bits, from that one on.
    fn cohort_from(&self, writer: &mut Writer<'_>, activity: &[Branch], start: Day) {
        let dialect = self.compiler.dialect;
        let (first, last) = self.range();
        // The running day is not over, so nobody is late yet; a first day is the day on which they came.
        let until = dialect.larger("g.first_day + 1", &self.last_known_day().0.to_string());
        let from = dialect.larger("g.first_day", &start.0.to_string());
        let to = dialect.smaller(&until, &(start.0 + BITS).to_string());
        let week = |day: &str| dialect.whole_division(&format!("{day} + 3"), 7);
        writer.push(&format!(
            "SELECT m.org AS org, m.household AS household, m.first_day AS first_day, m.day - m.first_day AS day_number, \
             {} - {} AS week_number, {} AS active, m.newest AS newest, m.simulated AS simulated{}\nFROM (\n",
            week("m.day"),
            week("m.first_day"),
            dialect.has_bits("m.days", &format!("m.day - {}", start.0), 1),
            self.carried("m"),
        ));
        writer.push(&format!(
            "SELECT g.org AS org, g.household AS household, g.first_day AS first_day, g.days AS days, {} AS day, \
             g.newest AS newest, g.simulated AS simulated{}\nFROM (\n",
            dialect.each(&from, &to),
            self.carried("g"),
        ));
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, min(a.day) AS first_day, {} AS days, max(a.newest) AS newest, \
             max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.bits("a.day", start.0),
            self.carried("a"),
        ));
        self.days_of_activity(writer, activity, self.history());
        writer.push(&format!(
            "\n) AS a\nGROUP BY a.org, a.household{}\nHAVING min(a.day) >= {} AND min(a.day) <= {}\n) AS g\n) AS m",
            self.by_carried("a"),
            first.0,
            last.0,
        ));
    }
}
