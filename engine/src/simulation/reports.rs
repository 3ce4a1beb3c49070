//! What systems of the operator tell, as opposed to the households: day by day, whichever of them has something to tell.

use super::{
    advertising, appraisal, articles, chance::Chance, figures, incident::Incident, services, wild_box, world::World,
};
use crate::events::Event;
use model::{
    geo::Province,
    time::{Day, Timestamp},
};
use std::sync::Arc;

/// Appraisals are told of so many months before the world was founded.
const APPRAISED_MONTHS: i32 = 11;
/// Until an event is received: median, the deviation of its logarithm, and how much longer it takes from the far west.
const RECEIVED_AFTER_MS: f64 = 2_300.0;
const RECEIVED_SIGMA: f64 = 0.8;
const FROM_AFAR: f64 = 2.6;

impl World {
    /// What systems told in `[from, to)`, by the day; without `from` from the beginning on.
    pub fn reports(self: Arc<Self>, from: Option<Timestamp>, to: Timestamp) -> impl Iterator<Item = Event> + Send {
        let earliest = self.calendar.start_of(self.founded.plus_months(-APPRAISED_MONTHS).first_of_month());
        let from = from.unwrap_or(earliest);
        // What begins on a day may come to its end on the next.
        let days = self.calendar.day_of(from).0 - 1..=self.calendar.day_of(to).0;
        let told = days.flat_map(move |day| self.reports_of_day(Day(day)));
        told.filter(move |event| from <= event.ts_event && event.ts_event < to)
    }

    fn reports_of_day(&self, day: Day) -> Vec<Event> {
        let mut told = appraisal::of_day(self, day);
        if self.first_day <= day {
            told.extend(figures::of_day(self, day));
            told.extend(articles::of_day(self, day));
            told.extend(services::of_day(self, day));
            told.extend(advertising::of_day(self, day));
            told.extend(wild_box::of_day(self, day));
            told.extend(Incident::of(day, self.calendar).log(self.seed));
        }
        told
    }

    /// The same event as it was received, some seconds after it happened and before `now`.
    pub(super) fn received(&self, event: Event, now: Timestamp) -> Event {
        let mut chance = Chance::new(self.seed, &[33, event.ts_event.millis().unsigned_abs()]);
        let afar = match event.province {
            Some(Province::XZ | Province::QH | Province::XJ) => FROM_AFAR,
            Some(_) | None => 1.0,
        };
        let after_ms = chance.log_normal(RECEIVED_AFTER_MS * afar, RECEIVED_SIGMA) as i64;
        let ts_received = event.ts_event.plus_millis(after_ms).min(now);
        Event { ts_received, ..event }
    }
}
