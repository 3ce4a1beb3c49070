//! One node of a delivery network that has trouble for a quarter of an hour, every evening somewhere else.
//!
//! The plays that it serves fail more often, and its log of that quarter is delivered whole, with that of the nodes beside it.

use super::{account::Account, chance::Chance, delivery, occurrence::known};
use crate::events::{Event, Text};
use model::{
    geo::Province,
    time::{Calendar, Day, Timestamp},
};

const MINUTE_MS: i64 = 60_000;
/// From so long after midnight on, moved by some minutes each day, and for so long.
const BEGINS_MS: i64 = (20 * 60 + 10) * MINUTE_MS;
const LASTS_MS: i64 = 15 * MINUTE_MS;
/// Requests a minute to the node in trouble, and to the others of its place.
const TO_NODE: i64 = 32;
const TO_OTHERS: i64 = 44;
const NODE_FAILS: f64 = 0.34;
const OTHERS_FAIL: f64 = 0.012;
/// How many times more often plays fail that are served there.
const WORSE: f64 = 9.0;

/// Where it happens in turn.
const PLACES: [(Province, &str, &str); 5] = [
    (Province::GD, "cm", "wangsu"),
    (Province::ZJ, "ct", "ctyun"),
    (Province::GD, "cm", "cmcdn"),
    (Province::SC, "ct", "aliyun"),
    (Province::HA, "cu", "cucdn"),
];

/// The trouble of an evening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Incident {
    day: Day,
    pub(super) province: Province,
    pub(super) isp: &'static str,
    pub(super) cdn: &'static str,
    from_ms: i64,
}

impl Incident {
    pub(super) const fn of(day: Day, calendar: Calendar) -> Self {
        let turn = day.0.unsigned_abs() as usize;
        let (province, isp, cdn) = PLACES[turn % PLACES.len()];
        let moved_ms = (turn % 7) as i64 * 5 * MINUTE_MS;
        Self { day, province, isp, cdn, from_ms: calendar.start_of(day).millis() + BEGINS_MS + moved_ms }
    }

    /// How many times more often a play fails that begins then.
    pub(super) fn worsens(&self, account: &Account, cdn: &str, at_ms: i64) -> f64 {
        let is_then = (self.from_ms..self.from_ms + LASTS_MS).contains(&at_ms);
        let is_there = (self.province, self.isp, self.cdn) == (account.province, account.isp, cdn);
        if is_then && is_there { WORSE } else { 1.0 }
    }

    /// What the nodes of that place logged meanwhile.
    pub(super) fn log(&self, seed: u64) -> Vec<Event> {
        let mut chance = Chance::new(seed, &[u64::from(self.day.0.unsigned_abs()), 11]);
        let mut logged = Vec::new();
        for minute in 0..LASTS_MS / MINUTE_MS {
            for index in 0..TO_NODE + TO_OTHERS {
                let is_node = index < TO_NODE;
                let node = if is_node { 1 } else { 2 + (index % 2) as u32 };
                let fails = if is_node { NODE_FAILS } else { OTHERS_FAIL };
                let at_ms = self.from_ms + minute * MINUTE_MS + chance.millis_between(0, MINUTE_MS);
                let id = format!("{}-incident-{}", self.day.0, logged.len());
                let event = Event {
                    event_class: known("request"),
                    event_name: known("request"),
                    province: Some(self.province),
                    isp: known(self.isp),
                    ..Event::new(Text::from(id), Timestamp::from_millis(at_ms))
                };
                let node = delivery::node(self.cdn, self.province, node);
                logged.push(delivery::answered(event, self.cdn, node, fails, &mut chance));
            }
        }
        logged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_node_fails_far_more_than_those_beside_it() {
        let incident = Incident::of(Day(20_000), Calendar::CHINA);
        let log = incident.log(1);
        let failed = |node: &str| {
            let of_node: Vec<_> =
                log.iter().filter(|event| event.cdn_node.as_deref().is_some_and(|it| it.ends_with(node))).collect();
            let bad = of_node.iter().filter(|event| event.http_status.is_some_and(|status| status >= 400)).count();
            bad as f64 / of_node.len() as f64
        };
        assert!((0.25..0.45).contains(&failed("-1")), "{}", failed("-1"));
        assert!(failed("-2") < 0.05 && failed("-3") < 0.05);
        assert_eq!(log, incident.log(1), "the same every time");
    }
}
