//! Where audiences come from and where they go, from one clock minute to the next.
//!
//! A household that comes to a channel was on another one the minute before, or on none; one that is on none the minute
//! after has left. `off` is where those are who watch nothing.

use super::Deriving;
use crate::metrics::{
    catalogue::{Branch, FlowEnd},
    sql::Writer,
};
use model::time::{Interval, Timestamp};

const MINUTE_MS: i64 = 60_000;

impl Deriving<'_> {
    pub(super) fn channel_flow(&self, writer: &mut Writer<'_>, minutes: &Branch, end: FlowEnd) {
        match end {
            FlowEnd::Arrival => self.arrivals(writer, minutes, false),
            FlowEnd::Both => {
                self.arrivals(writer, minutes, false);
                writer.push("\nUNION ALL\n");
                self.farewells(writer, minutes);
            }
            FlowEnd::Departure => {
                self.arrivals(writer, minutes, true);
                writer.push("\nUNION ALL\n");
                self.farewells(writer, minutes);
            }
        }
    }

    fn minutes(&self, writer: &mut Writer<'_>, minutes: &Branch, interval: Interval, is_first: bool) {
        self.branch(writer, minutes, interval, |compiler| {
            let channel = compiler.dialect.perhaps("f.channel_id");
            format!(", {channel} AS channel, f.clock_minute AS minute")
        });
        if is_first {
            writer.push("\n  AND f.run_start_minute = f.minute");
        }
    }

    /// The range, moved at its ends by so many minutes.
    fn moved(&self, from: i64, to: i64) -> Interval {
        let interval = self.base().interval;
        let moved = |moment: Timestamp, minutes: i64| moment.plus_millis(minutes * MINUTE_MS);
        Interval::new(moved(interval.from(), from), moved(interval.to(), to)).unwrap_or(interval)
    }

    /// Those who are on a channel and were not on it the minute before; perhaps only those who were on another one.
    fn arrivals(&self, writer: &mut Writer<'_>, minutes: &Branch, from_a_channel: bool) {
        writer.push(&format!(
            "SELECT n.org AS org, n.household AS household, n.minute AS minute, coalesce(p.channel, 'off') AS from_channel, \
             n.channel AS to_channel, n.newest AS newest, n.simulated AS simulated{}\nFROM (\n",
            self.carried("n"),
        ));
        self.minutes(writer, minutes, self.base().interval, true);
        writer.push("\n) AS n\nLEFT JOIN (\n");
        self.minutes(writer, minutes, self.moved(-1, 0), false);
        let same = self.same_household("p", "n");
        writer.push(&format!("\n) AS p ON {same} AND p.minute = n.minute - 1\nWHERE "));
        writer.push(if from_a_channel {
            "p.channel <> n.channel"
        } else {
            "p.channel IS NULL OR p.channel <> n.channel"
        });
    }

    /// Those who were on a channel the minute before, and are on none.
    fn farewells(&self, writer: &mut Writer<'_>, minutes: &Branch) {
        let known_until = self.base().known_until.unwrap_or(self.base().interval.to());
        writer.push(&format!(
            "SELECT p.org AS org, p.household AS household, p.minute + 1 AS minute, p.channel AS from_channel, \
             'off' AS to_channel, p.newest AS newest, p.simulated AS simulated{}\nFROM (\n",
            self.carried("p"),
        ));
        self.minutes(writer, minutes, self.moved(-1, -1), false);
        writer.push("\n) AS p\nLEFT JOIN (\n");
        self.minutes(writer, minutes, self.base().interval, false);
        let same = self.same_household("n", "p");
        // The running minute is not over, so nobody has left in it yet.
        writer.push(&format!(
            "\n) AS n ON {same} AND n.minute = p.minute + 1\nWHERE n.channel IS NULL AND p.minute + 1 < {}",
            known_until.millis().div_euclid(MINUTE_MS),
        ));
    }
}
