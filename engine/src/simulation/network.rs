//! The media network of a province: its outlets and the levels they stand on.

use super::{chance::Chance, occurrence::known};
use crate::events::{Event, GeoSource, Text};
use model::{
    geo::Province,
    time::{Calendar, Day},
};

/// Where the network is.
pub(super) const PROVINCE: Province = Province::ZJ;
const MINUTE_MS: i64 = 60_000;

/// An outlet of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outlet {
    pub(super) name: &'static str,
    pub(super) level: &'static str,
    /// How large it is, against the others.
    pub(super) size: i64,
}

const fn outlet(name: &'static str, level: &'static str, size: i64) -> Outlet {
    Outlet { name, level, size }
}

pub(super) const OUTLETS: [Outlet; 9] = [
    outlet("潮新闻", "province", 10),
    outlet("Z 视界", "province", 7),
    outlet("杭州融媒", "city", 6),
    outlet("宁波融媒", "city", 5),
    outlet("温州融媒", "city", 4),
    outlet("义乌融媒", "county", 3),
    outlet("越城融媒", "county", 3),
    outlet("象山融媒", "county", 2),
    outlet("安吉融媒", "county", 2),
];

impl Outlet {
    /// On which level the outlet of that name stands; the house itself stands above all of them.
    pub(super) fn level_of(name: &str) -> Option<&'static str> {
        OUTLETS.iter().find(|outlet| outlet.name == name).map(|outlet| outlet.level)
    }

    /// An event of the outlet: its kind, what tells it apart on that day, and when it was.
    pub(super) fn event(self, class: &'static str, id: impl Into<Text>, at_ms: i64) -> Event {
        Event {
            event_class: known(class),
            event_name: known(class),
            province: Some(PROVINCE),
            geo_source: Some(GeoSource::Event),
            unit: known(self.name),
            unit_level: known(self.level),
            ..Event::new(id, model::time::Timestamp::from_millis(at_ms))
        }
    }
}

/// A moment of the day on which people are at work; mostly before six.
pub(super) fn working_ms(calendar: Calendar, day: Day, chance: &mut Chance) -> i64 {
    let minute = if chance.happens(0.85) {
        chance.millis_between(8 * 60, 18 * 60)
    } else {
        chance.millis_between(6 * 60, 23 * 60)
    };
    calendar.start_of(day).millis() + minute * MINUTE_MS + chance.millis_between(0, MINUTE_MS)
}

/// How much goes on, against a working day.
pub(super) fn busyness(day: Day) -> f64 {
    if day.weekday() < 5 { 1.0 } else { 0.62 }
}

/// So many in the mean, give or take.
pub(super) fn about(mean: f64, chance: &mut Chance) -> u32 {
    chance.between(mean * 0.8, mean * 1.2 + 1.0) as u32
}
