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
const LOST_AFTER: i32 = 30;

impl Deriving<'_> {
    pub(super) fn account_state(&self, writer: &mut Writer<'_>, activity: &[Branch], suspension: &Branch) {
        let dialect = self.compiler.dialect;
        let carried = |alias: &str| self.carried(alias);
        let first = self.range().0;
        let last = self.range().1.min(self.last_known_day());
        // Of the days before, those that tell who is lost; the three next to each other tell who has returned.
        let horizon = first.plus(-LOST_AFTER - 2).0;
        let quiet = |days: &str| format!("CASE WHEN {days} < {LOST_AFTER} THEN 'silent' ELSE 'lost' END");
        let never = |day: &str| {
            format!("CASE WHEN r.first_active IS NULL OR r.first_active > {day} THEN 'preopen' ELSE 'lost' END")
        };
        let on_active_day =
            "CASE WHEN r.a = r.first_active THEN 'new' WHEN r.b = r.a - 1 THEN 'active' ELSE 'returned' END";
        let on_day_before =
            "CASE WHEN r.b = r.first_active THEN 'new' WHEN r.c = r.b - 1 THEN 'active' ELSE 'returned' END";
        let state = format!(
            "CASE WHEN r.closed_day = r.day THEN 'closed' WHEN {} THEN 'suspended' WHEN r.a IS NULL THEN {} WHEN r.day = r.a THEN {on_active_day} \
             ELSE {} END",
            dialect.contains("r.suspended", "r.day"),
            never("r.day"),
            quiet("r.day - r.a"),
        );
        let before = format!(
            "CASE WHEN r.opened_day = r.day THEN 'unopened' WHEN {} THEN 'suspended' WHEN r.a IS NULL THEN {} WHEN r.day - 1 = r.a THEN {on_active_day} \
             WHEN r.day > r.a THEN {} WHEN r.b IS NULL THEN {} WHEN r.b = r.a - 1 THEN {on_day_before} ELSE {} END",
            dialect.contains("r.suspended", "r.day - 1"),
            never("r.day - 1"),
            quiet("r.day - 1 - r.a"),
            never("r.day - 1"),
            quiet("r.a - 1 - r.b"),
        );
        writer.push(&format!(
            "SELECT r.org AS org, r.household AS household, r.day AS day, {state} AS state, {before} AS state_before, \
             r.newest AS newest, r.simulated AS simulated{}\nFROM (\n",
            carried("r"),
        ));
        // From an active day up to the next one, an account's days are alike but for their number.
        let lowest = dialect.larger(&format!("coalesce(s.opened_day, {0})", first.0), &first.0.to_string());
        let highest = dialect.smaller(&format!("coalesce(s.closed_day, {})", last.0), &last.0.to_string());
        let from = dialect.larger(&format!("coalesce(s.a, {lowest})"), &lowest);
        let to = dialect.smaller(&format!("coalesce(s.next, {highest} + 1)"), &format!("{highest} + 1"));
        writer.push(&format!(
            "SELECT s.org AS org, s.household AS household, s.opened_day AS opened_day, s.closed_day AS closed_day, \
             s.suspended AS suspended, s.first_active AS first_active, s.a AS a, s.b AS b, s.c AS c, {} AS day, s.newest AS newest, \
             s.simulated AS simulated{}\nFROM (\n",
            dialect.each(&from, &to),
            carried("s"),
        ));
        let at = |back: i32| {
            let place = if back == 0 { "i.i".to_owned() } else { format!("i.i - {back}") };
            format!("CASE WHEN i.i > {back} THEN {} END", dialect.value_at("i.days", &place))
        };
        let next =
            format!("CASE WHEN i.i < {} THEN {} END", dialect.length("i.days"), dialect.value_at("i.days", "i.i + 1"));
        writer.push(&format!(
            "SELECT i.org AS org, i.household AS household, i.opened_day AS opened_day, i.closed_day AS closed_day, \
             i.suspended AS suspended, i.first_active AS first_active, {} AS a, {} AS b, {} AS c, {next} AS next, i.newest AS newest, \
             i.simulated AS simulated{}\nFROM (\n",
            at(0),
            at(1),
            at(2),
            carried("i"),
        ));
        let days = dialect.or_no_values("d.days");
        writer.push(&format!(
            "SELECT h.org AS org, h.household AS household, h.opened_day AS opened_day, h.closed_day AS closed_day, \
             h.suspended AS suspended, d.first_active AS first_active, {days} AS days, {} AS i, {} AS newest, {} AS simulated{}\nFROM (\n",
            dialect.each("0", &format!("{} + 1", dialect.length(&days))),
            dialect.larger("h.newest", "coalesce(d.newest, h.newest)"),
            dialect.larger("h.simulated", "coalesce(d.simulated, h.simulated)"),
            carried("h"),
        ));
        writer.push(&format!(
            "SELECT c.org AS org, c.household AS household, c.opened_day AS opened_day, c.closed_day AS closed_day, \
             {} AS suspended, {} AS newest, {} AS simulated{}\nFROM (\n",
            dialect.or_no_values("x.days"),
            dialect.larger("c.newest", "coalesce(x.newest, c.newest)"),
            dialect.larger("c.simulated", "coalesce(x.simulated, c.simulated)"),
            carried("c"),
        ));
        let accounts = Branch { source: Source::Fact(Fact::Account), conditions: Vec::new() };
        // An account that was closed on the first day has a row for it, though it no longer counts there.
        let calendar = self.base().calendar;
        let with_day_before = Interval::new(calendar.start_of(first.plus(-1)), self.base().interval.to());
        self.branch(writer, &accounts, with_day_before.unwrap_or(self.base().interval), |_| {
            ", f.opened_day AS opened_day, f.closed_day AS closed_day".to_owned()
        });
        writer.push("\n) AS c\nLEFT JOIN (\n");
        self.suspended_days(writer, suspension, first.plus(-1), last);
        writer.push("\n) AS x ON x.org = c.org AND x.household = c.household\n) AS h\nLEFT JOIN (\n");
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, {} AS first_active, {} AS days, max(a.newest) AS newest, \
             max(a.simulated) AS simulated\nFROM (\n",
            dialect.perhaps("min(a.day)"),
            dialect.sorted_distinct_values("a.day", &format!("a.day >= {horizon}")),
        ));
        self.days_of_activity(writer, activity, self.history());
        writer.push(
            "\n) AS a\nGROUP BY a.org, a.household\n) AS d ON d.org = h.org AND d.household = h.household\n) AS i\n) AS s\n) AS r",
        );
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
