//! Figures that other systems of the simulated operator report, every morning: how many households there are, what is on the
//! shelf, and how its applications and its channels on other platforms do.

use super::{
    account::by_population,
    catalogue::{PROVIDERS, titles_by_genre},
    network::{Outlet, PROVINCE},
    world::World,
};
use crate::events::{Event, Figure, GeoSource};
use model::{geo::Province, time::Day};

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

const fn on(platform: &'static str, growing: Growing) -> Growing {
    Growing { platform: Some(platform), ..growing }
}

const fn through(source_class: &'static str, growing: Growing) -> Growing {
    Growing { source_class: Some(source_class), ..growing }
}

const GROWING: [Growing; 21] = [
    on("ios", growing(Figure::Downloads, "Z 视界", 41_200, 37)),
    on("android", growing(Figure::Downloads, "Z 视界", 94_800, 86)),
    on("ios", growing(Figure::Downloads, "潮新闻", 17_300, 52)),
    on("android", growing(Figure::Downloads, "潮新闻", 37_300, 118)),
    on("android", growing(Figure::Downloads, "杭州融媒", 21_600, 31)),
    on("ios", growing(Figure::Downloads, "杭州融媒", 9_800, 14)),
    on("android", growing(Figure::Downloads, "安吉融媒", 6_400, 9)),
    growing(Figure::RegisteredUsers, "Z 视界", 40_100, 44),
    growing(Figure::RegisteredUsers, "潮新闻", 31_700, 61),
    growing(Figure::RegisteredUsers, "杭州融媒", 12_900, 17),
    growing(Figure::RegisteredUsers, "安吉融媒", 3_700, 5),
    through("weibo", growing(Figure::Followers, "潮新闻", 61_000, 25)),
    through("douyin", growing(Figure::Followers, "潮新闻", 68_900, 140)),
    through("wechat", growing(Figure::Followers, "Z 视界", 33_500, 48)),
    through("douyin", growing(Figure::Followers, "杭州融媒", 27_400, 66)),
    through("wechat", growing(Figure::Followers, "宁波融媒", 19_200, 21)),
    through("douyin", growing(Figure::Followers, "义乌融媒", 8_700, 29)),
    through("wechat", growing(Figure::Followers, "安吉融媒", 5_100, 8)),
    growing(Figure::Persons, "集团", 112_600, 50),
    growing(Figure::Accounts, "集团", 176_400, 73),
    growing(Figure::BoundAccounts, "集团", 108_700, 61),
];

/// What a day of a source of visits costs, in fen.
const COSTS_FEN: [(&str, i64); 4] = [("ad", 46_000), ("search", 21_000), ("social", 17_500), ("qr", 6_000)];
/// What the content providers get of their orders, in thousandths, in the order of [`PROVIDERS`].
const SHARES_MILLI: [i64; 7] = [500, 550, 450, 400, 400, 600, 350];

/// What was reported on that morning; the shares of the providers once, since they stand until others come.
pub(super) fn of_day(world: &World, day: Day) -> Vec<Event> {
    let at = world.calendar.start_of(day).plus_millis(TOLD_MS);
    let mut events = Vec::new();
    let mut report = |figure: Figure, value: i64, told: &dyn Fn(Event) -> Event| {
        let id = format!("{}-figure-{}", day.0, events.len());
        events.push(told(Event { figure: Some(figure), figure_value: Some(value), ..Event::new(id, at) }));
    };
    let accounts = u32::try_from(world.accounts.len()).unwrap_or(u32::MAX);
    for (province, accounts) in by_population(accounts) {
        report(Figure::Households, i64::from(accounts) * HOUSEHOLDS_AN_ACCOUNT, &|event| in_province(event, province));
    }
    for (genre, titles) in titles_by_genre() {
        let shelved = titles * SHELVED_FOR_THREE / 3;
        let of_genre = |event| Event { genre: Some(genre.into()), ..event };
        report(Figure::Titles, shelved, &of_genre);
        report(Figure::TitleMinutes, shelved * TITLE_MINUTES, &of_genre);
    }
    for growing in GROWING {
        let value = growing.at_founding + growing.a_day * i64::from(day.0 - world.founded.0);
        report(growing.figure, value.max(0), &|event| Event {
            unit: Some(growing.unit.into()),
            unit_level: Outlet::level_of(growing.unit).map(Into::into),
            platform: growing.platform.map(Into::into),
            source_class: growing.source_class.map(Into::into),
            ..in_province(event, PROVINCE)
        });
    }
    for (source, fen) in COSTS_FEN {
        report(Figure::SourceCostFen, fen, &|event| Event { source_class: Some(source.into()), ..event });
    }
    if day == world.first_day {
        for (provider, milli) in PROVIDERS.into_iter().zip(SHARES_MILLI) {
            for province in Province::ALL.iter().copied().filter(|one| one.in_mainland_census()) {
                let of_provider = |event| Event { cp_id: Some(provider.into()), ..in_province(event, province) };
                report(Figure::ProviderShareMilli, milli, &of_provider);
            }
        }
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
        let world = World::new(settings);
        let figures = |day: i32| of_day(&world, Day(day));
        let every_morning = 31 + 7 * 2 + GROWING.len() + COSTS_FEN.len();
        assert_eq!(figures(19_997).len(), every_morning + 31 * PROVIDERS.len());
        assert_eq!(figures(20_000).len(), every_morning);
        let ids: std::collections::BTreeSet<_> = figures(19_997).into_iter().map(|event| event.event_id).collect();
        assert_eq!(ids.len(), figures(19_997).len());
    }
}
