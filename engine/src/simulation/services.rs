//! Services of the media house: the writing assistant, the help desk, instructions to outlets, publishing, creators and their
//! circles, and who has looked at their appraisal.

use super::{
    chance::Chance,
    network::{OUTLETS, Outlet, about, busyness, working_ms},
    world::World,
};
use crate::events::{Event, Service, ServiceAction};
use model::time::Day;
use smol_str::format_smolstr;

const MINUTE_MS: i64 = 60_000;
/// What is asked for on a working day, in the whole house; and how much of it is taken up or done.
const ASSISTANT_ASKED: f64 = 118.0;
const ASSISTANT_TAKEN_UP: f64 = 0.61;
const HELP_ASKED: f64 = 54.0;
const HELP_DONE: f64 = 0.9;
/// Each outlet gets so many instructions a day.
const INSTRUCTIONS: f64 = 6.0;
const INSTRUCTIONS_DONE: f64 = 0.94;
const PUBLISHED: f64 = 9.0;
/// Medians in minutes, and the deviation of their logarithms.
const HELP_MINUTES: f64 = 95.0;
const INSTRUCTION_MINUTES: f64 = 34.0;
const PUBLISHING_MINUTES: f64 = 210.0;
const SIGMA: f64 = 0.7;
/// Staff of an outlet of size one.
const STAFF: i64 = 18;
/// On the day after the appraisal, so many have looked at theirs.
const LOOKS_AT_APPRAISAL: f64 = 0.78;

const CIRCLES: [(&str, f64); 3] = [("乡村摄影圈", 16.0), ("越剧戏迷圈", 11.0), ("亲子共读圈", 8.0)];

/// One service on one day.
struct Told<'a> {
    world: &'a World,
    day: Day,
    chance: Chance,
    events: Vec<Event>,
}

impl Told<'_> {
    fn tell(&mut self, outlet: Outlet, service: Service, action: ServiceAction, at_ms: i64, person: u32) -> &mut Event {
        let id = format!("{}-{}-{}", self.day.0, service.word(), self.events.len());
        let user_id = Some(format_smolstr!("{}-{person}", outlet.name));
        let event = outlet.event("service", id, at_ms);
        let event = Event { service: Some(service), service_action: Some(action), user_id, ..event };
        let at = self.events.len();
        self.events.push(event);
        &mut self.events[at]
    }

    /// Asks so often in the mean, and tells of what comes of it.
    fn asked(
        &mut self,
        outlet: Outlet,
        service: Service,
        mean: f64,
        (outcome, share): (ServiceAction, f64),
        minutes: Option<f64>,
    ) {
        for _ in 0..about(mean, &mut self.chance) {
            let at_ms = working_ms(self.world.calendar, self.day, &mut self.chance);
            let person = self.chance.millis_between(0, STAFF * outlet.size) as u32;
            self.tell(outlet, service, ServiceAction::Ask, at_ms, person);
            if self.chance.happens(share) {
                let took_ms = minutes.map(|minutes| (self.chance.log_normal(minutes, SIGMA) * MINUTE_MS as f64) as i64);
                let done_ms = at_ms + took_ms.unwrap_or(40_000);
                self.tell(outlet, service, outcome, done_ms, person).took_ms = took_ms;
            }
        }
    }
}

pub(super) fn of_day(world: &World, day: Day) -> Vec<Event> {
    let chance = Chance::new(world.seed, &[u64::from(day.0.unsigned_abs()), 22]);
    let mut told = Told { world, day, chance, events: Vec::new() };
    let busy = busyness(day);
    let sizes: i64 = OUTLETS.iter().map(|outlet| outlet.size).sum();
    for outlet in OUTLETS {
        let part = outlet.size as f64 / sizes as f64 * busy;
        // Those who use it more each month take more of it up, too.
        let learnt = f64::from(day.0 - world.founded.0).clamp(-60.0, 60.0) * 0.001;
        let taken_up = (ServiceAction::Accept, ASSISTANT_TAKEN_UP + learnt);
        told.asked(outlet, Service::Assistant, ASSISTANT_ASKED * part, taken_up, None);
        told.asked(outlet, Service::Help, HELP_ASKED * part, (ServiceAction::Done, HELP_DONE), Some(HELP_MINUTES));
        let done = (ServiceAction::Done, INSTRUCTIONS_DONE);
        told.asked(outlet, Service::Instruction, INSTRUCTIONS * busy.sqrt(), done, Some(INSTRUCTION_MINUTES));
        told.works(outlet, busy);
    }
    told.publishing(busy);
    told.circles();
    told.looks_at_appraisal();
    told.events
}

impl Told<'_> {
    /// Works that people hand in to the outlet's creators' corner.
    fn works(&mut self, outlet: Outlet, busy: f64) {
        for _ in 0..about(outlet.size as f64 * 0.7 * busy, &mut self.chance) {
            let at_ms = working_ms(self.world.calendar, self.day, &mut self.chance);
            let person = 10_000 + self.chance.millis_between(0, 40 * outlet.size) as u32;
            self.tell(outlet, Service::Creator, ServiceAction::Done, at_ms, person);
        }
    }

    /// Titles that were taken in and can be watched now.
    fn publishing(&mut self, busy: f64) {
        for number in 0..about(PUBLISHED * busy, &mut self.chance) {
            let at_ms = working_ms(self.world.calendar, self.day, &mut self.chance);
            let took_ms = (self.chance.log_normal(PUBLISHING_MINUTES, SIGMA) * MINUTE_MS as f64) as i64;
            let library = Outlet { name: "媒资中心", level: "province", size: 1 };
            self.tell(library, Service::Publishing, ServiceAction::Done, at_ms, number).took_ms = Some(took_ms);
        }
    }

    fn circles(&mut self) {
        for (name, posts) in CIRCLES {
            let circle = Outlet { name, level: "province", size: 1 };
            for (action, mean) in
                [(ServiceAction::Ask, posts * 0.5), (ServiceAction::Done, posts), (ServiceAction::Accept, posts * 4.0)]
            {
                for _ in 0..about(mean, &mut self.chance) {
                    let at_ms = working_ms(self.world.calendar, self.day, &mut self.chance);
                    let person = 20_000 + self.chance.millis_between(0, 900) as u32;
                    self.tell(circle, Service::Circle, action, at_ms, person);
                }
            }
        }
    }

    /// On the first of the month each of the staff is told that the appraisal is there.
    fn looks_at_appraisal(&mut self) {
        if self.day.first_of_month() != self.day {
            return;
        }
        let midnight_ms = self.world.calendar.start_of(self.day).millis();
        for outlet in OUTLETS {
            let willing = LOOKS_AT_APPRAISAL + self.chance.between(-0.14, 0.14);
            for person in 0..(STAFF * outlet.size) as u32 {
                self.tell(outlet, Service::Appraisal, ServiceAction::Ask, midnight_ms + 20 * MINUTE_MS, person);
                if self.chance.happens(willing) {
                    let looks_ms = midnight_ms + self.chance.millis_between(25, 1_300) * MINUTE_MS;
                    self.tell(outlet, Service::Appraisal, ServiceAction::Done, looks_ms, person);
                }
            }
        }
    }
}
