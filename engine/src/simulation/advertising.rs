//! Advertisements in the clients of the media network: asked for, filled, seen, clicked.

use super::{
    chance::{Chance, Urn},
    network::{OUTLETS, about},
    occurrence::known,
    world::World,
};
use crate::events::{AdAction, Event};
use model::time::Day;

const MINUTE_MS: i64 = 60_000;
/// Asked for by the clients of an outlet of size one on a day.
const ASKED: f64 = 9.0;
const FILLED: f64 = 0.91;
const SEEN: f64 = 0.94;
const CLICKED: f64 = 0.021;
/// How long it can be seen: median, and the deviation of its logarithm.
const VISIBLE_MS: f64 = 3_200.0;
const VISIBLE_SIGMA: f64 = 0.6;

/// An advertisement.
#[derive(Debug, Clone, Copy)]
struct Spot {
    id: &'static str,
    advertiser: &'static str,
    campaign: &'static str,
}

fn spots() -> Urn<Spot> {
    let spot = |id, advertiser, campaign| Spot { id, advertiser, campaign };
    Urn::new(
        (spot("龙井上市-15秒", "西湖茶业", "秋茶季"), 0.34),
        [
            (spot("文旅护照-开屏", "浙里文旅", "诗画浙江"), 0.27),
            (spot("普惠贷-信息流", "乡村银行", "小微服务月"), 0.22),
            (spot("新能源-15秒", "之江汽车", "新车上市"), 0.17),
        ],
    )
}

pub(super) fn of_day(world: &World, day: Day) -> Vec<Event> {
    let mut chance = Chance::new(world.seed, &[u64::from(day.0.unsigned_abs()), 23]);
    let (midnight_ms, spots) = (world.calendar.start_of(day).millis(), spots());
    let mut events = Vec::new();
    for outlet in OUTLETS {
        for _ in 0..about(ASKED * outlet.size as f64, &mut chance) {
            let hour = chance.choose(&world.hours);
            let at_ms = midnight_ms + (hour * 60 * MINUTE_MS) + chance.millis_between(0, 59 * MINUTE_MS);
            let spot = chance.choose(&spots);
            let platform = if chance.happens(0.6) { "android" } else { "ios" };
            let mut tell = |action: AdAction, after_ms: i64, visible_ms: Option<i32>| {
                let id = format!("{}-ad-{}", day.0, events.len());
                let is_known = action != AdAction::Request;
                events.push(Event {
                    ad_action: Some(action),
                    ad_id: known(spot.id).filter(|_| is_known),
                    advertiser: known(spot.advertiser).filter(|_| is_known),
                    campaign: known(spot.campaign).filter(|_| is_known),
                    platform: known(platform),
                    visible_ms,
                    ..outlet.event("ad", id, at_ms + after_ms)
                });
            };
            tell(AdAction::Request, 0, None);
            if !chance.happens(FILLED) {
                continue;
            }
            tell(AdAction::Fill, 120, None);
            if chance.happens(SEEN) {
                let visible_ms = chance.log_normal(VISIBLE_MS, VISIBLE_SIGMA).min(60_000.0) as i32;
                tell(AdAction::Impression, 900, Some(visible_ms));
                if chance.happens(CLICKED) {
                    tell(AdAction::Click, 2_400, None);
                }
            }
        }
    }
    events
}
