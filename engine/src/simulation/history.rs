//! The past of the world, day after day, and its present.

use super::{
    occurrence::{NativeEvent, Occurrence},
    world::{World, in_order},
};
use model::time::{Day, Timestamp};
use std::sync::Arc;

const MINUTE_MS: i64 = 60_000;
/// Within a session nothing may be silent for longer than two minutes, or it counts as over. The past keeps to just
/// that, since it is loaded all at once; the present beats as players do.
const PAST_BEAT_MS: i64 = 2 * MINUTE_MS;
const PRESENT_BEAT_MS: i64 = MINUTE_MS;

impl World {
    /// All that happened before `now`, oldest first.
    pub fn history(self: Arc<Self>, now: Timestamp) -> impl Iterator<Item = NativeEvent> + Send + 'static {
        let world = Arc::clone(&self);
        let before = std::iter::once_with(move || world.before_history()).flatten();
        let world = Arc::clone(&self);
        let before = before.filter_map(move |occurrence| world.native(&occurrence));
        let begins = self.begins();
        before.chain(self.meanwhile(begins, now))
    }

    /// All that happened in `[from, to)`, oldest first.
    ///
    /// Works one day at a time, so that a month of millions of events never stands in memory.
    pub fn meanwhile(
        self: Arc<Self>,
        from: Timestamp,
        to: Timestamp,
    ) -> impl Iterator<Item = NativeEvent> + Send + 'static {
        // The evening before may reach into the first day.
        let mut days = self.calendar.day_of(from).0 - 1..=self.calendar.day_of(to).0;
        let mut left_over: Vec<Occurrence> = Vec::new();
        let world = Arc::clone(&self);
        let chunks = std::iter::from_fn(move || {
            let day = Day(days.next()?);
            let end_ms = world.calendar.start_of(day.plus(1)).millis().min(to.millis());
            let mut planned = if day < world.first_day { Vec::new() } else { world.planned(day, PAST_BEAT_MS) };
            planned.append(&mut left_over);
            let (mut today, later): (Vec<_>, Vec<_>) =
                planned.into_iter().partition(|occurrence| occurrence.at_ms < end_ms);
            left_over = later;
            today.retain(|occurrence| occurrence.at_ms >= from.millis());
            in_order(&mut today);
            Some(today)
        });
        chunks.flatten().filter_map(move |occurrence| self.native(&occurrence))
    }
}

/// How far ahead a feed works out what will happen.
const AHEAD_MS: i64 = 10 * MINUTE_MS;

/// The world as it goes on: what has happened since the last look.
#[derive(Debug)]
pub struct LiveFeed {
    world: Arc<World>,
    looked_until: Timestamp,
    known_until: Timestamp,
    /// From the latest to the soonest, so that the soonest is taken off the end.
    coming: Vec<Occurrence>,
}

impl LiveFeed {
    /// Begins at that moment; what was earlier belongs to the history.
    pub const fn from(world: Arc<World>, moment: Timestamp) -> Self {
        Self { world, looked_until: moment, known_until: moment, coming: Vec::new() }
    }

    /// Until when everything has been handed out.
    pub const fn looked_until(&self) -> Timestamp {
        self.looked_until
    }

    /// What happens from the last look until `moment`, oldest first. Players beat once a minute.
    pub fn until(&mut self, moment: Timestamp) -> Vec<NativeEvent> {
        let mut happened = Vec::new();
        while self.looked_until < moment {
            if self.known_until <= self.looked_until {
                self.look_ahead();
            }
            let end = moment.min(self.known_until);
            while let Some(occurrence) = self.coming.pop_if(|occurrence| occurrence.at_ms < end.millis()) {
                happened.extend(self.world.native(&occurrence));
            }
            self.looked_until = end;
        }
        happened
    }

    fn look_ahead(&mut self) {
        let until = self.known_until.plus_millis(AHEAD_MS);
        self.coming = self.world.between(self.known_until, until, PRESENT_BEAT_MS);
        self.coming.reverse();
        self.known_until = until;
    }
}
