//! How well playing goes: start-up, stalls, failures, and where they are worse.

use super::{
    account::Account,
    chance::{Chance, Urn},
};
use model::geo::Province;

/// Median first picture, and the deviation of its logarithm that puts the 95th percentile at 3 s.
const STARTUP_MEDIAN_MS: f64 = 900.0;
const STARTUP_SIGMA: f64 = 0.732;
/// Share of attempts that fail, before what province, operator and CDN make of it.
const FAILURE: f64 = 0.0135;
/// Of the failures, those before the first picture.
const FAILS_IN_STARTUP: f64 = 0.45;
/// Share of attempts given up before the first picture.
const GIVEN_UP: f64 = 0.012;
/// Share of playing time that is spent stalled, and the mean length of a stall.
const STALLED: f64 = 0.0016;
const STALL_MEDIAN_MS: f64 = 1_500.0;
const STALL_SIGMA: f64 = 0.8;
/// What the tail of a log-normal of that deviation adds to its median on average.
const STALL_MEAN_MS: f64 = STALL_MEDIAN_MS * 1.377;

/// How an attempt to play comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Watched to the end or left.
    Plays,
    /// Left before the first picture.
    GivenUp,
    FailsInStartup(Fault),
    FailsPlaying(Fault),
}

/// A fatal error as the player names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) class: &'static str,
}

const STARTUP_FAULTS: [(Fault, f64); 4] = [
    (Fault { code: "E4031", class: "business" }, 0.12),
    (Fault { code: "E5042", class: "network" }, 0.48),
    (Fault { code: "E5030", class: "network" }, 0.25),
    (Fault { code: "E2110", class: "drm" }, 0.15),
];
const PLAYING_FAULTS: [(Fault, f64); 3] = [
    (Fault { code: "E5042", class: "network" }, 0.62),
    (Fault { code: "E3004", class: "media" }, 0.28),
    (Fault { code: "E2113", class: "drm" }, 0.10),
];

/// CDN vendors and faults to draw from.
#[derive(Debug)]
pub(super) struct Quality {
    public_cdns: Urn<&'static str>,
    startup_faults: Urn<Fault>,
    playing_faults: Urn<Fault>,
}

/// The CDN inside the operator's own network, where it has one.
fn own_cdn(isp: &str) -> Option<&'static str> {
    match isp {
        "ct" => Some("ctyun"),
        "cu" => Some("cucdn"),
        "cm" => Some("cmcdn"),
        _ => None,
    }
}

const FAR_WEST: [Province; 4] = [Province::XZ, Province::QH, Province::XJ, Province::GS];

/// How much more often things go wrong in a province: between 0.6 and 1.5, and worst in the far west.
fn province_factor(province: Province) -> f64 {
    if FAR_WEST.contains(&province) {
        return 1.9;
    }
    0.6 + f64::from((province.facts().gb2260 / 10_000 * 37) % 11) * 0.09
}

fn isp_factor(isp: &str) -> f64 {
    match isp {
        "ct" => 0.85,
        "cu" => 0.95,
        "cm" => 1.15,
        _ => 1.45,
    }
}

fn cdn_factor(cdn: &str) -> f64 {
    match cdn {
        "wangsu" => 1.7,
        "aliyun" => 0.8,
        "tencent" => 0.9,
        _ => 1.0,
    }
}

/// How much more often things go wrong for this household on that CDN.
///
/// One combination has a story for the boards to tell: China Mobile in Guangdong over one public CDN.
pub(super) fn trouble(account: &Account, cdn: &str) -> f64 {
    let story = if (account.province, account.isp, cdn) == (Province::GD, "cm", "wangsu") { 5.0 } else { 1.0 };
    province_factor(account.province) * isp_factor(account.isp) * cdn_factor(cdn) * story
}

impl Quality {
    pub(super) fn new() -> Self {
        let [startup, startups @ ..] = STARTUP_FAULTS;
        let [playing, playings @ ..] = PLAYING_FAULTS;
        Self {
            public_cdns: Urn::new(("aliyun", 0.42), [("tencent", 0.33), ("wangsu", 0.25)]),
            startup_faults: Urn::new(startup, startups),
            playing_faults: Urn::new(playing, playings),
        }
    }

    /// Where a session's pictures come from: mostly the operator's own CDN.
    pub(super) fn cdn(&self, account: &Account, chance: &mut Chance) -> &'static str {
        match own_cdn(account.isp) {
            Some(own) if chance.happens(0.7) => own,
            Some(_) | None => chance.choose(&self.public_cdns),
        }
    }

    /// `worse` is how many times more often plays fail just then.
    pub(super) fn outcome(&self, account: &Account, cdn: &str, worse: f64, chance: &mut Chance) -> Outcome {
        let fails = (FAILURE * trouble(account, cdn) * worse).min(0.5);
        let fate = chance.unit();
        if fate < fails * FAILS_IN_STARTUP {
            Outcome::FailsInStartup(chance.choose(&self.startup_faults))
        } else if fate < fails {
            Outcome::FailsPlaying(chance.choose(&self.playing_faults))
        } else if fate < fails + GIVEN_UP {
            Outcome::GivenUp
        } else {
            Outcome::Plays
        }
    }

    /// From the request to the first picture. Nobody waits longer than half a minute.
    pub(super) fn startup_ms(chance: &mut Chance) -> i64 {
        chance.log_normal(STARTUP_MEDIAN_MS, STARTUP_SIGMA).clamp(80.0, 30_000.0) as i64
    }

    /// Stalls within so much playing: where each begins, from the first picture, and how long it takes. They are
    /// added to the playing, in order and apart.
    pub(super) fn stalls(account: &Account, cdn: &str, playing_ms: i64, chance: &mut Chance) -> Vec<(i64, i64)> {
        // A mild form of what decides on failures: a bad network stalls more often, too.
        let ratio = STALLED * trouble(account, cdn).powf(0.4);
        let count = chance.poisson(playing_ms as f64 * ratio / STALL_MEAN_MS).min(20);
        let mut begins: Vec<i64> = (0..count).map(|_| chance.millis_between(0, playing_ms)).collect();
        begins.sort_unstable();
        begins.dedup_by_key(|begin| *begin / 1_000);
        let length =
            |chance: &mut Chance| chance.log_normal(STALL_MEDIAN_MS, STALL_SIGMA).clamp(200.0, 30_000.0) as i64;
        begins.into_iter().map(|begin| (begin, length(chance))).collect()
    }
}
