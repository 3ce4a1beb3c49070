//! What the outlets write: handed in, taken up, published, put where all may take it, printed again, and read.

use super::{
    chance::{Chance, Urn},
    network::{OUTLETS, Outlet, about, busyness, working_ms},
    world::World,
};
use crate::events::{ArticleAction, Event, Text};
use model::time::Day;
use smol_str::format_smolstr;

const MINUTE_MS: i64 = 60_000;
/// Published by an outlet of size one on a working day.
const PUBLISHED: f64 = 1.9;
/// Handed in to the outlet above, whatever the size, so many a day; of those, so many are taken up.
const HANDED_IN: f64 = 7.0;
const TAKEN_UP: f64 = 0.36;
const SHARED: f64 = 0.3;
const PRINTED_AGAIN: f64 = 0.16;
/// The counters of the clients tell what they gained, so long after an article came out.
const COUNTED_AFTER_MINUTES: [i64; 3] = [35, 150, 420];
const READS: f64 = 240.0;
const READS_SIGMA: f64 = 1.0;
const LIVES_ON: [(&str, f64); 2] = [("wechat", 0.5), ("app", 0.5)];

const SUBJECTS: [&str; 12] = [
    "共富路上",
    "古村新生",
    "山海协作",
    "数字乡村",
    "亚运遗产",
    "茶乡春秋",
    "海岛医生",
    "非遗课堂",
    "夜经济观察",
    "绿水青山",
    "小店故事",
    "民生面对面",
];

/// A headline that people can tell apart.
fn headline(day: Day, outlet: Outlet, number: u32, chance: &mut Chance) -> Text {
    let subject = SUBJECTS[(chance.unit() * SUBJECTS.len() as f64) as usize % SUBJECTS.len()];
    let (_, month, date) = day.year_month_day();
    let place = outlet.name.trim_end_matches("融媒");
    format_smolstr!("{subject}·{place}{month}月{date}日之{}", number + 1)
}

pub(super) fn of_day(world: &World, day: Day) -> Vec<Event> {
    let mut events = Vec::new();
    for (index, outlet) in OUTLETS.into_iter().enumerate() {
        let mut chance = Chance::new(world.seed, &[u64::from(day.0.unsigned_abs()), 21, index as u64]);
        written(world, day, outlet, index, &mut chance, &mut events);
        if outlet.level != "province" {
            handed_in(world, day, outlet, &mut chance, &mut events);
        }
    }
    events
}

fn written(world: &World, day: Day, outlet: Outlet, index: usize, chance: &mut Chance, into: &mut Vec<Event>) {
    let [first, rest @ ..] = LIVES_ON;
    let clients = Urn::new(first, rest);
    let others: Vec<Outlet> = OUTLETS.into_iter().filter(|other| *other != outlet).collect();
    for number in 0..about(PUBLISHED * outlet.size as f64 * busyness(day), chance) {
        let article = headline(day, outlet, number, chance);
        let at_ms = working_ms(world.calendar, day, chance);
        let mut tell = |by: Outlet, action: ArticleAction, after_ms: i64, more: &dyn Fn(Event) -> Event| {
            let id = format!("{}-article-{index}-{number}-{}", day.0, into.len());
            let event = by.event("article", id, at_ms + after_ms);
            into.push(more(Event { article_id: Some(article.clone()), article_action: Some(action), ..event }));
        };
        tell(outlet, ArticleAction::Publish, 0, &|event| event);
        if chance.happens(SHARED) {
            tell(outlet, ArticleAction::Share, 4 * MINUTE_MS, &|event| event);
        }
        if chance.happens(PRINTED_AGAIN) {
            let by = others[(chance.unit() * others.len() as f64) as usize % others.len()];
            let again = |event| Event { reprint_of: Some(article.clone()), ..event };
            tell(by, ArticleAction::Reprint, 25 * MINUTE_MS, &again);
        }
        let reads = chance.log_normal(READS * outlet.size as f64, READS_SIGMA);
        for after_minutes in COUNTED_AFTER_MINUTES {
            let gained = (reads * chance.between(0.15, 0.5)) as i64 + 1;
            let client = chance.choose(&clients);
            let told = |event| Event { reads: Some(gained), source_class: Some(client.into()), ..event };
            tell(outlet, ArticleAction::Read, after_minutes * MINUTE_MS, &told);
        }
    }
}

fn handed_in(world: &World, day: Day, outlet: Outlet, chance: &mut Chance, into: &mut Vec<Event>) {
    for number in 0..about(HANDED_IN * busyness(day).sqrt(), chance) {
        let at_ms = working_ms(world.calendar, day, chance);
        let article = format_smolstr!("{}供稿{}-{number}", outlet.name, day.0);
        let mut tell = |action: ArticleAction, after_ms: i64| {
            let id = format!("{}-submission-{}", day.0, into.len());
            let event = outlet.event("article", id, at_ms + after_ms);
            into.push(Event { article_id: Some(article.clone()), article_action: Some(action), ..event });
        };
        tell(ArticleAction::Submit, 0);
        if chance.happens(TAKEN_UP) {
            tell(ArticleAction::Adopt, chance.millis_between(10, 150) * MINUTE_MS);
        }
    }
}
