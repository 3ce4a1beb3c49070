//! The subscribers: where they live, how they are connected, and what they are like.

use super::chance::{Chance, Urn};
use crate::events::Text;
use model::{geo::Province, time::Day};
use smol_str::format_smolstr;

/// Which of the ways of watching a household uses at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    OnDemandOnly,
    Mixed,
    ChannelsOnly,
}

/// One subscribed household.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) number: u32,
    pub(super) province: Province,
    pub(super) isp: &'static str,
    /// What it mostly watches on.
    pub(super) platform: &'static str,
    pub(super) tier: &'static str,
    pub(super) app_version: &'static str,
    pub(super) habit: Habit,
    /// How likely it switches on, on an average day.
    pub(super) activity: f64,
    pub(super) opened: Day,
    pub(super) closed: Option<Day>,
}

impl Account {
    pub(super) fn is_open_on(&self, day: Day) -> bool {
        self.opened <= day && self.closed.is_none_or(|closed| day < closed)
    }

    /// The id of its household in every event.
    pub(super) fn household(&self) -> Text {
        format_smolstr!("sim-{:05}", self.number)
    }
}

/// How many of `total` accounts live in each mainland province: by population, by largest remainder.
pub(super) fn by_population(total: u32) -> Vec<(Province, u32)> {
    let provinces: Vec<Province> = Province::ALL.iter().copied().filter(|one| one.in_mainland_census()).collect();
    let population: u64 = provinces.iter().map(|one| u64::from(one.facts().population)).sum();
    let mut shares: Vec<(Province, u32, u64)> = provinces
        .into_iter()
        .map(|province| {
            let scaled = u64::from(province.facts().population) * u64::from(total);
            (province, (scaled / population) as u32, scaled % population)
        })
        .collect();
    let left = total - shares.iter().map(|(_, whole, _)| whole).sum::<u32>();
    shares.sort_by_key(|(province, _, remainder)| (std::cmp::Reverse(*remainder), *province));
    for (_, whole, _) in shares.iter_mut().take(left as usize) {
        *whole += 1;
    }
    shares.sort_by_key(|(province, _, _)| *province);
    shares.into_iter().map(|(province, whole, _)| (province, whole)).collect()
}

/// The northern provinces, where the fixed network went to China Unicom when it was divided in 2002.
const NORTHERN: [Province; 10] = {
    use Province as P;
    [P::BJ, P::TJ, P::HE, P::SX, P::NM, P::LN, P::JL, P::HL, P::SD, P::HA]
};

/// What every household of a province draws from.
struct Market {
    isps: Urn<&'static str>,
    platforms: Urn<&'static str>,
    tiers: Urn<&'static str>,
    versions: Urn<&'static str>,
    habits: Urn<Habit>,
}

impl Market {
    fn of(province: Province) -> Self {
        let [ct, cm, cu] = if NORTHERN.contains(&province) { [0.23, 0.31, 0.41] } else { [0.46, 0.34, 0.15] };
        Self {
            isps: Urn::new(("ct", ct), [("cm", cm), ("cu", cu), ("cbn", 0.05)]),
            platforms: Urn::new(
                ("stb", 0.86),
                [("tvapp", 0.06), ("android", 0.03), ("ios", 0.025), ("h5", 0.015), ("web", 0.01)],
            ),
            tiers: Urn::new(("basic", 0.62), [("plus", 0.28), ("4k", 0.10)]),
            versions: Urn::new(("6.2.1", 0.55), [("6.3.0", 0.30), ("5.9.8", 0.15)]),
            // 88 % ever watch on demand and 44 % channels: twice as many.
            habits: Urn::new((Habit::OnDemandOnly, 0.56), [(Habit::Mixed, 0.32), (Habit::ChannelsOnly, 0.12)]),
        }
    }
}

/// Share of accounts that were opened within the last `RECENT_DAYS`, and of those closed within it.
const OPENED_RECENTLY: f64 = 0.012;
const CLOSED_RECENTLY: f64 = 0.004;
const RECENT_DAYS: f64 = 30.0;
/// All others were opened so many days ago: a grown market, where orders rise and accounts hardly do.
const SETTLED_DAYS: (f64, f64) = (430.0, 1_400.0);

/// All accounts as of `today`.
pub(super) fn accounts(seed: u64, total: u32, today: Day) -> Vec<Account> {
    let mut all = Vec::with_capacity(total as usize);
    for (province, count) in by_population(total) {
        let market = Market::of(province);
        for _ in 0..count {
            let number = all.len() as u32;
            let mut chance = Chance::new(seed, &[u64::from(number)]);
            let opened_days_ago = if chance.happens(OPENED_RECENTLY) {
                chance.between(0.0, RECENT_DAYS)
            } else {
                chance.between(SETTLED_DAYS.0, SETTLED_DAYS.1)
            };
            let closes = chance.happens(CLOSED_RECENTLY);
            let closed_days_ago = chance.between(0.0, RECENT_DAYS);
            all.push(Account {
                number,
                province,
                isp: chance.choose(&market.isps),
                platform: chance.choose(&market.platforms),
                tier: chance.choose(&market.tiers),
                app_version: chance.choose(&market.versions),
                habit: chance.choose(&market.habits),
                activity: chance.between(0.22, 0.98),
                opened: today.plus(-(opened_days_ago as i32)),
                closed: (closes && opened_days_ago > RECENT_DAYS).then(|| today.plus(-(closed_days_ago as i32))),
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn provinces_get_their_share_and_nobody_is_lost(total in 0_u32..200_000) {
            let shares = by_population(total);
            prop_assert_eq!(shares.len(), 31);
            prop_assert_eq!(shares.iter().map(|(_, count)| count).sum::<u32>(), total);
            for (province, count) in shares {
                let exact = f64::from(total) * f64::from(province.facts().population) / 1_409_778_724.0;
                prop_assert!((f64::from(count) - exact).abs() < 1.0, "{province}: {count} of {exact}");
            }
        }
    }

    #[test]
    fn five_thousand_accounts_are_as_the_market_is() {
        let accounts = accounts(1, 5_000, Day(20_000));
        let share = |is: &dyn Fn(&Account) -> bool| accounts.iter().filter(|one| is(one)).count() as f64 / 5_000.0;
        assert!((share(&|one| one.platform == "stb") - 0.86).abs() < 0.02);
        assert!((share(&|one| one.isp == "cbn") - 0.05).abs() < 0.015);
        assert!((share(&|one| one.province == Province::GD) - 0.0894).abs() < 0.001);
        let on_demand = share(&|one| one.habit != Habit::ChannelsOnly);
        let channels = share(&|one| one.habit != Habit::OnDemandOnly);
        assert!((on_demand / channels - 2.0).abs() < 0.15, "{on_demand} / {channels}");
        let active = accounts.iter().map(|one| one.activity).sum::<f64>() / 5_000.0;
        assert!((active - 0.6).abs() < 0.01, "{active}");
    }
}
