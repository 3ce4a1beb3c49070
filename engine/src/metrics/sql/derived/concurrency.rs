//! How many play sessions go on at the beginning of each minute: their picture has come and they are not over.
//!
//! A session that lasts for more than a day counts on its first day only.

use super::Deriving;
use crate::metrics::{
    catalogue::Branch,
    sql::{Writer, expression::DAY_MS},
};
use model::time::Interval;

const MINUTE_MS: i64 = 60_000;

impl Deriving<'_> {
    pub(super) fn concurrency(&self, writer: &mut Writer<'_>, views: &Branch) {
        let dialect = self.compiler.dialect;
        let base = self.base().interval;
        // Those that began the day before may still go on.
        let with_day_before = Interval::new(base.from().plus_millis(-DAY_MS), base.to()).unwrap_or(base);
        let minute = |moment: &str| dialect.whole_division(&format!("{moment} + {}", MINUTE_MS - 1), MINUTE_MS);
        let from = minute("v.started_ms");
        let to = dialect.smaller(&minute("v.end_ms"), &format!("{from} + {}", DAY_MS / MINUTE_MS));
        writer.push(&format!(
            "SELECT {} * {MINUTE_MS} AS t, count(*) AS amount, max(m.newest) AS newest, max(m.simulated) AS simulated{}\nFROM (\n",
            dialect.wide("m.minute"),
            self.carried("m"),
        ));
        writer.push(&format!(
            "SELECT {} AS minute, v.newest AS newest, v.simulated AS simulated{}\nFROM (\n",
            dialect.each(&from, &to),
            self.carried("v"),
        ));
        self.rows(writer, views, with_day_before, |_| {
            ", f.start_ms + coalesce(f.startup_ms, 0) AS started_ms, f.end_ms AS end_ms".to_owned()
        });
        writer.push(&format!("\n) AS v\n) AS m\nGROUP BY m.minute{}", self.by_carried("m")));
    }
}
