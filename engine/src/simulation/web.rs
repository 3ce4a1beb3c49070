//! Visits to the site and the apps: where they come from, which pages they open, how long those take, and what breaks.

use super::{
    account::Account,
    chance::{Chance, Urn},
    occurrence::known,
    session::Played,
};
use crate::events::{ElementAction, Event};
use model::time::Day;

const MINUTE_MS: i64 = 60_000;
/// Of the households, so many ever use site or apps; half of them came within so many days of the world's founding, before and
/// after, the others long ago.
const USES: f64 = 0.6;
const CAME_LATELY: f64 = 0.5;
const LATELY_DAYS: f64 = 40.0;
/// The chance to come again so many days after the first visit: this always, …
const COMES_ALWAYS: f64 = 0.07;
/// … and this times the days to that power. On the day after it is 37 %.
const COMES_AFTER_ONE: f64 = 0.3;
const COMES_POWER: f64 = -0.6;
const MORE_VISITS: f64 = 0.4;
/// Of the visits, so many end with the page they begin with; of the plays in an app, so many begin with a visit.
const BOUNCES: f64 = 0.36;
const LEADS_TO_PLAY: f64 = 0.6;
const CRASHES: f64 = 0.004;
const ERRS: f64 = 0.022;
/// Medians until the page's largest part is drawn and until the first byte, and the deviation of their logarithms.
const LOAD_MS: f64 = 1_350.0;
const FIRST_BYTE_MS: f64 = 190.0;
const LOAD_SIGMA: f64 = 0.55;

/// Something that happens on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct WebStep {
    pub(super) at_ms: i64,
    /// Which one of the visit.
    pub(super) index: u32,
    pub(super) platform: &'static str,
    pub(super) action: Option<ElementAction>,
    source: &'static str,
    campaign: Option<&'static str>,
    page: &'static str,
    previous: Option<&'static str>,
    content: Option<&'static str>,
    load_ms: Option<i32>,
    first_byte_ms: Option<i32>,
}

impl WebStep {
    pub(super) fn tell(self, event: Event) -> Event {
        Event {
            page_id: known(self.page),
            prev_page_id: self.previous.and_then(known),
            element_action: self.action,
            content_id: self.content.and_then(known),
            source_class: known(self.source),
            campaign: self.campaign.and_then(known),
            load_ms: self.load_ms,
            ttfb_ms: self.first_byte_ms,
            ..event
        }
    }
}

/// Sources of first visits; who knows the way comes directly.
fn sources() -> Urn<&'static str> {
    Urn::new(("search", 0.29), [("social", 0.25), ("ad", 0.18), ("qr", 0.12), ("direct", 0.16)])
}

/// What brings somebody: the source, and the campaign where it is one of ours.
fn brought_by(is_first: bool, chance: &mut Chance) -> (&'static str, Option<&'static str>) {
    let source = if is_first || chance.happens(0.42) { chance.choose(&sources()) } else { "direct" };
    let campaign = match source {
        "ad" => Some("秋冬剧场"),
        "social" if chance.happens(0.5) => Some("周末大家唱"),
        "qr" => Some("扫码有礼"),
        _ => None,
    };
    (source, campaign)
}

/// The household's first day with site or app, and what it visits with.
fn user(account: &Account, founded: Day, chance: &mut Chance) -> Option<(Day, &'static str)> {
    let uses = chance.happens(USES);
    let days = if chance.happens(CAME_LATELY) {
        chance.between(-LATELY_DAYS, LATELY_DAYS)
    } else {
        chance.between(-400.0, -LATELY_DAYS)
    };
    let on = Urn::new(("android", 0.44), [("ios", 0.26), ("h5", 0.15), ("web", 0.10), ("mini", 0.05)]);
    let platform =
        if account.platform == "stb" || account.platform == "tvapp" { chance.choose(&on) } else { account.platform };
    uses.then(|| (founded.plus(days as i32), platform))
}

/// All visits of a household on a day, one after another in the order of their numbers.
pub(super) fn visits(
    seed: u64,
    account: &Account,
    played: &[Played],
    (day, founded, midnight_ms): (Day, Day, i64),
) -> Vec<Vec<WebStep>> {
    let mut always = Chance::new(seed, &[u64::from(account.number), 7]);
    let Some((first_day, platform)) = user(account, founded, &mut always) else { return Vec::new() };
    let days = day.0 - first_day.0;
    if days < 0 {
        return Vec::new();
    }
    let mut chance = Chance::new(seed, &[u64::from(account.number), 8, u64::from(day.0.unsigned_abs())]);
    let comes = if days == 0 { 1.0 } else { COMES_ALWAYS + COMES_AFTER_ONE * f64::from(days).powf(COMES_POWER) };
    let mut visits = Vec::new();
    if chance.happens(comes) {
        let count = 1 + chance.poisson(MORE_VISITS).min(4);
        for number in 0..count {
            let at_ms = midnight_ms + chance.millis_between(7 * 60, 23 * 60) * MINUTE_MS;
            let brought = brought_by(days == 0 && number == 0, &mut chance);
            visits.push(visit(at_ms, platform, brought, None, &mut chance));
        }
    }
    let in_app = |one: &&Played| !matches!(one.session.platform, "stb" | "tvapp");
    for one in played.iter().filter(in_app) {
        let (Some(first), true) = (one.changes.first(), chance.happens(LEADS_TO_PLAY)) else { continue };
        let brought = brought_by(false, &mut chance);
        let content = one.session.watched.content().map_or("live", |content| content.id);
        let began_ms = first.at_ms - chance.millis_between(16_000, 24_000);
        visits.push(visit(began_ms, one.session.platform, brought, Some(content), &mut chance));
    }
    visits
}

/// One visit, which may lead to a play of that title.
fn visit(
    began_ms: i64,
    platform: &'static str,
    (source, campaign): (&'static str, Option<&'static str>),
    leads_to: Option<&'static str>,
    chance: &mut Chance,
) -> Vec<WebStep> {
    let landing = chance.choose(&Urn::new(("home", 0.5), [("article", 0.28), ("topic", 0.12), ("activity", 0.1)]));
    let second = chance.choose(&Urn::new(("channel", 0.42), [("search", 0.24), ("topic", 0.2), ("me", 0.14)]));
    let mut pages = vec![(0, landing)];
    if leads_to.is_some() || !chance.happens(BOUNCES) {
        pages.push((5_500, second));
        if leads_to.is_some() || chance.happens(0.5) {
            pages.push((11_000, "detail"));
        }
    }
    let blank = WebStep {
        at_ms: began_ms,
        index: 0,
        platform,
        action: None,
        source,
        campaign,
        page: landing,
        previous: None,
        content: None,
        load_ms: None,
        first_byte_ms: None,
    };
    let mut steps: Vec<WebStep> = Vec::new();
    let mut happens = |after_ms: i64, step: WebStep| {
        let index = steps.len() as u32;
        steps.push(WebStep { at_ms: began_ms + after_ms, index, ..step });
    };
    let mut previous = None;
    for (after_ms, page) in pages.iter().copied() {
        let opened = WebStep { page, previous, ..blank };
        happens(after_ms, opened);
        let load_ms = chance.log_normal(LOAD_MS, LOAD_SIGMA).clamp(150.0, 20_000.0) as i32;
        let first_byte_ms = chance.log_normal(FIRST_BYTE_MS, LOAD_SIGMA).clamp(15.0, 4_000.0) as i32;
        let loaded = WebStep { load_ms: Some(load_ms), first_byte_ms: Some(first_byte_ms), ..opened };
        happens(after_ms + 4_000, WebStep { action: Some(ElementAction::Load), ..loaded });
        if page == "detail" && (leads_to.is_some() || chance.happens(0.4)) {
            happens(after_ms + 4_500, WebStep { action: Some(ElementAction::Click), content: leads_to, ..opened });
        }
        previous = Some(page);
    }
    if chance.happens(ERRS) {
        happens(4_800, WebStep { action: Some(ElementAction::Error), ..blank });
    }
    if chance.happens(CRASHES) {
        happens(5_200, WebStep { action: Some(ElementAction::Crash), ..blank });
    }
    steps
}
