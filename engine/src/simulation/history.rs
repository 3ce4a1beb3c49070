//! The past of the world, day after day, and its present.

use super::{
    occurrence::Occurrence,
    world::{World, in_order},
};
use crate::events::Event;
use model::time::{Day, Timestamp};
use std::sync::Arc;

const MINUTE_MS: i64 = 60_000;
/// Within a session nothing may be silent for longer than two minutes, or it counts as over. The past keeps to just
/// that, since it is loaded all at once; the present beats as players do.
const PAST_BEAT_MS: i64 = 2 * MINUTE_MS;
const PRESENT_BEAT_MS: i64 = MINUTE_MS;

impl World {
    /// All that was told before `to`: by households, and by the systems of the operator. Without `from` from the beginning on.
    pub fn past(self: Arc<Self>, from: Option<Timestamp>, to: Timestamp) -> Box<dyn Iterator<Item = Event> + Send> {
        let systems = Arc::clone(&self).reports(from, to).chain(self.probes(from, to));
        let world = Arc::clone(&self);
        let households: Box<dyn Iterator<Item = Event> + Send> = match from {
            None => Box::new(self.history(to)),
            Some(from) => Box::new(self.meanwhile(from, to)),
        };
        Box::new(systems.chain(households).map(move |event| world.received(event, to)))
    }

    /// All that happened to households before `now`, oldest first.
    pub fn history(self: Arc<Self>, now: Timestamp) -> impl Iterator<Item = Event> + Send + 'static {
        let world = Arc::clone(&self);
        let before = std::iter::once_with(move || world.before_history()).flatten();
        let world = Arc::clone(&self);
        let before = before.filter_map(move |occurrence| occurrence.event(&world));
        let begins = self.begins();
        before.chain(self.meanwhile(begins, now))
    }

    /// All that happened to households in `[from, to)`, oldest first.
    ///
    /// Works one day at a time, so that a month of millions of events never stands in memory.
    pub fn meanwhile(self: Arc<Self>, from: Timestamp, to: Timestamp) -> impl Iterator<Item = Event> + Send + 'static {
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
        chunks.flatten().filter_map(move |occurrence| occurrence.event(&self))
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
    coming: Vec<Event>,
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
    pub fn until(&mut self, moment: Timestamp) -> Vec<Event> {
        let mut happened = Vec::new();
        while self.looked_until < moment {
            if self.known_until <= self.looked_until {
                self.look_ahead();
            }
            let end = moment.min(self.known_until);
            while let Some(event) = self.coming.pop_if(|event| event.ts_event < end) {
                happened.push(event);
            }
            self.looked_until = end;
        }
        happened
    }

    fn look_ahead(&mut self) {
        let until = self.known_until.plus_millis(AHEAD_MS);
        let households = self.world.between(self.known_until, until, PRESENT_BEAT_MS);
        let from = Some(self.known_until);
        self.coming = households.iter().filter_map(|occurrence| occurrence.event(&self.world)).collect();
        self.coming.extend(Arc::clone(&self.world).reports(from, until).chain(self.world.probes(from, until)));
        self.coming.sort_by_key(|event| std::cmp::Reverse(event.ts_event));
        self.known_until = until;
    }
}
