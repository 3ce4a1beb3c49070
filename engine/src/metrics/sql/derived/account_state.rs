//! The state of every account on every day, and the one before it.
//!
//! `preopen` (never active yet), `new` (on its first active day), `active` (on an active day after another), `returned`
//! (active after a day or more without), `silent` (1 to 29 days after the last active one), `lost` (30 days or more),
//! `suspended` (stopped by its contract when the day ended, whatever it did before) and, on the day it is closed, `closed`. Before the day on which it was opened an account is `unopened`. Every account that was
//! there the day before has exactly one row, so the rows by the state before are yesterday's stock.

use super::Deriving;
use crate::{
    events::Fact,
    metrics::{
        catalogue::{Branch, Source},
        sql::Writer,
    },
};
use model::time::{Day, Interval};

/// Days without activity after which an account is lost.
const LOST_AFTER: u32 = 30;
/// So many days have their states from one look at the activity: with the days before them that tell who is lost, a bit each.
const DAYS_AT_ONCE: i32 = 32;

/// Days that are told together, both ends in them.
#[derive(Clone, Copy)]
struct Span {
    first: Day,
    last: Day,
}

impl Span {
    /// The earliest day whose activity matters to the state on the day before the first.
    const fn horizon(self) -> i32 {
        self.first.0 - LOST_AFTER as i32
    }
}

impl Deriving<'_> {
    pub(super) fn account_state(&self, writer: &mut Writer<'_>, activity: &[Branch], suspension: &Branch) {
        let first = self.range().0;
        let last = self.range().1.min(self.last_known_day());
        let starts = (first.0..=last.0.max(first.0)).step_by(DAYS_AT_ONCE as usize).map(Day);
        writer.list(starts, "\nUNION ALL\n", |writer, start| {
            let span = Span { first: start, last: start.plus(DAYS_AT_ONCE - 1).min(last) };
            self.states_of(writer, activity, suspension, span);
        });
    }

    fn states_of(&self, writer: &mut Writer<'_>, activity: &[Branch], suspension: &Branch, span: Span) {
        let dialect = self.compiler.dialect;
        let Span { first, last } = span;
        let on_day = self.state_by_activity("r.day", span);
        let on_day_before = self.state_by_activity("r.day - 1", span);
        writer.push(&format!(
            "SELECT r.org AS org, r.household AS household, r.day AS day, \
             CASE WHEN r.closed_day = r.day THEN 'closed' WHEN {} THEN 'suspended' {on_day} END AS state, \
             CASE WHEN r.opened_day = r.day THEN 'unopened' WHEN {} THEN 'suspended' {on_day_before} END AS state_before, \
             r.newest AS newest, r.simulated AS simulated{}\nFROM (\n",
            dialect.contains("r.suspended", "r.day"),
            dialect.contains("r.suspended", "r.day - 1"),
            self.carried("r"),
        ));
        let lowest = dialect.larger(&format!("coalesce(h.opened_day, {0})", first.0), &first.0.to_string());
        let highest = dialect.smaller(&format!("coalesce(h.closed_day, {})", last.0), &last.0.to_string());
        writer.push(&format!(
            "SELECT h.org AS org, h.household AS household, h.opened_day AS opened_day, h.closed_day AS closed_day, \
             h.suspended AS suspended, d.first_active AS first_active, coalesce(d.days, {}) AS days, {} AS day, {} AS newest, \
             {} AS simulated{}\nFROM (\n",
            dialect.no_bits(),
            dialect.each(&lowest, &format!("{highest} + 1")),
            dialect.larger("h.newest", "coalesce(d.newest, h.newest)"),
            dialect.larger("h.simulated", "coalesce(d.simulated, h.simulated)"),
            self.carried("h"),
        ));
        self.accounts(writer, suspension, span);
        writer.push("\n) AS h\nLEFT JOIN (\n");
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, {} AS first_active, {} AS days, max(a.newest) AS newest, \
             max(a.simulated) AS simulated\nFROM (\n",
            dialect.perhaps("min(a.day)"),
            dialect.bits("a.day", span.horizon()),
        ));
        self.days_of_activity(writer, activity, self.history());
        writer.push(
            "\n) AS a\nGROUP BY a.org, a.household\n) AS d ON d.org = h.org AND d.household = h.household\n) AS r",
        );
    }

    /// What an account is on that day, or the day before, by what it did up to then.
    fn state_by_activity(&self, day: &str, span: Span) -> String {
        let dialect = self.compiler.dialect;
        let active =
            |days_before: i32| dialect.has_bits("r.days", &format!("{day} - {}", span.horizon() + days_before), 1);
        let within_days = LOST_AFTER as i32 - 1;
        let lately = dialect.has_bits("r.days", &format!("{day} - {}", span.horizon() + within_days), LOST_AFTER);
        format!(
            "WHEN {} THEN CASE WHEN r.first_active = {day} THEN 'new' WHEN {} THEN 'active' ELSE 'returned' END \
             WHEN {lately} THEN 'silent' WHEN r.first_active < {day} THEN 'lost' ELSE 'preopen'",
            active(0),
            active(1),
        )
    }

    /// The accounts that are there on one of the days, with the days on which each is suspended.
    fn accounts(&self, writer: &mut Writer<'_>, suspension: &Branch, Span { first, last }: Span) {
        let dialect = self.compiler.dialect;
        writer.push(&format!(
            "SELECT c.org AS org, c.household AS household, c.opened_day AS opened_day, c.closed_day AS closed_day, \
             {} AS suspended, {} AS newest, {} AS simulated{}\nFROM (\n",
            dialect.or_no_values("x.days"),
            dialect.larger("c.newest", "coalesce(x.newest, c.newest)"),
            dialect.larger("c.simulated", "coalesce(x.simulated, c.simulated)"),
            self.carried("c"),
        ));
        let accounts = Branch { source: Source::Fact(Fact::Account), conditions: Vec::new() };
        // An account that was closed on the first day has a row for it, though it no longer counts there.
        let calendar = self.base().calendar;
        let with_day_before = Interval::new(calendar.start_of(first.plus(-1)), calendar.start_of(last.plus(1)));
        self.branch(writer, &accounts, with_day_before.unwrap_or(self.base().interval), |_| {
            ", f.opened_day AS opened_day, f.closed_day AS closed_day".to_owned()
        });
        writer.push("\n) AS c\nLEFT JOIN (\n");
        self.suspended_days(writer, suspension, first.plus(-1), last);
        writer.push("\n) AS x ON x.org = c.org AND x.household = c.household");
    }

    /// The days, from the first to the last, at whose end an account is suspended: a list for each account that ever was.
    fn suspended_days(&self, writer: &mut Writer<'_>, suspension: &Branch, first: Day, last: Day) {
        let dialect = self.compiler.dialect;
        let from = dialect.larger("p.day", &first.0.to_string());
        let behind_last = last.0 + 1;
        let to = dialect.smaller(&format!("coalesce(p.next_day, {behind_last})"), &behind_last.to_string());
        writer.push(&format!(
            "SELECT q.org AS org, q.household AS household, {} AS days, max(q.newest) AS newest, max(q.simulated) AS simulated\nFROM (\n\
             SELECT p.org AS org, p.household AS household, {} AS day, p.newest AS newest, p.simulated AS simulated\nFROM (\n",
            dialect.sorted_distinct_values("q.day", "1 = 1"),
            dialect.each(&from, &to),
        ));
        let part = |place: &str, number: usize| dialect.part(&dialect.value_at("i.steps", place), number);
        writer.push(&format!(
            "SELECT i.org AS org, i.household AS household, {} AS what, {} AS day, CASE WHEN i.i < {} THEN {} END AS next_day, \
             i.newest AS newest, i.simulated AS simulated\nFROM (\n",
            part("i.i", 2),
            part("i.i", 3),
            dialect.length("i.steps"),
            part("i.i + 1", 3),
        ));
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, l.steps AS steps, {} AS i, l.newest AS newest, l.simulated AS simulated\n\
             FROM (\nSELECT a.org AS org, a.household AS household, {} AS steps, max(a.newest) AS newest, max(a.simulated) AS simulated\n\
             FROM (\n",
            dialect.each("1", &format!("{} + 1", dialect.length("l.steps"))),
            dialect.sorted_rows(&["a.t", "a.what", "a.day"]),
        ));
        self.branch(writer, suspension, self.history(), |compiler| {
            format!(", {} AS t, f.account_event AS what, {} AS day", compiler.time(), compiler.day())
        });
        writer.push(
            "\n) AS a\nGROUP BY a.org, a.household\n) AS l\n) AS i\n) AS p\nWHERE p.what = 'suspend'\n) AS q\nGROUP BY q.org, q.household",
        );
    }
}
