//! Whom spots meet: those who watch the channel in the minute in which a spot begins.
//!
//! A spot that says a province was on air there, and is met there only; one that says none was on air everywhere.

use super::Deriving;
use crate::metrics::{catalogue::Branch, sql::Writer};
use model::time::Interval;

const MINUTE_MS: i64 = 60_000;

impl Deriving<'_> {
    pub(super) fn spots(&self, writer: &mut Writer<'_>, spots: &Branch, minutes: &Branch) {
        let dialect = self.compiler.dialect;
        writer.push(&format!(
            "SELECT m.org AS org, m.household AS household, s.t AS t, s.ad AS ad, s.advertiser AS advertiser, \
             s.campaign AS campaign, {} AS newest, {} AS simulated{}\nFROM (\n",
            dialect.larger("m.newest", "s.newest"),
            dialect.larger("m.simulated", "s.simulated"),
            self.carried("m"),
        ));
        let base = self.base().interval;
        self.rows(writer, spots, base, |compiler| {
            let time = compiler.time();
            let minute = dialect.whole_division(&time, MINUTE_MS);
            format!(
                ", {time} AS t, {minute} AS minute, f.channel_id AS channel, f.province AS place, f.ad_id AS ad, \
                 f.advertiser AS advertiser, f.campaign AS campaign"
            )
        });
        writer.push("\n) AS s\nJOIN (\n");
        // The minute of the first spot may have begun before the range.
        let longer = Interval::new(base.from().plus_millis(-MINUTE_MS), base.to()).unwrap_or(base);
        self.branch(writer, minutes, longer, |compiler| {
            let minute = dialect.wide(&compiler.time());
            format!(", {minute} AS minute, f.channel_id AS channel, f.province AS place")
        });
        writer.push(
            "\n) AS m ON s.org = m.org AND s.channel = m.channel AND s.minute = m.minute\n\
             WHERE s.place IS NULL OR s.place = m.place",
        );
    }
}
