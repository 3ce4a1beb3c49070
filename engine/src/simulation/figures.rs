//! Figures that other systems of the simulated operator report, every morning: how many households there are, what is on the
//! shelf, and how its applications and its channels on other platforms do.

use super::{account::by_population, catalogue::titles_by_genre, world::World};
use crate::events::{Event, Figure, GeoSource};
use model::{
    geo::Province,
    time::{Day, Timestamp},
};

/// They are told so long after midnight.
const TOLD_MS: i64 = 6 * 3_600_000;
/// How many households there are to each account.
const HOUSEHOLDS_AN_ACCOUNT: i64 = 3;
/// Of the titles on the shelf, so many for every three that anybody plays.
const SHELVED_FOR_THREE: i64 = 4;
const TITLE_MINUTES: i64 = 52;

/// A figure of an application or a channel: what it was when the world was founded, and what a day adds.
struct Growing {
    figure: Figure,
    unit: &'static str,
    platform: Option<&'static str>,
    source_class: Option<&'static str>,
    at_founding: i64,
    a_day: i64,
}

const fn growing(figure: Figure, unit: &'static str, at_founding: i64, a_day: i64) -> Growing {
    Growing { figure, unit, platform: None, source_class: None, at_founding, a_day }
}

const GROWING: [Growing; 10] = [
    Growing { platform: Some("ios"), ..growing(Figure::Downloads, "Z 视界", 41_200, 37) },
    Growing { platform: Some("android"), ..growing(Figure::Downloads, "Z 视界", 94_800, 86) },
    Growing { platform: Some("ios"), ..growing(Figure::Downloads, "潮新闻", 17_300, 52) },
    Growing { platform: Some("android"), ..growing(Figure::Downloads, "潮新闻", 37_300, 118) },
    growing(Figure::RegisteredUsers, "Z 视界", 40_100, 44),
    Growing { source_class: Some("weibo"), ..growing(Figure::Followers, "潮新闻", 61_000, 25) },
    Growing { source_class: Some("douyin"), ..growing(Figure::Followers, "潮新闻", 68_900, 140) },
    growing(Figure::Persons, "集团", 112_600, 50),
    growing(Figure::Accounts, "集团", 176_400, 73),
    growing(Figure::BoundAccounts, "集团", 98_700, 61),
];

impl World {
    /// What was reported in `[from, to)`, oldest first; by default from the first day of the history on.
    pub fn figures(&self, from: Option<Timestamp>, to: Timestamp) -> impl Iterator<Item = Event> + Send + 'static {
        let (calendar, founded, accounts) = (self.calendar, self.founded, self.accounts.len());
        let from = from.unwrap_or(calendar.start_of(self.first_day));
        let days = calendar.day_of(from).0..=calendar.day_of(to).0;
        let told = move |day: i32| (Day(day), calendar.start_of(Day(day)).plus_millis(TOLD_MS));
        let is_within = move |(_, at): &(Day, Timestamp)| from <= *at && *at < to;
        days.map(told).filter(is_within).flat_map(move |(day, at)| of_day(day, at, founded, accounts))
    }
}

fn of_day(day: Day, at: Timestamp, founded: Day, accounts: usize) -> Vec<Event> {
    let mut events = Vec::new();
    let mut report = |figure: Figure, value: i64, told: &dyn Fn(Event) -> Event| {
        let id = format!("{}-figure-{}", day.0, events.len());
        events.push(told(Event { figure: Some(figure), figure_value: Some(value), ..Event::new(id, at) }));
    };
    for (province, accounts) in by_population(u32::try_from(accounts).unwrap_or(u32::MAX)) {
        report(Figure::Households, i64::from(accounts) * HOUSEHOLDS_AN_ACCOUNT, &|event| in_province(event, province));
    }
    for (genre, titles) in titles_by_genre() {
        let shelved = titles * SHELVED_FOR_THREE / 3;
        let of_genre = |event| Event { genre: Some(genre.into()), ..event };
        report(Figure::Titles, shelved, &of_genre);
        report(Figure::TitleMinutes, shelved * TITLE_MINUTES, &of_genre);
    }
    for growing in GROWING {
        let value = growing.at_founding + growing.a_day * i64::from(day.0 - founded.0);
        report(growing.figure, value.max(0), &|event| Event {
            unit: Some(growing.unit.into()),
            platform: growing.platform.map(Into::into),
            source_class: growing.source_class.map(Into::into),
            ..event
        });
    }
    events
}

fn in_province(event: Event, province: Province) -> Event {
    Event { province: Some(province), geo_source: Some(GeoSource::Event), ..event }
}

#[cfg(test)]
mod tests {
    use super::super::world::WorldSettings;
    use super::*;
    use model::time::Calendar;

    #[test]
    fn every_morning_has_the_same_figures() {
        let calendar = Calendar::CHINA;
        let settings = WorldSettings { seed: 1, accounts: 500, founded: Day(20_000), history_days: 3, calendar };
        let (world, now) = (World::new(settings), calendar.start_of(Day(20_000)).plus_millis(TOLD_MS + 1));
        let all: Vec<Event> = world.figures(None, now).collect();
        let morning = |day: i32| all.iter().filter(|event| calendar.day_of(event.ts_event) == Day(day)).count();
        assert_eq!((morning(19_997), morning(20_000), morning(20_001)), (31 + 7 * 2 + 10, 31 + 7 * 2 + 10, 0));
        let split = calendar.start_of(Day(19_999));
        let in_parts = world.figures(None, split).chain(world.figures(Some(split), now));
        assert_eq!(in_parts.collect::<Vec<_>>(), all, "none is lost or told twice between two parts");
        let ids: std::collections::BTreeSet<_> = all.iter().map(|event| &event.event_id).collect();
        assert_eq!(ids.len(), all.len());
    }
}
