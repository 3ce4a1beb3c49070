//! What is derived from many rows of a household: worked examples, and random worlds against plain loops over the same rows.

use super::{random::worlds, world::*};
use crate::{
    access::Scope,
    events::{
        AccountEvent, ArticleAction, ElementAction,
        fact_rows::{ActivityRow, MinuteRow, PageRow, ViewRow},
    },
};
use model::{
    frame::Frame,
    geo::{Province, Region},
    time::{Calendar, Day, Timestamp},
};
use proptest::{prelude::*, test_runner::TestRunner};
use std::collections::{BTreeMap, BTreeSet};

const NOW: &str = "2026-03-10T12:00:00+08:00";
const THREE_DAYS: &str = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-04T00:00:00+08:00"}"#;

fn day(number: i64) -> Timestamp {
    at("2026-03-01T08:00:00+08:00").plus_millis((number - 1) * 86_400_000)
}

fn plays(household: &str, when: Timestamp) -> ViewRow {
    played(view(&format!("{household}-{}", when.millis()), household, ZJ, when), 500, 60_000, 0)
}

async fn told(world: &World, json: &str) -> String {
    let store = TestStore::new().await;
    store.fill(world).await;
    written(&store.ask(at(NOW), &everything(&[HOME]), json).await.unwrap())
}

/// Ten accounts; on day 1 the first five are active as on the day before, on day 2 three of them and one that never was.
fn g5() -> World {
    let accounts = (1..=10).map(|number| account(&format!("a{number}"), ZJ, at("2026-02-01T00:00:00+08:00"))).collect();
    let days: [(i64, &[u32]); 3] = [(0, &[1, 2, 3, 4, 5]), (1, &[1, 2, 3, 4, 5]), (2, &[3, 4, 5, 6])];
    let views = days.into_iter().flat_map(|(on, households)| {
        households.iter().map(move |household| plays(&format!("a{household}"), day(on))).collect::<Vec<_>>()
    });
    World { views: views.collect(), accounts, ..World::default() }
}

#[tokio::test]
async fn g5_state_matrix() {
    let range = r#""time":{"from":"2026-03-02T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}"#;
    let matrix = format!(
        r#"{{"metrics":["iptv.state_changes","iptv.state_change_pct"],"by":["state_before","state"],{range}}}"#
    );
    let expected = "active active 3 60.000\nactive silent 2 40.000\npreopen new 1 20.000\npreopen preopen 4 80.000";
    assert_eq!(told(&g5(), &matrix).await, expected, "the rest is 4");
    let numbers = format!(r#"{{"metrics":["iptv.churn_activity","iptv.return_rate"],{range}}}"#);
    assert_eq!(told(&g5(), &numbers).await, "40.000 –", "nobody was silent the day before");
}

/// What viewers' boxes say of themselves knows no tier, and another operator than the contract.
#[tokio::test]
async fn accounts_are_filtered_by_what_they_are() {
    let mut world = g5();
    for account in &mut world.accounts {
        account.tier = Some("gold".into());
        account.isp = Some("ct".into());
    }
    let filters = r#""where":[{"dim":"tier","in":["gold"]},{"dim":"isp","in":["ct"]}]"#;
    let range = r#""time":{"from":"2026-03-02T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}"#;
    let query = format!(r#"{{"metrics":["iptv.state_users"],"by":["state"],{filters},{range}}}"#);
    assert_eq!(told(&world, &query).await, "active 3\nnew 1\npreopen 4\nsilent 2");
}

#[tokio::test]
async fn g5_retention() {
    let mut world = g5();
    world.views.retain(|row| row.day >= Calendar::CHINA.day_of(day(1)));
    let by_day = format!(
        r#"{{"metrics":["iptv.retention_pct"],"by":[{{"time":"day"}},"day_number"],"where":[{{"dim":"day_number","in":["0","1","9"]}}],{THREE_DAYS}}}"#
    );
    let told = told(&world, &by_day).await;
    assert!(told.starts_with("2026-03-01T00:00:00+08:00 0 100.000\n2026-03-01T00:00:00+08:00 1 60.000\n"), "{told}");
    assert!(told.contains("2026-03-02T00:00:00+08:00 1 0.000"), "{told}");
}

#[tokio::test]
async fn numbers_stand_in_their_order() {
    let mut world = g5();
    world.views.retain(|row| row.day == Calendar::CHINA.day_of(day(1)));
    let by_number = r#"{"metrics":["iptv.retention_pct"],"by":["day_number"],"time":{"from":"2026-02-20T00:00:00+08:00","to":"2026-03-10T00:00:00+08:00"}}"#;
    let numbers: Vec<String> =
        told(&world, by_number).await.lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(numbers, (0..9).map(|number| number.to_string()).collect::<Vec<_>>(), "nine days have passed since");
}

#[tokio::test]
async fn the_largest_numbers_stand_in_their_order_too() {
    let on = |household: &str, day: u32| plays(household, at(&format!("2026-03-0{day}T20:00:00+08:00")));
    let views = vec![on("a", 1), on("b", 1), on("a", 2), on("a", 3), on("b", 3)];
    let world = World { views, ..World::default() };
    let largest = format!(
        r#"{{"metrics":["iptv.retention_pct"],"by":["day_number"],"top":{{"dim":"day_number","n":3,"by":"iptv.retention_pct"}},{THREE_DAYS}}}"#
    );
    assert_eq!(told(&world, &largest).await, "0 100.000\n1 50.000\n2 100.000");
}

#[tokio::test]
async fn an_account_goes_through_its_states() {
    let opened = at("2026-01-20T10:00:00+08:00");
    let mut closing = account("a", ZJ, opened);
    closing.closed_day = Some(Calendar::CHINA.day_of(at("2026-03-08T10:00:00+08:00")));
    let on = |text: &str| plays("a", at(text));
    let views = vec![
        on("2026-01-22T20:00:00+08:00"),
        on("2026-01-23T20:00:00+08:00"),
        on("2026-01-26T20:00:00+08:00"),
        on("2026-03-06T20:00:00+08:00"),
    ];
    let world = World { views, accounts: vec![closing], ..World::default() };
    let query = r#"{"metrics":["iptv.state_changes"],"by":[{"time":"day"},"state_before","state"],"time":{"from":"2026-01-19T00:00:00+08:00","to":"2026-03-10T00:00:00+08:00"}}"#;
    let store = TestStore::new().await;
    store.fill(&world).await;
    let frame = store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap();
    let changes: Vec<String> = written(&frame)
        .lines()
        .filter(|line| line.ends_with(" 1"))
        .map(|line| format!("{} {}", &line[5..10], &line[26..line.len() - 2]))
        .collect();
    let told: Vec<&str> = changes
        .iter()
        .map(String::as_str)
        .filter(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            words[1] != words[2] || words[1] == "active"
        })
        .collect();
    assert_eq!(
        told,
        [
            "01-20 unopened preopen",
            "01-22 preopen new",
            "01-23 new active",
            "01-24 active silent",
            "01-26 silent returned",
            "01-27 returned silent",
            "02-25 silent lost",
            "03-06 lost returned",
            "03-07 returned silent",
            "03-08 silent closed",
        ]
    );
    assert_eq!(changes.len(), 48, "one row for each day from the first to the last, both of them too: {changes:?}");
}

/// Active, stopped for two days, and active again; what it did on the day it was stopped counts no more.
#[tokio::test]
async fn a_suspended_account_is_neither_active_nor_silent() {
    let told_of = |kind, text: &str| ActivityRow { account_event: kind, ..activity("a", ZJ, at(text)) };
    let world = World {
        views: [1, 2, 4].map(|number| plays("a", day(number))).to_vec(),
        accounts: vec![account("a", ZJ, at("2026-02-20T10:00:00+08:00"))],
        activity: vec![
            told_of(AccountEvent::Suspend, "2026-03-02T22:00:00+08:00"),
            told_of(AccountEvent::Resume, "2026-03-04T07:00:00+08:00"),
        ],
        ..World::default()
    };
    let range = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-06T00:00:00+08:00"}"#;
    let by_day =
        format!(r#"{{"metrics":["iptv.state_changes"],"by":[{{"time":"day"}},"state_before","state"],{range}}}"#);
    let told = told(&world, &by_day).await;
    let states: Vec<&str> =
        told.lines().filter(|line| line.ends_with(" 1")).map(|line| &line[26..line.len() - 2]).collect();
    assert_eq!(
        states,
        ["preopen new", "new suspended", "suspended suspended", "suspended returned", "returned silent"]
    );
    let stock = r#"{"metrics":["iptv.suspended_users"],"by":[{"time":"day"}],"time":{"from":"2026-03-02T00:00:00+08:00","to":"2026-03-05T00:00:00+08:00"}}"#;
    let store = TestStore::new().await;
    store.fill(&world).await;
    let counts = written(&store.ask(at(NOW), &everything(&[HOME]), stock).await.unwrap());
    assert_eq!(counts.lines().map(|line| &line[26..]).collect::<Vec<_>>(), ["1", "1", "0"]);
}

/// h1 takes all steps; h2 plays before it clicks; h3 clicks on the next day; h4 comes back and does better the second time.
#[tokio::test]
async fn a_funnel_is_taken_in_order() {
    let at_minute = |number: i64| at("2026-03-02T20:00:00+08:00").plus_millis(number * 60_000);
    let opens = |household: &str, minute: i64| page(household, "home", at_minute(minute));
    let clicks = |household: &str, minute: i64| PageRow {
        element_action: Some(ElementAction::Click),
        ..page(household, "home", at_minute(minute))
    };
    let pages = vec![
        opens("h1", 0),
        clicks("h1", 1),
        opens("h2", 0),
        clicks("h2", 5),
        opens("h3", 0),
        clicks("h3", 600),
        clicks("h4", 0),
        opens("h4", 1),
        opens("h4", 9),
        clicks("h4", 10),
    ];
    let views = vec![
        plays("h1", at_minute(2)),
        plays("h2", at_minute(3)),
        plays("h3", at_minute(601)),
        plays("h4", at_minute(10)),
    ];
    let world = World { views, pages, ..World::default() };
    let by_step = format!(r#"{{"metrics":["epg.funnel_users","epg.funnel_pct"],"by":["guide_step"],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &by_step).await, "1 4 100.000\n2 3 75.000\n3 2 50.000");
    let whole = format!(r#"{{"metrics":["epg.funnel_users"],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &whole).await, "4", "those who entered");
}

/// Two watch X for three minutes and one Y for the last of them and two more: three at once, whoever asks for less sees less.
#[tokio::test]
async fn the_peak_of_a_sum_is_not_the_sum_of_peaks() {
    let minute_at = |number: i64| at("2026-03-02T20:00:00+08:00").plus_millis(number * 60_000);
    let watches = |household: &str, channel: &str, from: i64, to: i64| -> Vec<MinuteRow> {
        (from..to).map(|number| minute(household, channel, minute_at(number), minute_at(from), 60)).collect()
    };
    let minutes = [watches("h1", "X", 0, 3), watches("h2", "X", 0, 1), watches("h3", "Y", 2, 5)].concat();
    let lasting =
        |household: &str, from: i64, to: i64| ViewRow { end_ms: minute_at(to), ..plays(household, minute_at(from)) };
    // Half a second into its first minute the picture comes.
    let views = vec![lasting("h1", 0, 3), lasting("h2", 1, 2), lasting("h3", -1_000, 2)];
    let world = World { views, minutes, ..World::default() };
    let peaks = |by: &str| format!(r#"{{"metrics":["tv.peak_min"],"by":[{by}],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &peaks("")).await, "2");
    assert_eq!(told(&world, &peaks(r#""channel""#)).await, "X 2\nY 1");
    let at_once = r#"{"metrics":["qoe.concurrent"],"by":[{"time":"minute"}],"time":{"from":"2026-03-02T20:00:00+08:00","to":"2026-03-02T20:04:00+08:00"}}"#;
    let told = told(&world, at_once).await;
    let counts: Vec<&str> = told.lines().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(counts, ["1", "2", "1", "0"], "{told}");
}

/// Two of three plays stall in the same minute, and one of them once more later; on each CDN it is one at a time.
#[tokio::test]
async fn plays_that_stall_in_the_same_minute_are_counted_together() {
    let start = at("2026-03-02T20:00:00+08:00");
    let on = |household: &str, cdn: &str| ViewRow { cdn_vendor: Some(cdn.into()), ..plays(household, start) };
    let views = vec![on("h1", "c1"), on("h2", "c2"), on("h3", "c2")];
    let minute = |view: usize, number: i64, stall_ms: i32| quality_minute(&views[view], number, 30_000, stall_ms);
    let quality_minutes =
        vec![minute(0, 0, 0), minute(0, 1, 500), minute(1, 1, 900), minute(1, 2, 100), minute(2, 1, 0)];
    let world = World { views, quality_minutes, ..World::default() };
    let stalled = |by: &str| format!(r#"{{"metrics":["qoe.stalled_plays"],"by":[{by}],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &stalled("")).await, "2");
    assert_eq!(told(&world, &stalled(r#""cdn""#)).await, "c1 1\nc2 1");
}

/// h1 clicks an hour after it opened the page, but looked at others meanwhile; h2 slept meanwhile; h3 does so over midnight.
#[tokio::test]
async fn a_visit_goes_on_while_nobody_rests() {
    let at_minute = |number: i64| at("2026-03-02T20:00:00+08:00").plus_millis(number * 60_000);
    let opens = |household: &str, minute: i64| page(household, "home", at_minute(minute));
    let clicks = |household: &str, minute: i64| PageRow {
        element_action: Some(ElementAction::Click),
        ..page(household, "home", at_minute(minute))
    };
    let pages = vec![
        opens("h1", 0),
        opens("h1", 25),
        opens("h1", 50),
        clicks("h1", 60),
        opens("h2", 0),
        clicks("h2", 31),
        opens("h3", 235),
        clicks("h3", 245),
    ];
    let views = vec![plays("h1", at_minute(90)), plays("h2", at_minute(32))];
    let world = World { views, pages, ..World::default() };
    let by_step = format!(r#"{{"metrics":["epg.funnel_users"],"by":["guide_step"],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &by_step).await, "1 3\n2 1\n3 1");
}

/// Who plays in the evening and pays on the next day counts on the first; a day and a night later is too late.
#[tokio::test]
async fn a_funnel_of_hours_goes_over_midnight_and_the_end_of_the_range() {
    let evening = at("2026-03-03T22:00:00+08:00");
    let hours = |number: i64| evening.plus_millis(number * 3_600_000);
    let views = vec![plays("h1", evening), plays("h2", evening), plays("h2", hours(-23)), plays("h3", evening)];
    let orders = vec![
        order("h1", "created", 100, hours(10)),
        order("h1", "paid", 100, hours(24)),
        order("h2", "created", 100, hours(1)),
        order("h2", "paid", 100, hours(25)),
        order("h3", "paid", 100, hours(1)),
    ];
    let world = World { views, orders, ..World::default() };
    let by_step = format!(r#"{{"metrics":["order.funnel_users"],"by":["order_step"],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &by_step).await, "1 4\n2 3\n3 1", "h2 began on two days, and paid too late for both");
}

/// Of four clicks two lead to a play: one at once, one after half a minute; what is filtered are the clicks.
#[tokio::test]
async fn a_click_leads_to_a_play_or_does_not() {
    let after = |millis: i64| at("2026-03-02T20:00:00+08:00").plus_millis(millis);
    let clicks = |household: &str, slot: &str| PageRow {
        element_action: Some(ElementAction::Click),
        slot_id: Some(slot.into()),
        ..page(household, "home", after(0))
    };
    let pages = vec![clicks("h1", "banner"), clicks("h2", "banner"), clicks("h3", "row"), clicks("h4", "row")];
    let views =
        vec![plays("h1", after(0)), plays("h2", after(30_000)), plays("h3", after(30_001)), plays("h4", after(-1))];
    let world = World { views, pages, ..World::default() };
    let by_slot = format!(r#"{{"metrics":["epg.click_to_play"],"by":["slot"],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &by_slot).await, "banner 100.000\nrow 0.000");
    let of_slot =
        format!(r#"{{"metrics":["epg.click_to_play"],"where":[{{"dim":"slot","in":["banner"]}}],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &of_slot).await, "100.000");
}

#[tokio::test]
async fn audiences_flow_between_channels() {
    let minute_at = |number: i64| at("2026-03-02T20:00:00+08:00").plus_millis(number * 60_000);
    let watches = |household: &str, channel: &str, from: i64, to: i64| -> Vec<MinuteRow> {
        (from..to).map(|number| minute(household, channel, minute_at(number), minute_at(from), 60)).collect()
    };
    let minutes =
        [watches("h1", "X", 0, 3), watches("h1", "Y", 3, 5), watches("h2", "Y", 1, 5), watches("h2", "X", 7, 8)]
            .concat();
    let world = World { minutes, ..World::default() };
    let flow = format!(r#"{{"metrics":["tv.channel_flow"],"by":["from_channel","to_channel"],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &flow).await, "X Y 1\nX off 1\nY off 2\noff X 2\noff Y 1");
    let by_channel = format!(r#"{{"metrics":["tv.switch_in","tv.switch_out"],"by":["channel"],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &by_channel).await, "X 2 2\nY 2 2");
}

/// h1 comes twice: home, list and detail with ten minutes' rest in between, and an hour later home again. h2 looks at one page.
#[tokio::test]
async fn pages_make_visits() {
    let minute_at = |number: i64| at("2026-03-02T20:00:00+08:00").plus_millis(number * 60_000);
    let opens = |household: &str, name: &str, minute: i64, source: Option<&str>| PageRow {
        platform: Some("web".into()),
        source_class: source.map(Into::into),
        ..page(household, name, minute_at(minute))
    };
    let pages = vec![
        opens("h1", "home", 0, Some("search")),
        opens("h1", "list", 1, None),
        opens("h1", "detail", 13, None),
        opens("h1", "home", 73, Some("direct")),
        opens("h2", "home", 5, Some("search")),
    ];
    let world = World { pages, ..World::default() };
    let query = |metrics: &str, by: &str| format!(r#"{{"metrics":[{metrics}],"by":[{by}],{THREE_DAYS}}}"#);
    let whole = query(r#""web.sessions","web.bounce_pct","web.pages_per_session","web.visit_s","web.dwell_s""#, "");
    assert_eq!(
        told(&world, &whole).await,
        "3 66.667 1.667 260.000 330.000",
        "the twelve minutes on the list count as ten"
    );
    let by_source = query(r#""web.sessions","web.bounce_pct""#, r#""visit_source""#);
    assert_eq!(told(&world, &by_source).await, "direct 1 100.000\nsearch 2 50.000");
    let exits = query(r#""web.exit_pct""#, r#""page""#);
    assert_eq!(told(&world, &exits).await, "detail 100.000\nhome 66.667\nlist 0.000");
    let path = query(r#""web.path""#, r#""page","next_page""#);
    assert_eq!(told(&world, &path).await, "detail (exit) 1\nhome (exit) 2\nhome list 1\nlist detail 1");
}

/// G4, a thousandth of it: one article of 550 is read a million times, in two parts; another one lacks one reading.
#[tokio::test]
async fn g4_articles_of_a_million_reads() {
    let when = at("2026-03-02T10:00:00+08:00");
    let mut articles: Vec<_> =
        (0..550).map(|number| article("county-1", &format!("a{number}"), ArticleAction::Publish, 0, when)).collect();
    articles.extend([600_000, 400_000].map(|reads| article("county-2", "a1", ArticleAction::Read, reads, when)));
    articles.push(article("county-2", "a2", ArticleAction::Read, 999_999, when));
    let world = World { articles, ..World::default() };
    let query = format!(r#"{{"metrics":["media.million_items","media.million_pct"],{THREE_DAYS}}}"#);
    assert_eq!(told(&world, &query).await, "1 0.182");
}

/// The rows of a frame that say something, cells by a blank.
pub(super) fn lines(frame: &Frame) -> BTreeSet<String> {
    written(frame).lines().filter(|line| !line.ends_with(" –") && !line.ends_with(" 0")).map(str::to_owned).collect()
}

fn counted(keys: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts.into_iter().map(|(key, count)| format!("{key} {count}")).collect()
}

fn start_of(day: Day) -> String {
    Calendar::CHINA.start_of(day).to_rfc3339(480).unwrap()
}

/// The days on which each household of each organisation played effectively.
fn active_days(world: &World) -> BTreeMap<(i32, String), BTreeSet<Day>> {
    let mut days: BTreeMap<(i32, String), BTreeSet<Day>> = BTreeMap::new();
    for row in world.views.iter().filter(|row| row.effective) {
        let household = row.household.clone().unwrap().to_string();
        days.entry((row.org.0, household)).or_default().insert(row.day);
    }
    days
}

fn state_on(active: Option<&BTreeSet<Day>>, day: Day) -> &'static str {
    let before = |day: Day| active.and_then(|active| active.range(..day).next_back().copied());
    let is_active = active.is_some_and(|active| active.contains(&day));
    match (is_active, before(day)) {
        (true, None) => "new",
        (true, Some(last)) if last == day.plus(-1) => "active",
        (true, Some(_)) => "returned",
        (false, None) => "preopen",
        (false, Some(last)) if day.0 - last.0 < 30 => "silent",
        (false, Some(_)) => "lost",
    }
}

fn of_home(mut world: World) -> World {
    world.activity.retain(|row| row.org == HOME);
    world.views.retain(|row| row.org == HOME);
    world.minutes.retain(|row| row.org == HOME);
    world.accounts.retain(|row| row.org == HOME);
    world.orders.retain(|row| row.org == HOME);
    world.pages.retain(|row| row.org == HOME);
    world.requests.retain(|row| row.org == HOME);
    world
}

/// How many of those who came first on a day were there again so many days later, where that day has passed.
pub(super) fn retention(world: &World, today: Day) -> BTreeSet<String> {
    let mut cells: BTreeMap<(Day, i32), (f64, f64)> = BTreeMap::new();
    for days in active_days(world).values() {
        let first = *days.first().unwrap();
        for number in 0..(today.0 - first.0).max(1) {
            let (back, all) = cells.entry((first, number)).or_default();
            *back += f64::from(u8::from(days.contains(&first.plus(number))));
            *all += 1.0;
        }
    }
    let line = |((first, number), (back, all)): ((Day, i32), (f64, f64))| {
        format!("{} {number} {:.3}", start_of(first), back * 100.0 / all)
    };
    cells.into_iter().map(line).collect()
}

/// Whether the last that an account's contract said by the end of a day is that it is suspended.
fn is_suspended(world: &World, household: &str, day: Day) -> bool {
    let told = world.activity.iter().filter(|row| row.household == household && row.day <= day);
    let contract = told.filter(|row| !row.account_event.is_activity());
    contract
        .max_by_key(|row| (row.ts_ms, row.account_event.word()))
        .is_some_and(|row| row.account_event == AccountEvent::Suspend)
}

pub(super) fn state_changes(world: &World, first: Day, last: Day) -> BTreeSet<String> {
    let active = active_days(world);
    let rows = world.accounts.iter().flat_map(|account| {
        let opened = account.opened_day.unwrap();
        let end = account.closed_day.map_or(last, |closed| closed.min(last));
        let active = active.get(&(account.org.0, account.household.to_string()));
        (opened.max(first).0..=end.0).map(move |number| {
            let day = Day(number);
            let on = |day: Day| {
                if is_suspended(world, &account.household, day) { "suspended" } else { state_on(active, day) }
            };
            let before = if day == opened { "unopened" } else { on(day.plus(-1)) };
            let state = if account.closed_day == Some(day) { "closed" } else { on(day) };
            format!("{} {before} {state}", start_of(day))
        })
    });
    counted(rows)
}

/// What a household does on the way through a funnel: when, and which step it is.
type Steps = BTreeMap<(i32, String), Vec<(Timestamp, Day, u32)>>;

fn guide_steps(world: &World) -> Steps {
    let mut steps = Steps::new();
    for row in world.pages.iter().filter(|row| row.platform.as_deref() == Some("stb")) {
        let step = match row.element_action {
            None => 1,
            Some(ElementAction::Click) => 2,
            Some(ElementAction::Impression | ElementAction::Crash | ElementAction::Error | ElementAction::Load) => {
                continue;
            }
        };
        let key = (row.org.0, row.household.clone().unwrap().to_string());
        steps.entry(key).or_default().push((row.ts_ms, row.day, step));
    }
    for row in world.views.iter().filter(|row| row.effective) {
        let key = (row.org.0, row.household.clone().unwrap().to_string());
        steps.entry(key).or_default().push((row.start_ms, row.day, 3));
    }
    steps
}

fn order_steps(world: &World) -> Steps {
    let mut steps = Steps::new();
    for row in world.views.iter().filter(|row| row.effective) {
        let key = (row.org.0, row.household.clone().unwrap().to_string());
        steps.entry(key).or_default().push((row.start_ms, row.day, 1));
    }
    for row in &world.orders {
        let step = match row.order_status.as_deref() {
            Some("created") => 2,
            Some("paid") => 3,
            _ => continue,
        };
        let key = (row.org.0, row.household.clone().unwrap().to_string());
        steps.entry(key).or_default().push((row.ts_ms, row.day, step));
    }
    steps
}

/// How far each household came on each day, by trying every way through what it did; `fits` says whether a moment may still
/// follow a first one.
fn funnel(
    steps: &Steps,
    fits: impl Fn(&[(Timestamp, Day, u32)], (Timestamp, Day), (Timestamp, Day)) -> bool,
) -> BTreeSet<String> {
    let mut reached: BTreeMap<(&(i32, String), Day), u32> = BTreeMap::new();
    for (who, told) in steps {
        let of = |step: u32| told.iter().filter(move |(_, _, other)| *other == step).map(|(at, day, _)| (*at, *day));
        for first in of(1) {
            let mut step = 1;
            for second in of(2).filter(|second| second.0 >= first.0 && fits(told, first, *second)) {
                step = step.max(2);
                if of(3).any(|third| third.0 >= second.0 && fits(told, first, third)) {
                    step = 3;
                }
            }
            let best = reached.entry((who, first.1)).or_default();
            *best = step.max(*best);
        }
    }
    counted(reached.into_values().flat_map(|step| (1..=step).map(|step| step.to_string())))
}

/// Whether two moments of a day have no rest of more than half an hour between them.
fn in_one_visit(told: &[(Timestamp, Day, u32)], first: (Timestamp, Day), last: (Timestamp, Day)) -> bool {
    let mut between: Vec<i64> = told
        .iter()
        .filter(|(at, day, _)| *day == first.1 && (first.0..=last.0).contains(at))
        .map(|(at, _, _)| at.millis())
        .collect();
    between.sort_unstable();
    first.1 == last.1 && between.windows(2).all(|pair| pair[1] - pair[0] <= 30 * 60_000)
}

fn within_a_day_and_night(_: &[(Timestamp, Day, u32)], first: (Timestamp, Day), last: (Timestamp, Day)) -> bool {
    last.0.millis_since(first.0) <= 24 * 3_600_000
}

fn flow(world: &World) -> BTreeSet<String> {
    let live = || world.minutes.iter().filter(|row| row.counted && row.view_mode.as_deref() == Some("live"));
    let on = |org, household: &str, minute: i32| {
        live().find(|row| row.org == org && row.household == household && row.clock_minute == minute)
    };
    let end = minute_of(at("2026-03-04T00:00:00+08:00"));
    let arrivals = live().filter(|row| row.run_start_minute == row.minute).filter_map(|row| {
        let before = on(row.org, &row.household, row.clock_minute - 1).map_or("off", |row| row.channel_id.as_str());
        (before != row.channel_id).then(|| format!("{before} {}", row.channel_id))
    });
    let farewells = live().filter_map(|row| {
        let is_over = row.clock_minute + 1 < end && on(row.org, &row.household, row.clock_minute + 1).is_none();
        is_over.then(|| format!("{} off", row.channel_id))
    });
    counted(arrivals.chain(farewells))
}

/// How many clicks on a television there are, and how many of them a play of the household follows within half a minute.
fn clicks(world: &World) -> BTreeSet<String> {
    let is_click =
        |row: &&PageRow| row.platform.as_deref() == Some("stb") && row.element_action == Some(ElementAction::Click);
    let mut by_page: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for click in world.pages.iter().filter(is_click) {
        let plays = world.views.iter().any(|view| {
            let after_ms = view.start_ms.millis_since(click.ts_ms);
            view.effective && view.household == click.household && (0..=30_000).contains(&after_ms)
        });
        let (played, all) = by_page.entry(click.page_id.to_string()).or_default();
        *played += f64::from(u8::from(plays));
        *all += 1.0;
    }
    by_page.into_iter().map(|(page, (played, all))| format!("{page} {:.3}", played * 100.0 / all)).collect()
}

/// The most households in one minute, found by looking at every minute.
fn audience_peak(world: &World) -> BTreeSet<String> {
    let mut minutes: BTreeMap<i32, u32> = BTreeMap::new();
    for row in world.minutes.iter().filter(|row| row.counted && row.view_mode.as_deref() == Some("live")) {
        *minutes.entry(row.minute).or_default() += 1;
    }
    BTreeSet::from([minutes.into_values().max().unwrap_or(0).to_string()])
}

/// The 95th percentile of the kilobits per second of all five minutes of each day, and the most: the fourteen largest of 288 are
/// left out.
fn bandwidth(world: &World, first: Day) -> BTreeSet<String> {
    let on = |day: Day| {
        let from = Calendar::CHINA.start_of(day);
        let bytes_of = |slice: i64| {
            let slice_of =
                |row: &&crate::events::fact_rows::RequestRow| row.ts_ms.millis_since(from).div_euclid(300_000) == slice;
            world.requests.iter().filter(slice_of).map(|row| row.resp_bytes).sum::<i64>()
        };
        let mut slices: Vec<i64> = (0..288).map(bytes_of).collect();
        slices.sort_unstable();
        let kbps = |bytes: i64| bytes as f64 * 8.0 / 300.0 / 1_000.0;
        format!("{} {:.3} {:.3}", start_of(day), kbps(slices[273]), kbps(slices[287]))
    };
    (0..3).map(|number| on(first.plus(number))).collect()
}

/// How many plays go on at the beginning of each minute of each hour, found by looking at every play; the most of each hour.
fn concurrent(world: &World) -> BTreeSet<String> {
    let from = at("2026-03-01T00:00:00+08:00");
    let going_on = |moment: Timestamp| {
        let is_on = |view: &&ViewRow| {
            let began = view.start_ms.plus_millis(i64::from(view.startup_ms.unwrap_or(0)));
            view.started && began <= moment && moment < view.end_ms
        };
        world.views.iter().filter(is_on).count()
    };
    let hours = (0..72).map(|hour| {
        let start = from.plus_millis(hour * 3_600_000);
        let most = (0..60).map(|minute| going_on(start.plus_millis(minute * 60_000))).max().unwrap();
        (start, most)
    });
    hours
        .filter(|(_, most)| *most > 0)
        .map(|(start, most)| format!("{} {most}", start.to_rfc3339(480).unwrap()))
        .collect()
}

/// Every page on television with the next one of its visit, found by looking through all others.
fn paths(world: &World) -> BTreeSet<String> {
    let opened: Vec<&PageRow> = world
        .pages
        .iter()
        .filter(|row| row.platform.as_deref() == Some("stb") && row.element_action.is_none())
        .collect();
    let place = |row: &PageRow, index: usize| (row.ts_ms, row.page_id.clone(), index);
    let lines = opened.iter().enumerate().map(|(index, row)| {
        let later = opened.iter().enumerate().filter(|(other, after)| {
            after.household == row.household && after.day == row.day && place(after, *other) > place(row, index)
        });
        let next = later.min_by_key(|(other, after)| place(after, *other)).map(|(_, after)| after);
        let next = next.filter(|after| after.ts_ms.millis() - row.ts_ms.millis() <= 30 * 60_000);
        format!("{} {}", row.page_id, next.map_or("(exit)", |after| after.page_id.as_str()))
    });
    counted(lines)
}

/// By each of the three days: who was active in the seven days up to it.
fn active_in_a_week(world: &World, first: Day) -> BTreeSet<String> {
    let active = active_days(world);
    let on = |day: Day| active.values().filter(|days| days.range(day.plus(-6)..=day).next().is_some()).count();
    let told = |day: Day| (on(day) > 0).then(|| format!("{} {}", start_of(day), on(day)));
    (0..3).filter_map(|number| told(first.plus(number))).collect()
}

/// By each of the three days: what part of the plays of titles the ten most played ones have, and Gini's coefficient as the
/// mean difference between any two titles over twice their mean.
fn concentration(world: &World, first: Day) -> BTreeSet<String> {
    let on = |day: Day| {
        let mut plays: BTreeMap<&str, f64> = BTreeMap::new();
        let of_titles = world.views.iter().filter(|row| row.effective && row.day == day);
        for title in of_titles.filter_map(|row| row.content_id.as_deref()) {
            *plays.entry(title).or_default() += 1.0;
        }
        let plays: Vec<f64> = plays.into_values().collect();
        let (all, number) = (plays.iter().sum::<f64>(), plays.len() as f64);
        if plays.is_empty() {
            return None;
        }
        let apart: f64 = plays.iter().flat_map(|one| plays.iter().map(move |two| (one - two).abs())).sum();
        // The worlds have fewer than ten titles.
        Some(format!("{} {:.3} {:.3}", start_of(day), 100.0, apart / (2.0 * number * all)))
    };
    (0..3).filter_map(|number| on(first.plus(number))).collect()
}

/// By genre: what part of its measured plays saw half of the title.
fn seen_by_half(world: &World) -> BTreeSet<String> {
    let mut plays: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for row in world.views.iter().filter(|row| row.effective) {
        let Some(tenth) = row.seen_tenth else { continue };
        let of = plays.entry(row.genre.as_deref().unwrap_or("–").to_owned()).or_default();
        of.0 += f64::from(u8::from(tenth >= 5));
        of.1 += 1.0;
    }
    // An unknown value that comes to nothing is not shown.
    let is_shown = |(genre, (saw, _)): &(String, (f64, f64))| genre != "–" || *saw > 0.0;
    plays
        .into_iter()
        .filter(is_shown)
        .map(|(genre, (saw, all))| format!("{genre} 5 {:.3}", saw / all * 100.0))
        .collect()
}

#[test]
fn random_worlds_against_plain_loops() {
    against_plain_loops(48, TestStore::new());
}

#[test]
fn random_worlds_against_plain_loops_on_modern_clickhouse() {
    against_plain_loops(16, TestStore::on_modern_clickhouse());
}

fn against_plain_loops(cases: u32, store: impl Future<Output = TestStore>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let store = runtime.block_on(store);
    let first = Calendar::CHINA.day_of(at("2026-03-01T00:00:00+08:00"));
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&worlds(), |world| {
            runtime.block_on(store.fill(&world));
            // The same household id in another organisation is somebody else.
            let world = of_home(world);
            let ask = |metric: &str, by: &str| {
                let json = format!(r#"{{"metrics":["{metric}"],"by":[{by}],{THREE_DAYS}}}"#);
                runtime.block_on(store.ask(at(NOW), &everything(&[HOME]), &json)).unwrap()
            };
            let by_cohort = ask("iptv.retention_pct", r#"{"time":"day"},"day_number""#);
            let told: BTreeSet<String> =
                written(&by_cohort).lines().filter(|line| !line.ends_with('–')).map(str::to_owned).collect();
            prop_assert_eq!(told, retention(&world, first.plus(9)));
            prop_assert_eq!(lines(&ask("iptv.wau", r#"{"time":"day"}"#)), active_in_a_week(&world, first));
            let spread = ask(r#"content.concentration","content.gini"#, r#"{"time":"day"}"#);
            prop_assert_eq!(lines(&spread), concentration(&world, first));
            let curve = written(&ask("content.retention_curve", r#""genre","seen_tenth""#));
            let half: BTreeSet<String> = curve.lines().filter(|line| line.contains(" 5 ")).map(str::to_owned).collect();
            prop_assert_eq!(half, seen_by_half(&world));
            let states = ask("iptv.state_changes", r#"{"time":"day"},"state_before","state""#);
            prop_assert_eq!(lines(&states), state_changes(&world, first, first.plus(2)));
            prop_assert_eq!(
                lines(&ask("epg.funnel_users", r#""guide_step""#)),
                funnel(&guide_steps(&world), in_one_visit)
            );
            let orders = funnel(&order_steps(&world), within_a_day_and_night);
            prop_assert_eq!(lines(&ask("order.funnel_users", r#""order_step""#)), orders);
            prop_assert_eq!(lines(&ask("epg.path", r#""page","next_page""#)), paths(&world));
            let by_page = ask("epg.click_to_play", r#""page""#);
            let played: BTreeSet<String> =
                written(&by_page).lines().filter(|line| !line.ends_with('–')).map(str::to_owned).collect();
            prop_assert_eq!(played, clicks(&world));
            prop_assert_eq!(lines(&ask("tv.peak_min", "")), audience_peak(&world));
            let billed = ask(r#"cdn.bandwidth_p95","cdn.bandwidth_peak"#, r#"{"time":"day"}"#);
            prop_assert_eq!(lines(&billed), bandwidth(&world, first));
            prop_assert_eq!(lines(&ask("qoe.concurrent", r#"{"time":"hour"}"#)), concurrent(&world));
            prop_assert_eq!(lines(&ask("tv.channel_flow", r#""from_channel","to_channel""#)), flow(&world));
            Ok(())
        })
        .unwrap();
}

/// What an account did is its own, wherever it was seen: a province that is asked for says what it says among the others.
#[tokio::test]
async fn a_province_alone_is_as_among_the_others() {
    let store = TestStore::new().await;
    let opened = account("h1", ZJ, at("2026-03-01T08:00:00+08:00"));
    let seen = played(view("s1", "h1", None, at("2026-03-02T20:00:00+08:00")), 500, 60_000, 0);
    store.fill(&World { accounts: vec![opened], views: vec![seen], ..World::default() }).await;
    let asked = |more: &str| {
        let range = r#""time":{"from":"2026-03-02T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}"#;
        format!(r#"{{"metrics":["iptv.state_changes"],{range},{more}}}"#)
    };
    let now = at("2026-03-04T12:00:00+08:00");
    let told = async |scope: &Scope, more: &str| written(&store.ask(now, scope, &asked(more)).await.unwrap());
    let alone = r#""by":["state"],"where":[{"dim":"province","in":["ZJ"]}]"#;
    let everywhere = everything(&[HOME]);
    assert_eq!(told(&everywhere, r#""by":["province","state"]"#).await, "ZJ new 1");
    assert_eq!(told(&everywhere, alone).await, "new 1");
    // What lies outside the scope is not read, whichever way it is asked.
    let zhejiang = only(&[Region::Province(Province::ZJ)]);
    assert_eq!(told(&zhejiang, r#""by":["province","state"]"#).await, "ZJ preopen 1");
    assert_eq!(told(&zhejiang, alone).await, "preopen 1");
}
