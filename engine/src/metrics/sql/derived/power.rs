//! When boxes are on: from what shows one in use until the next thing it says, or until it has been silent for too long.
//!
//! What a box said before the range reaches into it.

use super::Deriving;
use crate::metrics::{
    catalogue::Branch,
    sql::{Writer, expression::DAY_MS},
};
use model::time::Interval;

const MINUTE_MS: i64 = 60_000;

impl Deriving<'_> {
    /// A row for each part of a day that a box is on, within the range.
    pub(super) fn on_time(&self, writer: &mut Writer<'_>, events: &Branch, longest_ms: i64) {
        let dialect = self.compiler.dialect;
        let shift_ms = self.base().calendar.shift_ms();
        let (from, to) = self.known();
        let day = |moment: &str| dialect.whole_division(&format!("{moment} + {shift_ms}"), DAY_MS);
        let day_start = format!("{} * {DAY_MS} - {shift_ms}", dialect.wide("d.day"));
        let began = dialect.larger("d.began", &day_start);
        let ended = dialect.smaller("d.ended", &format!("{day_start} + {DAY_MS}"));
        writer.push(&format!(
            "SELECT d.org AS org, d.household AS household, {began} AS t, {ended} - {began} AS on_ms, d.newest AS newest, \
             d.simulated AS simulated{}\nFROM (\n",
            self.carried("d"),
        ));
        writer.push(&format!(
            "SELECT s.org AS org, s.household AS household, s.began AS began, s.ended AS ended, {} AS day, s.newest AS newest, \
             s.simulated AS simulated{}\nFROM (\n",
            dialect.each(&day("s.began"), &format!("{} + 1", day("s.ended - 1"))),
            self.carried("s"),
        ));
        writer.push(&format!(
            "SELECT u.org AS org, u.household AS household, {} AS began, {} AS ended, u.newest AS newest, \
             u.simulated AS simulated{}\nFROM (\n",
            dialect.larger("u.began", &from.to_string()),
            dialect.smaller("u.ended", &to.to_string()),
            self.carried("u"),
        ));
        self.spans(writer, events, longest_ms);
        writer.push(&format!(
            "\n) AS u\nWHERE u.ended > u.began AND u.ended > {from} AND u.began < {to}\n) AS s\n) AS d"
        ));
    }

    /// A row for each minute, with how many boxes are on at its beginning; the running minute has begun.
    pub(super) fn boxes_on(&self, writer: &mut Writer<'_>, events: &Branch, longest_ms: i64) {
        let dialect = self.compiler.dialect;
        let minute = |moment: &str| dialect.whole_division(&format!("{moment} + {}", MINUTE_MS - 1), MINUTE_MS);
        let (from, to) = self.known();
        let first = dialect.larger(&minute("u.began"), &from.div_euclid(MINUTE_MS).to_string());
        let behind = dialect.smaller(&minute("u.ended"), &(to.div_euclid(MINUTE_MS) + 1).to_string());
        writer.push(&format!(
            "SELECT {} * {MINUTE_MS} AS t, count(*) AS amount, max(m.newest) AS newest, max(m.simulated) AS simulated{}\nFROM (\n",
            dialect.wide("m.minute"),
            self.carried("m"),
        ));
        writer.push(&format!(
            "SELECT {} AS minute, u.newest AS newest, u.simulated AS simulated{}\nFROM (\n",
            dialect.each(&first, &behind),
            self.carried("u"),
        ));
        self.spans(writer, events, longest_ms);
        writer.push(&format!("\n) AS u\n) AS m\nGROUP BY m.minute{}", self.by_carried("m")));
    }

    /// What of the range has passed, in milliseconds.
    fn known(&self) -> (i64, i64) {
        let interval = self.base().interval;
        (interval.from().millis(), self.base().known_until.unwrap_or(interval.to()).millis())
    }

    /// When each box was on, as far as what it said tells: org, household, began, ended.
    fn spans(&self, writer: &mut Writer<'_>, events: &Branch, longest_ms: i64) {
        let dialect = self.compiler.dialect;
        // A moment and what was said are one number, so that the next one is told apart from it by its place alone.
        let moment = |part: usize| dialect.whole_division(&dialect.part("p.pair", part), 2);
        writer.push(&format!(
            "SELECT p.org AS org, p.household AS household, {began} AS began, {} AS ended, p.newest AS newest, \
             p.simulated AS simulated{}\nFROM (\n",
            dialect.smaller(&moment(2), &format!("{} + {longest_ms}", moment(1))),
            self.carried("p"),
            began = moment(1),
        ));
        writer.push(&format!(
            "SELECT l.org AS org, l.household AS household, {} AS pair, l.newest AS newest, l.simulated AS simulated{}\nFROM (\n",
            dialect.each_with_next("l.told"),
            self.carried("l"),
        ));
        writer.push(&format!(
            "SELECT a.org AS org, a.household AS household, {} AS told, max(a.newest) AS newest, max(a.simulated) AS simulated{}\nFROM (\n",
            dialect.sorted_values("a.told"),
            self.carried("a"),
        ));
        let base = self.base().interval;
        let longer = Interval::new(base.from().plus_millis(-longest_ms), base.to()).unwrap_or(base);
        self.branch(writer, events, longer, |compiler| {
            let is_off = "CASE WHEN f.account_event = 'power_off' THEN 1 ELSE 0 END";
            format!(", {} * 2 + {is_off} AS told", compiler.dialect.wide(&compiler.time()))
        });
        writer.push(&format!(
            "\n) AS a\nGROUP BY a.org, a.household{}\n) AS l\n) AS p\nWHERE {} % 2 = 0",
            self.by_carried("a"),
            dialect.part("p.pair", 1),
        ));
    }
}
