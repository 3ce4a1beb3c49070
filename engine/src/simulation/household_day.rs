//! One day of one household: when it switches on, what it watches, what it buys.
//!
//! A plan depends on the seed, the account and the day alone, so any day can be worked out by itself and in any order.
//! A household's day runs from four in the morning to four in the morning, as broadcasters count it: whatever it
//! watches ends in between, so that two days can't overlap.

use super::{
    account::Account,
    browsing,
    chance::{Chance, Urn},
    delivery, gala,
    incident::Incident,
    occurrence::{Occurrence, PlayedAt, What},
    orders,
    session::{self, Begin, Played, State},
    shelf::Shelf,
    subscriptions, web,
    world::World,
};
use crate::events::AccountEvent;
use model::time::Day;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// When the household's day begins, after midnight.
const DAY_BEGINS_MS: i64 = 4 * HOUR_MS;
/// Nothing plays later than this after midnight: ten minutes to switch off before the next day begins.
const LAST_PICTURE_MS: i64 = 24 * HOUR_MS + DAY_BEGINS_MS - 10 * MINUTE_MS;
/// Sessions of an active household, beyond the first.
const MORE_SESSIONS: f64 = 5.0;
const MOST_SESSIONS: u32 = 24;
/// How many sessions begin in each hour of the day.
const BY_HOUR: [f64; 24] = [
    1.4, 0.8, 0.5, 0.4, 0.4, 0.6, 1.4, 2.6, 3.0, 2.7, 2.7, 3.2, 4.4, 4.0, 3.0, 2.8, 3.0, 4.0, 6.2, 9.5, 11.5, 10.8,
    7.6, 3.6,
];

/// The hours to draw from.
pub(super) fn hours() -> Urn<i64> {
    let [first, rest @ ..] = BY_HOUR;
    Urn::new((0, first), (1..).zip(rest))
}

/// An hour of the household's day, after midnight: those before four belong to the night that follows.
fn hour_ms(world: &World, chance: &mut Chance) -> i64 {
    let hour_ms = chance.choose(&world.hours) * HOUR_MS;
    if hour_ms < DAY_BEGINS_MS { hour_ms + 24 * HOUR_MS } else { hour_ms }
}

/// More people are at home at the weekend.
const fn weekday_factor(day: Day) -> f64 {
    if day.weekday() < 5 { 0.976 } else { 1.06 }
}

/// What is the same for everybody on a day.
#[derive(Debug)]
pub(super) struct ThatDay {
    day: Day,
    shelf: Shelf,
    incident: Incident,
}

impl ThatDay {
    pub(super) fn of(world: &World, day: Day) -> Self {
        Self { day, shelf: Shelf::of(day, world.founded), incident: Incident::of(day, world.calendar) }
    }
}

/// Adds all that the account does on that day. A player says every `beat_ms` that nothing has changed.
pub(super) fn plan(world: &World, on: &ThatDay, account: &Account, beat_ms: i64, into: &mut Vec<Occurrence>) {
    let day = on.day;
    let midnight_ms = world.calendar.start_of(day).millis();
    let mut chance = Chance::new(world.seed, &[u64::from(account.number), u64::from(day.0.unsigned_abs())]);
    let mut happens = |at_ms, what| into.push(Occurrence { at_ms, account: account.number, what });
    if account.opened == day && day >= world.first_day {
        happens(midnight_ms, What::Account { day, event: AccountEvent::Open });
    }
    if account.closed == Some(day) {
        happens(
            midnight_ms + chance.millis_between(9 * HOUR_MS, 17 * HOUR_MS),
            What::Account { day, event: AccountEvent::Close },
        );
    }
    if account.is_open_on(day) {
        for step in subscriptions::steps(world.seed, account, day, midnight_ms) {
            happens(step.at_ms, What::Subscription { day, step });
        }
    }
    if !account.is_open_on(day) || !chance.happens(account.activity * weekday_factor(day)) {
        return;
    }
    let played = evening(world, on, account, midnight_ms, &mut chance);
    let (Some(first), Some(last)) = (played.first(), played.last()) else { return };
    let first_ms = first.changes.first().map_or(midnight_ms, |change| change.at_ms);
    happens(
        first_ms - chance.millis_between(12 * SECOND_MS, 50 * SECOND_MS),
        What::Account { day, event: AccountEvent::PowerOn },
    );
    happens(
        last.end_ms() + chance.millis_between(5 * SECOND_MS, 10 * MINUTE_MS),
        What::Account { day, event: AccountEvent::PowerOff },
    );
    for one in &played {
        push_played(one, day, beat_ms, &mut happens);
    }
    push_orders(world, on, first_ms, &mut chance, &mut happens);
    for (visit, steps) in (0..).zip(web::visits(world.seed, account, &played, (day, world.founded, midnight_ms))) {
        for step in steps {
            happens(step.at_ms, What::Web { day, visit, step });
        }
    }
    // Dice of their own: what is watched and bought does not depend on them.
    let mut aside = Chance::new(world.seed, &[u64::from(account.number), u64::from(day.0.unsigned_abs()), 2]);
    for one in &played {
        let visit = one.session.number;
        for step in browsing::steps(one, &mut aside) {
            happens(step.at_ms, What::Page { day, visit, step });
        }
        for step in delivery::steps(account, one, &mut aside) {
            happens(step.at_ms, What::Request { day, session: visit, step });
        }
    }
    for step in gala::steps(day, midnight_ms, &mut aside) {
        happens(step.at_ms, What::TakesPart { day, step });
    }
    let visit = played.len() as u32;
    for step in browsing::looking_around(last.end_ms(), &mut aside) {
        happens(step.at_ms, What::Page { day, visit, step });
    }
}

/// Only what the account orders on that day, for days from before the history.
pub(super) fn plan_orders(world: &World, on: &ThatDay, account: &Account, into: &mut Vec<Occurrence>) {
    let day = on.day;
    let midnight_ms = world.calendar.start_of(day).millis();
    let mut chance = Chance::new(world.seed, &[u64::from(account.number), u64::from(day.0.unsigned_abs()), 1]);
    if account.is_open_on(day) && chance.happens(account.activity * weekday_factor(day)) {
        let at_ms = midnight_ms + hour_ms(world, &mut chance);
        let mut happens = |at_ms, what| into.push(Occurrence { at_ms, account: account.number, what });
        push_orders(world, on, at_ms, &mut chance, &mut happens);
    }
}

fn push_orders(world: &World, on: &ThatDay, at_ms: i64, chance: &mut Chance, happens: &mut impl FnMut(i64, What)) {
    let day = on.day;
    if chance.happens(orders::probability(world.founded, day)) {
        let ordered_ms = at_ms + chance.millis_between(0, 20 * MINUTE_MS);
        for step in orders::steps(ordered_ms, &world.catalogue, &on.shelf, chance) {
            happens(step.at_ms, What::Order { day, step });
        }
    }
}

/// The sessions of a day, one after another: a household has one screen.
fn evening(world: &World, on: &ThatDay, account: &Account, midnight_ms: i64, chance: &mut Chance) -> Vec<Played> {
    let count = (1 + chance.poisson(MORE_SESSIONS)).min(MOST_SESSIONS);
    let mut wishes: Vec<i64> =
        (0..count).map(|_| hour_ms(world, chance) + chance.millis_between(MINUTE_MS, HOUR_MS)).collect();
    wishes.sort_unstable();
    let mut played: Vec<Played> = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let free_ms = played.last().map_or(0, |last| last.end_ms() + chance.millis_between(2 * SECOND_MS, MINUTE_MS));
        let at_ms = (midnight_ms + wish).max(free_ms);
        let until_ms = midnight_ms + LAST_PICTURE_MS;
        if at_ms >= until_ms {
            break;
        }
        let number = played.len() as u32;
        let (shelf, quality, incident) = (&on.shelf, &world.quality, &on.incident);
        let begin = Begin { account, number, at_ms, shelf, quality, incident };
        played.push(session::play(&begin, chance).left_by(until_ms));
    }
    played
}

/// Adds the changes of a session, and between them the beats.
fn push_played(played: &Played, day: Day, beat_ms: i64, happens: &mut impl FnMut(i64, What)) {
    let session = played.session;
    let start_ms = played.changes.first().map_or(0, |change| change.at_ms);
    for (index, change) in (0..).zip(&played.changes) {
        happens(change.at_ms, What::Play { day, session, change: *change, at: PlayedAt::Change(index) });
    }
    for pair in played.changes.windows(2) {
        let [from, to] = pair else { continue };
        let runs = from.state == State::Playing;
        for at_ms in (1..).map(|beat| from.at_ms + beat * beat_ms).take_while(|at_ms| *at_ms < to.at_ms) {
            let runs_ms = if runs { at_ms - from.at_ms } else { 0 };
            let (position_ms, played_ms) = (from.position_ms + runs_ms, from.played_ms + runs_ms);
            let change = session::Change { at_ms, position_ms, played_ms, ..*from };
            happens(
                at_ms,
                What::Play {
                    day,
                    session,
                    change,
                    at: PlayedAt::Beat { second: ((at_ms - start_ms) / SECOND_MS) as u32 },
                },
            );
        }
    }
}
