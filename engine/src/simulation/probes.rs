//! The feeds of the provinces say once a minute that they are there. Only the last day of it is ever told: nobody looks further
//! back for the gaps in a feed.

use super::{chance::Chance, occurrence::known, world::World};
use crate::events::{Event, GeoSource};
use model::{
    geo::Province,
    time::{Day, Timestamp},
};

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 1_440;
/// A day, and the hour that it is compared with.
const TOLD_MS: i64 = 25 * 60 * MINUTE_MS;
/// Of its minutes a feed loses so many; in the far west more.
const LOST: f64 = 0.004;
const LOST_FAR: f64 = 0.045;
/// On every day the feed of one province stands still for so many minutes.
const OUTAGE_MINUTES: i64 = 24;

impl World {
    /// What the feeds said in `[from, to)`, oldest first.
    pub fn probes(&self, from: Option<Timestamp>, to: Timestamp) -> impl Iterator<Item = Event> + Send + use<> {
        let (seed, calendar) = (self.seed, self.calendar);
        let earliest = to.plus_millis(-TOLD_MS);
        let from = from.map_or(earliest, |from| from.max(earliest));
        let minutes = (from.millis() + MINUTE_MS - 1).div_euclid(MINUTE_MS)..to.millis().div_euclid(MINUTE_MS);
        minutes.flat_map(move |minute| {
            let day = calendar.day_of(Timestamp::from_millis(minute * MINUTE_MS));
            let provinces = Province::ALL.iter().copied().filter(|one| one.in_mainland_census());
            provinces.enumerate().filter_map(move |(index, province)| of_minute(seed, day, minute, index, province))
        })
    }
}

fn of_minute(seed: u64, day: Day, minute: i64, index: usize, province: Province) -> Option<Event> {
    let mut chance = Chance::new(seed, &[31, index as u64, minute.unsigned_abs()]);
    let lost = match province {
        Province::XZ | Province::QH | Province::XJ => LOST_FAR,
        _ => LOST,
    };
    let mut of_day = Chance::new(seed, &[32, u64::from(day.0.unsigned_abs())]);
    let stands_still = (of_day.unit() * 31.0) as usize == index;
    let since = minute.rem_euclid(DAY_MINUTES) - of_day.millis_between(0, DAY_MINUTES - OUTAGE_MINUTES);
    if chance.happens(lost) || stands_still && (0..OUTAGE_MINUTES).contains(&since) {
        return None;
    }
    let at = Timestamp::from_millis(minute * MINUTE_MS + chance.millis_between(0, MINUTE_MS / 2));
    let id = format!("{minute}-probe-{}", province.code());
    Some(Event {
        event_class: known("state"),
        event_name: known("probe"),
        province: Some(province),
        geo_source: Some(GeoSource::Event),
        ..Event::new(id, at)
    })
}
