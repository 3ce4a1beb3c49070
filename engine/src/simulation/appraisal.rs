//! What the appraisal system delivers on the first of each month: what the outlets reached of their targets in the month before.

use super::{chance::Chance, network::OUTLETS, occurrence::known, world::World};
use crate::events::{Better, Event};
use model::time::Day;

/// So long after midnight.
const DELIVERED_MS: i64 = 15 * 60_000;
/// What was reached, of the target.
const REACHED: (f64, f64) = (0.82, 1.14);

/// An indicator: its target for an outlet of size one, and what it weighs, of a hundred.
struct Indicator {
    id: &'static str,
    target: f64,
    weight: i64,
    better: Better,
}

const INDICATORS: [Indicator; 5] = [
    Indicator { id: "用户增长", target: 320.0, weight: 25, better: Better::Higher },
    Indicator { id: "内容发布", target: 48.0, weight: 20, better: Better::Higher },
    Indicator { id: "传播力", target: 9_500.0, weight: 25, better: Better::Higher },
    Indicator { id: "服务办结", target: 26.0, weight: 15, better: Better::Higher },
    Indicator { id: "播出差错", target: 2.0, weight: 15, better: Better::Lower },
];

/// The results that are delivered on that day: none, but on the first of a month.
pub(super) fn of_day(world: &World, day: Day) -> Vec<Event> {
    if day.first_of_month() != day {
        return Vec::new();
    }
    let at_ms = world.calendar.start_of(day).millis() + DELIVERED_MS;
    let mut events = Vec::new();
    for (index, outlet) in OUTLETS.into_iter().enumerate() {
        // Some are better than others, month after month.
        let ability = Chance::new(world.seed, &[24, index as u64]).between(-0.06, 0.06);
        let mut chance = Chance::new(world.seed, &[24, index as u64, u64::from(day.0.unsigned_abs())]);
        for indicator in INDICATORS {
            let reached = chance.between(REACHED.0, REACHED.1) + ability;
            let target = indicator.target * outlet.size as f64;
            let actual = match indicator.better {
                Better::Higher => target * reached,
                Better::Lower => target / reached,
            };
            let id = format!("{}-kpi-{}", day.0, events.len());
            events.push(Event {
                kpi_id: known(indicator.id),
                actual_milli: Some((actual * 1_000.0) as i64),
                target_milli: Some((target * 1_000.0) as i64),
                weight_milli: Some(indicator.weight * 1_000),
                better: Some(indicator.better),
                ..outlet.event("kpi", id, at_ms)
            });
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::super::world::WorldSettings;
    use super::*;
    use model::time::Calendar;

    #[test]
    fn results_are_delivered_once_a_month_and_near_their_targets() {
        let founded = Day::from_year_month_day(2026, 11, 20).unwrap();
        let settings = WorldSettings { seed: 1, accounts: 10, founded, history_days: 3, calendar: Calendar::CHINA };
        let world = World::new(settings);
        let days: Vec<Day> =
            (0..61).map(|ago| founded.plus(-ago)).filter(|day| !of_day(&world, *day).is_empty()).collect();
        assert_eq!(
            days,
            [Day::from_year_month_day(2026, 11, 1), Day::from_year_month_day(2026, 10, 1)].map(Option::unwrap)
        );
        assert_eq!(INDICATORS.iter().map(|one| one.weight).sum::<i64>(), 100);
        for result in of_day(&world, days[0]) {
            let (actual, target) = (result.actual_milli.unwrap() as f64, result.target_milli.unwrap() as f64);
            let reached = match result.better.unwrap() {
                Better::Higher => actual / target,
                Better::Lower => target / actual,
            };
            assert!((0.75..1.21).contains(&reached), "{reached}");
        }
    }
}
